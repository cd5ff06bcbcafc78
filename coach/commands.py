"""What each subcommand of `coach` does: read what was given, ask the coach, print the result."""

import argparse
import contextlib
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.errors import CoachError, UsageError
from coach.settings import Settings

if TYPE_CHECKING:
    from coach.coach import Coach

DONE, WRONG, FELL, INTERRUPTED = 0, 1, 3, 130
Row = dict[str, Any]
Show = Callable[[Any], None]


def ingest(given: argparse.Namespace, settings: Settings) -> int:
    """Read files and folders into the library."""
    from dataclasses import asdict

    from coach.build import CORPUS, build_library
    from coach.show import Progress, show_ingest

    with Progress() as progress, contextlib.closing(build_library(settings)) as library:
        report = library.ingest(given.paths or [CORPUS], rebuild=given.rebuild, progress=progress)
    if not (given.quiet and report.unchanged and not (report.embedded or report.removed or report.refused)):
        _print(asdict(report), given, show_ingest)
    return WRONG if report.nothing else DONE


def search(given: argparse.Namespace, settings: Settings) -> int:
    """Find the passages nearest to a query."""
    from dataclasses import asdict

    from coach.build import build_library
    from coach.show import show_hits

    with contextlib.closing(build_library(settings)) as library:

        def found(row: Row) -> Row:
            query = _text(row, "query")
            hits = library.search(query, given.top, given.mode)
            return {"id": row.get("id"), "query": query, "hits": [asdict(hit) for hit in hits]}

        return _answer(given, {"query": given.query}, found, show_hits)


def ask(given: argparse.Namespace, settings: Settings) -> int:
    """Answer a question from the library, with its sources."""
    from coach.show import show_reply

    with _coach(settings) as coach:

        def answered(row: Row) -> Row:
            *_, last = coach.ask(_text(row, "question"))
            return {**last.model_dump(mode="json", exclude={"passages", "done"}), "id": row.get("id")}

        return _answer(given, {"question": given.question}, answered, show_reply)


def feedback(given: argparse.Namespace, settings: Settings) -> int:
    """Judge an answer: scores, gaps, strengths, follow-ups."""
    from coach.show import show_feedback

    flags = {name: getattr(given, name) for name in ("question", "kind", "principle")}
    with _coach(settings, model_needed=not given.fast) as coach:

        def judged(row: Row) -> Row:
            row = {**flags, **row}
            asked = coach.asked(_text(row, "question"), _choice(row, "kind"), _choice(row, "principle"))
            *_, last = coach.feedback(asked, _text(row, "answer", may_be_empty=True), fast=given.fast)
            return {**last.model_dump(mode="json"), "id": row.get("id")}

        row = {} if given.batch else {"answer": _read_answer(given.file)}
        return _answer(given, row, judged, show_feedback)


def question(given: argparse.Namespace, settings: Settings) -> int:
    """Choose the next question to ask, with its probes."""
    from coach.build import build_bank, build_embedder
    from coach.interview.questions import principle_named
    from coach.show import show_question

    limits = {"kind": given.kind, "topic": given.topic, "level": given.level, "seed": given.seed}
    limits["principle"] = principle_named(given.principle) if given.principle else None
    if given.posting is None:
        chosen = build_bank().select(**limits).model_dump(mode="json", exclude={"hidden", "solution"})
    else:
        from coach.for_posting import question_for
        from coach.library.lasting import keeping

        embedder = keeping(build_embedder(settings), settings)
        chosen = question_for(given.posting, build_bank(), embedder, limits)
    _print(chosen, given, show_question)
    return DONE


def interview(given: argparse.Namespace, settings: Settings) -> int:
    """Hold the mock interview in the terminal."""
    from coach.interview.plans import plan_named, plans_of
    from coach.terminal import hold_interview, show_plans

    plans = None
    if given.plan is not None:
        offered = plans_of(settings.home)
        plans = offered.plans
        for line in offered.refused:
            print(f"coach: {line}", file=sys.stderr)
        if given.plan == "list":
            rows = {"plans": [plan.model_dump(mode="json") for plan in offered.plans.values()]}
            _print(rows, given, lambda _: show_plans(offered.plans))
            return DONE
        plan_named(given.plan, plans)  # a name that is not there needs no model to be refused
    with _coach(settings) as coach:
        if given.posting is None:
            return hold_interview(coach, given, plans=plans)
        from coach.for_posting import sought_in
        from coach.library.lasting import keeping

        posting = sought_in(given.posting, coach.bank, keeping(coach.assessor.embedder, settings))
        return hold_interview(coach, given, posting=posting, plans=plans)


def sessions(given: argparse.Namespace, settings: Settings) -> int:
    """List, show, delete, export or import stored interviews."""
    from coach.stored import bring_back, erase, export
    from coach.terminal import stored_interviews

    act = {"export": export, "import": bring_back}.get(given.verb, stored_interviews)
    if given.verb == "delete" and given.all:
        act = erase
    with _coach(settings, model_needed=False) as coach:
        return act(given, coach.interviews)


