from collections.abc import Iterator

import pytest
import torch
from torch import nn

from coach.feedback.encoding import DIMENSION, LAYERS
from coach.feedback.features import FEATURES, NUMBER
from coach.feedback.network import ADDED, SCORED, WEIGHED, Output, StoryNetwork
from coach.feedback.rubric import TAGS, Tag

LENGTHS = (5, 1, 3)
EARNED_BY: dict[str, Tag] = {
    "situation": "S",
    "task": "T",
    "action": "A",
    "result": "R",
    "measured": "R",
    "reflection": "L",
}


@pytest.fixture(scope="module", autouse=True)
def exactly() -> Iterator[None]:
    """In single precision, whatever a network that some other test has loaded asked for."""
    matmul = torch.backends.mkldnn.matmul
    before, matmul.fp32_precision = matmul.fp32_precision, "ieee"
    yield
    matmul.fp32_precision = before


@pytest.fixture(scope="module")
def network() -> StoryNetwork:
    torch.manual_seed(7)
    network = StoryNetwork()
    network.eval()
    return network


@pytest.fixture(scope="module")
def batch() -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    chance = torch.Generator().manual_seed(11)
    sentences = torch.randn(len(LENGTHS), max(LENGTHS), FEATURES, generator=chance)
    present = torch.tensor([[float(place < length) for place in range(max(LENGTHS))] for length in LENGTHS])
    question = torch.randn(len(LENGTHS), DIMENSION * len(LAYERS), generator=chance)
    return sentences * present.unsqueeze(-1), question, present


@pytest.fixture(scope="module")
def out(network: StoryNetwork, batch: tuple[torch.Tensor, ...]) -> Output:
    with torch.inference_mode():
        read: Output = network(*batch)
    return read


def test_shapes_and_ranges_are_as_promised(out: Output) -> None:
    assert out.tags.shape == (3, 5, len(TAGS))
    assert out.scores.shape == (3, len(SCORED))
    assert out.evidence.shape == (3, 5, len(SCORED))
    assert out.story.shape == out.asked.shape == (3, 64)
    assert ((out.scores > 0) & (out.scores < 1)).all()
    assert ((out.overall > 1) & (out.overall < 5)).all()
    for vectors in (out.story, out.asked):
        assert torch.allclose(vectors.norm(dim=-1), torch.ones(3), atol=1e-5)


def test_a_sentence_earns_no_more_than_the_chance_that_it_is_of_the_right_kind(out: Output) -> None:
    chances = out.tags.softmax(-1)
    for name, tag in EARNED_BY.items():
        earned = out.evidence[:, :, ADDED.index(name)]
        assert (earned <= chances[:, :, TAGS.index(tag)]).all(), name


def test_a_component_is_what_its_sentences_earned(out: Output) -> None:
    of = slice(0, len(ADDED))
    together = 1 - (1 - out.evidence[:, :, of]).prod(dim=1)
    assert torch.allclose(together, out.scores[:, of], atol=1e-5)
    assert (out.scores[:, of] >= out.evidence[:, :, of].max(dim=1).values - 1e-6).all()


def test_what_belongs_to_the_whole_shares_itself_out_over_the_sentences(out: Output) -> None:
    shares = out.evidence[:, :, len(ADDED) :]
    assert shares.shape[-1] == len(WEIGHED)
    assert torch.allclose(shares.sum(dim=1), torch.ones(3, len(WEIGHED)), atol=1e-5)


def test_padding_earns_nothing(out: Output) -> None:
    for row, length in enumerate(LENGTHS):
        assert not out.evidence[row, length:].any()


def test_an_answer_is_read_the_same_alone_as_in_a_batch(
    network: StoryNetwork, batch: tuple[torch.Tensor, ...], out: Output
) -> None:
    sentences, question, present = batch
    for row, length in enumerate(LENGTHS):
        with torch.inference_mode():
            alone = network(
                sentences[row : row + 1, :length], question[row : row + 1], present[row : row + 1, :length]
            )
        assert torch.allclose(alone.scores[0], out.scores[row], atol=1e-5)
        assert torch.allclose(alone.tags[0], out.tags[row, :length], atol=1e-5)
        assert torch.allclose(alone.overall[0], out.overall[row], atol=1e-5)
        assert torch.allclose(alone.story[0], out.story[row], atol=1e-5)


def test_the_order_of_the_sentences_matters(
    network: StoryNetwork, batch: tuple[torch.Tensor, ...], out: Output
) -> None:
    sentences, question, present = batch
    with torch.inference_mode():
        backwards = network(sentences[:1].flip(1), question[:1], present[:1])
    assert not torch.allclose(backwards.tags[0].flip(0), out.tags[0], atol=1e-4)


