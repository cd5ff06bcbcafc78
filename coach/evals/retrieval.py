"""The retrieval suite: do the golden queries find the sections that answer them, in each of the three modes?"""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from typing import get_args

from coach.evals.golden import Query, load_queries
from coach.evals.metrics import bootstrap_mean, paired_difference, recall_at, reciprocal_rank
from coach.evals.result import Case, Context, Row, SuiteResult
from coach.library.retrieval import Hit, Mode

TOP = 10
MODES: tuple[Mode, ...] = get_args(Mode)
_CUTOFFS = (1, 3, 5)
METRICS = (*(f"recall@{k}" for k in _CUTOFFS), "mrr")

Search = Callable[[str, int, Mode], Sequence[Hit]]


def retrieval(context: Context) -> SuiteResult:
    """Search the coach's library, which holds the corpus, for every golden query.

    Raises:
        ModelMissing: the embedder's files are not on this machine.
    """
    coach = context.coach()
    manifest = coach.library.manifest()
    facts: dict[str, str | int] = {
        "embedder": manifest.embedder,
        "chunker": manifest.chunker,
        "corpus": manifest.corpus[:16],
        "passages": manifest.passages,
        "files": len(manifest.sources),
    }
    return evaluate(coach.search, load_queries(), facts, context)


def evaluate(
    search: Search, queries: Sequence[Query], facts: dict[str, str | int], context: Context
) -> SuiteResult:
    """Search for each query in each mode, and score what was found."""
    for mode in MODES:  # the first search loads what the others find loaded
        search(queries[0].query, TOP, mode)
    found: dict[Mode, list[list[Hit]]] = {mode: [] for mode in MODES}
    seconds: dict[Mode, list[float]] = {mode: [] for mode in MODES}
    for number, query in enumerate(queries, start=1):
        for mode in MODES:
            begun = time.perf_counter()
            hits = list(search(query.query, TOP, mode))
            seconds[mode].append(time.perf_counter() - begun)
            found[mode].append(hits)
        context.progress("searching", number, len(queries))
    cases = [
        _case(query, {mode: found[mode][index] for mode in MODES}) for index, query in enumerate(queries)
    ]
    rows = [*_quality(queries, cases), *_differences(cases)]
    for mode in MODES:
        milliseconds = 1000 * statistics.median(seconds[mode])
        rows.append(Row(metric="median ms", system=mode, subset="all", value=milliseconds, n=len(queries)))
    return SuiteResult(
        name="retrieval",
        model=context.model,
        facts=facts,
        rows=tuple(rows),
        guarded=("fused recall@5", "fused mrr"),
        cases=tuple(sorted(cases, key=lambda case: (case.scores["fused mrr"], case.id))),
    )


def rank_of_gold(query: Query, hits: Sequence[Hit]) -> int | None:
    """The rank, from 1, of the first hit in a gold section or in a section below it; None when none is."""
    gold = {(one.source, one.heading) for one in query.gold}
    for rank, hit in enumerate(hits, start=1):
        if any((hit.source, heading) in gold for heading in hit.heading.split(" > ")):
            return rank
    return None


def _case(query: Query, found: dict[Mode, list[Hit]]) -> Case:
    scores: dict[str, float] = {}
    detail: dict[str, str | int | float | None] = {
        "query": query.query,
        "kind": query.kind,
        "gold": f"{query.gold[0].source}: {query.gold[0].heading}",
    }
    for mode, hits in found.items():
        rank = rank_of_gold(query, hits)
        scores |= {f"{mode} recall@{k}": recall_at(rank, k) for k in _CUTOFFS}
        scores[f"{mode} mrr"] = reciprocal_rank(rank)
        detail[f"{mode} rank"] = rank
    top = found["fused"][:1]
    detail["top hit"] = f"{top[0].source}: {top[0].heading}" if top else None
    return Case(id=query.id, cluster=query.cluster, scores=scores, detail=detail)


def _quality(queries: Sequence[Query], cases: Sequence[Case]) -> Iterator[Row]:
    kinds = sorted({query.kind for query in queries})
    for subset in ("all", *kinds):
        some = [case for case in cases if subset in ("all", case.detail["kind"])]
        clusters = [case.cluster for case in some]
        for mode in MODES:
            for metric in METRICS:
                mean = bootstrap_mean([case.scores[f"{mode} {metric}"] for case in some], clusters)
                yield Row(
                    metric=metric,
                    system=mode,
                    subset=subset,
                    value=mean.value,
                    low=mean.low,
                    high=mean.high,
                    n=mean.n,
                )


def _differences(cases: Sequence[Case]) -> Iterator[Row]:
    clusters = [case.cluster for case in cases]
    for other in ("dense", "lexical"):
        for metric in METRICS:
            gain = paired_difference(
                [case.scores[f"fused {metric}"] for case in cases],
                [case.scores[f"{other} {metric}"] for case in cases],
                clusters,
            )
            yield Row(
                metric=metric,
                system=f"fused - {other}",
                subset="all",
                value=gain.value,
                low=gain.low,
                high=gain.high,
                n=gain.n,
            )
