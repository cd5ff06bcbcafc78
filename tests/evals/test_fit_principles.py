from dataclasses import replace

import numpy as np
import pytest

from coach.evals.examples import Learned
from coach.evals.fit_principles import fit_principles
from coach.feedback.encoding import DIMENSION, LAYERS
from coach.feedback.principles import PrincipleReader
from tests.evals.invented import PRINCIPLES, answers, rerated


@pytest.fixture(scope="module")
def taught() -> list[Learned]:
    return answers(60)


def rewritten(one: Learned, **changed: object) -> Learned:
    return replace(one, row=one.row.model_copy(update=changed))


def test_what_is_fitted_can_be_read_with(taught: list[Learned]) -> None:
    names, weights, bias, measured = fit_principles(taught)
    assert names == sorted(PRINCIPLES)
    assert weights.shape == (len(LAYERS) * DIMENSION, len(names))
    assert bias.shape == (len(names),)
    assert measured["n"] == len(taught)
    assert 0.9 < measured["first"] <= measured["among_three"] == 1.0
    reader = PrincipleReader(tuple(names), weights.astype(np.float32), bias.astype(np.float32))
    unseen = answers(12, seed=5)
    first = [reader.shown(one.encoded.sentences, None)[0].name == one.row.principle for one in unseen]
    assert np.mean(first) > 0.9


def test_only_answers_to_a_question_about_a_principle_count(taught: list[Learned]) -> None:
    aside = [rewritten(one, principle=None) for one in taught[:6]]
    astray = [replace(one, row=rerated(one.row, relevance=1.0)) for one in taught[6:12]]
    assert fit_principles([*aside, *astray, *taught[12:]])[3]["n"] == len(taught) - 12


def test_it_is_measured_on_questions_that_it_has_not_seen(taught: list[Learned]) -> None:
    # One question a principle: whoever has not seen the question has never heard of the principle.
    alone = [rewritten(one, principle=f"P{i % 5}", question=f"Q{i % 5}?") for i, one in enumerate(taught)]
    assert fit_principles(alone)[3]["first"] == 0.0


def test_the_same_answers_give_the_same_weights(taught: list[Learned]) -> None:
    one, other = fit_principles(taught), fit_principles(taught)
    assert np.array_equal(one[1], other[1])
    assert np.array_equal(one[2], other[2])
