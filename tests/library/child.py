"""Ingest in a process of its own: tell each step, wait at one of them, then print the report."""

import dataclasses
import json
import sys
from pathlib import Path

from coach.library.embedder import HashedWords
from coach.library.ingest import ingest
from coach.settings import Settings

home, hold, *paths = sys.argv[1:]


def progress(stage: str, done: int, total: int) -> None:
    print(f"{stage} {done}", flush=True)  # noqa: T201
    if f"{stage} {done}" == hold:
        sys.stdin.readline()


report = ingest([Path(path) for path in paths], Settings(home=Path(home)), HashedWords(), progress=progress)
print(json.dumps(dataclasses.asdict(report)))  # noqa: T201
