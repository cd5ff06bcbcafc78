"""Interviews for a posting: what it asks for is asked, and stays when the file changes."""

from collections import Counter

import pytest

from coach.interview.events import Started, read_event, write_event
from coach.interview.export import to_markdown
from coach.interview.interviews import Interviews
from coach.interview.plans import Plan
from coach.interview.posting import read_posting
from coach.interview.questions import QuestionBank
from coach.interview.session import InterviewState
from coach.interview.sought import Sought, sought
from coach.interview.store import Store
from coach.interview.tailoring import aims

from .fakes import SUBJECTS, FakeJudge, question

POSTING = """\
Senior Machine Learning Engineer

What you'll do
- Own the forecasts of our shop
- Run the models that you train

Minimum qualifications
- 6+ years of experience with forecasting and time series
- Experience with learning to rank

You are known to dive deep.
"""
SUBJECT_OF = {
    "forecasting": "technical",
    "ranking": "technical",
    "trees": "technical",
    "robotics": "technical",
    "opera singing": "technical",
}
OLD = '{"type":"started","at":"2026-03-01T10:00:00Z","kind":null,"principle":null,"level":null,"seed":1}'


@pytest.fixture(scope="module")
def bank() -> QuestionBank:
    """Two questions for each of five topics, at two levels, and two for each of three principles."""
    topics = [
        question(number, topic, kind, level)
        for topic, kind in SUBJECT_OF.items()
        for number, level in ((1, "senior"), (2, "senior"), (3, "entry"))
    ]
    return QuestionBank((*topics, *(question(n, subject) for subject in SUBJECTS for n in (1, 2))))


@pytest.fixture(scope="module")
def posting(bank: QuestionBank) -> Sought:
    read = read_posting(POSTING)
    return sought(read, aims(bank, read))


@pytest.fixture
def interviews(store: Store, bank: QuestionBank) -> Interviews:
    return Interviews(store, bank, FakeJudge())


def walk(interviews: Interviews, state: InterviewState, count: int) -> InterviewState:
    for _ in range(count - 1):
        state = state if state.closed else interviews.skip(state.id)
    return state


def next_topic(interviews: Interviews, posting: Sought, seed: int) -> str | None:
    """The topic of the first question, without the last interviews in the way."""
    state = interviews.start(seed=seed, posting=posting)
    interviews.delete(state.id)
    return state.turns[0].topic


def test_it_holds_every_aim(bank: QuestionBank, posting: Sought) -> None:
    read = read_posting(POSTING)
    assert posting.aims == aims(bank, read)
    assert posting.level == "senior"
    assert len(posting.reasons) < len(posting.questions)
    assert posting.aim("behavioral-frugality-01") is None
    ranking = posting.aim("technical-ranking-01")
    assert ranking is not None
    assert ranking.quote.text == "Experience with learning to rank"
    assert Sought.model_validate_json(posting.model_dump_json()) == posting


@pytest.mark.parametrize("seed", range(6))
def test_what_the_posting_asks_for_comes_first_and_at_its_level(
    interviews: Interviews, posting: Sought, seed: int
) -> None:
    state = walk(interviews, interviews.start(seed=seed, posting=posting), 4)
    assert state.posting == posting
    for turn in state.turns:
        assert turn.question_id in posting.questions
    kept = [turn for turn in state.turns if turn.topic in ("forecasting", "ranking")]
    assert not any(turn.question_id == f"technical-{turn.topic}-03" for turn in kept[:2])


def test_demanded_topics_lead_over_many_interviews(interviews: Interviews, posting: Sought) -> None:
    first = Counter(next_topic(interviews, posting, seed) for seed in range(60))
    assert first["forecasting"] + first["ranking"] > 2 * (first["robotics"] + first["opera singing"])


def test_when_the_posting_is_covered_the_bank_goes_on(interviews: Interviews, posting: Sought) -> None:
    state = interviews.start(principle=SUBJECTS[0], posting=posting)
    assert state.turns[0].principle == SUBJECTS[0]
    state = walk(interviews, interviews.start(seed=1, posting=posting), 30)
    assert state.closed
    ids = [turn.question_id for turn in state.turns]
    assert set(ids) == {one.id for one in interviews.bank.questions}
    assert len(ids) == len(set(ids))


def test_a_question_asked_lately_comes_after_the_others_of_the_posting(
    interviews: Interviews, posting: Sought
) -> None:
    before = walk(interviews, interviews.start(kind="technical", seed=1, posting=posting), 3)
    lately = {turn.question_id for turn in before.turns}
    again = walk(interviews, interviews.start(kind="technical", seed=1, posting=posting), 3)
    assert lately.isdisjoint(turn.question_id for turn in again.turns)


@pytest.mark.parametrize("seed", range(4))
def test_a_plan_keeps_its_kinds_and_covers_its_principles(
    interviews: Interviews, posting: Sought, seed: int
) -> None:
    plan = Plan.model_validate(
        {
            "id": "one-round",
            "title": "One round",
            "purpose": "To test.",
            "rounds": [
                {
                    "title": "Both",
                    "minutes": 60,
                    "interviewer": "engineer",
                    "principles": SUBJECTS,
                    "segments": [
                        {"kind": "technical", "questions": 2},
                        {"kind": "behavioral", "questions": 3},
                        {"kind": "technical", "topic": "opera", "questions": 1},
                    ],
                }
            ],
        }
    )
    state = walk(interviews, interviews.start(seed=seed, plan=plan, posting=posting), 6)
    assert [turn.kind for turn in state.turns] == ["technical"] * 2 + ["behavioral"] * 3 + ["technical"]
    assert all(turn.question_id in posting.questions for turn in state.turns[:2])
    assert {turn.principle for turn in state.turns[2:5]} == set(SUBJECTS)
    assert state.turns[5].topic == "opera singing"


def test_the_export_says_what_of_the_posting_was_asked_about(interviews: Interviews, posting: Sought) -> None:
    state = interviews.start(kind="technical", seed=1, posting=posting)
    aim = posting.aim(state.turns[0].question_id or "")
    assert aim is not None
    told = to_markdown(state)
    assert "For the posting: Senior Machine Learning Engineer" in told
    assert f"the posting asks for {aim.skill}: “{aim.quote.text}”" in told
    assert "posting" not in to_markdown(interviews.start(seed=1))


def test_events_with_and_without_a_posting_are_read(posting: Sought) -> None:
    started = Started(kind=None, principle=None, level=None, seed=1, posting=posting)
    assert read_event(2, write_event(started)) == started
    for written_in in (1, 2):
        old = read_event(written_in, OLD)
        assert isinstance(old, Started)
        assert old.posting is None
