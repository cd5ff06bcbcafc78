"""The documents of the next generation: read from their files, or taken from the generation before."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path, PurePath

from coach.errors import DocumentRefused
from coach.library.documents import Document, kind_of, parse, read_bytes
from coach.library.files import Found
from coach.library.index import read_document
from coach.library.manifest import Source


@dataclass(frozen=True)
class Shelf:
    """Fills `sources` and `documents`, both by source name.

    `known` are the sources of the previous generation and `folder` is its folder. With `reread`,
    files are read even when they have not changed.
    """

    known: dict[str, Source]
    folder: Path | None
    reread: bool
    sources: dict[str, Source] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    _names: dict[str, dict[str, None]] = field(default_factory=dict)  # of sources by hash, in order

    def __post_init__(self) -> None:
        """Note which bytes are known already."""
        if not self.reread:
            for name, source in self.known.items():
                self._names.setdefault(source.sha256, {})[name] = None

    def read(self, file: Found) -> None:
        """Put a file on the shelf; what is stored of it will do when its bytes are the same.

        Raises:
            DocumentRefused: it can't go into the library.
        """
        known = None if self.reread else self.known.get(file.source)
        if known and _looks_the_same(file.path, known):
            self._lend(file.source, known)
            return
        data = read_bytes(file.path)
        status = file.path.stat()
        source = Source(
            path=str(file.path),
            sha256=hashlib.sha256(data).hexdigest(),
            size=status.st_size,
            mtime_ns=status.st_mtime_ns,
            ingested_at=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        if known and known.sha256 == source.sha256:
            self._lend(file.source, source.model_copy(update={"ingested_at": known.ingested_at}))
        else:
            document = self._twin(file.source, source) or parse(data, file.source)
            self._put(source, replace(document, source=file.source))

    def keep(self, name: str) -> None:
        """Put a source on the shelf that nobody asked about: should its file be gone, what is stored stays.

        Raises:
            DocumentRefused: neither the file nor what is stored of it can be read.
        """
        known = self.known[name]
        if self.reread:
            try:
                self.read(Found(name, Path(known.path)))
            except DocumentRefused:
                self._lend(name, known)
        else:
            self._lend(name, known)

    def _put(self, source: Source, document: Document) -> None:
        self.sources[document.source] = source
        self.documents[document.source] = document
        self._names.setdefault(source.sha256, {})[document.source] = None

    def _lend(self, name: str, source: Source) -> None:
        self._put(source, self._stored(name, source))

    def _stored(self, name: str, source: Source) -> Document:
        try:
            if self.folder is None:
                raise FileNotFoundError
            return read_document(self.folder, name, source)
        except (OSError, KeyError, TypeError, ValueError):
            raise DocumentRefused("its file is gone, and so is what was stored of it") from None

    def _twin(self, name: str, source: Source) -> Document | None:
        """The document of another source with the same bytes: it is shared, title and all.

        So their passages have the same words, and are embedded and found once.
        """
        kind = kind_of(PurePath(name))
        for other in self._names.get(source.sha256, ()):
            one = self.sources.get(other) or self.known[other]
            if one.sha256 == source.sha256 and kind_of(PurePath(other)) == kind:
                return self.documents.get(other) or self._stored(other, one)
        return None


def _looks_the_same(path: Path, known: Source) -> bool:
    try:
        status = path.stat()
    except OSError:
        return False
    return (str(path), status.st_size, status.st_mtime_ns) == (known.path, known.size, known.mtime_ns)
