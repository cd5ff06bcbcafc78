"""What does a search cost on top of embedding its query? All of it in the same run, taking turns."""

import time
from collections.abc import Callable
from functools import partial
from typing import get_args

import numpy as np
from common import CORPUS, empty_library, loaded_embedder, show

from coach.evals.golden import load_queries
from coach.library.retrieval import Mode

TOP = 5


def main() -> None:
    embedder = loaded_embedder()
    queries = [query.query for query in load_queries()]
    with empty_library(embedder) as library:
        passages = library.ingest([CORPUS]).passages
        ways: dict[str, Callable[[str], object]] = {"bare embedding": lambda query: embedder.embed([query])}
        for mode in get_args(Mode):
            ways[mode] = partial(library.search, top=TOP, mode=mode)
        seconds: dict[str, list[float]] = {name: [] for name in ways}
        for way in ways.values():
            way("warm up")
        for query in queries:
            for name, way in ways.items():
                begun = time.perf_counter()
                way(query)
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