def evaluate(given: argparse.Namespace, settings: Settings) -> int:
    """Measure the coach's quality offline."""
    from coach.evals.run import run_evals
    from coach.show import Progress

    try:
        with Progress() as progress:
            run = run_evals(
                given.suites,
                settings,
                models=given.models,
                out=given.out,
                baseline=given.baseline,
                public=given.public,
                progress=progress,
            )
    except KeyboardInterrupt:
        kept = f"{given.out} keeps what was judged; the same command goes on from there"
        print(
            f"coach: interrupted: {kept if given.out else 'nothing is kept without --out DIR'}",
            file=sys.stderr,
        )
        return INTERRUPTED
    _print(run.report.model_dump(mode="json"), given, lambda _: print(run.text))
    for file in run.files:
        print(f"wrote {file}", file=sys.stderr)
    return run.exit_code


def models(given: argparse.Namespace, settings: Settings) -> int:
    """List, pull or check model files."""
    from coach import model_files

    verb = {
        "list": model_files.list_models,
        "pull": model_files.pull_models,
        "check": model_files.check_models,
    }
    rows, code = verb[given.verb](given.names, settings)
    # A pull has told its story on stderr, and has none to tell when everything is here.
    if given.json or given.verb != "pull":
        _print({"models": rows}, given, model_files.show_models)
    return code


def doctor(given: argparse.Namespace, settings: Settings) -> int:
    """Say what is installed, which index, which model, and what would fail."""
    from coach.doctor import examine, show_examination

    found = examine(settings)
    _print(found, given, show_examination)
    return DONE if found["healthy"] else WRONG


def app(given: argparse.Namespace, settings: Settings) -> int:
    """Open the coach in the browser."""
    from coach.ui.launch import serve

    with _coach(settings, model_needed=False) as coach:
        serve(coach, host=given.host, port=given.port, share=given.share, ready=_say_where)
    return DONE


def _say_where(address: str) -> None:
    print(f"The coach is at {address} (Ctrl-C stops it).", file=sys.stderr)


@contextlib.contextmanager
def _coach(settings: Settings, *, model_needed: bool = True) -> Iterator["Coach"]:
    from coach.build import build_coach

    coach = build_coach(settings, model_needed=model_needed)
    try:
        yield coach
    finally:
        coach.close()


def _answer(given: argparse.Namespace, row: Row, answer: Callable[[Row], Row], show: Show) -> int:
    """Answer one row from the command line, or each row of a batch file."""
    if not given.batch:
        _print(answer(row), given, show)
        return DONE
    for number, line in _lines(given.batch):
        print(json.dumps(_batch_row(line, number, answer), ensure_ascii=False), flush=True)
    return DONE


def _batch_row(line: bytes, number: int, answer: Callable[[Row], Row]) -> Row:
    """A bad line becomes a row that says so, and the rest goes on."""
    row: Row = {}
    try:
        row = _read_row(line, number)
        return answer(row)
    except CoachError as error:
        return {"id": row.get("id"), "error": str(error)}


def _read_row(line: bytes, number: int) -> Row:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UsageError(f"Line {number} is not UTF-8 text.") from None
    except json.JSONDecodeError as error:
        raise UsageError(f"Line {number} is not JSON: {error.msg} at column {error.colno}.") from None
    except (ValueError, RecursionError):
        raise UsageError(f"Line {number} is no JSON to work with: too long a number, or too deep.") from None
    if not isinstance(row, dict):
        raise UsageError(f"Line {number} is not a JSON object.")
    return row


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines of a file with their numbers from 1, without the blank ones."""
    try:
        with path.open("rb") as file:
            yield from ((number, line) for number, line in enumerate(file, 1) if line.strip())
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror}.") from None


def _read_answer(file: Path | None) -> str:
    from_file = file is not None and str(file) != "-"
    try:
        if file is not None and from_file:
            return file.read_text(encoding="utf-8-sig")
        if sys.stdin.isatty():
            print("Paste the answer, then press Ctrl-D on a line of its own:", file=sys.stderr)
        return sys.stdin.read()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        name = file if from_file else "Standard input"
        raise UsageError(f"{name} can't be read: {reason}.") from None


def _text(row: Row, name: str, *, may_be_empty: bool = False) -> str:
    text = row.get(name)
    if not isinstance(text, str) or not (text.strip() or may_be_empty):
        raise UsageError(f"There is no {name}: give it as text.")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise UsageError(f"The {name} holds broken characters: give it again as plain text.") from None
    return text


def _choice(row: Row, name: str) -> str | None:
    return None if row.get(name) in (None, "") else _text(row, name)


def _print(result: Row, given: argparse.Namespace, show: Show) -> None:
    if given.json:
        print(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        show(result)
