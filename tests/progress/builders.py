"""Records and interviews as the tests need them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from coach.feedback.feedback import Feedback
from coach.interview.events import Answered, AskedQuestion, Assessed, Event, FollowedUp, Skipped, Started
from coach.interview.fold import fold
from coach.interview.session import InterviewState
from coach.progress.records import Record

TODAY = date(2026, 3, 10)


def noon(day: date) -> datetime:
    """Midday where the user is."""
    return datetime.combine(day, time(12)).astimezone()


def record(
    overall: float | None = 3.0,
    kind: str = "behavioral",
    subject: str = "Dive Deep",
    days_ago: int = 1,
    question_id: str = "q-01",
    **values: float,
) -> Record:
    rated = values if overall is None else {"overall": overall, **values}
    behavioral = kind == "behavioral"
    return Record(
        interview_id="i",
        turn=0,
        at=noon(TODAY - timedelta(days=days_ago)),
        question_id=question_id,
        question="?",
        kind=kind,  # type: ignore[arg-type]
        principle=subject if behavioral else None,
        topic=None if behavioral else subject,
        values=rated,
        interval=None if overall is None else (overall - 0.5, overall + 0.5),
    )


def row(scores: Sequence[float], **more: str) -> list[Record]:
    """One record a day, the last one yesterday."""
    return [
        record(score, days_ago=len(scores) - place, **more)  # type: ignore[arg-type]
        for place, score in enumerate(scores)
    ]


def graded(overall: float, **more: object) -> Feedback:
    return Feedback.model_validate(
        {
            "question": "?",
            "kind": "behavioral",
            "graded": True,
            "overall": overall,
            "low": 1.0,
            "high": 5.0,
            **more,
        }
    )


def interview(name: str = "i", day: int = 1) -> InterviewState:
    """A graded answer with a follow-up, one that can't be graded, a technical one, and one that was skipped."""
    at = datetime(2026, 3, day, 12, tzinfo=UTC)
    ungraded = Feedback(question="?", kind="behavioral", graded=False, why_not="too short")
    points = [
        {"point": "a", "verdict": verdict, "sentences": []} for verdict in ("hit", "partial", "miss", "wrong")
    ]
    events: list[Event] = [
        Started(kind=None, principle=None, level=None, seed=1, at=at),
        asked(1),
        Answered(answer="I did.", at=at),
        Assessed(
            turn=0,
            feedback=graded(
                2.0, components={"action": 1.5}, ownership=1.0, measured=True, hypothetical=False
            ),
            complete=True,
        ),
        FollowedUp(question="How?", criterion="action", sentences=(0,)),
        Answered(answer="So."),
        Assessed(turn=1, feedback=graded(5.0), complete=True),
        asked(2),
        Answered(answer="No."),
        Assessed(turn=2, feedback=ungraded, complete=True),
        asked(3, "technical"),
        Answered(answer="Yes.", at=at + timedelta(hours=1)),
        Assessed(turn=3, feedback=graded(4.0, kind="technical", key_points=points), complete=True),
        asked(4),
        Skipped(),
    ]
    return fold(name, events)


def asked(number: int, kind: str = "behavioral") -> AskedQuestion:
    behavioral = kind == "behavioral"
    return AskedQuestion.model_validate(
        {
            "question_id": f"q-{number:02}",
            "question": f"Question {number}?",
            "kind": kind,
            "principle": "Dive Deep" if behavioral else None,
            "topic": None if behavioral else "trees",
            "key_points": (),
        }
    )
