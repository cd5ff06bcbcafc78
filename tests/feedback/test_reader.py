import json
import pickle
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import torch

from coach.feedback import reader
from coach.feedback.assessor import WEIGHTS, Assessor
from coach.feedback.encoding import DIMENSION, LAYERS, Encoded
from coach.feedback.features import most_likely, sentence_features
from coach.feedback.language import read_cues
from coach.feedback.network import ADDED, SCORED, WEIGHED, Output, StoryNetwork
from coach.feedback.reader import Reading, StoryReader, load_networks, read_story, save_networks
from coach.feedback.rubric import COMPONENTS, TAGS
from tests.feedback.builders import STRONG

QUESTION = "Tell me about a time you found the cause of a hard problem."
STORY = [text for _, text in STRONG]
OTHER = TAGS.index("O")
EMPTY = "It is what it is."


class Counting:
    """A network whose scores count the sentences; along the first axis lies what is surely empty, along
    the second what is perhaps empty."""

    def __init__(self, overall: float = 3.0) -> None:
        self._overall = overall

    def __call__(self, sentences: torch.Tensor, question: torch.Tensor, present: torch.Tensor) -> Output:
        count = sentences.shape[1]
        tags = torch.zeros(1, count, len(TAGS))
        tags[:, :, 2] = 8.0
        tags[0, sentences[0, :, 0] > 0, OTHER] = 16.0
        tags[0, sentences[0, :, 1] > 0, OTHER] = 9.0  # a chance of 0.73
        return Output(
            tags=tags,
            scores=torch.full((1, len(SCORED)), count / 10),
            overall=torch.tensor([self._overall + count / 10]),
            evidence=torch.full((1, count, len(SCORED)), 1 / count),
            story=torch.eye(64)[:1],
            asked=torch.eye(64)[:1],
        )


