"""One generation of the index: written once, then only read.

    documents/<sha256>.<kind>.json    the text and the sections of each file, so that quotes can be checked
    passages.jsonl                    one passage a row; rows with the same words are stored once
    leads.jsonl                       the questions that lead to a passage: text, and the passage's row
    vectors.npy                       the vectors of both, passages first, for the next generation to reuse
    chroma/                           the same rows, for searching by meaning
    bm25/                             the passages' rows, with the words of their questions
    manifest.json                     what it was made of

On a Chroma server, the folder chroma/ is a collection there instead.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path, PurePath

import numpy as np

from coach.errors import IndexUnreachable
from coach.library.documents import Document, kind_of
from coach.library.embedder import Vectors
from coach.library.lexical import Lexical, open_lexical, write_lexical
from coach.library.manifest import Manifest, Source, load_manifest
from coach.library.passages import Passage
from coach.library.retrieval import POOL, UNASKED, Hit, Mode, Ranked, beside, fuse, nearness
from coach.library.sections import Section
from coach.library.vectors import OpenVectors, VectorStore


@dataclass(frozen=True)
class Lead:
    """A question that leads to the passage in a row."""

    text: str
    row: int


def write_index(
    folder: Path,
    manifest: Manifest,
    documents: Mapping[str, Document],
    passages: Sequence[Passage],
    leads: Sequence[Lead],
    vectors: Vectors,
) -> None:
    """Write a generation into its folder, all but what the vector store keeps.

    The rows of `vectors` belong to the passages and then to the leads; `documents` are keyed by source name.
    """
    (folder / "documents").mkdir()
    for name, document in documents.items():
        _document_file(folder, name, manifest.sources[name]).write_text(
            json.dumps(asdict(document)), encoding="utf-8"
        )
    with (folder / "passages.jsonl").open("w", encoding="utf-8") as rows:
        rows.writelines(json.dumps(asdict(passage)) + "\n" for passage in passages)
    with (folder / "leads.jsonl").open("w", encoding="utf-8") as rows:
        rows.writelines(json.dumps(asdict(lead)) + "\n" for lead in leads)
    np.save(folder / "vectors.npy", vectors)
    texts = [[passage.indexed] for passage in passages]
    for lead in leads:
        texts[lead.row].append(lead.text)
    write_lexical(folder, ["\n".join(some) for some in texts])
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
    """The passages of a generation, by row."""
    with (folder / "passages.jsonl").open(encoding="utf-8") as rows:
        return [Passage(**json.loads(row)) for row in rows]


def read_leads(folder: Path) -> list[Lead]:
    """The questions of a generation that lead to its passages."""
    with (folder / "leads.jsonl").open(encoding="utf-8") as rows:
        return [Lead(**json.loads(row)) for row in rows]


def read_vectors(folder: Path) -> Vectors:
    """The vectors of a generation: shape (passages and leads, dimension)."""
    vectors: Vectors = np.load(folder / "vectors.npy")
    return vectors


def _document_file(folder: Path, name: str, source: Source) -> Path:
    # Files with the same bytes share a document, unless one is read as Markdown and one as text.
    return folder / "documents" / f"{source.sha256}.{kind_of(PurePath(name))}.json"


@dataclass(frozen=True)
class Index:
    """A generation, open for searching. `owners` has for each vector the row of the passage that it leads to.

    `stored` are the same vectors in their file, of which only the rows asked for are read.
    """

    folder: Path
    manifest: Manifest
    passages: list[Passage]
    owners: list[int]
    lexical: Lexical
    vectors: OpenVectors
    stored: Vectors

    def text(self, source: str) -> str:
        """The text that passages of this source are cut from.

        Raises:
            KeyError: the library has no such source.
        """
        return read_document(self.folder, source, self.manifest.sources[source]).text

    def search(self, query: str, vector: Vectors | None, top: int, mode: Mode) -> list[Hit]:
        """The best passages for a query; `vector` is the query's own and only `lexical` does without."""
        pool = max(top, POOL)
        lexical: Ranked = [] if mode == "dense" else self.lexical.best(query, pool)
        bm25s = dict(lexical)
        asked = {} if vector is None else self._asked(vector, pool)
        rows = [] if vector is None else sorted(asked.keys() | bm25s.keys())
        cosines = dict(zip(rows, self._cosines(vector, rows), strict=True)) if vector is not None else {}
        dense: Ranked = _best((row, self._nearness(row, cosines[row], asked.get(row))) for row in rows)
        ceiling = self.lexical.ceiling(query)
        if mode == "fused":
            ranked: Ranked = beside(fuse(dense, lexical, ceiling), self._questioned)
        else:
            ranked = dense if mode == "dense" else lexical
        return [
            _hit(
                rank,
                score,
                self.passages[row],
                cosine=cosines.get(row),
                bm25=bm25s.get(row),
                asked=asked.get(row),
                covered=round(bm25s.get(row, 0.0) / ceiling, 5),
                questioned=self._questioned(row),
            )
            for rank, (row, score) in enumerate(ranked[:top], start=1)
        ]

    def _asked(self, vector: Vectors, pool: int) -> dict[int, float | None]:
        """The passages with the nearest vectors, each with the cosine of its nearest question if that is near."""
        each = -(-len(self.owners) // max(1, len(self.passages)))
        found: dict[int, float | None] = {}
        for row, cosine in self.vectors.nearest(vector, pool * each):
            owner = self.owners[row]
            found.setdefault(owner, None)
            if row != owner and found[owner] is None:
                found[owner] = cosine
        return found

    def _nearness(self, row: int, cosine: float, asked: float | None) -> float:
        """With questions for some sources only, the others must not fall behind for having none."""
        mixed = len(self.owners) > len(self.passages)
        lift = UNASKED if mixed and not self._questioned(row) else 0.0
        return round(nearness(cosine, asked) + lift, 5)

    def _questioned(self, row: int) -> bool:
        return bool(self.manifest.sources[self.passages[row].source].asked)

    def _cosines(self, vector: Vectors, rows: Sequence[int]) -> list[float]:
        """The cosines of passages. Rounded, so that the last bits of a sum don't decide between equals."""
        return [round(float(one), 5) for one in self.stored[list(rows)] @ vector] if rows else []

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
    owners = [*range(len(passages)), *(lead.row for lead in read_leads(folder))]
    vectors = store.open(folder)
    if vectors.count != len(owners):
        vectors.close()
        raise IndexUnreachable(
            f"The index has {vectors.count} vectors, not {len(owners)}: run `coach ingest --rebuild`."
        )
    return Index(
        folder=folder,
        manifest=manifest,
        passages=passages,
        owners=owners,
        lexical=open_lexical(folder, len(passages)),
        vectors=vectors,
        stored=np.load(folder / "vectors.npy", mmap_mode="r"),
    )


def _best(scored: Iterable[tuple[int, float]]) -> Ranked:
    return sorted(scored, key=lambda one: (-one[1], one[0]))


def _hit(
    rank: int,
    score: float,
    passage: Passage,
    *,
    cosine: float | None,
    bm25: float | None,
    asked: float | None,
    covered: float,
    questioned: bool,
) -> Hit:
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
        asked=asked,
        covered=covered,
        questioned=questioned,
    )