def test_a_question_reaches_only_relevance_and_what_follows_from_it(
    network: StoryNetwork, batch: tuple[torch.Tensor, ...], out: Output
) -> None:
    sentences, question, present = batch
    with torch.inference_mode():
        other = network(sentences, question.flip(0), present)
    changed = [
        name
        for place, name in enumerate(SCORED)
        if not torch.equal(other.scores[:, place], out.scores[:, place])
    ]
    assert changed == ["relevance"]
    assert torch.equal(other.tags, out.tags)
    assert torch.equal(other.story, out.story)
    assert not torch.equal(other.asked, out.asked)


def test_an_unfitted_network_finds_next_to_nothing_in_one_sentence(out: Output) -> None:
    assert out.scores[1, : len(ADDED)].max() < 0.6


@pytest.mark.parametrize(
    ("tag", "earning"), [("S", ("situation",)), ("R", ("result", "measured")), ("O", ())]
)
def test_a_sentence_vouches_for_what_it_is_tagged_as(tag: Tag, earning: tuple[str, ...]) -> None:
    torch.manual_seed(7)
    network = StoryNetwork().eval()
    with torch.inference_mode():
        network.tag.bias[TAGS.index(tag)] = 50.0
        network.adds.bias += 3.0
        evidence = network(
            torch.ones(1, 2, FEATURES), torch.zeros(1, DIMENSION * len(LAYERS)), torch.ones(1, 2)
        ).evidence[0]
    for place, name in enumerate(ADDED):
        if name in earning:
            assert evidence[:, place].min() > 0.5, name
        else:
            assert evidence[:, place].max() < 1e-6, name


def sure() -> StoryNetwork:
    """One that tags a sentence by which of the first features is 1, beyond any doubt, and lets whatever is
    of the right kind earn all it can."""
    torch.manual_seed(7)
    network = StoryNetwork()
    network.eval()
    for weight in (network.inward.weight, network.tag.weight, network.adds.weight):
        nn.init.zeros_(weight)
    with torch.no_grad():
        for place in range(len(TAGS)):
            network.inward.weight[place, place] = 10.0
            network.tag.weight[place, place] = 10.0
        network.adds.bias.fill_(50.0)
    return network


def told(network: StoryNetwork, tags: str) -> Output:
    sentences = torch.zeros(1, len(tags), FEATURES)
    sentences[0, range(len(tags)), [TAGS.index(tag) for tag in tags]] = 1.0
    sentences[:, :, NUMBER] = 1.0
    with torch.inference_mode():
        read: Output = network(sentences, torch.zeros(1, DIMENSION * len(LAYERS)), torch.ones(1, len(tags)))
    return read


@pytest.mark.parametrize(("name", "tag"), EARNED_BY.items())
def test_a_component_that_is_deleted_is_gone_however_much_else_is_told(name: str, tag: Tag) -> None:
    network, story = sure(), "SSTAAAARRLLO" * 4
    place = ADDED.index(name)
    whole, without = told(network, story), told(network, story.replace(tag, ""))
    assert whole.scores[0, place] > 0.99
    assert without.scores[0, place] < 1e-6
    others = [other for other, by in EARNED_BY.items() if by != tag]
    assert all(without.scores[0, ADDED.index(other)] > 0.99 for other in others)


def test_what_is_surely_something_else_adds_nothing() -> None:
    network = sure()
    evidence = told(network, "STARLO").evidence[0]
    for name, tag in EARNED_BY.items():
        for place, other in enumerate("STARLO"):
            due = 1.0 if other == tag else 0.0
            assert evidence[place, ADDED.index(name)].item() == pytest.approx(due, abs=1e-6), (name, other)


def test_one_sentence_that_is_half_of_a_kind_earns_half() -> None:
    network = sure()
    with torch.no_grad():
        network.tag.weight.zero_()
        network.tag.bias.fill_(-50.0)
        for tag in "SA":
            network.tag.bias[TAGS.index(tag)] = 0.0
    one, two = (told(network, tags).scores[0, ADDED.index("action")].item() for tags in ("A", "AA"))
    assert (one, two) == (pytest.approx(0.5, abs=1e-3), pytest.approx(0.75, abs=1e-3))


def test_without_a_number_nothing_is_measured() -> None:
    torch.manual_seed(7)
    network = StoryNetwork().eval()
    sentences = torch.ones(1, 2, FEATURES)
    sentences[0, 1, NUMBER] = 0.0
    with torch.inference_mode():
        network.tag.bias[TAGS.index("R")] = 50.0
        network.adds.bias += 3.0
        evidence = network(sentences, torch.zeros(1, DIMENSION * len(LAYERS)), torch.ones(1, 2)).evidence[0]
    numbered, plain = evidence[:, ADDED.index("measured")]
    assert numbered > 0.5
    assert plain < 0.05
    assert evidence[1, ADDED.index("result")] > 0.5
