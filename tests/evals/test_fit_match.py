"""The bars below which a story belongs to another question, from readings that had not seen it."""

import numpy as np
import pytest

from coach.evals.fit_match import HeldBack, belonging_rates, fit_belonging
from coach.evals.rated import Rated
from coach.feedback.reader import Reading
from coach.feedback.scoring import Belonging
from tests.evals.told import answer


def held(match: float, *strangers: float) -> HeldBack:
    blank = np.zeros((1, 6), dtype=np.float32)
    return HeldBack(Reading((), None, blank, {}, {}, match), strangers)  # type: ignore[arg-type]


def good(number: int) -> Rated:
    return answer(f"a{number}", overall=4.0, relevance=2.0)


def test_few_good_stories_lie_below_the_bar() -> None:
    rows, matches = [good(number) for number in range(101)], np.linspace(0.0, 1.0, 101)
    bars = fit_belonging(rows, [held(match) for match in matches])
    assert bars == Belonging(astray=0.02)


def test_poor_answers_and_those_that_miss_the_question_set_no_bar() -> None:
    rows = [*(good(number) for number in range(101)), answer("b", overall=2.0), answer("c", relevance=0.5)]
    matches = [*np.linspace(0.0, 1.0, 101), -1.0, -1.0]
    assert fit_belonging(rows, [held(match) for match in matches]) == Belonging(0.02)


def test_the_rates_are_those_of_good_stories_and_of_strangers_questions() -> None:
    rows = [good(1), good(2), answer("b", overall=1.0)]
    of = [held(0.5, -0.5, 0.1), held(0.1, 0.6, -0.2), held(-0.9)]
    rates = belonging_rates(rows, of, Belonging(astray=0.0))
    assert rates == {"own": 0.0, "strangers'": 0.5}


def test_without_a_good_story_there_is_no_rate() -> None:
    assert belonging_rates([answer("b", overall=1.0)], [held(0.5)], Belonging(0.0)) is None


@pytest.mark.parametrize("seen", [0.3, -0.3])
def test_a_bar_is_where_the_stories_are(seen: float) -> None:
    assert fit_belonging([good(1)], [held(seen)]) == Belonging(seen)
