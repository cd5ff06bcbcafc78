"""How does the library grow? Ingest, disk, memory and search with 1,000, 10,000 and 100,000 passages.

The files are made of the corpus: each section takes its sentences from several passages, drawn anew. Above
`--embed` passages the vectors are not computed, which would take hours: each is that of a passage of the corpus with
noise on it. The table says which. Every row is measured in processes of its own, for their peak of memory.
"""

import argparse
import hashlib
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from common import CORPUS, loaded_embedder, show

from coach.evals.golden import load_queries
from coach.library.documents import Document, parse
from coach.library.embedder import MiniLM, Progress, Vectors
from coach.library.generations import Generations
from coach.library.library import Library
from coach.library.passages import Passage, passages_of
from coach.settings import load_settings

SIZES = (1_000, 10_000, 100_000)
_FILE = 20  # sections a file: about as many passages as one of the corpus has
_SENTENCES = 6  # a section: it fits into one passage
_SOURCES = 3  # passages that a section takes them from
_NOISE = 0.75  # its length beside a vector of length 1: the cosine of both is then 0.8
_QUERIES = 200
_UNASKED = Path("no questions")  # own material has none


class Reused(MiniLM):
    """MiniLM's tokenizer, and the vectors of some texts with noise; which, and what noise, the text decides."""

    known: Vectors

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One row of unit length for each text."""
        rows = np.empty((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            drawn = np.random.default_rng(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]))
            noise = drawn.normal(0, _NOISE / self.dimension**0.5, self.dimension)
            rows[row] = self.known[drawn.integers(len(self.known))] + noise
        if progress:
            progress(len(texts), len(texts))
        unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit


def corpus_passages(embedder: MiniLM) -> list[Passage]:
    """What the corpus is cut into."""
    documents: list[Document] = [
        parse(path.read_bytes(), path.name) for path in sorted(CORPUS.rglob("*.md")) if path.is_file()
    ]
    return [passage for document in documents for passage in passages_of(document, embedder.tokens)]


def write_files(folder: Path, size: int, passages: Sequence[Passage]) -> None:
    """Write Markdown files with as many sections as there are to be passages."""
    drawn = random.Random(size)
    sentences = [_sentences(passage.text) for passage in passages]
    usable = [place for place, some in enumerate(sentences) if len(some) >= _SENTENCES // _SOURCES]
    folder.mkdir()
    for file in range(-(-size // _FILE)):
        title = passages[drawn.choice(usable)].title
        lines = [f"# {title} {file}"]
        for section in range(file * _FILE, min(size, (file + 1) * _FILE)):
            chosen = drawn.sample(usable, _SOURCES)
            some = [one for place in chosen for one in drawn.sample(sentences[place], _SENTENCES // _SOURCES)]
            heading = passages[chosen[0]].heading.split(" > ")[-1]
            lines += ["", f"## {heading} {section}", "", " ".join(some)]
        (folder / f"{file:05}.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _sentences(text: str) -> list[str]:
    found = re.split(r"(?<=[.!?])\s+", " ".join(text.split()))
    return [one for one in found if 30 <= len(one) <= 140 and not re.match(r"[-*+#|>\d]", one)]


def ingest(place: Path, embedder: MiniLM) -> dict[str, float]:
    """Ingest the files, and once more."""
    library, files = _library(place, embedder), place / "files"
    entered: dict[str, float] = {}

    def enter(stage: str, done: int, total: int) -> None:
        if stage not in entered:
            entered[stage] = time.perf_counter()
            print(f"{stage}, {entered[stage] - begun:.0f} s", file=sys.stderr)

    begun = time.perf_counter()
    report = library.ingest([files], progress=enter)
    first = time.perf_counter() - begun
    begun = time.perf_counter()
    again = library.ingest([files])
    unchanged = time.perf_counter() - begun
    assert again.embedded == 0
    assert len(again.unchanged) == len(report.added)
    library.close()
    return {
        "passages": report.passages,
        "first": first,
        "unchanged": unchanged,
        "embedding": entered["storing"] - entered["embedding"],
        "peak": _peak(),
    }


def search(place: Path, embedder: MiniLM) -> dict[str, float]:
    """Open the library and search it; embedding a query is timed apart."""
    library = _library(place, embedder)
    queries = [query.query for query in load_queries()][:_QUERIES]
    vector = embedder.embed(queries[:1])[0]
    begun = time.perf_counter()
    library.search(queries[0], vector=vector)
    opening = time.perf_counter() - begun
    embedding, searching = [], []
    for query in queries:
        begun = time.perf_counter()
        vector = embedder.embed([query])[0]
        embedded = time.perf_counter()
        assert library.search(query, vector=vector)
        searching.append(time.perf_counter() - embedded)
        embedding.append(embedded - begun)
    library.close()
    middle, tail = np.percentile(searching, [50, 95])
    return {
        "opening": opening,
        "embedding": float(np.median(embedding)),
        "median": float(middle),
        "p95": float(tail),
        "peak": _peak(),
    }


def _library(place: Path, embedder: MiniLM) -> Library:
    settings = load_settings(home=place / "home").model_copy(update={"chroma_url": None})
    return Library(settings, embedder, _UNASKED)


def _peak() -> float:
    """The most memory that this process has had, in bytes; not a number where the system doesn't tell."""
    # Not `resource`: there a process begins with the peak of the one that started it.
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.is_file() else None
    return 1024 * float(found[1]) if found else float("nan")


