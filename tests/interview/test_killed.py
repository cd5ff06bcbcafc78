"""App processes that die by kill -9: the interview stands where it stood, and the half-made part is made again."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coach.errors import UsageError
from coach.interview.events import Answered, Assessed, Debriefed, Event
from coach.interview.interviews import Interviews
from coach.interview.plans import Plan
from coach.interview.session import InterviewState

from .fakes import SUBJECTS
from .killed_child import WORDS, opened

ROOT = Path(__file__).parents[2]
ANSWER = "I read the traces and found the slow query."
PLAN = Plan.model_validate(
    {
        "id": "one-round",
        "title": "One round",
        "purpose": "To test.",
        "rounds": [
            {
                "title": "Stories",
                "minutes": 40,
                "interviewer": "bar raiser",
                "principles": SUBJECTS,
                "segments": [{"kind": "behavioral", "questions": 4, "follow_ups": 1}],
            }
        ],
    }
)
Kill = Callable[[str, str], None]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def interviews(home: Path) -> Iterator[Interviews]:
    """What finds the interview again, with a process of its own."""
    found = opened(home)
    yield found
    found.store.close()


@pytest.fixture
def kill(home: Path) -> Kill:
    """Let an app process go on with an interview up to a step, and kill it there."""

    def killed(interview_id: str, where: str) -> None:
        paths = {"PYTHONPATH": str(ROOT)}
        call = [sys.executable, "-m", "tests.interview.killed_child", str(home), where, interview_id, ANSWER]
        child = subprocess.Popen(
            call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, **paths}
        )
        try:
            assert child.stdout is not None
            assert child.stdout.readline() == "halted\n"
        finally:
            child.kill()
            child.communicate()
        assert child.returncode == -9

    return killed


def answered(interviews: Interviews, *answers: str) -> InterviewState:
    state = interviews.start(plan=PLAN, seed=4)
    for number, one in enumerate(answers):
        state = interviews.next(state.id) if number else state
        *_, (state, _) = interviews.answer(state.id, one)
    return state


def kept(interviews: Interviews, state: InterviewState, what: type[Event]) -> list[Event]:
    return [one for one in interviews.store.load(state.id) if isinstance(one, what)]


@pytest.mark.parametrize("where", ["assessing", "critique 0", "critique 1", "critique 2"])
def test_in_the_middle_of_an_answer(interviews: Interviews, kill: Kill, where: str) -> None:
    before = interviews.next(answered(interviews, "I rebuilt the importer.").id)
    kill(before.id, where)

    after = interviews.get(before.id)
    assert after.turns[0] == before.turns[0]
    assert len(after.turns) == len(before.turns)
    assert (after.round, after.current) == (before.round, None)
    last = after.turns[-1]
    assert (last.question, last.answer) == (before.turns[-1].question, ANSWER)
    assert (last.feedback is None) == (where == "assessing")
    assert not last.complete
    with pytest.raises(UsageError, match="already been answered"):
        interviews.answer(after.id, "Something else.")

    *_, (whole, feedback) = interviews.assess_again(after.id)
    assert whole.turns[-1].complete
    assert [one.text for one in feedback.strengths] == [WORDS[-1]]
    assert len(kept(interviews, whole, Answered)) == 2
    judged = [one for one in kept(interviews, whole, Assessed) if isinstance(one, Assessed) and one.turn == 1]
    assert [one.complete for one in judged] == [False, True]
    assert interviews.next(whole.id).current is not None


@pytest.mark.parametrize("where", ["debrief 0", "debrief 1", "debrief 2"])
@pytest.mark.parametrize("closed", [True, False])
def test_in_the_middle_of_a_debrief(interviews: Interviews, kill: Kill, where: str, closed: bool) -> None:
    before = answered(interviews, "I rebuilt the importer.", "It took a week.")
    if closed:
        before = interviews.close(before.id)
    kill(before.id, where)

    after = interviews.get(before.id)
    half = after.debriefed(0)
    assert half is not None
    assert (half.complete, half.debrief.words) == (False, None)
    assert half.debrief.tally.answered == 1
    assert after.model_copy(update={"debriefs": ()}) == before

    *_, (whole, made) = interviews.debrief(after.id, 0)
    assert made.words == WORDS[-1]
    assert made.plain == half.debrief
    found = whole.debriefed(0)
    assert found is not None
    assert found.complete
    every = [one for one in kept(interviews, whole, Debriefed) if isinstance(one, Debriefed)]
    assert [one.complete for one in every] == [False, True]
    if not closed:
        assert interviews.next(whole.id).current is not None


def test_again_and_again(interviews: Interviews, kill: Kill) -> None:
    state = answered(interviews, "I rebuilt the importer.")
    for where in ("critique 1", "assessing", "critique 0"):
        state = interviews.next(state.id, follow_up=False)
        kill(state.id, where)
        *_, (state, _) = interviews.assess_again(state.id)
    assert [turn.answer for turn in state.turns] == ["I rebuilt the importer.", ANSWER, ANSWER, ANSWER]
    assert all(turn.complete for turn in state.turns)
    assert len({turn.question for turn in state.turns}) == 4
    assert interviews.next(state.id, follow_up=False).closed
