"""A report as one HTML page that needs nothing else: no script, nothing loaded, pictures drawn in place."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from coach.evals.plots import COLOURS, draw
from coach.evals.provenance import Provenance
from coach.evals.report import Report
from coach.evals.result import Case, Change, Plot, SuiteResult
from coach.evals.tables import changes_of, conditions, evidence, grid, missing, sentence

_STYLE = Path(__file__).with_name("page.css")
_WORST = 30
_OPEN = 3
# Whatever stands in an answer: a browser loads and runs nothing from this page.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def page(report: Report) -> str:
    """The report as a page."""
    suites = report.by_suite
    links = "".join(f'<a href="#{escape(name)}">{escape(name)}</a>' for name in suites)
    fallen = sum(change.fell for change in report.changes)
    verdict = (
        f'<p class="fell">{fallen} of {len(report.changes)} guarded scores fell below the baseline.</p>'
        if fallen
        else f"<p>None of {len(report.changes)} guarded scores fell below the baseline.</p>"
        if report.changes
        else ""
    )
    body = "".join(_suite(report, name, results) for name, results in suites.items())
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Eval report, {escape(report.made_with.date[:10])}</title>"
        f"<style>\n{_STYLE.read_text(encoding='utf-8')}</style></head>\n<body><main><h1>Eval report</h1>"
        f'<p class="soft">{escape(", ".join(report.made_with.models))}, {escape(report.made_with.date)}. '
        "In brackets and as lines on the bars: 95% intervals.</p>"
        f"{verdict}<nav>{links}</nav>{_made_with(report.made_with)}{body}</main></body></html>\n"
    )


def _made_with(made: Provenance) -> str:
    return f"<details><summary>What it was made with</summary><p>{escape(conditions(made))}</p></details>"


def _suite(report: Report, name: str, results: Sequence[SuiteResult]) -> str:
    parts = [f'<section id="{escape(name)}"><h2>{escape(name)}</h2>']
    for facts in {tuple(result.facts.items()): None for result in results}:
        parts.append(_pairs((key, str(value)) for key, value in facts))
    if found := changes_of(report, name):
        parts.append(f"<h3>Compared</h3><ul>{''.join(map(_change, found))}</ul>")
    parts += _tables(results)
    for result in results:
        of_model = f" with {escape(result.model)}" if len(results) > 1 else ""
        if result.unscored:
            parts.append(f"<p>Without a score{of_model}: {escape(missing(result))}.</p>")
        if result.plots:
            parts.append(
                f'<h3>Pictures{of_model}</h3><div class="plots">{"".join(map(_figure, result.plots))}</div>'
            )
        if result.cases:
            shown = min(len(result.cases), _WORST)
            parts.append(f"<h3>The {shown} worst of {len(result.cases)} cases{of_model}</h3>")
            parts += _cases(result.cases[:_WORST])
    return "".join([*parts, "</section>"])


def _tables(results: Sequence[SuiteResult]) -> Iterator[str]:
    """The numbers, a table for each subset; the first one is open."""
    header, *rows = grid(results)
    heads = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in header[1:])
    for place, subset in enumerate(dict.fromkeys(row[0] for row in rows)):
        lines = "".join(
            f'<tr><th scope="row">{escape(row[1])}</th>{"".join(map(_cell, row[2:]))}</tr>'
            for row in rows
            if row[0] == subset
        )
        yield (
            f"<details{' open' if place == 0 else ''}><summary>Numbers: {escape(subset)}</summary>"
            f'<div class="wide" tabindex="0"><table><thead><tr>{heads}</tr></thead>'
            f"<tbody>{lines}</tbody></table></div></details>"
        )


def _cell(cell: str) -> str:
    value, bracket, interval = cell.partition("[")
    small = f'<span class="interval">[{escape(interval)}</span>' if bracket else ""
    return f"<td>{escape(value.strip())}{small}</td>"


def _change(change: Change) -> str:
    kind = "fell" if change.fell else "rose" if change.low > 0 else "soft"
    return f'<li class="{kind}">{escape(sentence(change))}</li>'


def _figure(plot: Plot) -> str:
    key = "".join(
        f'<span class="c{number % COLOURS}">{escape(one.name)}</span>'
        for number, one in enumerate(plot.series)
    )
    return (
        f'<figure><figcaption>{escape(plot.title)}</figcaption>{draw(plot)}<p class="key">{key}</p></figure>'
    )


def _cases(cases: Iterable[Case]) -> Iterator[str]:
    for place, case in enumerate(cases):
        scores = ", ".join(f"{name} {value:.2f}" for name, value in case.scores.items())
        yield (
            f"<details{' open' if place < _OPEN else ''}><summary>{escape(case.id)} "
            f'<span class="soft">{escape(scores)}</span></summary>'
            f"{_pairs((name, evidence(value)) for name, value in case.detail.items())}</details>"
        )


def _pairs(pairs: Iterable[tuple[str, str]]) -> str:
    return f"<dl>{''.join(f'<dt>{escape(name)}</dt><dd>{escape(value)}</dd>' for name, value in pairs)}</dl>"
