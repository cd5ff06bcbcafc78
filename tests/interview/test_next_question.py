from datetime import UTC, datetime
from typing import Any

import pytest

from coach.interview.choice import next_question
from coach.interview.events import AskedQuestion
from coach.interview.questions import CodingQuestion, Question, QuestionBank
from coach.interview.session import InterviewState, Turn

from .fakes import SUBJECTS, question, small_bank

NOW = datetime(2025, 1, 1, tzinfo=UTC)
BANK = small_bank()


def state(*asked: Question, seed: int = 1, **limits: Any) -> InterviewState:
    turns = tuple(
        Turn(
            question=one.question,
            question_id=one.id,
            kind=one.kind,
            principle=one.principle,
            topic=one.topic,
            asked_at=NOW,
            skipped=True,
        )
        for one in asked
    )
    given: dict[str, Any] = {"kind": None, "principle": None, "level": None} | limits
    return InterviewState(id="i", seed=seed, started_at=NOW, turns=turns, **given)


def chosen(bank: QuestionBank, now: InterviewState, *lately: str) -> Question:
    event = next_question(bank, now, lately)
    assert event is not None
    return bank.by_id(event.question_id)


def walk(bank: QuestionBank, **limits: Any) -> list[Question]:
    """All questions of an interview, in order."""
    asked: list[Question] = []
    while (event := next_question(bank, state(*asked, **limits), ())) is not None:
        asked.append(bank.by_id(event.question_id))
    return asked


def test_the_event_holds_all_of_the_question() -> None:
    one = question(7, "trees", "technical")
    event = next_question(QuestionBank((one,)), state(), ())
    assert event is not None
    assert event == AskedQuestion(
        at=event.at,
        question_id=one.id,
        question=one.question,
        kind="technical",
        principle=None,
        topic="trees",
        key_points=one.key_points,
    )


def test_a_coding_question_comes_with_its_task() -> None:
    case = {"input": "(1,)", "output": "1"}
    fields = question(1, "lists", "technical").model_dump() | {
        "id": "coding-lists-01",
        "kind": "coding",
        "task": "def same(a)\n\nReturn it.",
        "examples": [case],
        "hidden": [case] * 5,
        "solution": "def same(a):\n    return a",
        "complexity": "Constant.",
    }
    event = next_question(QuestionBank((CodingQuestion.model_validate(fields),)), state(), ())
    assert event is not None
    assert event.question == f"{fields['question']}\n\n{fields['task']}"


@pytest.mark.parametrize("seed", range(4))
def test_every_question_but_a_recruiters_comes_once_whatever_the_seed(seed: int) -> None:
    asked = [one.id for one in walk(BANK, seed=seed)]
    assert sorted(asked) == sorted(one.id for one in BANK.questions if one.kind != "recruiter")


def test_the_seed_decides_among_what_is_due() -> None:
    orders = {tuple(one.id for one in walk(BANK, seed=seed)) for seed in range(6)}
    assert len(orders) > 1
    assert [one.id for one in walk(BANK, seed=3)] == [one.id for one in walk(BANK, seed=3)]


@pytest.mark.parametrize("seed", range(4))
def test_behavioral_and_others_take_turns_and_so_do_kinds_and_subjects(seed: int) -> None:
    others = [
        question(number, topic, kind)
        for kind in ("technical", "case")
        for topic in ("trees", "nets")
        for number in (1, 2)
    ]
    stories = [question(number, subject) for subject in SUBJECTS for number in (1, 2, 3)]
    asked = walk(QuestionBank((*stories, *others)), seed=seed)[:12]
    sides = [one.kind == "behavioral" for one in asked]
    assert all(sides[place] is not sides[place + 1] for place in range(0, 12, 2))
    told = [one.principle for one in asked if one.kind == "behavioral"]
    assert set(told[:3]) == set(told[3:6]) == set(SUBJECTS)
    rest = [one for one in asked if one.kind != "behavioral"]
    assert all(
        {one.kind, other.kind} == {"technical", "case"}
        for one, other in zip(rest[::2], rest[1::2], strict=True)
    )
    for kind in ("technical", "case"):
        assert len({one.topic for one in rest if one.kind == kind}) == 2


def test_follow_ups_count_for_nothing() -> None:
    now = state(BANK.by_id("technical-trees-01"))
    more = [now.turns[0].model_copy(update={"question_id": None, "kind": "behavioral"})] * 3
    assert chosen(BANK, now.model_copy(update={"turns": (*now.turns, *more)})).kind == "behavioral"


@pytest.mark.parametrize("seed", range(4))
def test_what_was_asked_lately_comes_last_among_what_is_due(seed: int) -> None:
    first = SUBJECTS[0]
    stories = [one for one in BANK.questions if one.principle == first]
    lately = [one.id for one in stories[:2]]
    assert chosen(BANK, state(seed=seed, principle=first), *lately) == stories[2]
    assert chosen(BANK, state(stories[2], seed=seed, principle=first), *lately) in stories[:2]


@pytest.mark.parametrize("seed", range(4))
def test_whose_turn_it_is_counts_more_than_what_was_asked_lately(seed: int) -> None:
    technical = [one.id for one in BANK.questions if one.kind == "technical"]
    now = state(BANK.questions[0], seed=seed)
    assert chosen(BANK, now, *technical).kind == "technical"


def test_limits_hold() -> None:
    assert {one.principle for one in walk(BANK, principle=SUBJECTS[1])} == {SUBJECTS[1]}
    assert {one.kind for one in walk(BANK, kind="technical")} == {"technical"}
    assert {one.kind for one in walk(BANK, kind="recruiter")} == {"recruiter"}
    assert {one.kind for one in walk(BANK, level="mid")} == {"technical"}
    assert len(walk(BANK, kind="technical", level="mid")) == 2


@pytest.mark.parametrize(
    "limits", [{"level": "entry"}, {"kind": "coding"}, {"kind": "technical", "principle": "Think Big"}]
)
def test_where_nothing_fits_there_is_none(limits: dict[str, Any]) -> None:
    assert next_question(BANK, state(**limits), ()) is None