def _measured(step: str, place: Path, reused: Path | None) -> dict[str, float]:
    command = [sys.executable, __file__, "--step", step, "--place", str(place)]
    if reused:
        command += ["--reused", str(reused)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def _disk(place: Path) -> int:
    generations = Generations(place / "home" / "library")
    folder = generations.folder(generations.current() or "")
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _row(size: int, passages: Sequence[Passage], place: Path, reused: Path | None) -> list[str]:
    place.mkdir()
    write_files(place / "files", size, passages)
    made = _measured("ingest", place, reused)
    found = _measured("search", place, None)
    rest = made["first"] - made["embedding"]
    return [
        f"{made['passages']:,.0f}",
        "noised" if reused else f"{made['passages'] / made['embedding']:.0f}/s",
        f"{made['passages'] / rest:,.0f}/s",
        f"{made['first']:.1f} s",
        f"{1000 * made['unchanged']:.0f} ms, {100 * made['unchanged'] / made['first']:.2f}%",
        f"{_disk(place) / 1e6:.0f} MB",
        f"{made['peak'] / 1e6:,.0f} / {found['peak'] / 1e6:,.0f} MB",
        f"{1000 * found['opening']:.0f} ms",
        f"{1000 * found['embedding']:.1f} ms",
        f"{1000 * found['median']:.1f} / {1000 * found['p95']:.1f} ms",
    ]


_HEADER = (
    "passages",
    "vectors",
    "all but the vectors",
    "ingest",
    "the same again",
    "index on disk",
    "peak memory, ingest / search",
    "opening",
    "embedding a query",
    "search, median / p95",
)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    options.add_argument("--embed", type=int, default=10_000, help="noised vectors above so many passages")
    options.add_argument("--step", choices=("ingest", "search"), help=argparse.SUPPRESS)
    options.add_argument("--place", type=Path, help=argparse.SUPPRESS)
    options.add_argument("--reused", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    embedder = loaded_embedder()
    if given.step:
        if given.reused:
            embedder = Reused(embedder.folder)
            embedder.known = np.load(given.reused)
        print(json.dumps((ingest if given.step == "ingest" else search)(given.place, embedder)))
        return
    passages = corpus_passages(embedder)
    with tempfile.TemporaryDirectory() as folder:
        reused = Path(folder) / "vectors.npy"
        if max(given.sizes) > given.embed:
            np.save(reused, embedder.embed([passage.indexed for passage in passages]))
        rows = [
            _row(size, passages, Path(folder) / str(size), reused if size > given.embed else None)
            for size in given.sizes
        ]
    show(_HEADER, rows)
    print(
        f"\nNoised: a vector of one of the corpus's {len(passages):,} passages with noise on it (cosine 0.8), not the "
        "text's own. The best 5 of "
        f"{_QUERIES} queries, each in turn embedded and searched for."
    )


if __name__ == "__main__":
    main()
