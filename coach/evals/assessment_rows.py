"""How well the assessment agrees with the raters, criterion by criterion, with its floor and its ceiling.

Systems: "coach"; "word count", what the length alone would have given (see `by_length`); and "raters", how far
any two of them agree: the mean over the pairs.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import combinations

import numpy as np

from coach.evals.agreement import (
    Measure,
    Numbers,
    f1_of,
    interval,
    kappa,
    macro_f1,
    mean_of,
    qwk,
    resampled,
    spearman,
)
from coach.evals.by_length import flags_by_length, labels_by_length, scores_by_length
from coach.evals.compared import Compared, Tagged
from coach.evals.metrics import Estimate, bootstrap_mean
from coach.evals.rated import GRADED, QUALITIES
from coach.evals.result import Row
from coach.feedback.rubric import TAGS

COVER = "80% interval covers"
Found = Iterator[tuple[str, str, Estimate | None]]


def rows_of(subset: str, compared: Compared) -> Iterator[Row]:
    """Every number of some answers; one that means nothing (of a constant, say) is left out."""
    for found in (_graded(compared), _qualities(compared), _tags(compared.tags)):
        for system, metric, estimate in found:
            if estimate is not None:
                yield Row(
                    metric=metric,
                    system=system,
                    subset=subset,
                    value=estimate.value,
                    low=estimate.low,
                    high=estimate.high,
                    n=estimate.n,
                )


def _graded(compared: Compared) -> Found:
    clusters = compared.clusters
    words = np.array(compared.words, dtype=float)
    for name in GRADED:
        scores, ratings, readings = compared.scores(name), compared.ratings(name), compared.readings(name)
        guessed = scores_by_length(compared.words, ratings, clusters)
        yield "coach", f"{name} rho", interval(spearman, scores, ratings, clusters)
        yield "word count", f"{name} rho", interval(spearman, words, ratings, clusters)
        yield "raters", f"{name} rho", _between(spearman, readings, clusters)
        yield "coach", f"{name} qwk", interval(qwk, scores, ratings, clusters)
        yield "word count", f"{name} qwk", interval(qwk, guessed, ratings, clusters)
        yield "raters", f"{name} qwk", _between(qwk, readings, clusters)
        yield "coach", f"{name} bias", bootstrap_mean(list(scores - ratings), clusters)
        yield "coach", f"{name} error", bootstrap_mean(list(np.abs(scores - ratings)), clusters)
    yield "coach", COVER, bootstrap_mean(list(compared.covered), clusters)


def _qualities(compared: Compared) -> Found:
    clusters = compared.clusters
    for name in QUALITIES:
        said, true = compared.scores(name).astype(int), (compared.ratings(name) >= 0.5).astype(int)
        guessed = flags_by_length(compared.words, true == 1, clusters).astype(int)
        readings = [reading.astype(int) for reading in compared.readings(name)]
        if true.any():
            yield "coach", f"{name} F1", interval(f1_of, said, true, clusters)
            yield "word count", f"{name} F1", interval(f1_of, guessed, true, clusters)
            yield "raters", f"{name} F1", _between(f1_of, readings, clusters)
        yield "coach", f"{name} kappa", interval(kappa, said, true, clusters)
        yield "word count", f"{name} kappa", interval(kappa, guessed, true, clusters)
        yield "raters", f"{name} kappa", _between(kappa, readings, clusters)


def _tags(tags: Tagged) -> Found:
    guessed = labels_by_length(tags.words, tags.true, tags.clusters)
    over_all = partial(macro_f1, labels=range(len(TAGS)))
    measures: dict[str, Measure] = {"tags macro-F1": over_all, "tags kappa": kappa}
    measures |= {f"tag {tag} F1": partial(f1_of, label=place) for place, tag in enumerate(TAGS)}
    for name, measure in measures.items():
        yield "coach", name, interval(measure, tags.said, tags.true, tags.clusters)
        yield "word count", name, interval(measure, guessed, tags.true, tags.clusters)
        yield "raters", name, _between(measure, tags.raters, tags.clusters)


def _between(measure: Measure, readings: Sequence[Numbers], clusters: Sequence[str]) -> Estimate | None:
    """The mean over all pairs of raters."""
    pairs = list(combinations(readings, 2))
    return resampled(lambda counts: mean_of(measure(*pair, counts) for pair in pairs), clusters)
