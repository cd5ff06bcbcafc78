"""What the user adds in the app: kept as files in the coach's home, listed with what was taken from each.

    material/guides/      guides and notes, uploaded or pasted
    material/postings/    job postings

The library reads them from there like any other file, so they outlive it: a library that was lost can take them in
again. Nothing in them is ever more than text to search.
"""

import hashlib
import re
import threading
import unicodedata
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from coach.errors import DocumentRefused, IndexLocked, IndexMissing, LibraryError
from coach.library.documents import LARGEST_FILE, Document, kind_of
from coach.library.generations import Generations
from coach.library.index import read_document
from coach.library.ingest import IngestReport, Progress
from coach.library.library import Library
from coach.library.manifest import Source
from coach.library.passages import Passage, passages_of

GUIDES, POSTINGS = "guides", "postings"
_LONGEST_NAME = 80  # characters
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:-\d+)?", re.IGNORECASE)  # as Windows has it


@dataclass(frozen=True)
class Given:
    """A file as it was given; its name decides how it is read, and nothing in it is trusted."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Held:
    """A source of the library. `own`: it was added in the app, and its only copy is ours. `added` is an ISO time."""

    source: str
    title: str
    passages: int
    added: str
    own: bool
    posting: bool


@dataclass(frozen=True)
class Taken:
    """What was taken from a source: its headings and its passages, both in order."""

    held: Held
    headings: tuple[str, ...]
    passages: tuple[Passage, ...]


@dataclass
class Added:
    """What came of adding files: the sources that are new, and for each file that is not, its name and why."""

    sources: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    renamed: list[tuple[str, str]] = field(default_factory=list)
    stopped: bool = False


class _Stopped(Exception):
    """The user doesn't want to wait any longer; never leaves this module."""


