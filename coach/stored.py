"""Stored interviews as files: one as Markdown, JSON or PDF, all of them as JSON, and back from that."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from coach.errors import UsageError
from coach.interview.archive import export_all, import_all, read_archive
from coach.interview.export import to_json, to_markdown
from coach.interview.interviews import Interviews


def export(given: argparse.Namespace, interviews: Interviews) -> int:
    """Write one interview, or all there is, to a file or to standard output."""
    if given.all:
        data = export_all(interviews.store.database).encode()
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


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise UsageError(f"{path} can't be written: {error.strerror}.") from None
