from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from coach.errors import UsageError
from coach.interview.questions import PRINCIPLES, QuestionBank, load_questions
from coach.progress.schedule import WITHOUT_DATE, Exercise, Schedule, schedule
from coach.settings import DATA

from .builders import TODAY, record, row


@pytest.fixture(scope="module")
def bank() -> QuestionBank:
    return load_questions(Path(DATA / "corpus" / "questions"))


def everything(plan: Schedule) -> list[Exercise]:
    return [one for _, exercises in plan.days for one in exercises]


def test_it_goes_to_the_day_before_the_interview_with_at_most_so_many_a_day(bank: QuestionBank) -> None:
    plan = schedule([], bank, TODAY, TODAY + timedelta(days=10), per_day=3)
    assert [day for day, _ in plan.days] == [TODAY + timedelta(days=place) for place in range(10)]
    assert all(1 <= len(exercises) <= 3 for _, exercises in plan.days)
    assert plan.today == plan.days[0][1]
    assert all(one.day == day for day, exercises in plan.days for one in exercises)


def test_without_a_date_it_goes_for_two_weeks(bank: QuestionBank) -> None:
    assert len(schedule([], bank, TODAY).days) == WITHOUT_DATE


@pytest.mark.parametrize("days", [0, 1])
def test_the_last_day_still_has_its_exercises(bank: QuestionBank, days: int) -> None:
    plan = schedule([], bank, TODAY, TODAY + timedelta(days=days))
    assert [day for day, _ in plan.days] == [TODAY]
    assert len(plan.today) == 3


def test_after_the_interview_there_is_nothing_to_do(bank: QuestionBank) -> None:
    plan = schedule([], bank, TODAY, TODAY - timedelta(days=1))
    assert plan.past
    assert plan.days == plan.today == ()


def test_who_has_not_begun_meets_every_principle_and_every_kind_and_no_question_twice(
    bank: QuestionBank,
) -> None:
    plan = schedule([], bank, TODAY, TODAY + timedelta(days=28), per_day=3)
    all_of_them = everything(plan)
    assert {one.principle for one in all_of_them} >= set(PRINCIPLES)
    assert {one.kind for one in all_of_them} == {"behavioral", "technical", "system_design", "coding", "case"}
    assert max(Counter(one.question_id for one in all_of_them).values()) == 1
    for one in all_of_them:
        question = bank.by_id(one.question_id)
        assert (question.kind, question.principle, question.question) == (
            one.kind,
            one.principle,
            one.question,
        )


def test_what_is_weak_comes_first_then_what_no_story_shows(bank: QuestionBank) -> None:
    practised = row([2.0], subject="Frugality") + row([4.5] * 4)
    plan = schedule(practised, bank, TODAY, per_day=3, gaps=["Think Big"], kinds=("behavioral",))
    assert [(one.principle, one.why, one.level) for one in plan.today[:2]] == [
        ("Frugality", "weak", 2.0),
        ("Think Big", "no story", None),
    ]
    assert plan.today[2].why == "never practised"
    assert "Dive Deep" not in {one.principle for one in plan.today}


def test_the_same_comes_again_at_growing_distances(bank: QuestionBank) -> None:
    plan = schedule(row([4.0]), bank, TODAY, per_day=20, kinds=("behavioral",))
    days = [(one.day - TODAY).days for one in everything(plan) if one.principle == "Dive Deep"]
    assert days == [1, 5, 13]


def test_before_the_interview_everything_comes_once_more(bank: QuestionBank) -> None:
    practised = row([4.5] * 5)
    plan = schedule(practised, bank, TODAY, TODAY + timedelta(days=6), per_day=20, kinds=("behavioral",))
    assert "Dive Deep" in {one.principle for one in everything(plan)}
    without = schedule(practised, bank, TODAY, per_day=20, kinds=("behavioral",))
    soon = [one for one in everything(without) if one.day < TODAY + timedelta(days=6)]
    assert "Dive Deep" not in {one.principle for one in soon}


def test_what_was_done_today_counts(bank: QuestionBank) -> None:
    done = [record(4.0, days_ago=0)]
    assert len(schedule(done, bank, TODAY, per_day=3).today) == 2
    assert schedule(done * 3, bank, TODAY, per_day=3).today == ()


def test_it_stays_the_same_until_something_was_practised(bank: QuestionBank) -> None:
    assert schedule([], bank, TODAY) == schedule([], bank, TODAY)


def test_a_weak_criterion_is_minded_in_every_story(bank: QuestionBank) -> None:
    practised = [record(3.2, measured=0.0, action=2.0), record(3.2, "technical", "trees", key_points=0.1)]
    found = everything(schedule(practised, bank, TODAY, per_day=4))
    assert {one.criterion for one in found if one.kind == "behavioral"} == {"measured"}
    assert {one.criterion for one in found if one.kind == "technical"} == {"key_point"}
    assert {one.criterion for one in found if one.kind == "coding"} == {None}


def test_questions_have_the_level_and_are_asked_anew_only_when_none_is_left(bank: QuestionBank) -> None:
    plan = schedule([], bank, TODAY, level="senior", per_day=4)
    assert all("senior" in bank.by_id(one.question_id).level for one in everything(plan))
    few = QuestionBank(tuple(q for q in bank.questions if q.principle == "Frugality")[:1])
    again = schedule([], few, TODAY, per_day=4, kinds=("behavioral", "coding"))
    assert {one.question_id for one in everything(again)} == {few.questions[0].id}


def test_a_day_without_exercises_is_refused(bank: QuestionBank) -> None:
    with pytest.raises(UsageError, match="at least one"):
        schedule([], bank, TODAY, per_day=0)