class Material:
    """The user's own material in a library. Safe to share among threads."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._home = (library.settings.home / "material").absolute()

    def listed(self) -> list[Held]:
        """All that the library holds: first the user's own, the latest first, then the rest by title.

        Raises:
            IndexUnreachable: the index is damaged, or the Chroma server doesn't answer.
        """
        try:
            sources = self.library.manifest().sources
        except IndexMissing:
            return []
        held = [self._held(name, one) for name, one in sources.items()]
        own = sorted((one for one in held if one.own), key=lambda one: one.added, reverse=True)
        return own + sorted((one for one in held if not one.own), key=lambda one: one.title.casefold())

    def look(self, source: str) -> Taken:
        """Tell what was taken from a source.

        Raises:
            LibraryError: the library has no such source (any more), or can't be read.
            ModelMissing: the embedder's files are not on this machine.
        """
        one = self.library.manifest().sources.get(source)
        document = self._document(source, one) if one else None
        if one is None or document is None:
            raise LibraryError(
                f"{source} is not in the library any more: it may have been removed in another tab."
            )
        headings = dict.fromkeys(" > ".join(section.path) for section in document.sections if section.path)
        passages = passages_of(document, self.library.embedder.tokens)
        return Taken(self._held(source, one), tuple(headings), tuple(passages))

    def add(
        self,
        files: Sequence[Given],
        *,
        posting: bool = False,
        progress: Progress | None = None,
        stop: threading.Event | None = None,
    ) -> Added:
        """Take files into the library: all that can be read, or none when it is stopped or fails.

        A name that is taken already gets a number; a file whose bytes the library has is refused.

        Raises:
            IndexLocked: another ingest is writing; nothing was kept.
            IndexUnreachable, ModelMissing: as for `Library.ingest`; nothing was kept.
        """
        added = Added()
        written: dict[Path, str] = {}
        names: dict[bytes, str] = {}
        try:
            with ExitStack() as otherwise:
                otherwise.callback(_unlink, written)
                for given in files:
                    try:
                        if given.data in names:
                            raise DocumentRefused(f"it is the same as {_shown(names[given.data])}")
                        names[given.data] = given.name
                        path = self._write(given, POSTINGS if posting else GUIDES)
                    except DocumentRefused as error:
                        added.refused.append((_shown(given.name), str(error)))
                    else:
                        written[path] = given.name
                if written:
                    report = self.library.ingest(list(written), progress=_watched(progress, stop))
                    self._sort_out(written, report, added)
                otherwise.pop_all()  # all went well: they stay
        except _Stopped:
            return Added(refused=added.refused, stopped=True)
        return added

    def left_over(self) -> list[Path]:
        """Files of ours that the library doesn't have: it was rebuilt without them, or a process was killed."""
        try:
            with Generations(self.library.settings.library).writing():
                known = {self._own_path(one) for one in self._sources().values()}
                return [path for path in sorted(self._home.glob("*/*")) if path not in known]
        except IndexLocked:
            return []  # what is being added just now is not left over

    def take_back(self, progress: Progress | None = None, stop: threading.Event | None = None) -> Added:
        """Take what is left over into the library again; what can't be read stays where it is.

        Raises:
            IndexLocked, IndexUnreachable, ModelMissing: as for `add`.
        """
        paths = self.left_over()
        added = Added()
        try:
            report = self.library.ingest(paths, progress=_watched(progress, stop))
        except _Stopped:
            return Added(stopped=True)
        added.sources, added.refused = report.added, report.refused
        return added

    def remove(self, source: str) -> None:
        """Take a source out of the library. Of the user's own material the copy is deleted; other files stay.

        Raises:
            LibraryError: the library has no such source.
            IndexLocked, IndexUnreachable: as for `Library.remove`.
        """
        one = self._sources().get(source)
        self.library.remove(source)
        if one and (path := self._own_path(one)):
            path.unlink(missing_ok=True)

    def _held(self, name: str, one: Source) -> Held:
        path = self._own_path(one)
        pasted = self.library.settings.library.absolute() / "pasted" in Path(one.path).parents
        posting = path is not None and path.parent.name == POSTINGS
        title = one.title or PurePath(name).name
        return Held(name, title, one.passages, one.ingested_at, path is not None or pasted, posting)

    def _own_path(self, one: Source) -> Path | None:
        """Where our copy of a source is, also after the home was moved; None: it is not ours."""
        path = Path(one.path)
        if path.parent.name not in (GUIDES, POSTINGS) or path.parent.parent.name != self._home.name:
            return None
        here = self._home / path.parent.name / path.name
        return here if path == here or (here.is_file() and not path.exists()) else None

    def _sources(self) -> dict[str, Source]:
        try:
            return self.library.manifest().sources
        except IndexMissing:
            return {}

    def _document(self, name: str, one: Source) -> Document | None:
        generations = Generations(self.library.settings.library)
        try:
            return read_document(generations.folder(generations.current() or ""), name, one)
        except (OSError, KeyError, TypeError, ValueError):
            return None  # removed, or the index was replaced, since the manifest was read

    def _write(self, given: Given, folder: str) -> Path:
        name = safe_name(given.name)
        kind_of(PurePath(name))
        if not given.data.strip():
            raise DocumentRefused("empty")
        if len(given.data) > LARGEST_FILE:
            raise DocumentRefused(
                f"{len(given.data) / 1e6:.0f} MB is more than {LARGEST_FILE / 1e6:.0f} MB; split it"
            )
        digest = hashlib.sha256(given.data).hexdigest()
        for source, one in self._sources().items():
            if one.sha256 == digest:
                raise DocumentRefused(f"the library has it already, as {one.title or source}")
        (self._home / folder).mkdir(parents=True, exist_ok=True)
        stem, suffix = PurePath(name).stem, PurePath(name).suffix
        number = 1
        while True:
            path = self._home / folder / (f"{stem}-{number}{suffix}" if number > 1 else name)
            try:
                with path.open("xb") as file:
                    file.write(given.data)
            except FileExistsError:
                number += 1
            else:
                return path

    def _sort_out(self, written: dict[Path, str], report: IngestReport, added: Added) -> None:
        """Say what became of each file; what was refused is not kept."""
        sources = {one.path: name for name, one in self._sources().items()}
        reasons = {PurePath(name).name: why for name, why in report.refused}
        for path, given in written.items():
            if (source := sources.get(str(path))) is None:
                added.refused.append((_shown(given), reasons.get(path.name, "it could not be read")))
                path.unlink(missing_ok=True)
                continue
            added.sources.append(source)
            if path.name != safe_name(given):
                added.renamed.append((_shown(given), path.name))


def safe_name(name: str) -> str:
    """A file's name without any path in it: letters, digits and dashes, and its suffix."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFKC", name))[-1].strip(". ")
    stem, suffix = PurePath(last).stem, PurePath(last).suffix.lower()
    plain = re.sub(r"[^\w]+|_+", "-", stem).strip("-")
    while len(plain.encode()) > 200 or len(plain) > _LONGEST_NAME:
        plain = plain[:-1].rstrip("-")
    if not plain or _RESERVED.fullmatch(plain):
        plain = f"text-{plain}".strip("-")
    return plain + re.sub(r"[^.\w]", "", suffix)


def _shown(name: str) -> str:
    last = re.split(r"[/\\]", name)[-1].strip() or name.strip()
    return last if len(last) <= _LONGEST_NAME else f"{last[: _LONGEST_NAME - 1]}…"


def _watched(progress: Progress | None, stop: threading.Event | None) -> Progress:
    def told(stage: str, done: int, total: int) -> None:
        if progress:
            progress(stage, done, total)
        # Once the new index is the current one, it is done.
        if stop is not None and stop.is_set() and (stage, done) != ("swapping", 1):
            raise _Stopped

    return told


def _unlink(paths: dict[Path, str]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
