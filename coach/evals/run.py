"""Run suites, write the report, compare with a baseline. What `coach eval` calls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coach.errors import UsageError
from coach.evals.baseline import changes
from coach.evals.report import Report, load_report, table
from coach.evals.result import Context, Progress, Suite
from coach.evals.retrieval import retrieval
from coach.settings import Settings

SUITES: Mapping[str, Suite] = {"retrieval": retrieval}
OK = 0
FELL = 3


@dataclass(frozen=True)
class EvalRun:
    """What a run gave: the report, its table for stdout, the files written, and the exit code (0, or 3 if it fell)."""

    report: Report
    text: str
    files: list[Path]
    exit_code: int


def run_evals(
    suites: Sequence[str],
    settings: Settings,
    *,
    model: str | None = None,
    out: Path | None = None,
    baseline: Path | None = None,
    public: Path | None = None,
    progress: Progress | None = None,
    known: Mapping[str, Suite] = SUITES,
) -> EvalRun:
    """Run some suites, or all of them when none is named.

    `out` is the folder for the report, `baseline` an earlier report to compare with, `public` a folder of
    public data sets for the suites that know some. `model` is the language model's name, by default the
    settings' own.

    Raises:
        UsageError: no such suite; the baseline is no report, or has none of the suites.
        CoachError: whatever a suite needs and doesn't have.
    """
    unknown = [name for name in suites if name not in known]
    if unknown:
        raise UsageError(f"There is no eval suite {unknown[0]!r}: choose from {', '.join(known)}.")
    names = list(dict.fromkeys(suites)) or list(known)
    before = {suite.name: suite for suite in load_report(baseline).suites} if baseline else {}
    if baseline and not before.keys() & set(names):
        raise UsageError(
            f"{baseline} has no result of {', '.join(names)}: give a baseline of the same suites."
        )
    spoken = model or settings.model
    context = Context(settings, spoken, public, progress or (lambda stage, done, total: None))
    results = [known[name](context) for name in names]
    compared = {
        result.name: tuple(changes(result, before[result.name]))
        for result in results
        if result.name in before
    }
    report = Report.of(results, compared, spoken)
    return EvalRun(
        report=report,
        text=table(report),
        files=report.save(out) if out else [],
        exit_code=FELL if report.fell else OK,
    )
