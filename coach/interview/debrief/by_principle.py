"""What an interview shows of each leadership principle."""

from collections.abc import Sequence

from coach.interview.debrief.evidence import Thread, distinct
from coach.interview.debrief.lines import line
from coach.interview.debrief.model import Line
from coach.interview.debrief.moments import best_and_worst
from coach.interview.session import InterviewState

_COMES_NEAR = 1.0  # of 2: from there on an answer to another question is worth a hint
_MOST_MOMENTS = 4


def by_principle(state: InterviewState, threads: Sequence[Thread], of: int | None) -> tuple[Line, ...]:
    """Return a line for each principle that was asked for, or was planned to be, in that order."""
    asked = [one.root.principle for one in threads if one.root.principle]
    return tuple(_line(state, threads, name) for name in dict.fromkeys([*asked, *wanted(state, of)]))


def wanted(state: InterviewState, of: int | None) -> tuple[str, ...]:
    """Return the principles that round number `of`, or with None the whole, was to be about."""
    if state.plan is None or state.principle is not None:
        return (state.principle,) if state.principle else ()
    if of is None:
        return state.plan.principles
    planned = state.plan.rounds[of]
    own = (name for part in planned.segments for name in part.principles)
    return tuple(dict.fromkeys((*planned.principles, *own)))


def asked_for(threads: Sequence[Thread], principle: str) -> list[Thread]:
    """Return the questions about a principle."""
    return [one for one in threads if one.root.principle == principle]


def near(threads: Sequence[Thread], principle: str) -> list[Thread]:
    """Return the questions about other things whose answers come near to a principle."""
    return [
        one
        for one in threads
        if one.root.kind == "behavioral"
        and one.root.principle != principle
        and one.feedback is not None
        and any(p.name == principle and p.strength >= _COMES_NEAR for p in one.feedback.principles)
    ]


def _line(state: InterviewState, threads: Sequence[Thread], name: str) -> Line:
    own = asked_for(threads, name)
    evidence = distinct(own)
    moments = [moment for one in evidence for moment in best_and_worst(state, one, _MOST_MOMENTS)]
    return line(
        "principle",
        name,
        [score for one in evidence if (score := one.score)],
        of_what="story",
        nothing=_nothing(own),
        passed=sum(one.root.passed for one in evidence),
        moments=tuple(moments[:_MOST_MOMENTS]),
        rounds=tuple(dict.fromkeys(one.root.round for one in own if one.root.round is not None)),
        near=tuple(one.turn for one in near(threads, name)),
    )


def _nothing(own: Sequence[Thread]) -> str:
    if not own:
        return "Nothing was asked about it."
    for one in own:
        if one.feedback is not None and not one.feedback.graded:
            return f"What was said could not be judged: {one.feedback.why_not or 'no reason given'}."
    if any(one.root.answer is not None for one in own):
        return "The answer has not been assessed yet."
    return "It was asked about, and left without an answer."
