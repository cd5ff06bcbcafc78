"""Stored interviews as files: one as Markdown, JSON or PDF, all of them as JSON, and back from that; or all gone."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from coach.errors import UsageError
from coach.interview.archive import counted, delete_all, export_all, held_in, import_all, read_archive
from coach.interview.export import to_json, to_markdown
from coach.interview.interviews import Interviews
from coach.interview.unreadable import to_raw


def export(given: argparse.Namespace, interviews: Interviews) -> int:
    """Write one interview, or all there is, to a file or to standard output."""
    if given.all:
        data = export_all(interviews.store.database).encode()
    elif given.format == "raw":
        data = to_raw(given.id, interviews.store.raw(given.id)).encode()
    elif given.format == "pdf":
        from coach.interview.pdf import to_pdf

        if given.out is None and sys.stdout.isatty():
            raise UsageError("A PDF is not for a terminal: say where it goes with --out FILE.pdf.")
        data = to_pdf(interviews.get(given.id))
    else:
        as_json = given.json or given.format == "json"
        state = interviews.get(given.id)
        data = (to_json(state) if as_json else to_markdown(state)).encode()
    if given.out is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data if given.format == "pdf" else data + b"\n")
        return 0
    _write(given.out, data)
    print(f"wrote {given.out}", file=sys.stderr)
    return 0


def bring_back(given: argparse.Namespace, interviews: Interviews) -> int:
    """Read what `export` wrote of all; nothing that is here already changes."""
    path = Path(given.id)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror}.") from None
    came = import_all(read_archive(data), interviews.store.database)
    print(json.dumps(asdict(came), indent=2) if given.json else came)
    return 0


def erase(given: argparse.Namespace, interviews: Interviews) -> int:
    """Delete all interviews, stories and wishes for good, once that was confirmed."""
    database = interviews.store.database
    held = held_in(database)
    what = (
        f"{counted(held.interviews, 'interview', 'interviews')}, {counted(held.stories, 'story', 'stories')}"
    )
    if not given.yes:
        print(f"Delete {what} and your dates for good? Type yes: ", end="", file=sys.stderr, flush=True)
        if sys.stdin.readline().strip().casefold() != "yes":
            raise UsageError("Nothing was deleted: that was no yes.")
    delete_all(database)
    print(f"{what}: deleted for good.", file=sys.stderr)
    if given.json:
        print(json.dumps({"deleted": True, "interviews": held.interviews, "stories": held.stories}))
    return 0


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise UsageError(f"{path} can't be written: {error.strerror}.") from None
