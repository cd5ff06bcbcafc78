"""Files go into the library: read what is new, embed what is new, build a generation aside, swap it in."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from coach.errors import DocumentRefused, IndexUnreachable, LibraryError
from coach.library.asked import ASKED, Asked, asked_about, digest, file_of, load_asked
from coach.library.documents import Document
from coach.library.embedder import Embedder, Vectors
from coach.library.files import Findings, find_files
from coach.library.generations import Generations
from coach.library.index import Lead, read_leads, read_passages, read_vectors, write_index
from coach.library.manifest import FORMAT, Manifest, Source, corpus_hash, load_manifest
from coach.library.passages import CHUNKER, Passage, passages_of
from coach.library.shelf import Shelf
from coach.library.vectors import VectorStore
from coach.settings import Settings

log = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]
"""Called with a stage ("reading", "embedding", "storing", "swapping"), how much is done, and of how much."""


@dataclass(frozen=True)
class IngestReport:
    """What an ingest did. Sources by name; `refused` pairs a name with the reason; `skipped` are files of
    kinds that are not read, in a folder that was given.

    Sources that were not asked about are listed only when something happened to them. A file that was in
    the library and can't be read any more is both `removed` and `refused`.
    `passages` is how many the library has now; `embedded` of them were embedded, `reused` kept their vectors.
    """

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    passages: int = 0
    embedded: int = 0
    reused: int = 0
    seconds: float = 0.0

    @property
    def nothing(self) -> bool:
        """Nothing of what was given could be read."""
        return not (self.added or self.changed or self.unchanged or self.removed)


@dataclass(frozen=True)
class _Generation:
    id: str
    folder: Path
    manifest: Manifest


def ingest(
    paths: Sequence[Path],
    settings: Settings,
    embedder: Embedder,
    *,
    rebuild: bool = False,
    progress: Progress | None = None,
    asked: Path = ASKED,
) -> IngestReport:
    """Bring the library up to date with some files and folders; other sources stay as they are.

    Files whose bytes are the same are not read again, passages whose words are the same not embedded
    again. `rebuild` reads and embeds everything again, also the sources that `paths` doesn't name. When
    nothing has changed, nothing is written. `asked` is the folder of the questions that the corpus answers.

    Raises:
        LibraryError: these questions can't be read.
        IndexLocked: another process is writing.
        IndexUnreachable: the index is damaged, or the Chroma server doesn't answer.
        ModelMissing: the embedder's files are not on this machine.
    """
    begun = time.monotonic()
    writer = _Writer(settings, embedder, asked, progress or (lambda stage, done, total: None))
    with writer.generations.writing():
        old = writer.previous(damaged_is_none=rebuild)
        known = {Path(source.path): name for name, source in (old.manifest.sources if old else {}).items()}
        found = find_files(paths, known)
        reread = rebuild or (old is not None and old.manifest.format != FORMAT)
        shelf, report = writer.read(found, old, reread)
        if report.added or report.changed or report.removed or (old and (reread or writer.stale(old))):
            passages, embedded = writer.write(shelf.sources, shelf.documents, old, reuse=not rebuild)
        else:
            passages, embedded = old.manifest.passages if old else 0, 0
    return _counted(report, passages, embedded, begun)


def remove(source: str, settings: Settings, embedder: Embedder, asked: Path = ASKED) -> IngestReport:
    """Take one source out of the library; its file stays, and ingesting it again brings it back.

    Raises:
        LibraryError: the library has no such source.
        IndexLocked, IndexUnreachable: as for `ingest`.
    """
    begun = time.monotonic()
    writer = _Writer(settings, embedder, asked, lambda stage, done, total: None)
    with writer.generations.writing():
        old = writer.previous(damaged_is_none=False)
        if old is None or source not in old.manifest.sources:
            raise LibraryError(f"The library has no source {source!r}: `coach ingest` lists what it has.")
        shelf = Shelf(old.manifest.sources, old.folder, reread=old.manifest.format != FORMAT)
        for name in old.manifest.sources.keys() - {source}:
            shelf.keep(name)
        passages, embedded = writer.write(shelf.sources, shelf.documents, old, reuse=True)
    return _counted(IngestReport(removed=[source]), passages, embedded, begun)


def _counted(report: IngestReport, passages: int, embedded: int, begun: float) -> IngestReport:
    return replace(
        report,
        passages=passages,
        embedded=embedded,
        reused=passages - embedded,
        seconds=round(time.monotonic() - begun, 3),
    )


@dataclass(frozen=True)
class _Writer:
    """The steps of one ingest; used only while holding the lock."""

    settings: Settings
    embedder: Embedder
    asked: Path
    progress: Progress

    @property
    def generations(self) -> Generations:
        return Generations(self.settings.library)

    @property
    def store(self) -> VectorStore:
        return VectorStore(self.settings.chroma_url)

    def previous(self, *, damaged_is_none: bool) -> _Generation | None:
        """The current generation; whatever a killed ingest left beside it is removed."""
        current = self.generations.current()
        old = None
        if current:
            folder = self.generations.folder(current)
            try:
                old = _Generation(current, folder, load_manifest(folder))
            except FileNotFoundError:
                log.warning("generation %s is gone; starting anew", current)
            except IndexUnreachable:
                if not damaged_is_none:
                    raise
        keep = {old.id, old.manifest.previous or ""} if old else set()
        self._sweep(keep)
        return old

    def stale(self, old: _Generation) -> bool:
        """Whether the same sources would be stored in another way now."""
        made = old.manifest
        if any(source.asked != digest(name, self.asked) for name, source in made.sources.items()):
            return True
        return (made.embedder, made.dimension, made.chunker, made.server) != (
            self.embedder.name,
            self.embedder.dimension,
            CHUNKER,
            self.store.shown,
        )

    def read(self, found: Findings, old: _Generation | None, reread: bool) -> tuple[Shelf, IngestReport]:
        """Read what the next generation is to have, and tell what is new about it."""
        known = old.manifest.sources if old else {}
        shelf = Shelf(known, old.folder if old else None, reread)
        report = IngestReport(refused=list(found.refused), skipped=list(found.skipped))
        given = {file.source: file for file in found.files}
        others = {name for name, one in known.items() if not found.covers(Path(one.path))}
        names = sorted(given.keys() | others)
        for number, name in enumerate(names, start=1):
            try:
                if name in given:
                    shelf.read(given[name])
                else:
                    shelf.keep(name)
            except DocumentRefused as error:
                report.refused.append((name, str(error)))
            else:
                if name not in known:
                    report.added.append(name)
                elif shelf.sources[name].sha256 != known[name].sha256:
                    report.changed.append(name)
                elif name in given:
                    report.unchanged.append(name)
            self.progress("reading", number, len(names))
        report.removed.extend(sorted(known.keys() - shelf.sources.keys()))
        return shelf, report

    def write(
        self,
        sources: dict[str, Source],
        documents: dict[str, Document],
        old: _Generation | None,
        *,
        reuse: bool,
    ) -> tuple[int, int]:
        """Build the next generation and swap it in; gives its passages, and how many were embedded."""
        cut = {name: passages_of(document, self.embedder.tokens) for name, document in documents.items()}
        rows = _distinct(passage for name in sorted(cut) for passage in cut[name])
        asked = list(self._asked(cut, rows))
        texts = [*(passage.indexed for passage in rows), *(one.text for one in asked)]
        vectors, fresh = self._vectors(texts, old if reuse else None)
        leads = [
            Lead(one.text, one.nearest(vectors, vector))
            for one, vector in zip(asked, vectors[len(rows) :], strict=True)
        ]
        sources = {
            name: source.model_copy(
                update={
                    "title": documents[name].title,
                    "passages": len(cut[name]),
                    "asked": digest(name, self.asked),
                }
            )
            for name, source in sorted(sources.items())
        }
        manifest = Manifest(
            format=FORMAT,
            embedder=self.embedder.name,
            dimension=self.embedder.dimension,
            chunker=CHUNKER,
            server=self.store.shown,
            previous=old.id if old else None,
            corpus=corpus_hash(sources),
            passages=len(rows),
            sources=sources,
        )
        generation = self.generations.begin()
        folder = self.generations.folder(generation)
        self.progress("storing", 0, 2)
        write_index(folder, manifest, documents, rows, leads, vectors)
        self.progress("storing", 1, 2)
        self.store.write(folder, vectors)
        self.progress("storing", 2, 2)
        self.progress("swapping", 0, 1)
        self.generations.publish(generation)
        self.progress("swapping", 1, 1)
        self._sweep({generation, old.id if old else ""})
        return len(rows), sum(passage.indexed in fresh for passage in rows)

    def _asked(self, cut: dict[str, list[Passage]], rows: list[Passage]) -> Iterator[Asked]:
        """The questions that the sources answer."""
        row_of = {passage.key: row for row, passage in enumerate(rows)}
        for name in sorted(cut):
            if path := file_of(name, self.asked):
                yield from asked_about([(row_of[one.key], one) for one in cut[name]], load_asked(path))

    def _vectors(self, texts: list[str], old: _Generation | None) -> tuple[Vectors, set[str]]:
        """The vectors of texts, and which of these had to be embedded."""
        ready: dict[str, Vectors] = {}
        if old and (old.manifest.format, old.manifest.embedder, old.manifest.dimension) == (
            FORMAT,
            self.embedder.name,
            self.embedder.dimension,
        ):
            stored = [one.indexed for one in read_passages(old.folder)]
            stored += [lead.text for lead in read_leads(old.folder)]
            ready = dict(zip(stored, read_vectors(old.folder), strict=True))
        new = [text for text in dict.fromkeys(texts) if text not in ready]
        if new:
            fresh = self.embedder.embed(new, lambda done, total: self.progress("embedding", done, total))
            ready |= zip(new, fresh, strict=True)
        empty = np.empty((0, self.embedder.dimension), dtype=np.float32)
        return (np.stack([ready[text] for text in texts]) if texts else empty), set(new)

    def _sweep(self, keep: set[str]) -> None:
        folder = self.generations.folder
        self.generations.sweep(keep, before=lambda generation: self.store.drop(folder(generation)))


def _distinct(passages: Iterable[Passage]) -> list[Passage]:
    """One passage for all that are indexed with the same words: the first."""
    first: dict[str, Passage] = {}
    for passage in passages:
        first.setdefault(passage.key, passage)
    return list(first.values())
