"""The state of an interview: nothing but a fold over its events, so it can always be had again.

What is allowed when is decided here, and only here.
"""

from collections.abc import Iterable
from functools import reduce
from typing import Any

from pydantic import BaseModel, ConfigDict

from coach.errors import UsageError
from coach.feedback.feedback import Asked, Criterion, Feedback
from coach.feedback.followup import SoFar
from coach.feedback.giving import supplies
from coach.interview.events import (
    Answered,
    AskedQuestion,
    Assessed,
    Closed,
    Event,
    FollowedUp,
    Moment,
    Skipped,
    Started,
)
from coach.interview.questions import Level, QuestionKind

MAX_DEPTH = 3


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Turn(_Part):
    """One question and what came of it.

    `follow_up_depth` is 0 for a question from the bank and counts up to `MAX_DEPTH`; a follow-up has no
    `question_id` and the kind, principle and topic of its question. `complete` is False while there is no
    feedback, and when it stopped before its end.
    """

    question: str
    question_id: str | None
    kind: QuestionKind
    principle: str | None
    topic: str | None = None
    key_points: tuple[str, ...] = ()
    follow_up_depth: int = 0
    aims_at: Criterion | None = None
    asked_at: Moment
    answer: str | None = None
    answered_at: Moment | None = None
    feedback: Feedback | None = None
    complete: bool = False
    skipped: bool = False

    @property
    def waiting(self) -> bool:
        """Whether it has been neither answered nor skipped."""
        return self.answer is None and not self.skipped


class InterviewState(_Part):
    """An interview as it stands. `kind`, `principle` and `level` are what it was limited to."""

    id: str
    kind: QuestionKind | None
    principle: str | None
    level: Level | None
    seed: int
    started_at: Moment
    turns: tuple[Turn, ...] = ()
    closed: bool = False
    closed_because: str | None = None

    @property
    def current(self) -> Turn | None:
        """The question that waits for an answer, if there is one."""
        return self.turns[-1] if self.turns and self.turns[-1].waiting and not self.closed else None

    @property
    def answered(self) -> int:
        """How many questions have an answer, follow-ups among them."""
        return sum(turn.answer is not None for turn in self.turns)

    @property
    def overall(self) -> float | None:
        """The mean (1 to 5) over the graded answers to the bank's questions; None: there are none."""
        scores = [turn.feedback.overall for turn in self.turns if turn.question_id and turn.feedback]
        graded = [score for score in scores if score is not None]
        return sum(graded) / len(graded) if graded else None

    def root(self, turn: int) -> int:
        """The number of the turn that asked the bank's question which turn number `turn` belongs to."""
        return turn - self.turns[turn].follow_up_depth


def fold(interview_id: str, events: Iterable[Event]) -> InterviewState:
    """Return the state after all of `events`.

    Raises:
        UsageError: an event was not possible where it stands.
    """
    rest = iter(events)
    started = next(rest, None)
    if not isinstance(started, Started):
        raise UsageError("This interview has not started: start one first.")
    state = InterviewState(
        id=interview_id,
        kind=started.kind,
        principle=started.principle,
        level=started.level,
        seed=started.seed,
        started_at=started.at,
    )
    return reduce(apply, rest, state)


def apply(state: InterviewState, event: Event) -> InterviewState:
    """Return the state after one more event.

    A closed interview takes nothing but feedback on an answer that was given before: a model that is still
    writing when the candidate leaves may finish.

    Raises:
        UsageError: the event is not possible in this state.
    """
    if isinstance(event, Assessed):
        return _assessed(state, event)
    if state.closed:
        raise UsageError("This interview is closed: start another one.")
    match event:
        case Started():
            raise UsageError("This interview has already started: answer its question, or start another one.")
        case Closed():
            return state.model_copy(update={"closed": True, "closed_because": event.reason})
        case AskedQuestion() | FollowedUp():
            if state.current is not None:
                raise UsageError("A question is waiting for an answer: answer it or skip it first.")
            return state.model_copy(update={"turns": (*state.turns, _new_turn(state, event))})
        case Answered():
            _refuse_unless_waiting(state)
            return _change(state, -1, answer=event.answer, answered_at=event.at)
        case Skipped():
            _refuse_unless_waiting(state)
            return _change(state, -1, skipped=True)


