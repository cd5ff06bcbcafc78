"""The golden queries: what people ask, and which sections of the corpus answer it."""

from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from coach.errors import UsageError

CASES = Path(__file__).parent / "cases"
Kind = Literal["factual", "paraphrased", "vague", "multi", "hard"]


class Gold(BaseModel):
    """A section that answers: its source, and its own heading (the last of its heading path)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    heading: str


class Query(BaseModel):
    """A query with the sections that answer it, each of them well enough by itself, but for "multi".

    "factual" queries ask in the corpus's words, "paraphrased" ones as a candidate would say it, "vague" ones say
    little and are answered by many sections. "multi" ones ask for several things: `parts` lists for each of
    them which of `gold` answer it. "hard" ones share no rare word with what answers them. All but those
    are what people type.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    query: str
    kind: Kind
    gold: tuple[Gold, ...] = Field(min_length=1)
    parts: tuple[tuple[int, ...], ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.kind == "multi") != (len(self.parts) > 1):
            raise ValueError("two or more parts belong to a multi query, and to no other")
        if self.parts and {place for part in self.parts for place in part} != set(range(len(self.gold))):
            raise ValueError("the parts do not point at all of the gold sections")
        return self

    @property
    def typed(self) -> bool:
        """Whether it is one of the kinds that people type."""
        return self.kind != "hard"

    @property
    def cluster(self) -> str:
        """The file that answers: queries about one file are not independent of each other."""
        return self.gold[0].source


def load_queries(path: Path = CASES / "retrieval.jsonl") -> list[Query]:
    """Read golden queries, one JSON object a line.

    Raises:
        UsageError: a line is not a golden query, or an id comes twice.
    """
    queries: list[Query] = []
    seen: set[str] = set()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            query = Query.model_validate_json(line)
        except ValidationError as error:
            raise UsageError(
                f"{path.name}, line {number}: {error.errors()[0]['msg']}. Mend the line."
            ) from None
        if query.id in seen:
            raise UsageError(f"{path.name}, line {number}: the id {query.id} comes twice. Rename one.")
        seen.add(query.id)
        queries.append(query)
    return queries
