"""Hold an interview with a candidate, and look at what the interviewer did."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from coach.errors import AnswerRefused, UsageError
from coach.interview.interviews import Interviews
from coach.interview.plans import Plan
from coach.interview.session import InterviewState

from .cast import Candidate

_MOST_STEPS = 200
_RUN = 6  # words in a row of a key point that only it has


@dataclass
class Clock:
    """Stands still until somebody waits."""

    at: datetime = field(default_factory=lambda: datetime(2026, 3, 1, 10, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.at

    def wait(self, minutes: float) -> None:
        self.at += timedelta(minutes=minutes)


@dataclass(frozen=True)
class Held:
    """An interview that is over; `refused` are answers that were not taken."""

    state: InterviewState
    refused: int


def hold(interviews: Interviews, clock: Clock, candidate: Candidate, plan: Plan, seed: int = 7) -> Held:
    """Hold it to its end."""
    clock.wait(60)
    state = interviews.start(plan=plan, seed=seed)
    refused = 0
    for _ in range(_MOST_STEPS):
        turn = state.current
        if state.closed or turn is None:
            break
        clock.wait(candidate.minutes)
        number = sum(one.question_id is not None for one in state.turns) - 1
        if candidate.does == "skips":
            state = interviews.skip(state.id, seen=state)
            continue
        said = candidate.persona.says(turn, number)
        try:
            after = interviews.aside(state.id, said, seen=state)
        except AnswerRefused:
            refused += 1
            state = interviews.skip(state.id, seen=state)
            continue
        if after is not None:
            state = after
            continue
        *_, (state, _) = interviews.answer(state.id, said, seen=state)
        if candidate.does == "answers twice":
            with pytest.raises(UsageError, match="already been answered"):
                interviews.answer(state.id, "One more thing about what you have not asked yet.")
        if candidate.does == "leaves":
            state = interviews.leave_round(state.id, seen=state)
            continue
        state = interviews.next(state.id, seen=state)
    assert state.closed, f"{candidate.name} is still there after {_MOST_STEPS} steps"
    assert interviews.get(state.id) == state
    return Held(state, refused)


def said_by_interviewer(state: InterviewState) -> list[tuple[int, str]]:
    """All questions and replies, each with the number of its turn."""
    return [
        (number, text)
        for number, turn in enumerate(state.turns)
        for text in (turn.question, *(aside.reply for aside in turn.asides))
    ]


def leaks(state: InterviewState) -> list[str]:
    """What the interviewer says of a key point, before or after, that neither question nor candidate had said."""
    found = []
    for number, text in said_by_interviewer(state):
        root = state.turns[state.root(number)]
        open_to_see = [root.question, *root.asked_as, *root.facts]
        for turn in state.turns[state.root(number) : number + 1]:
            open_to_see += [turn.answer or "", *(aside.said for aside in turn.asides)]
        known = _runs(*open_to_see)
        for point in root.key_points:
            if _runs(text) & (_runs(point) - known):
                found.append(f"“{text}” tells “{point}”")
    return found


def twice(state: InterviewState) -> list[str]:
    """Questions that were asked before, whatever the marks and capitals."""
    asked = [" ".join(re.findall(r"\w+", turn.question.lower())) for turn in state.turns]
    return [one for number, one in enumerate(asked) if one in asked[:number]]


def threads(state: InterviewState) -> list[InterviewState]:
    """The interview as one of a single question each, with its follow-ups."""
    roots = [n for n, turn in enumerate(state.turns) if turn.follow_up_depth == 0]
    ends = [*roots[1:], len(state.turns)]
    return [
        state.model_copy(update={"turns": state.turns[begin:end]})
        for begin, end in zip(roots, ends, strict=True)
    ]


def _runs(*texts: str) -> set[tuple[str, ...]]:
    return {
        tuple(found[n : n + _RUN])
        for text in texts
        for found in [re.findall(r"\w+", text.lower())]
        for n in range(len(found) - _RUN + 1)
    }
