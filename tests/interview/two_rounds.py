"""A plan of two rounds, a clock to set, and steps through an interview that has them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from coach.interview.interviews import Interviews
from coach.interview.plans import Plan
from coach.interview.questions import QuestionBank
from coach.interview.session import InterviewState

from .fakes import SUBJECTS, question, small_bank

PLAN = Plan.model_validate(
    {
        "id": "two-rounds",
        "title": "Two rounds",
        "purpose": "To test.",
        "rounds": [
            {
                "title": "Stories",
                "minutes": 10,
                "interviewer": "bar raiser",
                "principles": SUBJECTS,
                "segments": [
                    {"kind": "behavioral", "questions": 2, "follow_ups": 1, "minutes": 6},
                    {"kind": "technical", "questions": 1, "follow_ups": 0},
                ],
            },
            {
                "title": "Design",
                "minutes": 20,
                "interviewer": "engineer",
                "segments": [{"kind": "system_design", "questions": 1, "follow_ups": 3}],
            },
        ],
    }
)
BANK = QuestionBank((*small_bank().questions, question(1, "fraud scoring", "system_design")))


@dataclass
class Clock:
    at: datetime = field(default_factory=lambda: datetime(2026, 3, 1, 10, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.at

    def wait(self, minutes: float) -> None:
        self.at += timedelta(minutes=minutes)


def give(interviews: Interviews, state: InterviewState, text: str = "I did it on my own.") -> InterviewState:
    *_, (state, _) = interviews.answer(state.id, text, seen=state)
    return state


def held(interviews: Interviews, state: InterviewState, text: str = "I did it on my own.") -> InterviewState:
    """Answer everything to the end."""
    while not state.closed:
        state = interviews.next(give(interviews, state, text).id)
    return state


def shape(state: InterviewState) -> list[tuple[int | None, str, int]]:
    return [(turn.round, turn.kind, turn.follow_up_depth) for turn in state.turns]
