"""The exercises of a debrief, started."""

import pytest

from coach.errors import UsageError
from coach.interview.debrief.model import Exercise
from coach.interview.exercising import begin, exercise_of
from coach.interview.interviews import Interviews
from coach.interview.plans import load_plans
from coach.interview.questions import PRINCIPLES

from .fakes import small_bank

PLANS = load_plans()
THIRD = small_bank().questions[2]


def exercise(**fields: object) -> Exercise:
    return Exercise.model_validate({"text": "Do it.", "minutes": 10, **fields})


def test_the_question_comes_first_and_others_of_its_principle_after_it(interviews: Interviews) -> None:
    task = exercise(kind="behavioral", principle=THIRD.principle, criterion="result", question=THIRD.question)
    state = begin(interviews, task, PLANS)
    assert state.turns[0].question_id == THIRD.id
    state = interviews.skip(state.id)
    assert state.turns[1].principle == THIRD.principle
    assert state.turns[1].question_id != THIRD.id


def test_a_drill_is_held_by_its_plan_about_its_principle(interviews: Interviews) -> None:
    task = exercise(plan="quick-drill", kind="behavioral", principle=THIRD.principle, question=THIRD.question)
    state = begin(interviews, task, PLANS)
    assert state.plan == PLANS["quick-drill"]
    assert (state.principle, state.turns[0].question_id) == (THIRD.principle, THIRD.id)
    state = interviews.skip(interviews.skip(state.id).id)
    assert {turn.principle for turn in state.turns} == {THIRD.principle}
    assert len(state.turns) == 3


def test_a_question_that_left_the_bank_gives_way_to_others_of_its_sort(interviews: Interviews) -> None:
    task = exercise(kind="behavioral", principle=PRINCIPLES[1], question="Gone?")
    assert begin(interviews, task, PLANS).turns[0].principle == PRINCIPLES[1]
    gone = exercise(plan="gone", kind="technical", question="Gone?")
    assert begin(interviews, gone, PLANS).turns[0].kind == "technical"


@pytest.mark.parametrize("topic", ["trees", "Tree", "no such topic"])
def test_a_topic_decides_where_the_bank_has_it(interviews: Interviews, topic: str) -> None:
    state = begin(interviews, exercise(kind="technical", topic=topic), PLANS)
    assert (state.kind, state.turns[0].topic) == ("technical", "trees")


def test_the_exercises_of_a_debrief_are_counted_from_0(interviews: Interviews) -> None:
    state = interviews.start(principle=PRINCIPLES[0])
    list(interviews.answer(state.id, "I did it."))
    state = interviews.close(state.id)
    first = exercise_of(state, 0)
    again = begin(interviews, first, PLANS)
    assert again.turns[0].question == (first.question or again.turns[0].question)
    with pytest.raises(UsageError, match="no such exercise"):
        exercise_of(state, 3)
