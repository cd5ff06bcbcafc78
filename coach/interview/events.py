"""What happens in an interview, as facts that are appended to the store and never changed.

    Started                     what the candidate wants to practise
    AskedQuestion               a question from the bank
    FollowedUp                  a question about the answer before it
    Answered                    the candidate's words
    Assessed                    what the coach says about one answer; the words of a model come after the
                                first assessment, so an answer can have several
    Skipped                     no answer, on to the next
    Closed                      no more questions

A stored event keeps the format it was written in. When a change of these classes, or of `Feedback`, makes
older events unreadable: count `FORMAT` up and give `read_event` the step from the format before.
"""

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from coach.errors import StoreError
from coach.feedback.feedback import Criterion, Feedback
from coach.interview.questions import Level, QuestionKind

FORMAT = 1

Moment = Annotated[AwareDatetime, AfterValidator(lambda moment: moment.astimezone(UTC))]


class _Event(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    at: Moment = Field(default_factory=lambda: datetime.now(UTC))


class Started(_Event):
    """None means any. `seed` decides the order of the questions."""

    type: Literal["started"] = "started"
    kind: QuestionKind | None
    principle: str | None
    level: Level | None
    seed: int


class AskedQuestion(_Event):
    """A question from the bank, copied whole: the bank may change, the interview does not."""

    type: Literal["asked"] = "asked"
    question_id: str
    question: str
    kind: QuestionKind
    principle: str | None
    topic: str | None
    key_points: tuple[str, ...]


class FollowedUp(_Event):
    """A question about the answer of the turn before; `sentences` are those it aims at."""

    type: Literal["followed_up"] = "followed_up"
    question: str
    criterion: Criterion
    sentences: tuple[int, ...]


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
    """The question that is waiting stays without an answer."""

    type: Literal["skipped"] = "skipped"


class Closed(_Event):
    """The end; `reason` is None when the candidate ended it."""

    type: Literal["closed"] = "closed"
    reason: str | None = None


Event = Annotated[
    Started | AskedQuestion | FollowedUp | Answered | Assessed | Skipped | Closed, Field(discriminator="type")
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
