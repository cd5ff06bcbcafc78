"""Are a model's files here, and are they the promised bytes?

Hashing a gigabyte takes seconds, too long for every start. After a hash that matched, a stamp beside the
files keeps size, modification time and hash; it counts only as long as all three still agree.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from coach.errors import ModelMismatch, ModelMissing
from coach.models.catalog import CatalogModel, ModelFile, folder_of, path_of

STAMP = ".verified.json"


@dataclass(frozen=True)
class Check:
    """What was found; `detail` is one line that names the file at fault, empty when all is well."""

    status: Literal["present", "missing", "mismatch"]
    detail: str = ""


def check(model: CatalogModel, models_dir: Path) -> Check:
    """Hash every file of the model for real, and stamp the folder when all match."""
    folder = folder_of(model, models_dir)
    for file in model.files:
        if not (folder / file.path).is_file():
            return Check("missing", f"{file.path} is not in {folder}")
    for file in model.files:
        if reason := fault(folder, file):
            return Check("mismatch", reason)
    stamp(model, folder)
    return Check("present")


def is_present(model: CatalogModel, models_dir: Path) -> bool:
    """Whether every file is here with the promised bytes: by the stamp if it holds, else by hashing."""
    return _stamped(model, folder_of(model, models_dir)) or check(model, models_dir).status == "present"


def require(model: CatalogModel, models_dir: Path) -> Path:
    """Return `path_of(model, models_dir)` once the files behind it are known to be right.

    Raises:
        ModelMissing: a file is not there; the line names the command that fetches it.
        ModelMismatch: a file has other bytes than the catalog promises.
    """
    if not _stamped(model, folder_of(model, models_dir)):
        found = check(model, models_dir)
        mend = f"run `coach models pull {model.name}`"
        if found.status == "missing":
            raise ModelMissing(f"The model {model.name} is not on this machine: {mend}.")
        if found.status == "mismatch":
            raise ModelMismatch(f"{found.detail}: {mend} to fetch it anew.")
    return path_of(model, models_dir)


def fault(folder: Path, file: ModelFile) -> str:
    """Return in one line how the file in `folder` differs from what was promised; empty if it does not."""
    path = folder / file.path
    size = path.stat().st_size
    if size != file.size:
        return f"{file.path} has {size} bytes, expected {file.size}"
    with path.open("rb") as stream:
        got = hashlib.file_digest(stream, "sha256").hexdigest()
    return "" if got == file.sha256 else f"{file.path} has SHA-256 {got}, expected {file.sha256}"


def stamp(model: CatalogModel, folder: Path) -> None:
    """Note that the files in `folder` were just hashed and matched."""
    marks = {file.path: _mark(folder / file.path, file.sha256) for file in model.files}
    # A folder that can't be written (shared models, say) is no fault: the files are hashed again next time.
    try:
        (folder / STAMP).write_text(json.dumps(marks, indent=1), encoding="utf-8")
    except OSError:
        return


def _stamped(model: CatalogModel, folder: Path) -> bool:
    try:
        marks = json.loads((folder / STAMP).read_text(encoding="utf-8"))
        return all(marks[file.path] == _mark(folder / file.path, file.sha256) for file in model.files)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _mark(path: Path, sha256: str) -> dict[str, int | str]:
    found = path.stat()
    return {"size": found.st_size, "mtime_ns": found.st_mtime_ns, "sha256": sha256}
