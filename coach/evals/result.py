"""What a suite hands back. A new suite is one file with one function: `Context` in, `SuiteResult` out."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from coach.settings import Settings

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and of how much."""


@dataclass(frozen=True)
class Context:
    """What a suite may use. `model` is the name of the language model, `public` a folder of public data sets."""

    settings: Settings
    model: str
    public: Path | None
    progress: Progress


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Row(_Record):
    """One number: a metric of a system on a subset of the cases, over `n` of them.

    `low` to `high` is the 95% interval; both are None where none was computed.
    """

    metric: str
    system: str
    subset: str
    value: float
    low: float | None = None
    high: float | None = None
    n: int


class Case(_Record):
    """One case: what it scored by name, higher being better, and what a reader needs to see why.

    `cluster` names what it has in common with other cases, so that it is not independent of them.
    """

    id: str
    cluster: str
    scores: dict[str, float]
    detail: dict[str, str | int | float | None]


class SuiteResult(_Record):
    """What a suite measured. `cases` are sorted, worst first.

    `guarded` names the case scores that must not fall below a baseline's.
    """

    name: str
    facts: dict[str, str | int]
    rows: tuple[Row, ...]
    guarded: tuple[str, ...]
    cases: tuple[Case, ...]


class Change(_Record):
    """How a guarded score of a suite differs from the baseline's: new minus old, with its 95% interval."""

    score: str
    value: float
    low: float
    high: float
    n: int
    paired: bool
    fell: bool


Suite = Callable[[Context], SuiteResult]
