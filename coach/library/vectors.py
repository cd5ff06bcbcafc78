"""The vectors of a generation in Chroma: in its own folder, or in a collection on a Chroma server."""

import base64
import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import numpy as np

from coach.errors import IndexUnreachable
from coach.library.embedder import Vectors

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api import ClientAPI
    from chromadb.config import Settings

log = logging.getLogger(__name__)
_BATCH = 1000  # rows a call; a server limits how many it takes at once
# Chroma's default distance is the squared Euclidean one. The wide search makes the nearest ones exact
# for a library of this size, so that two equal ingests rank equally.
_CONFIGURATION: Any = {"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200}}


@dataclass(frozen=True)
class VectorStore:
    """Where vectors are kept: `url` is a Chroma server, or None for a generation's own folder."""

    url: str | None

    @property
    def shown(self) -> str | None:
        """The server's address without the credentials in it."""
        if self.url is None:
            return None
        parts = urlsplit(self.url)
        return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl().rstrip("/")

    def write(self, folder: Path, vectors: Vectors) -> None:
        """Store a generation's vectors; a vector's row number is its id.

        Raises:
            IndexUnreachable: no Chroma server answers.
        """
        with self._reaching(), self._client(folder) as client:
            collection = client.create_collection(
                _name(folder), configuration=_CONFIGURATION, embedding_function=None
            )
            for start in range(0, len(vectors), _BATCH):
                rows = vectors[start : start + _BATCH]
                ids = [str(row) for row in range(start, start + len(rows))]
                collection.add(ids=ids, embeddings=rows)

    def open(self, folder: Path) -> "OpenVectors":
        """Open a generation's vectors for reading.

        Raises:
            IndexUnreachable: no Chroma server answers, or it doesn't have them.
        """
        with self._reaching(), ExitStack() as stack:
            client = stack.enter_context(self._client(folder))
            collection = client.get_collection(_name(folder), embedding_function=None)
            return OpenVectors(self, stack.pop_all(), collection, collection.count())

    def drop(self, folder: Path) -> None:
        """Delete a generation's collection from the server; what is local goes with its folder.

        Raises:
            IndexUnreachable: no Chroma server answers.
        """
        if self.url is None:
            return
        from chromadb.errors import NotFoundError

        with self._reaching(), self._client(folder) as client:
            try:
                client.delete_collection(_name(folder))
            except NotFoundError:
                log.debug("%s was not on the server any more", _name(folder))

    def _client(self, folder: Path) -> "AbstractContextManager[ClientAPI]":
        if self.url is not None:
            return nullcontext(_server(self.url))
        import chromadb

        client: AbstractContextManager[ClientAPI] = chromadb.PersistentClient(
            path=str(folder / "chroma"), settings=_quiet()
        )
        return client

    @contextmanager
    def _reaching(self) -> Iterator[None]:
        """Name the place that can't be reached; the causes are Chroma's, SQLite's and the network's."""
        try:
            yield
        except Exception as error:
            log.debug("Chroma: %r", error)
            if self.url is None:
                raise IndexUnreachable(
                    f"The index can't be opened ({type(error).__name__}): run `coach ingest --rebuild`."
                ) from error
            raise IndexUnreachable(
                f"The Chroma server at {self.shown} can't be used ({type(error).__name__}): "
                "start it, or correct COACH_CHROMA_URL; then run `coach ingest`."
            ) from None


@dataclass(frozen=True)
class OpenVectors:
    """A generation's vectors, open for reading."""

    _store: VectorStore
    _files: ExitStack
    _collection: "Collection"
    count: int

    def nearest(self, vector: Vectors, limit: int) -> list[tuple[int, float]]:
        """The rows nearest to a vector of shape (dimension,), best first, each with its cosine, -1 to 1.

        Raises:
            IndexUnreachable: the Chroma server doesn't answer any more.
        """
        if self.count == 0:
            return []
        with self._store._reaching():
            found = self._collection.query(
                query_embeddings=vector[np.newaxis, :],
                n_results=min(limit, self.count),
                include=["distances"],
            )
        ids, distances = found["ids"][0], (found["distances"] or [[]])[0]
        # Rounded, so that the last bits of a sum don't decide between equals; the row does.
        scored = [(int(row), round(1 - far, 5)) for row, far in zip(ids, distances, strict=True)]
        return sorted(scored, key=lambda one: (-one[1], one[0]))

    def close(self) -> None:
        """Let go of the files."""
        self._files.close()


@cache
def _server(url: str) -> "ClientAPI":
    """One client for each server, for as long as the process lives: Chroma never closes its connections."""
    import chromadb

    parts = urlsplit(url)
    secure = parts.scheme == "https"
    headers = {}
    if parts.username:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    return chromadb.HttpClient(
        host=parts.hostname or "",
        port=parts.port or (443 if secure else 8000),
        ssl=secure,
        headers=headers,
        settings=_quiet(),
    )


def _quiet() -> "Settings":
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)


def _name(folder: Path) -> str:
    return f"coach-{folder.name}"
