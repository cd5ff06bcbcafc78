"""Library: the guides, as the rest of the coach sees them."""

import logging
import re
import threading
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from coach.errors import IndexMissing, LibraryError
from coach.library.asked import ASKED
from coach.library.documents import parse
from coach.library.embedder import Embedder, Vectors
from coach.library.generations import Generations
from coach.library.index import Index, open_index
from coach.library.ingest import IngestReport, Progress, ingest, remove
from coach.library.manifest import FORMAT, Manifest
from coach.library.retrieval import Hit, Mode
from coach.library.vectors import VectorStore
from coach.settings import Settings

log = logging.getLogger(__name__)


class Library:
    """Search in what was ingested, and ingest more. Safe to share among threads.

    Every call looks whether another process has ingested since, and then reads the new index.
    """

    def __init__(self, settings: Settings, embedder: Embedder, asked: Path = ASKED) -> None:
        self.settings = settings
        self.embedder = embedder
        self.asked = asked
        self._generations = Generations(settings.library)
        self._lock = threading.RLock()
        self._open: Index | None = None

    def search(
        self, query: str, top: int = 5, mode: Mode = "fused", vector: Vectors | None = None
    ) -> list[Hit]:
        """The best passages for a query, best first; none for a query without words.

        `vector` is the query's own, where it is embedded already.

        Raises:
            IndexMissing: nothing has been ingested yet, or with another embedder.
            IndexUnreachable: the index is damaged, or the Chroma server doesn't answer.
            ModelMissing: the embedder's files are not on this machine.
        """
        if not re.search(r"\w", query) or top < 1:
            return []
        self.manifest()  # an error about the index should not wait for the embedder
        if mode == "lexical":
            vector = None
        elif vector is None:
            vector = self.embedder.embed([query])[0]
        with self._lock:
            return self._index().search(query, vector, top, mode)

    def manifest(self) -> Manifest:
        """What the library holds: its sources by name, and what the index was made with.

        Raises:
            IndexMissing, IndexUnreachable: as for `search`.
        """
        with self._lock:
            return self._index().manifest

    def text(self, source: str) -> str:
        """The text of a source, as read; `Hit.start` and `Hit.end` are offsets into it.

        Raises:
            LibraryError: the library has no such source.
            IndexMissing, IndexUnreachable: as for `search`.
        """
        with self._lock:
            index = self._index()
            if source not in index.manifest.sources:
                raise LibraryError(f"The library has no source {source!r}; it may have been removed.")
            return index.text(source)

    def ingest(
        self, paths: Sequence[Path], *, rebuild: bool = False, progress: Progress | None = None
    ) -> IngestReport:
        """Bring the library up to date with files and folders; see `coach.library.ingest.ingest`."""
        return ingest(
            paths, self.settings, self.embedder, rebuild=rebuild, progress=progress, asked=self.asked
        )

    def add_text(self, name: str, text: str, progress: Progress | None = None) -> IngestReport:
        """Ingest pasted text under a name; the same name again replaces it.

        It is kept as a file in the library's own folder, as the source `pasted/<name>.md` when it has
        Markdown headings, else `.txt`.

        Raises:
            DocumentRefused: there is no text in it.
            IndexLocked, IndexUnreachable, ModelMissing: as for `ingest`.
        """
        suffix = ".md" if re.search(r"^#{1,6} ", text, re.MULTILINE) else ".txt"
        file = self._pasted / f"{_file_name(name)}{suffix}"
        parse(text.encode(), file.name)
        self._pasted.mkdir(parents=True, exist_ok=True)
        for other in self._pasted.glob(f"{file.stem}.*"):
            other.unlink()
        file.write_text(text, encoding="utf-8", newline="")
        return self.ingest([self._pasted], progress=progress)

    def remove(self, source: str) -> IngestReport:
        """Take a source out. The user's files are never deleted; of pasted text, the only copy is.

        Raises:
            LibraryError: the library has no such source.
            IndexLocked, IndexUnreachable: as for `ingest`.
        """
        with self._lock:
            known = self._index().manifest.sources.get(source)
        report = remove(source, self.settings, self.embedder, self.asked)
        if known and self._pasted in Path(known.path).parents:
            Path(known.path).unlink(missing_ok=True)
        return report

    def close(self) -> None:
        """Let go of the index's files. The next call opens them again."""
        with self._lock:
            if self._open:
                self._open.close()
                self._open = None

    @property
    def _pasted(self) -> Path:
        return (self.settings.library / "pasted").absolute()

    def _index(self) -> Index:
        """The current generation, opened if it is not open yet."""
        while (current := self._generations.current()) is not None:
            folder = self._generations.folder(current)
            if self._open and self._open.folder == folder:
                return self._open
            self.close()
            try:
                self._open = self._checked(open_index(folder, VectorStore(self.settings.chroma_url)))
            except FileNotFoundError:
                if self._generations.current() == current:
                    break
                log.debug("generation %s was replaced while it was opened", current)
        raise IndexMissing("Nothing has been ingested yet: run `coach ingest`.")

    def _checked(self, index: Index) -> Index:
        made = index.manifest
        mine = (FORMAT, self.embedder.name, self.embedder.dimension)
        if (made.format, made.embedder, made.dimension) == mine:
            return index
        index.close()
        raise IndexMissing(
            f"The library was made for {made.embedder} (format {made.format}), "
            f"not for {self.embedder.name} (format {FORMAT}): run `coach ingest`."
        )


def _file_name(name: str) -> str:
    """A safe file name: letters, digits and dashes."""
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFKC", name)).strip("-")[:80] or "text"
