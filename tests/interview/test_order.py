"""In which order an interview without a plan asks the bank's questions."""

from collections import Counter
from pathlib import Path

import pytest

from coach.interview.interviews import Interviews
from coach.interview.questions import QuestionBank
from coach.interview.store import Store, open_store
from coach.settings import Settings

from .fakes import SUBJECTS, FakeJudge, question, small_bank
from .steps import give, ids, walk


def test_the_end_of_the_bank_closes_the_interview(interviews: Interviews) -> None:
    state = walk(interviews, principle=SUBJECTS[1])
    assert sorted(ids(state)) == sorted(q.id for q in small_bank().questions if q.principle == SUBJECTS[1])  # type: ignore[type-var]
    assert state.closed_because == "every question that fits has been asked"
    assert interviews.get(state.id) == state


def test_a_seed_decides_the_order(tmp_path: Path, judge: FakeJudge) -> None:
    def order(home: str, seed: int) -> list[str | None]:
        store = open_store(Settings(home=tmp_path / home, database_url=None))
        return ids(walk(Interviews(store, small_bank(), judge), seed=seed))

    assert order("a", 7) == order("b", 7)
    assert len({tuple(order(f"seed{seed}", seed)) for seed in range(4)}) > 1


@pytest.mark.parametrize("seed", range(3))
def test_principles_take_turns_and_nothing_comes_twice(interviews: Interviews, seed: int) -> None:
    state = walk(interviews, kind="behavioral", seed=seed)
    principles = [turn.principle for turn in state.turns]
    assert [set(principles[at : at + 3]) for at in (0, 3, 6)] == [set(SUBJECTS)] * 3
    assert set(Counter(ids(state)).values()) == {1}


@pytest.mark.parametrize("seed", range(3))
def test_a_mixed_interview_is_half_behavioral_and_its_other_kinds_take_turns(
    store: Store, judge: FakeJudge, seed: int
) -> None:
    design = tuple(question(number, f"design {number}", "system_design") for number in range(1, 9))
    mixed = Interviews(store, QuestionBank((*small_bank().questions, *design)), judge)
    state = walk(mixed, seed=seed)
    kinds = [turn.kind for turn in state.turns]
    for pair in (kinds[at : at + 2] for at in range(0, 8, 2)):
        assert pair.count("behavioral") == 1
    others = [kind for kind in kinds if kind != "behavioral"]
    assert set(others[:2]) == set(others[2:4]) == {"technical", "system_design"}
    assert len(state.turns) == 19  # all but the recruiter's


def test_a_recruiters_questions_come_when_asked_for(interviews: Interviews) -> None:
    state = interviews.start(kind="recruiter")
    assert state.turns[0].kind == "recruiter"
    assert give(interviews, state.id).turns[0].complete


def test_level_limits_the_choice(interviews: Interviews) -> None:
    state = walk(interviews, level="mid")
    assert {turn.topic for turn in state.turns} == {"trees"}


def test_questions_of_the_last_interviews_come_last(interviews: Interviews) -> None:
    before = interviews.start(principle=SUBJECTS[0], seed=3)
    after = interviews.start(principle=SUBJECTS[0], seed=3)
    third = interviews.start(principle=SUBJECTS[0], seed=3)
    assert len({ids(state)[0] for state in (before, after, third)}) == 3
    assert sorted(ids(walk(interviews, principle=SUBJECTS[0], seed=3))) == sorted(  # type: ignore[type-var]
        q.id for q in small_bank().questions if q.principle == SUBJECTS[0]
    )
