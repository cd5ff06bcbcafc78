"""Which weights? Chosen on the golden queries with an even number, told of those with an odd one and of all.

A candidate's gain is paired against meaning alone without questions, over all typed queries.
"""

from collections.abc import Callable, Sequence

from common import CORPUS, empty_library, loaded_embedder, show

from coach.evals.golden import Query, load_queries
from coach.evals.metrics import paired_difference, reciprocal_rank
from coach.evals.retrieval import TOP, rank_of_gold, recall
from coach.library.retrieval import POOL, Hit, nearness

Score = Callable[[Hit], float]
_FOUND = 4 * POOL  # what any candidate might rank among its best


def weighed(dense: float, question: float) -> Score:
    """Weight of meaning against words, and in it of the nearest question against the passage."""
    return lambda hit: dense * nearness(hit.cosine or 0.0, hit.asked, question) + (1 - dense) * hit.covered


def best_of_both(dense: float) -> Score:
    """The better of passage and question, whole."""
    return lambda hit: dense * max(hit.cosine or 0.0, hit.asked or 0.0) + (1 - dense) * hit.covered


def candidates() -> dict[str, Score]:
    some: dict[str, Score] = {
        "meaning alone, no questions": weighed(1.0, 0.0),
        "words alone": weighed(0.0, 0.0),
        "0.7 meaning, no questions in it": weighed(0.7, 0.0),
    }
    for question in (0.3, 0.5, 0.7):
        for dense in (0.5, 0.6, 0.7, 0.8):
            some[f"{dense} meaning, {question} of it questions"] = weighed(dense, question)
    for dense in (0.5, 0.6, 0.7):
        some[f"{dense} the better of both"] = best_of_both(dense)
    return some


def main() -> None:
    queries = load_queries()
    embedder = loaded_embedder()
    vectors = embedder.embed([query.query for query in queries])
    with empty_library(embedder) as library:
        library.ingest([CORPUS])
        found = [
            library.search(query.query, _FOUND, vector=vector)
            for query, vector in zip(queries, vectors, strict=True)
        ]
    typed = [place for place, query in enumerate(queries) if query.typed]
    groups = {
        "even": [place for place in typed if _is_even(queries[place])],
        "odd": [place for place in typed if not _is_even(queries[place])],
        "typed": typed,
        "hard": [place for place, query in enumerate(queries) if not query.typed],
    }
    clusters = [queries[place].cluster for place in typed]
    ranked = {
        name: [sorted(hits, key=lambda hit: -score(hit))[:TOP] for hits in found]
        for name, score in candidates().items()
    }
    base = _mrr(queries, next(iter(ranked.values())))
    table = []
    for name, lists in ranked.items():
        mrr = _mrr(queries, lists)
        five = [recall(query, hits, 5) for query, hits in zip(queries, lists, strict=True)]
        gain = paired_difference([mrr[at] for at in typed], [base[at] for at in typed], clusters)
        cells = [f"{_mean(five, places)} / {_mean(mrr, places)}" for places in groups.values()]
        table.append([name, *cells, f"{gain.value:+.3f} [{gain.low:+.3f}, {gain.high:+.3f}]"])
    show(["recall@5 / MRR", *groups, "MRR gain, typed"], table)


def _is_even(query: Query) -> bool:
    return int(query.id[1:]) % 2 == 0


def _mrr(queries: Sequence[Query], lists: Sequence[Sequence[Hit]]) -> list[float]:
    return [reciprocal_rank(rank_of_gold(query, hits)) for query, hits in zip(queries, lists, strict=True)]


def _mean(values: Sequence[float], places: Sequence[int]) -> str:
    return f"{sum(values[place] for place in places) / len(places):.3f}"


if __name__ == "__main__":
    main()
