"""The state of an interview: its rounds, questions and answers, and what can be read off them.

What is allowed when is decided in `fold.py`, which makes the state from the events.
"""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from coach.feedback.feedback import Asked, Criterion, Feedback
from coach.feedback.followup import SoFar
from coach.feedback.giving import supplies
from coach.interview.debrief.evidence import threads_of, weight_of
from coach.interview.debrief.model import KeptDebrief
from coach.interview.events import AsideKind, Moment, RoundEnd
from coach.interview.handed_in import spoken
from coach.interview.plans import Plan
from coach.interview.plans import Round as PlannedRound
from coach.interview.questions import Level, QuestionKind
from coach.interview.sought import Sought
from coach.interview.stages import STAGES, Stage

MAX_DEPTH = 3


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Aside(_Part):
    """Something else than an answer, and what the interviewer said to it."""

    what: AsideKind
    said: str
    reply: str


class Round(_Part):
    """A round that has begun; `number` (from 0) is its place in the plan. `why` says how it ended."""

    number: int
    began_at: Moment
    ended_at: Moment | None = None
    why: RoundEnd | None = None


class Turn(_Part):
    """One question and what came of it.

    `follow_up_depth` is 0 for a question from the bank and counts up to `MAX_DEPTH`; a follow-up has no
    `question_id` and the kind, principle and topic of its question. `complete` is False while there is no
    feedback, and when it stopped before its end. `spent` is how many seconds the question has waited, as far as
    events tell. `passed`: skipped since the candidate had nothing to say, which counts as not shown.

    `raised` are the stages of a system design that answers to its question, or to follow-ups, have touched.
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
    passed: bool = False
    round: int | None = None
    segment: int | None = None
    spent: float = 0.0
    asked_as: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    speaker: str | None = None
    asides: tuple[Aside, ...] = ()
    stage: Stage | None = None
    raised: tuple[Stage, ...] = ()

    @property
    def never_raised(self) -> tuple[Stage, ...]:
        """The stages of a system design that nobody has heard of yet; none for a follow-up or another kind."""
        if self.kind != "system_design" or self.follow_up_depth or self.answer is None:
            return ()
        return tuple(stage for stage in STAGES if stage not in self.raised)

    @property
    def waiting(self) -> bool:
        """Whether it has been neither answered nor skipped."""
        return self.answer is None and not self.skipped


class InterviewState(_Part):
    """An interview as it stands. `kind`, `principle` and `level` are what it was limited to.

    `clock_from` is when the clock was last read while a question waits; where none does, it stands still. `debriefs`
    has the last one of each round and of the whole; what was said since is not in it.
    """

    id: str
    kind: QuestionKind | None
    principle: str | None
    level: Level | None
    seed: int
    started_at: Moment
    turns: tuple[Turn, ...] = ()
    closed: bool = False
    closed_because: str | None = None
    plan: Plan | None = None
    scores: dict[str, float] = Field(default_factory=dict)
    posting: Sought | None = None
    rounds: tuple[Round, ...] = ()
    clock_from: Moment | None = None
    debriefs: tuple[KeptDebrief, ...] = ()

    @property
    def current(self) -> Turn | None:
        """The question that waits for an answer, if there is one."""
        if not self.turns or not self.turns[-1].waiting or self.closed:
            return None
        over = self.plan is not None and (self.round is None or self.turns[-1].round != self.round.number)
        return None if over else self.turns[-1]

    @property
    def round(self) -> Round | None:
        """The round that is open, if there is one."""
        return self.rounds[-1] if self.rounds and self.rounds[-1].why is None else None

    @property
    def planned(self) -> PlannedRound | None:
        """What the plan says about the round that is open."""
        return self.plan.rounds[self.round.number] if self.plan and self.round else None

    @property
    def answered(self) -> int:
        """How many questions have an answer, follow-ups among them."""
        return sum(turn.answer is not None for turn in self.turns)

    @property
    def overall(self) -> float | None:
        """The mean (1 to 5) over the questions as they were finally answered; None: there is nothing to judge.

        It is the debrief's: the last graded feedback on each question counts, each story once, and a question that was
        passed as nothing shown. Where nothing at all was answered there is no mean, whatever was passed.
        """
        if not self.answered:
            return None
        weight = weight_of(threads_of(self))
        return weight.score if weight else None

    def debriefed(self, number: int | None = None) -> KeptDebrief | None:
        """The debrief of a round (from 0), or with None of the whole, if there is one."""
        return next((one for one in self.debriefs if one.debrief.round == number), None)

    def root(self, turn: int) -> int:
        """The number of the turn that asked the bank's question which turn number `turn` belongs to."""
        return turn - self.turns[turn].follow_up_depth


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
        messages=len(thread) + 1,
    )


def told(state: InterviewState, turn: int) -> str:
    """Return the story as told so far: the answer to the question, and those to its follow-ups up to `turn`.

    An answer to a follow-up is a few words that only mean something behind what they complete, so what is
    judged is the story with them in it. Of what was handed in with code, it is the explanation.
    """
    answers = (one.answer for one in state.turns[state.root(turn) : turn + 1])
    return "\n\n".join(spoken(answer) for answer in answers if answer is not None)


def so_far(state: InterviewState, turn: int) -> SoFar:
    """Return what has been asked by turn number `turn`, and where in the story its answer to a follow-up begins."""
    thread = state.turns[state.root(turn) + 1 : turn + 1]
    return SoFar(
        questions=tuple(one.question for one in state.turns[: turn + 1]),
        aims=tuple(one.aims_at for one in thread if one.aims_at),
        fresh_from=len(told(state, turn)) - len(spoken(state.turns[turn].answer or "")) if thread else 0,
    )


def seconds_spent(state: InterviewState, now: datetime, segment: int | None = None) -> float:
    """Return how long questions of the open round, or of one segment of it, have waited for their answers.

    Time in which no question waits is not counted: a model that thinks, feedback that is read, a break between two
    rounds, and the time away before a `Resumed`.
    """
    if state.round is None:
        return 0.0
    turns = [
        turn for turn in state.turns if turn.round == state.round.number and segment in (None, turn.segment)
    ]
    running = state.clock_from if turns and turns[-1] is state.turns[-1] else None
    since = max(0.0, (now - running).total_seconds()) if running else 0.0
    return sum(turn.spent for turn in turns) + since


def seconds_left(state: InterviewState, now: datetime) -> float | None:
    """Return what is left of the open round, 0 when its time is up; None: there is no round with a clock."""
    if state.planned is None:
        return None
    return max(0.0, 60 * state.planned.minutes - seconds_spent(state, now))
