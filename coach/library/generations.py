"""Where the index lives on the disk: whole generations side by side, and a pointer to the current one.

    library/
      lock                  held by the one process that writes
      current               the id of the current generation; replaced in one step
      generations/<id>/     complete once `current` has named it, never changed after that

A generation is built beside the current one, so a crash at any moment leaves the current one whole.
One earlier generation is kept, for readers in other processes that still have it open.
"""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from coach.errors import IndexLocked


@dataclass(frozen=True)
class Generations:
    """The generations below one library folder."""

    library: Path

    def current(self) -> str | None:
        """The id of the current generation; None before the first."""
        try:
            return (self.library / "current").read_text(encoding="ascii").strip() or None
        except FileNotFoundError:
            return None

    def folder(self, generation: str) -> Path:
        """The folder of a generation."""
        return self.library / "generations" / generation

    def begin(self) -> str:
        """Make the empty folder of a new generation and give its id."""
        generation = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}"
        self.folder(generation).mkdir(parents=True)
        return generation

    def publish(self, generation: str) -> None:
        """Make a complete generation the current one, in one step that survives a power cut."""
        for folder, _, files in os.walk(self.folder(generation)):
            for file in files:
                _flush(Path(folder, file))
            _flush(Path(folder))
        _flush(self.folder(generation).parent)
        beside = self.library / "current.new"
        beside.write_text(generation, encoding="ascii")
        _flush(beside)
        beside.replace(self.library / "current")
        _flush(self.library)

    def sweep(self, keep: set[str], before: Callable[[str], None]) -> None:
        """Remove every generation but those to keep. `before` is called with the id of each.

        What can't be removed now (Windows holds on to open files) is removed by a later sweep.
        """
        folder = self.library / "generations"
        for one in sorted(folder.iterdir()) if folder.is_dir() else []:
            if one.name not in keep:
                before(one.name)
                shutil.rmtree(one, ignore_errors=True)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only process that writes.

        Raises:
            IndexLocked: another one is writing.
        """
        self.library.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.library / "lock", timeout=0):
                yield
        except Timeout:
            raise IndexLocked(
                "Another ingest is writing to this library: wait until it has ended, then try again."
            ) from None


def _flush(path: Path) -> None:
    if os.name == "nt" and path.is_dir():  # Windows has no handles on folders
        return
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
