"""The retrieval suite: do the golden queries find the sections that answer them, in each of the three modes?

Where the public folder has the guides of `cases/guides.jsonl`, these are searched too, in a library of their own and
beside the corpus.
"""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from typing import get_args

from coach.evals.golden import Gold, Kind, Query, load_queries
from coach.evals.guides import guide_rows
from coach.evals.metrics import Estimate, bootstrap_mean, paired_difference, recall_at, reciprocal_rank
from coach.evals.result import Case, Context, Row, SuiteResult
from coach.library.retrieval import Hit, Mode

TOP = 10
MODES: tuple[Mode, ...] = get_args(Mode)
_CUTOFFS = (1, 3, 5)
METRICS = (*(f"recall@{k}" for k in _CUTOFFS), "mrr")
TYPED = "typed"
_GUARDED = ("fused recall@5", "fused mrr")

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
    queries = load_queries()
    context.progress("embedding the queries", 0, 1)
    vectors = coach.library.embedder.embed([query.query for query in queries])
    known = {query.query: vector for query, vector in zip(queries, vectors, strict=True)}

    def search(query: str, top: int, mode: Mode) -> Sequence[Hit]:
        return coach.library.search(query, top, mode, known[query])

    result = evaluate(search, queries, facts, context)
    rows, found = guide_rows(context, coach.library.embedder, corpus=coach.library.settings.library)
    return result.model_copy(
        update={"rows": (*result.rows, *rows), "facts": {**result.facts, "guides": found}}
    )


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
        rows.append(
            Row(
                metric="median ms, query embedded",
                system=mode,
                subset="all",
                value=milliseconds,
                n=len(queries),
            )
        )
    return SuiteResult(
        name="retrieval",
        model=context.model,
        facts=facts,
        rows=tuple(rows),
        guarded=tuple(f"{subset} {score}" for subset in (TYPED, "hard") for score in _GUARDED),
        cases=tuple(sorted(cases, key=lambda case: (case.scores["fused mrr"], case.id))),
    )


def rank_of_gold(query: Query, hits: Sequence[Hit]) -> int | None:
    """The rank, from 1, of the first hit in a gold section or in a section below it; None when none is."""
    return _rank(query.gold, hits)


def recall(query: Query, hits: Sequence[Hit], k: int) -> float:
    """Whether one of the best k hits answers, 0.0 or 1.0; of a query in parts the share of parts that are answered."""
    parts = [[query.gold[place] for place in part] for part in query.parts] or [list(query.gold)]
    return statistics.fmean(recall_at(_rank(gold, hits), k) for gold in parts)


def _rank(gold: Sequence[Gold], hits: Sequence[Hit]) -> int | None:
    wanted = {(one.source, one.heading) for one in gold}
    for rank, hit in enumerate(hits, start=1):
        if any((hit.source, heading) in wanted for heading in hit.heading.split(" > ")):
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
        scores |= {f"{mode} recall@{k}": recall(query, hits, k) for k in _CUTOFFS}
        scores[f"{mode} mrr"] = reciprocal_rank(rank)
        detail[f"{mode} rank"] = rank
    subset = TYPED if query.typed else query.kind
    scores |= {f"{subset} {score}": scores[score] for score in _GUARDED}
    top = found["fused"][:1]
    detail["top hit"] = f"{top[0].source}: {top[0].heading}" if top else None
    return Case(id=query.id, cluster=query.cluster, scores=scores, detail=detail)


def _quality(queries: Sequence[Query], cases: Sequence[Case]) -> Iterator[Row]:
    kinds = [kind for kind in get_args(Kind) if any(query.kind == kind for query in queries)]
    for subset in ("all", TYPED, *kinds):
        for mode in MODES:
            for metric in METRICS:
                some = [case for case in cases if _is_of(case, subset)]
                mean = bootstrap_mean(
                    [case.scores[f"{mode} {metric}"] for case in some], [case.cluster for case in some]
                )
                yield _row(metric, mode, subset, mean)


def _differences(cases: Sequence[Case]) -> Iterator[Row]:
    for subset in ("all", TYPED):
        some = [case for case in cases if _is_of(case, subset)]
        for other in ("dense", "lexical"):
            for metric in METRICS:
                gain = paired_difference(
                    [case.scores[f"fused {metric}"] for case in some],
                    [case.scores[f"{other} {metric}"] for case in some],
                    [case.cluster for case in some],
                )
                yield _row(metric, f"fused - {other}", subset, gain)


def _is_of(case: Case, subset: str) -> bool:
    kind = case.detail["kind"]
    return subset in ("all", kind) or (subset == TYPED and kind != "hard")


def _row(metric: str, system: str, subset: str, one: Estimate) -> Row:
    return Row(
        metric=metric,
        system=system,
        subset=subset,
        value=one.value,
        low=one.low,
        high=one.high,
        n=one.n,
    )
