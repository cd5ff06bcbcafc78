"""What was practised: one record for each graded answer to a question, as it was told before any follow-up.

What a follow-up brought out is left out, or a candidate who is asked more would seem to tell better stories.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from coach.feedback.feedback import Feedback
from coach.interview.questions import QuestionKind
from coach.interview.session import InterviewState, Turn

# What is rated, with the highest value; `measured`, `reflection` and `hypothetical` are 0 or 1, `key_points` is the
# part of the key points that was hit. Overall goes from 1 to 5.
MEASURES: Mapping[str, float] = {
    "overall": 5.0,
    "situation": 2.0,
    "task": 2.0,
    "action": 2.0,
    "result": 2.0,
    "ownership": 2.0,
    "relevance": 2.0,
    "measured": 1.0,
    "reflection": 1.0,
    "hypothetical": 1.0,
    "key_points": 1.0,
}
# Fewer is better.
FALLING = frozenset(("hypothetical",))
LOWEST: Mapping[str, float] = {"overall": 1.0}
_HITS = {"hit": 1.0, "partial": 0.5, "miss": 0.0, "wrong": 0.0}


@dataclass(frozen=True)
class Record:
    """One graded answer; `values` has what was rated of it, by the names of `MEASURES`; `interval` is overall's."""

    interview_id: str
    turn: int
    at: datetime
    question_id: str
    question: str
    kind: QuestionKind
    principle: str | None
    topic: str | None
    values: Mapping[str, float]
    interval: tuple[float, float] | None

    @property
    def subject(self) -> str:
        """Its principle or its topic."""
        return self.principle or self.topic or ""


def records(interviews: Iterable[InterviewState]) -> tuple[Record, ...]:
    """Return what was practised in interviews, oldest first. Answers that were not graded are no practice."""
    found = [
        _record(state.id, place, turn, turn.question_id, turn.answered_at or turn.asked_at, turn.feedback)
        for state in interviews
        for place, turn in enumerate(state.turns)
        if turn.question_id and turn.feedback is not None and turn.feedback.graded
    ]
    return tuple(sorted(found, key=lambda one: (one.at, one.interview_id, one.turn)))


def narrowed(
    practised: Sequence[Record], kind: str | None = None, principle: str | None = None
) -> tuple[Record, ...]:
    """Return the records of one kind or principle, in their order; None: any."""
    return tuple(one for one in practised if kind in (None, one.kind) and principle in (None, one.principle))


def ungraded(interviews: Iterable[InterviewState]) -> int:
    """Return how many answers could not be graded: they are in no plot, which people should be told."""
    return sum(
        turn.feedback is not None and not turn.feedback.graded
        for state in interviews
        for turn in state.turns
        if turn.question_id
    )


def _record(
    interview_id: str, place: int, turn: Turn, question_id: str, at: datetime, feedback: Feedback
) -> Record:
    low, high = feedback.low, feedback.high
    return Record(
        interview_id=interview_id,
        turn=place,
        at=at,
        question_id=question_id,
        question=turn.question,
        kind=turn.kind,
        principle=turn.principle,
        topic=turn.topic,
        values=_values(feedback),
        interval=(low, high) if low is not None and high is not None else None,
    )


def _values(feedback: Feedback) -> dict[str, float]:
    rated = {str(name): value for name, value in feedback.components.items()}
    for name in MEASURES:
        value = getattr(feedback, name, None)
        if isinstance(value, int | float):
            rated[name] = float(value)
    if feedback.key_points:
        hits = [_HITS[point.verdict] for point in feedback.key_points]
        rated["key_points"] = sum(hits) / len(hits)
    return {name: rated[name] for name in MEASURES if name in rated}
