"""The `coach` command: what can be asked of it, and how it ends. What each subcommand does is in `commands.py`."""

import argparse
import io
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from coach import __version__, commands
from coach.errors import CoachError
from coach.feedback.gate import MAX_WORDS
from coach.settings import load_settings

KINDS = ("behavioral", "technical", "system_design", "coding", "case")
BANK_KINDS = (*KINDS, "recruiter")
MODES = ("fused", "dense", "lexical")
_SHOWN = "backslashreplace"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand and return its exit code (docs: 0 done, 1 wrong, 2 usage, 3 fell, 130 interrupted)."""
    given = _parse(argv)
    _speak_utf8()
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s", stream=sys.stderr)
    try:
        settings = load_settings(home=given.home, model=getattr(given, "model", None))
        code: int = given.run(given, settings)
        sys.stdout.flush()
        return code
    except CoachError as error:
        print(f"coach: {error}", file=sys.stderr)
        return commands.WRONG
    except KeyboardInterrupt:
        print("coach: interrupted", file=sys.stderr)
        return commands.INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has enough of it; nothing more can be printed, also not at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return commands.DONE


def _parse(argv: Sequence[str] | None) -> argparse.Namespace:
    given = _parser().parse_args(argv)
    fail: Callable[[str], NoReturn] = given.sub.error
    batch = getattr(given, "batch", None)
    if given.run in (commands.search, commands.ask):
        what = "query" if given.run is commands.search else "question"
        if (batch is None) == (getattr(given, what) is None):
            fail(f"give either a {what} or --batch FILE.jsonl")
    if given.run is commands.feedback:
        if batch is not None and given.file is not None:
            fail("give either one answer's FILE or --batch FILE.jsonl")
        if batch is None and given.question is None:
            fail("which question does the answer belong to? Add --question TEXT")
    if given.run is commands.interview:
        if given.resume is not None and given.plan is not None:
            fail("an interview goes on with its own plan: give either --resume ID or --plan NAME")
        if given.plan is not None and given.kind is not None:
            fail("a plan has its own kinds of questions: give either --plan NAME or --kind K")
        if given.resume is not None and given.posting is not None:
            fail("an interview goes on with its own posting: give either --resume ID or --posting FILE")
    if given.run is commands.sessions:
        _check_sessions(given, fail)
    return given


def _check_sessions(given: argparse.Namespace, fail: Callable[[str], NoReturn]) -> None:
    if given.verb == "import" and given.id is None:
        fail("which file? `coach sessions import FILE`; `coach sessions export --all` writes one")
    if given.all and (given.verb not in ("export", "delete") or given.id is not None):
        fail("--all goes with `coach sessions export` and `coach sessions delete` alone, without an ID")
    if given.yes and not (given.all and given.verb == "delete"):
        fail("--yes goes with `coach sessions delete --all`")
    if given.all and given.verb == "delete" and not given.yes and not sys.stdin.isatty():
        fail("nobody is there to confirm that everything is to be deleted: add --yes")
    if given.verb not in ("list", "import") and given.id is None and not given.all:
        fail(f"which interview? `coach sessions {given.verb} ID`; `coach sessions list` shows them")
    if given.out is not None and given.verb != "export":
        fail("--out FILE goes with `coach sessions export`")
    if given.format is not None and given.format != "json" and (given.all or given.json):
        what = "--all writes" if given.all else "--json is"
        fail(f"{what} JSON: leave out --format {given.format}")


def _speak_utf8() -> None:
    """Texts and JSON are UTF-8 whatever the locale, and what can't be printed shows as its number."""
    for stream, errors in ((sys.stdin, "strict"), (sys.stdout, _SHOWN), (sys.stderr, _SHOWN)):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="coach", description="An interview coach that runs on your own machine.", allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"coach {__version__}")
    parser.add_argument("--home", type=Path, metavar="DIR", help="where index and interviews are kept")
    subcommands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(
        name: str, run: Callable[..., int], *, model: bool = False, batch: str = ""
    ) -> argparse.ArgumentParser:
        text = (run.__doc__ or "").splitlines()[0]
        sub = subcommands.add_parser(name, help=text, description=text, allow_abbrev=False)
        sub.set_defaults(run=run, sub=sub)
        sub.add_argument("--json", action="store_true", help="print one JSON object")
        if model:
            sub.add_argument("--model", metavar="NAME", help="which language model, or `none`")
        if batch:
            sub.add_argument(
                "--batch", type=Path, metavar="FILE.jsonl", help=f"rows of {batch}; one result a line"
            )
        return sub

    sub = add("ingest", commands.ingest)
    sub.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="files or folders (default: the corpus)"
    )
    sub.add_argument("--rebuild", action="store_true", help="read and embed everything again")
    sub.add_argument("--quiet", action="store_true", help="say nothing when nothing has changed")

    sub = add("search", commands.search, batch='{"id","query"}')
    sub.add_argument("query", nargs="?")
    sub.add_argument("--top", type=_positive, default=5, metavar="N")
    sub.add_argument("--mode", choices=MODES, default="fused")

    sub = add("ask", commands.ask, model=True, batch='{"id","question"}')
    sub.add_argument("question", nargs="?")

    sub = add(
        "feedback", commands.feedback, model=True, batch='{"id","question","answer","kind","principle"}'
    )
    sub.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar="FILE",
        help=f"the answer, up to {MAX_WORDS:,} words; `-` or nothing: standard input",
    )
    sub.add_argument("--question", metavar="TEXT")
    sub.add_argument("--kind", choices=KINDS, help="default: what the question bank says, else behavioral")
    sub.add_argument("--principle", metavar="NAME")
    sub.add_argument("--fast", action="store_true", help="leave out what needs the language model's words")

    sub = add("question", commands.question)
    sub.add_argument("--kind", choices=BANK_KINDS)
    sub.add_argument("--principle", metavar="NAME")
    sub.add_argument("--topic", metavar="T")
    sub.add_argument("--level", choices=("entry", "mid", "senior", "principal"))
    sub.add_argument("--seed", type=int, metavar="N")
    sub.add_argument("--posting", type=Path, metavar="FILE", help="a job posting; what it asks for is asked")

    sub = add("interview", commands.interview, model=True)
    sub.add_argument(
        "--plan", metavar="NAME", help="rounds with a clock, such as full-loop; `list` shows them"
    )
    sub.add_argument("--kind", choices=BANK_KINDS)
    sub.add_argument("--principle", metavar="NAME")
    sub.add_argument("--level", choices=("entry", "mid", "senior", "principal"))
    sub.add_argument("--seed", type=int, metavar="N")
    sub.add_argument("--posting", type=Path, metavar="FILE", help="a job posting; what it asks for is asked")
    sub.add_argument("--resume", metavar="ID")

    sub = add("sessions", commands.sessions)
    sub.add_argument("verb", choices=("list", "show", "delete", "export", "import"))
    sub.add_argument("id", nargs="?", metavar="ID", help="of an interview; import: the FILE to read")
    sub.add_argument(
        "--format",
        choices=("md", "json", "pdf", "raw"),
        help="of an export; default: md; raw: as it is stored, for one that can't be read",
    )
    sub.add_argument(
        "--all", action="store_true", help="export (as JSON), or delete, all interviews, stories and wishes"
    )
    sub.add_argument("--yes", action="store_true", help="delete --all without being asked")
    sub.add_argument(
        "--out", type=Path, metavar="FILE", help="where an export goes; default: standard output"
    )

    sub = add("eval", commands.evaluate)
    sub.add_argument("suites", nargs="*", metavar="SUITE", help="default: all of them")
    sub.add_argument(
        "--model", action="append", default=[], dest="models", metavar="NAME",
        help="which language model, or `none`; give it again for another one beside it",
    )  # fmt: skip
    sub.add_argument(
        "--out", type=Path, metavar="DIR", help="where the report goes; an interrupted run goes on there"
    )
    sub.add_argument("--baseline", type=Path, metavar="FILE", help="an earlier report; exit 3 if worse")
    sub.add_argument("--public", type=Path, metavar="DIR", help="a folder of public data sets")

    sub = add("models", commands.models)
    sub.add_argument("verb", choices=("list", "pull", "check"))
    sub.add_argument("names", nargs="*", metavar="NAME", help="pull: default what the settings need")

    add("doctor", commands.doctor, model=True)

    sub = add("app", commands.app, model=True)
    sub.add_argument("--host", default="127.0.0.1")
    sub.add_argument("--port", type=_port, default=7860)
    sub.add_argument("--share", action="store_true", help="publish a public address (never on by default)")
    return parser


def _positive(text: str) -> int:
    return _whole(text, 1, 1000)


def _port(text: str) -> int:
    return _whole(text, 1, 65535)


def _whole(text: str, least: int, most: int) -> int:
    try:
        number = int(text)
    except ValueError:
        number = least - 1
    if not least <= number <= most:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {least} to {most}")
    return number


if __name__ == "__main__":
    sys.exit(main())
