"""A toy suite, whose cases score what a test wants."""

from collections.abc import Mapping

from coach.evals.result import Case, Context, Row, Suite, SuiteResult

SCORES = {f"c{number}": 0.5 for number in range(10)}


def result_of(
    context: Context, scores: Mapping[str, float], low: float = 0.4, high: float = 0.6
) -> SuiteResult:
    """A result whose cases score what is given, each case in a cluster of its own."""
    cases = [
        Case(
            id=name, cluster=name, scores={"fused mrr": score}, detail={"query": f"a | {name}", "rank": None}
        )
        for name, score in sorted(scores.items(), key=lambda one: one[1])
    ]
    mean = sum(scores.values()) / len(scores)
    return SuiteResult(
        name="toy",
        model=context.model,
        facts={"answers": len(cases)},
        rows=(
            Row(metric="mrr", system="fused", subset="all", value=mean, low=low, high=high, n=len(cases)),
            Row(metric="mrr", system="dense", subset="all", value=0.125, low=0.1, high=0.2, n=len(cases)),
            Row(metric="median ms", system="fused", subset="all", value=7.25, n=len(cases)),
        ),
        guarded=("fused mrr",),
        cases=tuple(cases),
        unscored={"too long": 2},
    )


def toy(scores: Mapping[str, float]) -> Mapping[str, Suite]:
    return {"toy": Suite(lambda context: result_of(context, scores), speaks=False)}
