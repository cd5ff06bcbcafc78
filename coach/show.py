"""Results for people at a terminal; scripts take `--json`. Progress goes to stderr, results to stdout."""

import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from coach.models.download import Progress as PullStep

_WIDTH = 100


class _Bar:
    """A progress bar on stderr; on anything but a terminal, a line a stage."""

    def __init__(self, unit: str) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            DownloadColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
            TransferSpeedColumn,
        )

        amount = (DownloadColumn(), TransferSpeedColumn()) if unit == "bytes" else (MofNCompleteColumn(),)
        self._console = Console(stderr=True)
        self._bar = Progress(
            TextColumn("{task.description}"), BarColumn(), *amount, TimeRemainingColumn(), console=self._console,
            transient=True, disable=not self._console.is_terminal,
        )  # fmt: skip
        self._tasks: dict[str, Any] = {}

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def _advance(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._bar.add_task(stage, total=total)
            if not self._console.is_terminal:
                print(f"{stage} ...", file=sys.stderr, flush=True)
        self._bar.update(self._tasks[stage], completed=done, total=total)

    def _say(self, note: str) -> None:
        self._bar.console.print(note, highlight=False, markup=False)


class Progress(_Bar):
    """Shows how far something of several stages is."""

    def __init__(self) -> None:
        super().__init__("items")

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Called with the stage, how much of it is done, and of how much."""
        self._advance(stage, done, total)


class PullProgress(_Bar):
    """Shows how far a download is."""

    def __init__(self) -> None:
        super().__init__("bytes")

    def __call__(self, step: PullStep) -> None:
        """Called by the download."""
        self._advance(step.model, step.done, step.total)
        if step.note:
            self._say(f"{step.model}: {step.note}")


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under headings, each column as wide as its widest cell."""
    cells = [list(headings), *(list(row) for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(headings))]
    for row in cells:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def show_ingest(report: Mapping[str, Any]) -> None:
    """Print what an ingest did."""
    for word, mark in (("added", "+"), ("changed", "~"), ("removed", "-")):
        for name in report[word]:
            print(f"{mark} {name}")
    for name, reason in report["refused"]:
        print(f"! {name}: {reason}")
    if report["skipped"]:
        kinds = ", ".join(sorted({Path(name).suffix or "no ending" for name in report["skipped"]}))
        print(f"  skipped {len(report['skipped'])} files of kinds that are not read: {kinds}")
    counts = ", ".join(
        f"{len(report[w])} {w}" for w in ("added", "changed", "unchanged", "removed", "refused")
    )
    print(
        f"{counts}; {report['passages']} passages, {report['embedded']} embedded now ({report['seconds']:.1f} s)"
    )


def show_hits(result: Mapping[str, Any]) -> None:
    """Print passages with where they stand."""
    if not result["hits"]:
        print("Nothing in the library has these words or comes near them.")
    for hit in result["hits"]:
        print(
            f"{hit['rank']}. {hit['source']} > {hit['heading']}  [{hit['start']}:{hit['end']}, {hit['score']:.2f}]"
        )
        print(_indented(hit["text"], "   "))


def show_reply(reply: Mapping[str, Any]) -> None:
    """Print an answer with its sources."""
    print("\n".join(textwrap.fill(line, _WIDTH) for line in reply["answer"].splitlines()))
    for number, citation in enumerate(reply["citations"], 1):
        print(f"\n[{number}] {citation['source']} > {citation['heading']}")
        print(_indented(citation["quote"], "    "))
    _notes(reply)


def show_question(question: Mapping[str, Any]) -> None:
    """Print a question with its probes."""
    about = question.get("principle") or question.get("topic") or ""
    print(f"{question['question']}\n\n({question['kind']}, {about}; {question['id']})")
    if posting := question.get("posting"):
        print(f"\nThe posting asks for it ({posting['skill']}, {posting['wanted']}):")
        print(_indented(posting["quote"]["text"], "  "))
    print("\nProbes:")
    for probe in question["probes"]:
        print(f"- {probe}")


def show_feedback(feedback: Mapping[str, Any]) -> None:
    """Print a feedback from its verdict to its details."""
    if not feedback["graded"]:
        print(f"Not graded: {feedback['why_not']}.")
        return
    print(f"Overall {feedback['overall']} of 5 (probably {feedback['low']} to {feedback['high']})")
    if feedback["components"]:
        parts = {
            **feedback["components"],
            "ownership": feedback["ownership"],
            "relevance": feedback["relevance"],
        }
        print("  ".join(f"{name} {score:.1f}/2" for name, score in parts.items()))
        marks = [name for name in ("measured", "reflection", "hypothetical") if feedback[name]]
        print(f"Marks: {', '.join(marks) or 'none'}")
    print()
    for sentence in feedback["sentences"]:
        print(f"[{sentence['index']}] {sentence['tag']}  {sentence['text']}")
    _points("Gaps", [(f"{gap['criterion']}: {gap['text']}", gap["sentences"]) for gap in feedback["gaps"]])
    _points("Strengths", [(one["text"], one["sentences"]) for one in feedback["strengths"]])
    _points("Key points", [(f"{p['verdict']}: {p['point']}", p["sentences"]) for p in feedback["key_points"]])
    _points("Follow-ups", [(one["question"], one["sentences"]) for one in feedback["follow_ups"][:3]])
    if feedback["rewrite"]:
        print("\nIn telling order, with what is missing in brackets:")
        print(_indented(feedback["rewrite"]["text"], "  "))
    for citation in feedback["citations"]:
        print(f"\nSee {citation['source']} > {citation['heading']}")
    _notes(feedback)


def _points(title: str, points: Sequence[tuple[str, Sequence[int]]]) -> None:
    if points:
        print(f"\n{title}:")
    for text, sentences in points:
        where = " ".join(f"[{index}]" for index in sentences)
        print(textwrap.fill(f"- {text} {where}".rstrip(), _WIDTH, subsequent_indent="  "))


def _notes(result: Mapping[str, Any]) -> None:
    for note in result["notes"]:
        print(f"\nNote: {note}")


def _indented(text: str, indent: str) -> str:
    lines = [
        textwrap.fill(line, _WIDTH, initial_indent=indent, subsequent_indent=indent)
        for line in text.splitlines()
    ]
    return "\n".join(line for line in lines if line.strip())