class Recording(Counting):
    """One that keeps what it was shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[np.ndarray] = []

    def __call__(self, sentences: torch.Tensor, question: torch.Tensor, present: torch.Tensor) -> Output:
        self.shown.append(sentences[0].numpy())
        return super().__call__(sentences, question, present)


class InContext:
    """An encoder that keeps what it was given, and reads a sentence by how many stand beside it."""

    def __init__(self) -> None:
        self.given: list[tuple[str, ...]] = []

    def read(self, question: str, sentences: Sequence[str]) -> Encoded:
        self.given.append(tuple(sentences))
        vectors = np.zeros((len(sentences) + 1, len(LAYERS), DIMENSION), dtype=np.float32)
        for place, sentence in enumerate(sentences, start=1):
            vectors[place, :, 0 if sentence == EMPTY else 4 + place] = 1.0
        vectors[:, :, 700 + len(sentences)] = 1.0
        return Encoded(vectors[0], vectors[1:])


def read(*axes: int, networks: Sequence[Counting] = (Counting(),)) -> Reading:
    vectors = np.repeat(np.eye(DIMENSION, dtype=np.float32)[list(axes)][:, None], len(LAYERS), axis=1)
    asked = np.repeat(np.eye(DIMENSION, dtype=np.float32)[9:10], len(LAYERS), axis=0)
    cues = [read_cues("I ran.")] * len(axes)
    return read_story(networks, cues, Encoded(asked, vectors))  # type: ignore[arg-type]


def test_what_surely_tells_nothing_does_not_count_for_the_story() -> None:
    padded, plain = read(0, 5, 0, 6, 0), read(5, 6)
    for name in (*ADDED, "overall"):
        assert padded.scores[name] == plain.scores[name]
    for name in WEIGHED:
        assert padded.scores[name] > plain.scores[name]
    assert padded.tags.shape == (5, len(TAGS))


def test_what_was_left_out_earned_nothing() -> None:
    padded = read(0, 5, 0, 6, 0)
    for name in ADDED:
        assert padded.evidence[name].tolist() == [0.0, 0.5, 0.0, 0.5, 0.0]
    for name in WEIGHED:
        assert padded.evidence[name] == pytest.approx([0.2] * 5)


def test_an_answer_is_encoded_once_and_the_story_keeps_its_context(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    network, encoder = Recording(), InContext()
    monkeypatch.setattr(reader, "load_networks", lambda path: (network,))
    told = ("I ran 14 miles.", "We fell because it rained.", "I got up.", "We ran on.", "I won.")
    said = (EMPTY, *told)
    StoryReader(encoder, tmp_path).read("Why?", said)
    assert encoder.given == [said]
    whole, story = network.shown
    vectors = slice(0, DIMENSION * len(LAYERS))
    assert np.array_equal(story[:, vectors], whole[1:, vectors])
    # What is counted is each sentence's own, and where it stands is where it stands in the story.
    encoded = InContext().read("Why?", said)
    kept = Encoded(encoded.question, encoded.sentences[1:])
    assert np.array_equal(story, sentence_features(kept, [read_cues(sentence) for sentence in told]))


def test_a_padded_answer_is_scored_as_it_would_be_without_the_padding(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    padded, bare, encoder = Recording(), Recording(), InContext()
    told = ("I ran 14 miles.", "We fell because it rained.", "I got up.")
    for network, said in ((padded, (EMPTY, told[0], EMPTY, *told[1:])), (bare, told)):
        monkeypatch.setattr(reader, "load_networks", lambda path, network=network: (network,))
        StoryReader(encoder, tmp_path).read("Why?", said)
    assert np.array_equal(padded.shown[1], bare.shown[0])


@pytest.mark.parametrize("said", [("I ran.", "We fell."), (EMPTY, EMPTY)])
def test_without_padding_there_is_no_second_reading(
    said: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    network = Recording()
    monkeypatch.setattr(reader, "load_networks", lambda path: (network,))
    StoryReader(InContext(), tmp_path).read("Why?", said)
    assert [len(sentences) for sentences in network.shown] == [2]


def test_what_perhaps_tells_nothing_stays() -> None:
    assert read(1, 5, 6).scores["situation"] == read(4, 5, 6).scores["situation"]


def test_an_answer_that_tells_nothing_is_read_as_it_is() -> None:
    assert read(0, 0, 0).scores["overall"] == pytest.approx(3.3)


def test_scores_come_on_the_rubrics_scales() -> None:
    scores = read(5, 6).scores
    assert scores.keys() == {*SCORED, "overall"}
    assert [scores[name] for name in ("measured", "reflection", "hypothetical")] == pytest.approx([0.2] * 3)
    assert [scores[name] for name in (*COMPONENTS, "ownership", "relevance")] == pytest.approx([0.4] * 6)


def test_several_networks_are_one_mean() -> None:
    several = read(5, 6, networks=(Counting(2.0), Counting(4.0)))
    assert several.scores["overall"] == pytest.approx(3.2)
    assert several.match == pytest.approx(1.0)


def test_networks_come_back_within_half_precision(tmp_path: Path) -> None:
    torch.manual_seed(5)
    saved = [StoryNetwork().eval(), StoryNetwork().eval()]
    save_networks(saved, tmp_path / "reader.safetensors")
    loaded = load_networks(tmp_path / "reader.safetensors")
    assert len(loaded) == 2
    for before, after in zip(saved, loaded, strict=True):
        assert not after.training
        for name, weight in before.state_dict().items():
            assert after.state_dict()[name].dtype == torch.float32
            assert torch.allclose(after.state_dict()[name], weight, rtol=1e-3, atol=1e-6), name


def test_a_file_of_networks_can_only_hold_numbers(tmp_path: Path) -> None:
    save_networks([StoryNetwork()], tmp_path / "reader.safetensors")
    for path in (tmp_path / "reader.safetensors", WEIGHTS / "reader.safetensors"):
        raw = path.read_bytes()
        header = json.loads(raw[8 : 8 + int.from_bytes(raw[:8], "little")])
        assert {entry["dtype"] for name, entry in header.items() if name != "__metadata__"} == {"F16"}


def test_the_coachs_own_networks_are_loaded_without_pickle(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*given: object, **named: object) -> None:
        raise AssertionError("unpickled")

    for name in ("load", "loads", "Unpickler"):
        monkeypatch.setattr(pickle, name, refuse)
    monkeypatch.setattr(torch, "load", refuse)
    assert len(load_networks(WEIGHTS / "reader.safetensors")) >= 1


def test_a_plain_story_is_tagged_as_people_would(assessor: Assessor) -> None:
    reading = assessor.reader.read(QUESTION, STORY)
    assert [tag for tag, _ in most_likely(reading.tags)] == [tag for tag, _ in STRONG]
    assert reading.tags.sum(axis=1) == pytest.approx(1.0, abs=1e-5)


def test_each_component_points_at_its_own_sentences(assessor: Assessor) -> None:
    evidence = assessor.reader.read(QUESTION, STORY).evidence
    assert evidence.keys() == set(SCORED)
    assert int(evidence["situation"].argmax()) == 0
    assert int(evidence["task"].argmax()) in (0, 1)
    assert int(evidence["action"].argmax()) in (2, 3)
    assert int(evidence["result"].argmax()) == int(evidence["measured"].argmax()) == 4
    assert int(evidence["reflection"].argmax()) == 5


def test_the_same_answer_is_read_the_same_to_the_last_bit(assessor: Assessor) -> None:
    first = assessor.reader.read(QUESTION, STORY)
    assessor.reader.read("Why?", STORY[::-1])
    again = assessor.reader.read(QUESTION, STORY)
    assert first.scores == again.scores
    assert first.match == again.match
    assert np.array_equal(first.tags, again.tags)
    assert all(np.array_equal(first.evidence[name], again.evidence[name]) for name in SCORED)


@pytest.mark.parametrize("question", ["", "Which pizza do you like best?", "Tell me about a conflict."])
def test_a_question_changes_neither_tags_nor_components(assessor: Assessor, question: str) -> None:
    one, other = assessor.reader.read(QUESTION, STORY), assessor.reader.read(question, STORY)
    assert [tag for tag, _ in most_likely(one.tags)] == [tag for tag, _ in most_likely(other.tags)]
    # A sentence does see how close it is to the question, so the last digits may differ.
    for name in COMPONENTS:
        assert other.scores[name] == pytest.approx(one.scores[name], abs=0.03)


def test_the_question_decides_what_is_relevant(assessor: Assessor) -> None:
    fits = assessor.reader.read(QUESTION, STORY)
    strange = assessor.reader.read("Tell me about a time you disagreed with your manager.", STORY)
    assert fits.match > strange.match
    assert fits.scores["relevance"] > strange.scores["relevance"]


@pytest.mark.parametrize("times", [1, 2, 14])
def test_padding_before_the_story_changes_little(assessor: Assessor, times: int) -> None:
    empty = ["Communication is something that has always been close to my heart."] * times
    plain, padded = assessor.reader.read(QUESTION, STORY), assessor.reader.read(QUESTION, [*empty, *STORY])
    assert padded.tags[:times, OTHER].min() >= 0.85
    # The story's sentences were read beside the empty ones, so they are not quite the same.
    for name in (*ADDED, "overall"):
        assert padded.scores[name] == pytest.approx(plain.scores[name], abs=0.25), name
