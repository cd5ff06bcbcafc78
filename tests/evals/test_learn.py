from dataclasses import replace

import numpy as np
import pytest
import torch

from coach.evals.examples import Example, Learned
from coach.evals.learn import fit_network
from coach.feedback.encoding import Encoded
from coach.feedback.language import read_cues
from coach.feedback.network import SCORED, StoryNetwork
from coach.feedback.reader import Reading, read_story
from coach.feedback.rubric import TAGS
from tests.evals.invented import WORDS, answers, encoded, rated

EPOCHS = 12


@pytest.fixture(scope="module")
def taught() -> list[Learned]:
    return answers(96)


@pytest.fixture(scope="module")
def network(taught: list[Learned]) -> StoryNetwork:
    return fit_network(taught, seed=3, epochs=EPOCHS)


def read(network: StoryNetwork, told: Encoded) -> Reading:
    cues = [read_cues(WORDS)] * len(told.sentences)
    return read_story([network], cues, told)


def story(tags: str, seed: int = 99) -> Encoded:
    return encoded(rated(0, tags), np.random.default_rng(seed))


def error(network: StoryNetwork, unseen: list[Learned]) -> float:
    """The mean distance from the ratings of answers that were not learned from."""
    apart = []
    for one in unseen:
        scores = read(network, one.encoded).scores
        apart += [abs(scores[name] - one.row.mean.numbers[name]) for name in SCORED]
    return float(np.mean(apart))


def test_the_same_seed_gives_the_same_network(taught: list[Learned]) -> None:
    one, same, other = (fit_network(taught[:40], seed, epochs=2) for seed in (3, 3, 4))
    for name, weight in one.state_dict().items():
        assert torch.equal(weight, same.state_dict()[name]), name
    assert any(not torch.equal(weight, other.state_dict()[name]) for name, weight in one.state_dict().items())


def test_what_is_fitted_is_ready_to_read(network: StoryNetwork) -> None:
    assert not network.training
    first, again = read(network, story("STARL")), read(network, story("STARL"))
    assert first.scores == again.scores


def test_more_rounds_bring_it_nearer_to_answers_it_has_not_seen(
    network: StoryNetwork, taught: list[Learned]
) -> None:
    unseen = answers(24, seed=17)
    barely = fit_network(taught, seed=3, epochs=1)
    assert error(network, unseen) < 0.6 * error(barely, unseen)


def test_it_learns_the_tags(network: StoryNetwork) -> None:
    unseen = answers(24, seed=17)
    right = [
        TAGS[int(place)] == tag
        for one in unseen
        for place, tag in zip(read(network, one.encoded).tags.argmax(axis=1), one.row.mean.tags, strict=True)
    ]
    assert np.mean(right) > 0.9


@pytest.mark.parametrize(
    ("tag", "name"),
    [("S", "situation"), ("T", "task"), ("A", "action"), ("R", "result"), ("L", "reflection")],
)
def test_a_component_that_is_deleted_loses_its_score(network: StoryNetwork, tag: str, name: str) -> None:
    whole = story("STARL")
    kept = np.array([place for place, other in enumerate("STARL") if other != tag])
    before = read(network, whole)
    after = read(network, Encoded(whole.question, whole.sentences[kept]))
    top = 1.0 if name == "reflection" else 2.0
    assert before.scores[name] - after.scores[name] > 0.35 * top
    assert int(before.evidence[name].argmax()) == "STARL".index(tag)


def test_what_is_not_known_spoils_nothing() -> None:
    few = answers(8)
    unknown = [Learned(one.row, one.encoded, tuple(_without_ratings(way) for way in one.ways)) for one in few]
    network = fit_network(unknown, seed=1, epochs=1)
    assert all(torch.isfinite(weight).all() for weight in network.state_dict().values())


def _without_ratings(way: Example) -> Example:
    scores = way.scores.copy()
    scores[SCORED.index("ownership")] = np.nan
    return replace(way, scores=scores, overall=float("nan"))
