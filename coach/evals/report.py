"""What a run measured and on what: kept as JSON for the next comparison, shown as Markdown and as plain text."""

import importlib.metadata
import os
import platform
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError

from coach.errors import UsageError
from coach.evals.result import Case, Change, Row, SuiteResult
from coach.settings import DATA

_PACKAGES = ("bm25s", "chromadb", "numpy", "sentence-transformers", "torch")
_WORST = 20


class Report(BaseModel):
    """One run of some suites. `changes` are keyed by suite and empty without a baseline."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    date: str
    commit: str | None
    python: str
    cores: int | None
    packages: dict[str, str]
    model: str
    suites: tuple[SuiteResult, ...]
    changes: dict[str, tuple[Change, ...]] = {}

    @classmethod
    def of(cls, suites: Sequence[SuiteResult], changes: dict[str, tuple[Change, ...]], model: str) -> Self:
        """The report of what was just measured, here and now."""
        return cls(
            date=datetime.now(UTC).isoformat(timespec="seconds"),
            commit=_commit(),
            python=platform.python_version(),
            cores=os.cpu_count(),
            packages={name: importlib.metadata.version(name) for name in _PACKAGES},
            model=model,
            suites=tuple(suites),
            changes=changes,
        )

    @property
    def fell(self) -> bool:
        """Whether a guarded score fell below the baseline."""
        return any(change.fell for changes in self.changes.values() for change in changes)

    def save(self, folder: Path) -> list[Path]:
        """Write `report.json` and `report.md`, and for each suite `<suite>.json`, small enough to keep as a baseline.

        Any of the JSON files can be given to `--baseline`.

        Raises:
            UsageError: the folder can't be written.
        """
        texts = {"report.json": self.model_dump_json(indent=1), "report.md": markdown(self)}
        for suite in self.suites:
            cases = tuple(case.model_copy(update={"detail": {}}) for case in suite.cases)
            small = suite.model_copy(update={"cases": cases})
            alone = self.model_copy(update={"suites": (small,), "changes": {}})
            texts[f"{suite.name}.json"] = alone.model_dump_json(indent=1)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name, text in texts.items():
                (folder / name).write_text(text.rstrip() + "\n", encoding="utf-8")
        except OSError as error:
            raise UsageError(
                f"{folder} can't be written: {error.strerror}. Give another folder to --out."
            ) from None
        return [folder / name for name in texts]


def load_report(path: Path) -> Report:
    """Read a report that `save` wrote.

    Raises:
        UsageError: it isn't there, or isn't one.
    """
    try:
        return Report.model_validate_json(path.read_bytes())
    except OSError as error:
        raise UsageError(
            f"The baseline {path} can't be read: {error.strerror}. Make one with --out."
        ) from None
    except ValidationError:
        raise UsageError(f"{path} is not a report of `coach eval`: make one with --out.") from None


def table(report: Report) -> str:
    """The report for a terminal: a table for each suite, the changes, and the worst cases first."""
    lines: list[str] = []
    for suite in report.suites:
        lines += [f"{suite.name}  ({_facts(suite)})", "", *_aligned(_grid(suite.rows)), ""]
        lines += [_sentence(change) for change in report.changes.get(suite.name, ())]
        lines += ["", "Worst cases:", *_aligned(_worst(suite.cases, 5))]
    return "\n".join(lines)


def markdown(report: Report) -> str:
    """The report as Markdown."""
    packages = ", ".join(f"{name} {version}" for name, version in report.packages.items())
    lines = [
        "# Eval report",
        "",
        f"{report.date}, commit {report.commit or 'unknown'}, model {report.model}, {report.cores} cores, "
        f"Python {report.python}, {packages}. In brackets: 95% bootstrap intervals.",
    ]
    for suite in report.suites:
        lines += ["", f"## {suite.name}", "", f"{_facts(suite)}.", "", *_piped(_grid(suite.rows))]
        if suite.name in report.changes:
            lines += ["", "### Against the baseline", ""]
            lines += [f"- {_sentence(change)}" for change in report.changes[suite.name]]
        lines += ["", f"### The {_WORST} worst cases", "", *_piped(_worst(suite.cases, _WORST))]
    return "\n".join(lines)


def _grid(rows: Sequence[Row]) -> Iterator[list[str]]:
    """The rows with their systems side by side, one line for each subset and metric."""
    systems = list(dict.fromkeys(row.system for row in rows))
    yield ["subset", "n", "metric", *systems]
    for subset, metric in dict.fromkeys((row.subset, row.metric) for row in rows):
        cells = {row.system: row for row in rows if (row.subset, row.metric) == (subset, metric)}
        n = max(row.n for row in cells.values())
        yield [subset, str(n), metric, *(_number(cells.get(system)) for system in systems)]


def _number(row: Row | None) -> str:
    if row is None:
        return ""
    if row.low is None or row.high is None:
        return f"{row.value:.1f}"
    return f"{row.value:.3f} [{row.low:.3f}, {row.high:.3f}]"


def _worst(cases: Sequence[Case], count: int) -> Iterator[list[str]]:
    some = cases[:count]
    columns = list(dict.fromkeys(name for case in some for name in case.detail))
    yield ["id", *columns]
    for case in some:
        yield [
            case.id,
            *("-" if case.detail.get(name) is None else str(case.detail[name]) for name in columns),
        ]


def _sentence(change: Change) -> str:
    verdict = "FELL" if change.fell else "rose" if change.low > 0 else "no change beyond chance"
    kind = "paired" if change.paired else "not paired"
    return (
        f"{change.score}: {change.value:+.3f} [{change.low:+.3f}, {change.high:+.3f}] against the baseline, "
        f"{verdict} (n={change.n}, {kind})"
    )


def _facts(suite: SuiteResult) -> str:
    return ", ".join(f"{name} {str(value)[:24]}" for name, value in suite.facts.items())


def _aligned(rows: Iterable[list[str]]) -> list[str]:
    cells = list(rows)
    widths = [max(len(cell) for cell in column) for column in zip(*cells, strict=True)]
    return ["  ".join(map(str.ljust, row, widths)).rstrip() for row in cells]


def _piped(rows: Iterable[list[str]]) -> list[str]:
    header, *body = ([cell.replace("|", "\\|") for cell in row] for row in rows)
    return [f"| {' | '.join(row)} |" for row in [header, ["---"] * len(header), *body]]


def _commit() -> str | None:
    """The commit that is checked out, "-dirty" when files differ from it; None outside a checkout or without git."""
    try:
        asked = subprocess.run(  # noqa: S603
            ["git", "-C", str(DATA), "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return None
    return asked.stdout.strip() if asked.returncode == 0 else None
