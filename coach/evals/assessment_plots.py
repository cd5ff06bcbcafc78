"""The assessment suite in pictures."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from coach.evals.agreement import Values
from coach.evals.compared import Compared
from coach.evals.metrics import bootstrap_mean
from coach.evals.rated import GRADED, QUALITIES
from coach.evals.result import Plot, Point, Row, Series
from coach.feedback.rubric import TAGS

_SCORE_BANDS = (1.0, 2.0, 3.0, 4.0, 5.0)
_SHARE_BANDS = (0.0, 0.4, 0.6, 0.8, 0.9, 1.0)
_SCALE = (0.9, 5.1)
_FEWEST = 5  # a mean of fewer shows chance


def plots_of(compared: Compared, rows: Sequence[Row], subset: str) -> Iterator[Plot]:
    """Pictures of all answers, and of the rows of one subset."""
    parts = {source: compared.of(source) for source in dict.fromkeys(one.source for one in compared.rated)}
    overall = [(name, one, one.scores("overall"), one.ratings("overall")) for name, one in parts.items()]
    yield Plot(
        kind="scatter",
        title="Overall: rated and scored",
        x="mean rating, 1 to 5",
        y="score, 1 to 5",
        series=tuple(
            Series(
                name=name,
                points=tuple(
                    Point(x=float(rating), y=float(score))
                    for rating, score in zip(ratings, scores, strict=True)
                ),
            )
            for name, _, scores, ratings in overall
        ),
        x_range=_SCALE,
        y_range=_SCALE,
    )
    yield Plot(
        kind="calibration",
        title="Overall: what a score is worth",
        x="score, mean of a band",
        y="rating, mean of the same answers",
        series=tuple(
            Series(name=name, points=_banded(scores, ratings, one.clusters, _SCORE_BANDS))
            for name, one, scores, ratings in overall
        ),
        x_range=_SCALE,
        y_range=_SCALE,
    )
    yield Plot(
        kind="bars",
        title="80% intervals: share of ratings inside, by score",
        x="score",
        y="share inside",
        target=0.8,
        series=tuple(
            Series(name=name, points=_named_bands(scores, one.covered, one.clusters))
            for name, one, scores, _ in overall
        ),
        y_range=(0.0, 1.0),
    )
    yield Plot(
        kind="histogram",
        title="Overall: score minus rating",
        x="points",
        y="answers",
        series=tuple(
            Series(name=name, values=tuple(map(float, scores - ratings)))
            for name, _, scores, ratings in overall
        ),
    )
    tags = compared.tags
    right = (tags.said == tags.true).astype(float)
    yield Plot(
        kind="calibration",
        title="Sentence tags: confidence and truth",
        x="confidence, mean of a band",
        y="share that is right",
        series=(Series(name="tags", points=_banded(tags.confidence, right, tags.clusters, _SHARE_BANDS)),),
        x_range=(0.0, 1.0),
        y_range=(0.0, 1.0),
    )
    yield _bars(
        f"Rank correlation with the ratings ({subset})", "rho", {n: f"{n} rho" for n in GRADED}, rows, subset
    )
    yield _bars(
        f"Kappa on half points, quadratic ({subset})", "qwk", {n: f"{n} qwk" for n in GRADED}, rows, subset
    )
    names = {name: f"{name} F1" for name in QUALITIES} | {f"tag {tag}": f"tag {tag} F1" for tag in TAGS}
    yield _bars(f"Yes/no qualities and sentence tags ({subset})", "F1", names, rows, subset)


def _bars(title: str, y: str, metrics: dict[str, str], rows: Sequence[Row], subset: str) -> Plot:
    """Systems side by side for each of the metrics, which are given by their short names."""
    found = {(row.system, row.metric): row for row in rows if row.subset == subset}
    return Plot(
        kind="bars",
        title=title,
        x="criterion",
        y=y,
        series=tuple(
            Series(
                name=system,
                points=tuple(
                    Point(x=name, y=row.value, low=row.low, high=row.high)
                    for name, metric in metrics.items()
                    if (row := found.get((system, metric)))
                ),
            )
            for system in dict.fromkeys(row.system for row in rows)
        ),
        y_range=(0.0, 1.0),
    )


def _banded(xs: Values, ys: Values, clusters: Sequence[str], edges: Sequence[float]) -> tuple[Point, ...]:
    """The means of both in each band of `xs`, with the interval of the second."""
    return tuple(
        Point(x=float(xs[inside].mean()), y=mean.value, low=mean.low, high=mean.high)
        for inside in _inside(xs, edges)
        if len(inside) >= _FEWEST
        for mean in [bootstrap_mean(list(ys[inside]), [clusters[place] for place in inside])]
    )


def _named_bands(xs: Values, ys: Values, clusters: Sequence[str]) -> tuple[Point, ...]:
    return tuple(
        point.model_copy(update={"x": f"{low:g} to {low + 1:g}"})
        for low in _SCORE_BANDS[:-1]
        for point in _banded(xs, ys, clusters, (low, low + 1))
    )


def _inside(xs: Values, edges: Sequence[float]) -> Iterator[NDArray[np.intp]]:
    """The places of the values of each band; the last band holds its upper edge."""
    for low, high in pairwise(edges):
        yield np.flatnonzero((xs >= low) & ((xs < high) | (high == edges[-1]) & (xs == high)))
