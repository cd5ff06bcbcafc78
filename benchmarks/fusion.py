"""Which fusion, and with which weight? Every candidate on the golden queries, paired against dense alone."""

from collections import defaultdict
from collections.abc import Callable
from functools import partial

from common import CORPUS, empty_library, loaded_embedder, show

from coach.evals.golden import load_queries
from coach.evals.metrics import paired_difference, recall_at, reciprocal_rank
from coach.evals.retrieval import TOP, rank_of_gold
from coach.library.generations import Generations
from coach.library.index import read_passages
from coach.library.lexical import open_lexical
from coach.library.retrieval import POOL, Hit, Ranked, fuse

Fusion = Callable[[Ranked, Ranked, float], Ranked]
"""The dense list, the lexical list, and the highest BM25 score that the query could have."""


def convex(dense: Ranked, lexical: Ranked, ceiling: float, weight: float) -> Ranked:
    """Each list scaled to 0 to 1 by its own best score, the dense one also by its lowest."""
    scores: defaultdict[int, float] = defaultdict(float)
    lowest = min((score for _, score in dense), default=0.0)
    for ranked, share, floor in ((dense, weight, lowest), (lexical, 1 - weight, 0.0)):
        span = max((score for _, score in ranked), default=0.0) - floor
        for row, score in ranked:
            scores[row] += share * ((score - floor) / span if span > 0 else 1.0)
    return _best(scores)


def reciprocal(dense: Ranked, lexical: Ranked, ceiling: float, weight: float, k: int) -> Ranked:
    """Reciprocal rank fusion: only the ranks count. Cormack, Clarke, Büttcher, 2009."""
    scores: defaultdict[int, float] = defaultdict(float)
    for ranked, share in ((dense, weight), (lexical, 1 - weight)):
        for rank, (row, _) in enumerate(ranked, start=1):
            scores[row] += share / (k + rank)
    return _best(scores)


def _best(scores: dict[int, float]) -> Ranked:
    return sorted(scores.items(), key=lambda one: (-one[1], one[0]))


def candidates() -> dict[str, Fusion]:
    some: dict[str, Fusion] = {"dense": lambda d, x, c: d, "lexical": lambda d, x, c: x}
    for weight in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        some[f"convex {weight}"] = partial(convex, weight=weight)
    for k, weight in ((10, 0.5), (60, 0.5), (60, 0.7)):
        some[f"RRF k={k}, {weight}"] = partial(reciprocal, k=k, weight=weight)
    for weight in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        some[f"covered {weight}"] = partial(fuse, weight=weight)
    return some


def main() -> None:
    queries = load_queries()
    rows: dict[str, int] = {}
    hits: list[Hit] = []
    lists: list[tuple[Ranked, Ranked]] = []
    with empty_library(loaded_embedder()) as library:
        library.ingest([CORPUS])
        for query in queries:
            pair: list[Ranked] = []
            for found in (
                library.search(query.query, POOL, "dense"),
                library.search(query.query, POOL, "lexical"),
            ):
                for hit in found:
                    if rows.setdefault(hit.passage_id, len(hits)) == len(hits):
                        hits.append(hit)
                pair.append([(rows[hit.passage_id], hit.score) for hit in found])
            lists.append((pair[0], pair[1]))
        generations = Generations(library.settings.library)
        folder = generations.folder(generations.current() or "")
        lexical = open_lexical(folder, len(read_passages(folder)))
        highest = [lexical.ceiling(query.query) for query in queries]
    ranks: dict[str, list[int | None]] = {}
    for name, fusion in candidates().items():
        ranks[name] = [
            rank_of_gold(query, [hits[row] for row, _ in fusion(dense, words, ceiling)[:TOP]])
            for query, (dense, words), ceiling in zip(queries, lists, highest, strict=True)
        ]
    kinds = sorted({query.kind for query in queries})
    clusters = [query.cluster for query in queries]
    table = []
    for name, places in ranks.items():
        mrr = [reciprocal_rank(rank) for rank in places]
        gain = paired_difference(mrr, [reciprocal_rank(rank) for rank in ranks["dense"]], clusters)
        cells = [name, _mean([recall_at(rank, 5) for rank in places]), _mean(mrr)]
        for kind in kinds:
            cells.append(_mean([one for one, query in zip(mrr, queries, strict=True) if query.kind == kind]))
        table.append([*cells, f"{gain.value:+.3f} [{gain.low:+.3f}, {gain.high:+.3f}]"])
    show(
        ["fusion, weight of dense", "recall@5", "MRR", *(f"MRR {kind}" for kind in kinds), "MRR - dense"],
        table,
    )


def _mean(values: list[float]) -> str:
    return f"{sum(values) / len(values):.3f}"


if __name__ == "__main__":
    main()
