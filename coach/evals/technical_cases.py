"""The cases of the technical suite: our own answers with a verdict for each key point, and other ways to ask."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from coach.errors import UsageError
from coach.evals.golden import CASES
from coach.feedback.feedback import Asked, Feedback, Verdict
from coach.feedback.rubric import Kind
from coach.interview.questions import QuestionBank

Form = TypeVar("Form", bound=BaseModel)
# From worst to best; an answer with a mistake in the middle of it is a weak one.
Level = Literal["wrong", "weak", "middling", "strong"]
RANKS: dict[Level, int] = {"wrong": 0, "weak": 0, "middling": 1, "strong": 2}


class _Stored(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str
    question_id: str
    level: Level
    answer: str
    verdicts: tuple[Verdict, ...]


class Wording(BaseModel):
    """A way to ask, and the id of the bank's question that is meant; None: the bank does not have it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    question: str
    kind: Kind
    means: str | None


@dataclass(frozen=True)
class TechnicalCase:
    """An answer with what a careful reader says of it: a verdict on each key point and a level; or with a grade.

    `grade` is 1 to 5, a person's, and None for our own answers; those of others have no verdicts.
    """

    id: str
    cluster: str
    asked: Asked
    answer: str
    verdicts: tuple[Verdict, ...] = ()
    level: Level | None = None
    grade: float | None = None

    @property
    def words(self) -> int:
        """How many words the answer has."""
        return len(self.answer.split())


class Judged(BaseModel):
    """What the coach says of an answer, and its overall score when padded, and when said twice; None: not tried."""

    model_config = ConfigDict(frozen=True)

    feedback: Feedback
    padded: float | None = None
    repeated: float | None = None


class Found(BaseModel):
    """The question that was taken for the one that is meant, or None."""

    model_config = ConfigDict(frozen=True)

    id: str | None


def load_technical(bank: QuestionBank, path: Path = CASES / "technical.jsonl") -> list[TechnicalCase]:
    """Read our own answers; their key points are those of the bank.

    Raises:
        UsageError: a line is no such answer, or has not one verdict for each key point.
    """
    found = []
    for stored in _read(path, _Stored):
        question = bank.by_id(stored.question_id)
        if len(question.key_points) != len(stored.verdicts):
            raise UsageError(f"{path.name}: {stored.id} has not one verdict for each key point.")
        asked = Asked(
            question=question.question, kind="case" if question.kind == "recruiter" else question.kind
        )
        found.append(
            TechnicalCase(stored.id, stored.question_id, asked, stored.answer, stored.verdicts, stored.level)
        )
    return found


def load_wordings(path: Path = CASES / "wordings.jsonl") -> list[Wording]:
    """Read other ways to ask.

    Raises:
        UsageError: a line is no wording.
    """
    return _read(path, Wording)


def _read(path: Path, form: type[Form]) -> list[Form]:
    try:
        return [form.model_validate_json(line) for line in path.read_text(encoding="utf-8").splitlines()]
    except ValidationError as error:
        raise UsageError(f"{path.name}: {error.errors()[0]['msg']}. Mend the line.") from None
