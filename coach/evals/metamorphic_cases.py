"""What the metamorphic suite changes: the strong rated answers, and the changes that only a person can write."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from coach.errors import UsageError
from coach.evals.golden import CASES
from coach.evals.rated import Rated, load_rated

STRONG = 4.0


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str


class Paraphrase(_Line):
    """The same story as answer `of` tells, with the same facts, in other words."""

    type: Literal["paraphrase"]
    of: str
    answer: str


class Polish(_Line):
    """A weak answer, and the same one longer and smoother without any more to it."""

    type: Literal["polish"]
    question: str
    weak: str
    longer: str


class Failure(_Line):
    """Something that went wrong, told honestly, with what was done about it and what came of it."""

    type: Literal["failure"]
    question: str
    answer: str


class Elsewhere(_Line):
    """A question that answer `of`, good as it is, does not answer."""

    type: Literal["elsewhere"]
    of: str
    question: str


Line = Annotated[Paraphrase | Polish | Failure | Elsewhere, Field(discriminator="type")]
L = TypeVar("L", bound=_Line)
_LINE: TypeAdapter[Line] = TypeAdapter(Line)


def load_strong() -> list[Rated]:
    """Our own rated answers whose mean overall is at least `STRONG`.

    Raises:
        UsageError: a line is not a rated answer.
    """
    return [rated for rated in load_rated(None) if rated.mean.numbers["overall"] >= STRONG]


def load_lines(path: Path = CASES / "metamorphic.jsonl") -> list[Line]:
    """Read the changes written by hand, one JSON object a line.

    Raises:
        UsageError: a line is none of the four kinds, or an id comes twice.
    """
    lines: list[Line] = []
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            lines.append(_LINE.validate_json(text))
        except ValidationError as error:
            raise UsageError(
                f"{path.name}, line {number}: {error.errors()[0]['msg']}. Mend the line."
            ) from None
        if lines[-1].id in {line.id for line in lines[:-1]}:
            raise UsageError(f"{path.name}, line {number}: the id {lines[-1].id} comes twice. Rename one.")
    return lines


def of_type(lines: Iterable[Line], wanted: type[L]) -> list[L]:
    """The lines of one kind, in order."""
    return [line for line in lines if isinstance(line, wanted)]
