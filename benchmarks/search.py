"""What does a search cost once its query is embedded, and what does embedding it? In the same run, taking turns."""

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import get_args

import numpy as np
from common import CORPUS, empty_library, loaded_embedder, show

from coach.evals.golden import load_queries
from coach.library.embedder import Vectors
from coach.library.library import Library
from coach.library.retrieval import Hit, Mode

TOP = 5


def _search(library: Library, mode: Mode, query: str, vector: Vectors) -> Sequence[Hit]:
    return library.search(query, TOP, mode, vector)


def main() -> None:
    embedder = loaded_embedder()
    queries = [query.query for query in load_queries()]
    with empty_library(embedder) as library:
        passages = library.ingest([CORPUS]).passages
        ways: dict[str, Callable[[str, Vectors], object]] = {
            "bare embedding": lambda query, vector: embedder.embed([query])
        }
        for mode in get_args(Mode):
            ways[mode] = partial(_search, library, mode)
        vectors = embedder.embed(queries)
        seconds: dict[str, list[float]] = {name: [] for name in ways}
        for way in ways.values():
            way(queries[0], vectors[0])
        for query, vector in zip(queries, vectors, strict=True):
            for name, way in ways.items():
                begun = time.perf_counter()
                way(query, vector)
                seconds[name].append(time.perf_counter() - begun)
    base = np.median(seconds["bare embedding"])
    print(f"{passages} passages, {len(queries)} queries, the best {TOP}\n")
    rows = []
    for name, taken in seconds.items():
        middle, tail = np.percentile(taken, [50, 95])
        rows.append([name, f"{1000 * middle:.1f}", f"{1000 * tail:.1f}", f"{middle / base:.2f}"])
    show(["way", "median, ms", "p95, ms", "ratio of medians"], rows)


if __name__ == "__main__":
    main()
