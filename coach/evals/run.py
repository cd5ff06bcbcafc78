"""Run suites, write the report, compare with a baseline. What `coach eval` calls."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from coach.errors import UsageError
from coach.evals.abstention import abstention
from coach.evals.advice import advice
from coach.evals.assessment import assessment
from coach.evals.baseline import BASELINE, changes
from coach.evals.dialogue import dialogue
from coach.evals.followups import followups
from coach.evals.journal import Journal, Progress, silent, slug
from coach.evals.latency import latency
from coach.evals.metamorphic import metamorphic
from coach.evals.provenance import provenance
from coach.evals.report import Report, load_report
from coach.evals.result import Change, Context, Suite, SuiteResult
from coach.evals.retrieval import retrieval
from coach.evals.robustness import robustness
from coach.evals.tables import table
from coach.evals.technical import technical
from coach.evals.workbench import coach_when_asked, own_home
from coach.evals.written import save
from coach.models.connect import connect
from coach.settings import Settings

SUITES: Mapping[str, Suite] = {
    "retrieval": Suite(retrieval, speaks=False),
    "abstention": Suite(abstention, speaks=True),
    "assessment": Suite(assessment, speaks=False),
    "metamorphic": Suite(metamorphic, speaks=False),
    "advice": Suite(advice, speaks=True),
    "followups": Suite(followups, speaks=True),
    "technical": Suite(technical, speaks=False),
    "robustness": Suite(robustness, speaks=True),
    "dialogue": Suite(dialogue, speaks=True),
    "latency": Suite(latency, speaks=True),
}
OK = 0
FELL = 3
_SILENT = "none"


@dataclass(frozen=True)
class EvalRun:
    """What a run gave: the report, its table for stdout, the files written, and the exit code (0, or 3 if it fell)."""

    report: Report
    text: str
    files: list[Path]
    exit_code: int


@dataclass(frozen=True)
class _Whole:
    """A whole suite as a case of the journal: one that has ended isn't run again."""

    id: str


def run_evals(
    suites: Sequence[str],
    settings: Settings,
    *,
    models: Sequence[str] = (),
    out: Path | None = None,
    baseline: Path | None = None,
    public: Path | None = None,
    progress: Progress = silent,
    known: Mapping[str, Suite] = SUITES,
) -> EvalRun:
    """Run some suites, or all of them when none is named: those that speak once with each model.

    `models` are the names of language models, by default the settings' own. `out` is the folder for the
    report; a run that was interrupted goes on from what it finds there. `baseline` is an earlier report to
    compare with, `public` a folder of public data sets for the suites that know some.

    Raises:
        UsageError: no such suite; the baseline is no report, or has none of the suites; no folder `public`;
            another run writes to `out`.
        CoachError: whatever a suite needs and doesn't have.
    """
    unknown = [name for name in suites if name not in known]
    if unknown:
        raise UsageError(f"There is no eval suite {unknown[0]!r}: choose from {', '.join(known)}.")
    if public and not public.is_dir():
        raise UsageError(f"There is no folder {public}: give --public the folder of the public data sets.")
    names = list(dict.fromkeys(suites)) or list(known)
    spoken = list(dict.fromkeys(models)) or [settings.model]
    plan = list(_plan({name: known[name] for name in names}, spoken))
    before = _earlier(baseline, plan) if baseline else {}
    for model in dict.fromkeys(model for model, _ in plan):
        if (found := connect(model, settings)) is not None:  # a wrong name shows now, not in an hour
            found.close()
    made_with = provenance([model for model, _ in plan], public)
    results: list[SuiteResult] = []
    with own_home(settings) as own, _alone(out) as notes:
        for model, some in plan:
            mine = own.model_copy(update={"model": model})
            with coach_when_asked(mine, _labelled(progress, model)) as coach:
                for name in some:
                    journal = Journal(
                        notes / slug(f"{name} {model}") if notes else None,
                        made_with.fingerprint(name, model),
                        _labelled(progress, f"{name}, {model}"),
                    )
                    context = Context(mine, model, public, coach, journal.progress, journal)
                    results.append(_run(known[name], context))
        results.sort(key=lambda result: names.index(result.name))
        report = Report(
            made_with=made_with,
            suites=tuple(results),
            changes=tuple(_changes(results, before)),
            between=tuple(_between(results)),
        )
        files = save(report, out) if out else []
    return EvalRun(report, table(report), files, FELL if report.fell else OK)


def _plan(suites: Mapping[str, Suite], models: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Which suites run with which model, a coach for each: all that need none first."""
    quiet = [name for name, suite in suites.items() if not suite.speaks]
    speaking = [name for name, suite in suites.items() if suite.speaks]
    first = quiet + (speaking if _SILENT in models else [])
    if first:
        yield _SILENT, first
    for model in models:
        if model != _SILENT and speaking:
            yield model, speaking


def _run(suite: Suite, context: Context) -> SuiteResult:
    kept = replace(context.journal, progress=silent)
    ((_, result),) = kept.each("whole", [_Whole("whole")], lambda _: suite.run(context), SuiteResult)
    return result


def _earlier(baseline: Path, plan: Sequence[tuple[str, list[str]]]) -> Mapping[tuple[str, str], SuiteResult]:
    found = {(suite.name, suite.model): suite for suite in load_report(baseline).suites}
    if not found.keys() & {(name, model) for model, some in plan for name in some}:
        wanted = "; ".join(f"{', '.join(some)} with {model}" for model, some in plan)
        raise UsageError(
            f"{baseline} has no result of {wanted}: give a baseline of the same suites and models."
        )
    return found


def _changes(
    results: Sequence[SuiteResult], before: Mapping[tuple[str, str], SuiteResult]
) -> Iterator[Change]:
    for result in results:
        if earlier := before.get((result.name, result.model)):
            yield from changes(result, earlier, BASELINE)


def _between(results: Sequence[SuiteResult]) -> Iterator[Change]:
    """Each model of a suite beside the first."""
    for name in dict.fromkeys(result.name for result in results):
        first, *others = [result for result in results if result.name == name]
        for other in others:
            yield from changes(other, first, first.model)


def _labelled(progress: Progress, label: str) -> Progress:
    return lambda stage, done, total: progress(f"{label}: {stage}", done, total)


@contextmanager
def _alone(out: Path | None) -> Iterator[Path | None]:
    """The folder for the journals, for this run alone; it goes when the run has ended well."""
    if out is None:
        yield None
        return
    from filelock import FileLock, Timeout

    notes = out / "journal"
    try:
        notes.mkdir(parents=True, exist_ok=True)
        lock = FileLock(notes / "lock")
        lock.acquire(blocking=False)
    except Timeout:
        raise UsageError(f"Another run is writing to {out}: wait for it, or give another folder.") from None
    except OSError as error:
        raise UsageError(f"{out} can't be written: {error.strerror}. Give another folder to --out.") from None
    with lock:
        yield notes
        shutil.rmtree(notes, ignore_errors=True)
