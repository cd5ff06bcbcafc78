"""What a suite is given and what it hands back. A new suite is one file with one function."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field

from coach.evals.journal import Journal, Progress, silent
from coach.settings import Settings

if TYPE_CHECKING:
    from coach.coach import Coach


@dataclass(frozen=True)
class Context:
    """What a suite may use in one pass, which is with one language model: `model`, "none" for none.

    `coach` returns the coach with that model and a library of exactly the corpus; it is built when first
    asked for and closed by the runner. `settings` are the coach's: their home is the eval's own, gone
    afterwards. `public` is a folder of public data sets. What takes long goes through `journal`.
    """

    settings: Settings
    model: str
    public: Path | None
    coach: "Callable[[], Coach]"
    progress: Progress = silent
    journal: Journal = field(default_factory=Journal)


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

    A score that doesn't apply to the case is not there. `cluster` names what the case has in common with
    others, so that it is not independent of them.
    """

    id: str
    cluster: str
    scores: dict[str, float]
    detail: dict[str, str | int | float | None]


class Point(_Record):
    """A point of a plot, or a bar: `x` is a number, or the bar's name. `low` to `high` is the interval of `y`."""

    x: float | str
    y: float
    low: float | None = None
    high: float | None = None


class Series(_Record):
    """What is drawn in one colour: points, or for a histogram the values that are counted."""

    name: str
    points: tuple[Point, ...] = ()
    values: tuple[float, ...] = ()


class Plot(_Record):
    """A picture as data. `x` and `y` say what the axes are and in which unit.

    "scatter": points of two numbers; where both axes have the same range, with the line where they are equal.
    "bars": a bar for each point's name and, side by side, each series. "calibration": what was promised (x)
    and what came (y), both 0 to 1, with the line where they are equal. "histogram": how often which value.
    Ranges are those of the data where none are given. `target` is what the `y` of bars should reach.
    """

    kind: Literal["scatter", "bars", "calibration", "histogram"]
    title: str
    x: str
    y: str
    series: tuple[Series, ...]
    x_range: tuple[float, float] | None = None
    y_range: tuple[float, float] | None = None
    target: float | None = None


class SuiteResult(_Record):
    """What a suite measured with one model. `cases` are sorted, worst first.

    `guarded` names what must not fall below a baseline's: a score of the cases, or, where no case has a score
    of this name, the rows of that "system metric" (higher being better). `unscored` counts what
    had no score, by the reason.
    """

    name: str
    model: str
    facts: dict[str, str | int]
    rows: tuple[Row, ...]
    guarded: tuple[str, ...]
    cases: tuple[Case, ...]
    unscored: dict[str, int] = Field(default_factory=dict)
    plots: tuple[Plot, ...] = ()


class Change(_Record):
    """How a score of a suite with one model differs from that of `against`, the baseline or another model.

    `value` is the difference, this one minus the other, `low` to `high` its 95% interval. `subset` is "all"
    for a score of the cases.
    """

    suite: str
    model: str
    against: str
    score: str
    subset: str = "all"
    value: float
    low: float
    high: float
    n: int
    paired: bool
    fell: bool


@dataclass(frozen=True)
class Suite:
    """A suite. One that doesn't speak needs no language model, and runs once, with "none"."""

    run: Callable[[Context], SuiteResult]
    speaks: bool
