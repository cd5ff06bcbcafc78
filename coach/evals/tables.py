"""A report as text: for a terminal, and as Markdown."""

from collections.abc import Iterable, Iterator, Sequence

from coach.evals.baseline import BASELINE
from coach.evals.provenance import Provenance
from coach.evals.report import Report
from coach.evals.result import Case, Change, Row, SuiteResult

_WORST = 20
_IN_TERMINAL = 5
_CELL = 60  # characters of evidence in a terminal's table


def table(report: Report) -> str:
    """The report for a terminal: for each suite its numbers, the changes, and the worst cases first."""
    lines: list[str] = []
    for name, results in report.by_suite.items():
        models = ", ".join(result.model for result in results)
        lines += ["", f"{name}  ({models}; {facts(results[0])})", "", *_aligned(grid(results)), ""]
        lines += [sentence(change) for change in changes_of(report, name)]
        for result in results:
            lines += [f"Without a score: {missing(result)}"] if result.unscored else []
            if result.cases:
                lines += [
                    "",
                    f"Worst cases ({result.model}):",
                    *_aligned(worst(result.cases, _IN_TERMINAL, _CELL)),
                ]
    return "\n".join(lines[1:])


def markdown(report: Report) -> str:
    """The report as Markdown."""
    lines = ["# Eval report", "", f"{conditions(report.made_with)} In brackets: 95% bootstrap intervals."]
    for name, results in report.by_suite.items():
        lines += ["", f"## {name}", "", f"{facts(results[0])}.", "", *_piped(grid(results))]
        if found := changes_of(report, name):
            lines += ["", "### Compared", "", *(f"- {sentence(change)}" for change in found)]
        for result in results:
            lines += ["", f"Without a score ({result.model}): {missing(result)}."] if result.unscored else []
            if result.cases:
                lines += ["", f"### The worst cases with {result.model}", ""]
                lines += _piped(worst(result.cases, _WORST, None))
    return "\n".join(lines) + "\n"


def conditions(made: Provenance) -> str:
    """What a run was made with, in a few sentences."""
    models = "; ".join(
        ", ".join([name, *(f"{key} {value[:80]}" for key, value in known.items())])
        for name, known in made.models.items()
    )
    packages = ", ".join(f"{name} {version}" for name, version in made.packages.items())
    prompts = ", ".join(f"{name} {stamp}" for name, stamp in made.prompts.items())
    public = f", public data {made.public}" if made.public else ""
    return (
        f"{made.date}, commit {made.commit or 'unknown'}. Models: {models}. Machine: {made.processor}, "
        f"{made.cores} cores, {made.memory_gb} GB, {made.system}, Python {made.python}. "
        f"Packages: {packages}. Prompts: {prompts}. Hashes: code {made.code}, corpus {made.corpus}, "
        f"weights {made.weights}, cases {made.cases}{public}."
    )


def grid(results: Sequence[SuiteResult]) -> Iterator[list[str]]:
    """The rows of one model with its systems side by side, or those of several models side by side."""
    cells: dict[tuple[tuple[str, ...], str], Row] = {}
    for result in results:
        for row in result.rows:
            if len(results) == 1:
                cells[(row.subset, row.metric), row.system] = row
            else:
                cells[(row.subset, row.metric, row.system), result.model] = row
    columns = list(dict.fromkeys(column for _, column in cells))
    yield ["subset", "metric", *(["system"] if len(results) > 1 else []), "n", *columns]
    for key in dict.fromkeys(key for key, _ in cells):
        found = [cells.get((key, column)) for column in columns]
        n = max(row.n for row in found if row)
        yield [*key, str(n), *map(number, found)]


def number(row: Row | None) -> str:
    """A row's number with its interval, if it has one."""
    if row is None:
        return ""
    if row.low is None or row.high is None:
        return f"{row.value:.1f}"
    return f"{row.value:.3f} [{row.low:.3f}, {row.high:.3f}]"


def worst(cases: Sequence[Case], count: int, cell: int | None) -> Iterator[list[str]]:
    """The first cases as a table, each piece of evidence cut to `cell` characters."""
    some = cases[:count]
    columns = list(dict.fromkeys(name for case in some for name in case.detail))
    yield ["id", *columns]
    for case in some:
        yield [case.id, *(evidence(case.detail.get(name), cell) for name in columns)]


def evidence(value: str | int | float | None, most: int | None = None) -> str:
    """A piece of evidence in a table's cell; "-" for none."""
    text = (
        "-"
        if value in (None, "")
        else f"{value:.2f}"
        if isinstance(value, float)
        else " ".join(str(value).split())
    )
    return text if most is None or len(text) <= most else text[: most - 1] + "…"


def changes_of(report: Report, suite: str) -> list[Change]:
    """The changes of a suite against the baseline, then those between models."""
    return [change for change in (*report.changes, *report.between) if change.suite == suite]


def sentence(change: Change) -> str:
    """A change in words."""
    down, up = ("FELL", "rose") if change.against == BASELINE else ("worse", "better")
    verdict = down if change.fell else up if change.low > 0 else "no change beyond chance"
    kind = "paired" if change.paired else "not paired"
    subset = "" if change.subset == "all" else f" ({change.subset})"
    return (
        f"{change.model}: {change.score}{subset} {change.value:+.3f} [{change.low:+.3f}, {change.high:+.3f}] "
        f"against {change.against}, {verdict} (n={change.n}, {kind})"
    )


def missing(result: SuiteResult) -> str:
    """What had no score, by reason."""
    return ", ".join(f"{reason} {count}" for reason, count in result.unscored.items())


def facts(result: SuiteResult) -> str:
    """A suite's facts in one line."""
    return ", ".join(f"{name} {value}" for name, value in result.facts.items())


def _aligned(rows: Iterable[list[str]]) -> list[str]:
    cells = list(rows)
    widths = [max(len(cell) for cell in column) for column in zip(*cells, strict=True)]
    return ["  ".join(map(str.ljust, row, widths)).rstrip() for row in cells]


def _piped(rows: Iterable[list[str]]) -> list[str]:
    header, *body = ([cell.replace("|", "\\|") for cell in row] for row in rows)
    return [f"| {' | '.join(row)} |" for row in [header, ["---"] * len(header), *body]]
