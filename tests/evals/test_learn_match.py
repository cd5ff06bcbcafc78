"""Which question belongs to which story, learned from invented answers about some topics."""

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import torch

from coach.evals.answered import Answered, CommonQuestion
from coach.evals.examples import Learned
from coach.evals.learn_match import Common, fit_match
from coach.feedback.encoding import Encoded
from coach.feedback.language import read_cues
from coach.feedback.network import StoryNetwork
from coach.feedback.reader import read_story
from tests.evals.invented import PRINCIPLES, WORDS, answers

TOPICS = len(PRINCIPLES)
MATCHES = ("story.", "asked.", "heart.")


@pytest.fixture(scope="module")
def taught() -> list[Learned]:
    return answers(96)


def common(taught: list[Learned], *, said: bool = True) -> Common:
    """A common question for each topic, in the words of the first two answers about it."""
    questions = tuple(CommonQuestion(id=f"c{topic}", wordings=("One", "Other")) for topic in range(TOPICS))
    asked = [[taught[topic + turn * TOPICS].ways[0].question for turn in (0, 1)] for topic in range(TOPICS)]
    answered = {
        one.row.id: Answered(of=one.row.id, yes=(f"c{place % TOPICS}",), partly=(f"c{(place + 1) % TOPICS}",))
        for place, one in enumerate(taught)
    }
    return Common(questions, torch.from_numpy(np.array(asked)), answered if said else {})


def fitted(taught: list[Learned], given: Common, seed: int = 3, epochs: int = 6) -> StoryNetwork:
    torch.manual_seed(seed)
    network = StoryNetwork()
    fit_match(network, taught, given, seed, epochs)
    return network


def match(network: StoryNetwork, told: Encoded) -> float:
    return read_story([network], [read_cues(WORDS)] * len(told.sentences), told).match


@pytest.mark.parametrize("said", [True, False])
def test_a_story_belongs_to_its_own_question_rather_than_to_anothers(
    taught: list[Learned], said: bool
) -> None:
    network = fitted(taught, common(taught, said=said))
    nearer = [
        match(network, one.encoded) > match(network, Encoded(other.encoded.question, one.encoded.sentences))
        for one, other in pairwise(answers(24, seed=17))  # neighbours are about different topics
    ]
    assert np.mean(nearer) > 0.8


def test_nothing_else_of_the_network_changes(taught: list[Learned]) -> None:
    torch.manual_seed(3)
    before, after = StoryNetwork().state_dict(), fitted(taught, common(taught), epochs=1).state_dict()
    changed = {name for name, weight in before.items() if not torch.equal(weight, after[name])}
    assert changed
    assert all(name.startswith(MATCHES) for name in changed)


def test_the_same_seed_gives_the_same_fit(taught: list[Learned]) -> None:
    given = common(taught)
    one, same = (fitted(taught[:40], given, epochs=1).state_dict() for _ in range(2))
    assert all(torch.equal(weight, same[name]) for name, weight in one.items())


def test_what_nobody_judged_is_no_label(taught: list[Learned]) -> None:
    given = common(taught)
    labels = replace(given, answered={taught[0].row.id: given.answered[taught[0].row.id]}).labels(taught[:2])
    assert labels.shape == (2, TOPICS)
    assert labels[0, 0] == 1
    assert math.isnan(labels[0, 1])
    assert (labels[0, 2:] == 0).all()
    assert labels[1].isnan().all()
