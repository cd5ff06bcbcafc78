"""What the robustness suite tries: words to the rater, things that are no answer, and answers that only look odd."""

from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from coach.errors import UsageError
from coach.evals.golden import CASES


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str


class Injection(_Line):
    """Words to whoever rates, put in front of an answer, behind it, into it, or into its question."""

    type: Literal["injection"]
    family: str
    text: str
    where: Literal["start", "middle", "end", "question"]


class Refused(_Line):
    """Something that must not be graded, and the reasons that may be given for it."""

    type: Literal["refused"]
    family: str
    question: str
    answer: str
    why: tuple[str, ...] = Field(min_length=1)


class Long(_Line):
    """An answer of so many words, which is longer than the coach reads."""

    type: Literal["long"]
    words: int


class Legit(_Line):
    """A real answer that looks like something else; it must be graded, and read whole."""

    type: Literal["legit"]
    family: str
    question: str
    answer: str


Line = Annotated[Injection | Refused | Long | Legit, Field(discriminator="type")]
L = TypeVar("L", bound=_Line)
_LINE: TypeAdapter[Line] = TypeAdapter(Line)


def load_lines(wanted: type[L], path: Path = CASES / "robustness.jsonl") -> list[L]:
    """Read the cases of one kind, one JSON object a line.

    Raises:
        UsageError: a line is none of the four kinds, or an id comes twice.
    """
    lines: list[Line] = []
    for number, text in enumerate(path.read_text(encoding="utf-8").split("\n")[:-1], start=1):
        try:
            lines.append(_LINE.validate_json(text))
        except ValidationError as error:
            raise UsageError(
                f"{path.name}, line {number}: {error.errors()[0]['msg']}. Mend the line."
            ) from None
        if lines[-1].id in {line.id for line in lines[:-1]}:
            raise UsageError(f"{path.name}, line {number}: the id {lines[-1].id} comes twice. Rename one.")
    return [line for line in lines if isinstance(line, wanted)]
