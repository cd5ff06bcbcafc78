"""What happens in an interview, as facts that are appended to the store and never changed.

    Started                     what the candidate wants to practise, and the plan if there is one
    RoundBegan                  a round of the plan, which is closed by
    RoundEnded                  done, out of time, or left early
    AskedQuestion               a question from the bank, or a scene of the plan
    FollowedUp                  a question about the answer before it
    Asided                      something else than an answer was said, and the interviewer replied
    Resumed                     the candidate is back; the clock has stood still since the event before
    Answered                    the candidate's words
    Assessed                    what the coach says about one answer; the words of a model come after the
                                first assessment, so an answer can have several
    Skipped                     no answer, on to the next
    Debriefed                   what a round, or all of it, came to; like feedback, it can come again
    Closed                      no more questions

A stored event keeps the format it was written in. When a change of these classes, or of `Feedback`, makes
older events unreadable: count `FORMAT` up and give `read_event` the step from the format before. Format 2 only
added to format 1 (plans, rounds, asides, debriefs), so there is no step.
"""

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from coach.errors import StoreError
from coach.feedback.feedback import Criterion, Feedback
from coach.interview.debrief.model import Debrief
from coach.interview.plans import Plan
from coach.interview.questions import Level, QuestionKind
from coach.interview.sought import Sought
from coach.interview.stages import Stage

FORMAT = 2
# Why a round is over, and what a candidate says that is no answer: that they don't know or pass, nothing at all,
# that they want to hear the question again or in other words, a question back, something beside the matter, or what
# the interviewer should do instead.
RoundEnd = Literal["done", "out of time", "left early"]
AsideKind = Literal["unknown", "silence", "repeat", "clarify", "aside", "steer"]

Moment = Annotated[AwareDatetime, AfterValidator(lambda moment: moment.astimezone(UTC))]


class _Event(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    at: Moment = Field(default_factory=lambda: datetime.now(UTC))


class Started(_Event):
    """None means any. `seed` decides the order of the questions. The plan is copied whole, as questions are.

    `scores` is what interviews before this one say about the candidate: the mean (1 to 5) by principle or topic.
    `posting` is what the posting asks for that the candidate prepares for.
    """

    type: Literal["started"] = "started"
    kind: QuestionKind | None
    principle: str | None
    level: Level | None
    seed: int
    plan: Plan | None = None
    scores: dict[str, float] = Field(default_factory=dict)
    posting: Sought | None = None


class RoundBegan(_Event):
    """Round number `round` (from 0) of the plan."""

    type: Literal["round_began"] = "round_began"
    round: int


class RoundEnded(_Event):
    """The end of the round that was open; a question that still waits stays without an answer."""

    type: Literal["round_ended"] = "round_ended"
    round: int
    why: RoundEnd


class AskedQuestion(_Event):
    """A question from the bank, copied whole: the bank may change, the interview does not.

    With a plan, `segment` is the number (from 0) of the round's segment; a scene of the plan has a `speaker`.
    `asked_as` holds other ways to ask it, and `facts` what the interviewer may tell who asks back.
    """

    type: Literal["asked"] = "asked"
    question_id: str
    question: str
    kind: QuestionKind
    principle: str | None
    topic: str | None
    key_points: tuple[str, ...]
    asked_as: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    speaker: str | None = None
    segment: int | None = None


class FollowedUp(_Event):
    """A question about the answer of the turn before; `sentences` are those it aims at.

    In a system design it may be after a `stage` that the candidate has not raised.
    """

    type: Literal["followed_up"] = "followed_up"
    question: str
    criterion: Criterion
    sentences: tuple[int, ...]
    stage: Stage | None = None


class Asided(_Event):
    """No answer but something else, in the candidate's words, and the interviewer's reply; the question waits on."""

    type: Literal["asided"] = "asided"
    what: AsideKind
    said: str
    reply: str


class Resumed(_Event):
    """The candidate was away and is back."""

    type: Literal["resumed"] = "resumed"


class Answered(_Event):
    """The answer to the question that is waiting for one."""

    type: Literal["answered"] = "answered"
    answer: str


class Assessed(_Event):
    """Feedback on the answer of turn number `turn` (from 0); not `complete` when more was to come."""

    type: Literal["assessed"] = "assessed"
    turn: int
    feedback: Feedback
    complete: bool


class Skipped(_Event):
    """The question that is waiting stays without an answer; `passed`: because the candidate had none to give."""

    type: Literal["skipped"] = "skipped"
    passed: bool = False


class Debriefed(_Event):
    """What round number `round` (from 0) came to, or with None all; not `complete` when words were still to come."""

    type: Literal["debriefed"] = "debriefed"
    round: int | None
    debrief: Debrief
    complete: bool


class Closed(_Event):
    """The end; `reason` is None when the candidate ended it."""

    type: Literal["closed"] = "closed"
    reason: str | None = None


Event = Annotated[
    Started
    | RoundBegan
    | RoundEnded
    | AskedQuestion
    | FollowedUp
    | Asided
    | Resumed
    | Answered
    | Assessed
    | Skipped
    | Debriefed
    | Closed,
    Field(discriminator="type"),
]
_EVENT: TypeAdapter[Event] = TypeAdapter(Event)


def write_event(event: Event) -> str:
    """Return the event as JSON, in the present `FORMAT`."""
    return event.model_dump_json()


def read_event(written_in: int, text: str) -> Event:
    """Return the event that was written as `text` in the format `written_in`.

    Raises:
        StoreError: a newer coach wrote it, or it is damaged. The message holds nothing of the event.
    """
    if written_in > FORMAT:
        raise StoreError(
            f"A newer coach wrote it (format {written_in}, this one reads up to {FORMAT}): update the coach."
        )
    try:
        return _EVENT.validate_json(text)
    except ValidationError:
        raise StoreError("An event in it is damaged: restore a copy of the database, or delete it.") from None