def asked_of(state: InterviewState, turn: int) -> Asked:
    """Return the question that turn number `turn` belongs to, as its answer is judged.

    What its follow-ups asked for and the candidate has said is not asked for again.
    """
    root = state.turns[state.root(turn)]
    thread = state.turns[state.root(turn) + 1 : turn + 1]
    given = [
        one.aims_at for one in thread if one.aims_at and one.answer and supplies(one.aims_at, one.answer)
    ]
    # Feedback has no kind of its own for a recruiter's call; its questions are judged by their key points too.
    kind = "case" if root.kind == "recruiter" else root.kind
    return Asked(
        question=root.question,
        kind=kind,
        principle=root.principle,
        key_points=root.key_points,
        given=tuple(dict.fromkeys(given)),
    )


def told(state: InterviewState, turn: int) -> str:
    """Return the story as told so far: the answer to the question, and those to its follow-ups up to `turn`.

    An answer to a follow-up is a few words that only mean something behind what they complete, so what is
    judged is the story with them in it.
    """
    answers = (one.answer for one in state.turns[state.root(turn) : turn + 1])
    return "\n\n".join(answer for answer in answers if answer is not None)


def so_far(state: InterviewState, turn: int) -> SoFar:
    """Return what has been asked by turn number `turn`, and where in the story its answer to a follow-up begins."""
    thread = state.turns[state.root(turn) + 1 : turn + 1]
    return SoFar(
        questions=tuple(one.question for one in state.turns[: turn + 1]),
        aims=tuple(one.aims_at for one in thread if one.aims_at),
        fresh_from=len(told(state, turn)) - len(state.turns[turn].answer or "") if thread else 0,
    )


def _assessed(state: InterviewState, event: Assessed) -> InterviewState:
    if not 0 <= event.turn < len(state.turns) or state.turns[event.turn].answer is None:
        raise UsageError("There is no answer to assess: answer the question first.")
    if state.turns[event.turn].complete and not event.complete:
        return state  # two streams over one answer: the one that stopped early takes nothing away
    return _change(state, event.turn, feedback=event.feedback, complete=event.complete)


def _new_turn(state: InterviewState, event: AskedQuestion | FollowedUp) -> Turn:
    if isinstance(event, AskedQuestion):
        if any(turn.question_id == event.question_id for turn in state.turns):
            raise UsageError("This question has been asked before in this interview: ask another one.")
        fields: dict[str, Any] = event.model_dump(exclude={"type", "at"})
        return Turn(**fields, asked_at=event.at)
    before = state.turns[-1] if state.turns else None
    if before is None or before.answer is None:
        raise UsageError("There is no answer to follow up: ask the next question.")
    if before.follow_up_depth >= MAX_DEPTH:
        raise UsageError(f"This answer has been followed up {MAX_DEPTH} times: ask the next question.")
    return Turn(
        question=event.question,
        question_id=None,
        kind=before.kind,
        principle=before.principle,
        topic=before.topic,
        follow_up_depth=before.follow_up_depth + 1,
        aims_at=event.criterion,
        asked_at=event.at,
    )


def _refuse_unless_waiting(state: InterviewState) -> None:
    if state.current is None:
        answered = bool(state.turns) and state.turns[-1].answer is not None
        raise UsageError(
            "This question has already been answered: go on to the next one."
            if answered
            else "No question is waiting for an answer: go on to the next one."
        )


def _change(state: InterviewState, turn: int, **fields: Any) -> InterviewState:
    turns = list(state.turns)
    turns[turn] = turns[turn].model_copy(update=fields)
    return state.model_copy(update={"turns": tuple(turns)})
