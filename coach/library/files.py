"""Which files a list of paths means, and what each is called in the library."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coach.errors import DocumentRefused
from coach.library.documents import kind_of


@dataclass(frozen=True)
class Found:
    """A file to ingest: its name as a source, and where it is (absolute, links not resolved)."""

    source: str
    path: Path


@dataclass(frozen=True)
class Findings:
    """The files that paths mean, in a stable order, and the paths searched.

    `refused` pairs a name with the reason. `skipped` are files of other kinds that lie in a folder beside
    those that can be read; one that is named itself is refused.
    """

    files: list[Found]
    refused: list[tuple[str, str]]
    skipped: list[str]
    roots: list[Path]

    def covers(self, path: Path) -> bool:
        """Whether a file lies where we looked: if it was not found, it is gone."""
        return any(path == root or root in path.parents for root in self.roots)


def find_files(paths: Sequence[Path], known: Mapping[Path, str]) -> Findings:
    """List the files below some paths, without hidden ones.

    A file below a folder is called `folder/path/in/it.md`, a file given by itself `it.md`. A file that is
    `known` keeps its name. When two files would get the same name, the later one gets a longer one; but a
    file that is gone has no claim on its name, so a folder that was moved keeps the names of its files.
    """
    findings = Findings([], [], [], [])
    names = {name: path for path, name in known.items() if os.path.lexists(path)}
    seen: set[Path] = set()
    for given in paths:
        root = Path(os.path.abspath(given))  # noqa: PTH100 - resolve() would follow the links
        if not os.path.lexists(root):
            findings.refused.append((str(given), "no such file or folder"))
            continue
        findings.roots.append(root)
        for path, choices in _candidates(root, findings.refused):
            if path in seen:
                continue
            seen.add(path)
            name = known.get(path) or next(
                choice for choice in (*choices, path.as_posix()) if names.get(choice, path) == path
            )
            names[name] = path
            try:
                kind_of(path)
            except DocumentRefused as error:
                if path == root:
                    findings.refused.append((name, str(error)))
                else:
                    findings.skipped.append(name)
                continue
            findings.files.append(Found(name, path))
    return findings


def _candidates(root: Path, refused: list[tuple[str, str]]) -> Iterator[tuple[Path, list[str]]]:
    """Each file at or below a path, with the names that it could have, best first."""
    if not root.is_dir():
        yield root, [root.name, f"{root.parent.name}/{root.name}"]
        return
    for path in _walk(root, refused):
        yield path, [f"{root.name}/{path.relative_to(root).as_posix()}"]


def _walk(root: Path, refused: list[tuple[str, str]]) -> Iterator[Path]:
    """The files below a folder, sorted. Links to folders are followed, but no folder is entered twice."""

    def refuse(error: OSError) -> None:
        refused.append((str(error.filename), f"this folder can't be read: {error.strerror}"))

    entered: set[tuple[int, int]] = set()
    for folder, folders, files in os.walk(root, followlinks=True, onerror=refuse):
        status = Path(folder).stat()
        if (status.st_dev, status.st_ino) in entered:
            folders.clear()
            continue
        entered.add((status.st_dev, status.st_ino))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(files) if not name.startswith("."))
