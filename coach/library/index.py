"""One generation of the index: written once, then only read.

    documents/<sha256>.<kind>.json    the text and the sections of each file, so that quotes can be checked
    passages.jsonl                    one passage a row; rows with the same words are stored once
    vectors.npy                       their vectors, for the next generation to reuse
    chroma/  bm25/                    the same rows, for searching
    manifest.json                     what it was made of

On a Chroma server, the folder chroma/ is a collection there instead.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path, PurePath

import numpy as np

from coach.errors import IndexUnreachable
from coach.library.documents import Document, kind_of
from coach.library.embedder import Vectors
from coach.library.lexical import Lexical, open_lexical, write_lexical
from coach.library.manifest import Manifest, Source, load_manifest
from coach.library.passages import Passage
from coach.library.retrieval import POOL, Hit, Mode, Ranked, fuse
from coach.library.sections import Section
from coach.library.vectors import OpenVectors, VectorStore


def write_index(
    folder: Path,
    manifest: Manifest,
    documents: Mapping[str, Document],
    passages: Sequence[Passage],
    vectors: Vectors,
) -> None:
    """Write a generation into its folder, all but what the vector store keeps.

    Row n of `vectors` belongs to passage n; `documents` are keyed by source name.
    """
    (folder / "documents").mkdir()
    for name, document in documents.items():
        _document_file(folder, name, manifest.sources[name]).write_text(
            json.dumps(asdict(document)), encoding="utf-8"
        )
    with (folder / "passages.jsonl").open("w", encoding="utf-8") as rows:
        rows.writelines(json.dumps(asdict(passage)) + "\n" for passage in passages)
    np.save(folder / "vectors.npy", vectors)
    write_lexical(folder, [passage.indexed for passage in passages])
    manifest.save(folder)


def read_document(folder: Path, name: str, source: Source) -> Document:
    """A source's document as a generation stores it.

    Raises:
        FileNotFoundError: the generation doesn't have it.
    """
    stored = json.loads(_document_file(folder, name, source).read_text(encoding="utf-8"))
    sections = tuple(Section(tuple(one["path"]), one["start"], one["end"]) for one in stored["sections"])
    return Document(name, stored["title"], stored["text"], sections)


def read_passages(folder: Path) -> list[Passage]:
    """The passages of a generation, one for each row."""
    with (folder / "passages.jsonl").open(encoding="utf-8") as rows:
        return [Passage(**json.loads(row)) for row in rows]


def read_vectors(folder: Path) -> Vectors:
    """The vectors of a generation: shape (passages, dimension)."""
    vectors: Vectors = np.load(folder / "vectors.npy")
    return vectors


def _document_file(folder: Path, name: str, source: Source) -> Path:
    # Files with the same bytes share a document, unless one is read as Markdown and one as text.
    return folder / "documents" / f"{source.sha256}.{kind_of(PurePath(name))}.json"


@dataclass(frozen=True)
class Index:
    """A generation, open for searching."""

    folder: Path
    manifest: Manifest
    passages: list[Passage]
    lexical: Lexical
    vectors: OpenVectors

    def text(self, source: str) -> str:
        """The text that passages of this source are cut from.

        Raises:
            KeyError: the library has no such source.
        """
        return read_document(self.folder, source, self.manifest.sources[source]).text

    def search(self, query: str, vector: Vectors | None, top: int, mode: Mode) -> list[Hit]:
        """The best passages for a query; `vector` is the query's own and only `lexical` does without."""
        pool = max(top, POOL)
        dense: Ranked = [] if vector is None else self.vectors.nearest(vector, pool)
        lexical: Ranked = [] if mode == "dense" else self.lexical.best(query, pool)
        if mode == "fused":
            ranked: Ranked = fuse(dense, lexical, self.lexical.ceiling(query))
        else:
            ranked = dense if mode == "dense" else lexical
        cosines, bm25s = dict(dense), dict(lexical)
        return [
            _hit(rank, score, self.passages[row], cosines.get(row), bm25s.get(row))
            for rank, (row, score) in enumerate(ranked[:top], start=1)
        ]

    def close(self) -> None:
        """Let go of its files."""
        self.vectors.close()


def open_index(folder: Path, store: VectorStore) -> Index:
    """Open a generation.

    Raises:
        FileNotFoundError: it is not there (any more).
        IndexUnreachable: it is damaged, or its Chroma server can't be reached.
    """
    manifest = load_manifest(folder)
    if manifest.server != store.shown:
        where = f"on the Chroma server at {manifest.server}" if manifest.server else "on this machine"
        raise IndexUnreachable(
            f"The index was built {where}, COACH_CHROMA_URL says otherwise: run `coach ingest`."
        )
    passages = read_passages(folder)
    vectors = store.open(folder)
    if vectors.count != len(passages):
        vectors.close()
        raise IndexUnreachable(
            f"The index has {vectors.count} vectors, not {len(passages)}: run `coach ingest --rebuild`."
        )
    return Index(folder, manifest, passages, open_lexical(folder, len(passages)), vectors)


def _hit(rank: int, score: float, passage: Passage, cosine: float | None, bm25: float | None) -> Hit:
    return Hit(
        rank=rank,
        score=round(score, 6),
        source=passage.source,
        heading=passage.heading,
        title=passage.title,
        text=passage.text,
        start=passage.start,
        end=passage.end,
        passage_id=passage.id,
        cosine=cosine,
        bm25=bm25,
    )
