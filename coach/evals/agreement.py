"""How well scores agree with ratings: rank, chance-corrected agreement, bias. Pure functions.

A `Measure` compares two rows of numbers many times at once: `counts`, of shape (draws, rows), says how often
each row counts in each draw, and the result is (draws,), NaN where there is no number, as for the correlation
with a constant. `interval` draws whole clusters, for the reasons given in `metrics`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coach.evals.metrics import SEED, Estimate

Array = NDArray[np.float32]
Values = NDArray[np.float64]
Numbers = NDArray[Any]
Measure = Callable[[Numbers, Numbers, Values], Values]
DRAWS = 1000


@dataclass(frozen=True)
class Agreement:
    """Scores against ratings on `n` answers.

    `rho` is Spearman's rank correlation. `qwk` is Cohen's kappa with quadratic weights on half points (Cohen,
    1968): 1 is perfect, 0 is chance. `bias` is how much higher than the ratings the scores are on average, in
    points. `within` is the share of ratings that lie in the score's interval; None where there is no interval.
    """

    n: int
    rho: float
    qwk: float
    bias: float
    within: float | None = None


def agreement(scores: Array, ratings: Array, spread: float | None = None) -> Agreement:
    """Compare scores with ratings, each of shape (answers,); `spread` is half the width of the interval."""
    return Agreement(
        n=len(scores),
        rho=round(once(spearman, scores, ratings), 3),
        qwk=round(once(qwk, scores, ratings), 3),
        bias=round(float((scores - ratings).mean()), 3),
        within=None if spread is None else round(float((np.abs(scores - ratings) <= spread).mean()), 3),
    )


def once(measure: Measure, one: Numbers, other: Numbers) -> float:
    """A measure of all rows, each counted once."""
    return float(measure(one, other, np.ones((1, len(one))))[0])


def interval(measure: Measure, one: Numbers, other: Numbers, clusters: Sequence[str]) -> Estimate | None:
    """A measure of all rows with its 95% interval; None where there is no such number.

    `clusters` has a name for each row: those of one name are not independent.
    """
    return resampled(lambda counts: measure(one, other, counts), clusters)


def resampled(
    statistic: Callable[[Values], Values], clusters: Sequence[str], draws: int = DRAWS, seed: int = SEED
) -> Estimate | None:
    """As `interval`, for any function from counts (draws, rows) to numbers (draws,)."""
    rows = len(clusters)
    value = float(statistic(np.ones((1, rows)))[0])
    if np.isnan(value):
        return None
    names = {name: place for place, name in enumerate(dict.fromkeys(clusters))}
    drawn = np.random.default_rng(seed).integers(len(names), size=(draws, len(names)))
    places = drawn + len(names) * np.arange(draws)[:, None]
    often = np.bincount(places.ravel(), minlength=places.size).reshape(places.shape)
    values = statistic(often[:, [names[name] for name in clusters]].astype(float))
    found = values[~np.isnan(values)]
    low, high = np.percentile(found if len(found) else [value], [2.5, 97.5])
    return Estimate(value, float(low), float(high), rows)


def spearman(one: Numbers, other: Numbers, counts: Values) -> Values:
    """The rank correlation (Spearman, 1904), equal numbers sharing their mean rank: -1 to 1."""
    size = counts.sum(axis=1, keepdims=True)
    first, second = (_ranks(values, counts) - (size + 1) / 2 for values in (one, other))
    shared = (counts * first * second).sum(axis=1)
    norm = np.sqrt((counts * first**2).sum(axis=1) * (counts * second**2).sum(axis=1))
    found: Values = np.divide(shared, norm, out=np.full(len(counts), np.nan), where=norm > 1e-9)
    return found


def qwk(one: Numbers, other: Numbers, counts: Values) -> Values:
    """Kappa with quadratic weights on half points: at most 1, 0 for chance."""
    halves = [np.round(np.asarray(values) * 2).astype(int) for values in (one, other)]
    return _kappa(halves[0], halves[1], counts, power=2)


def kappa(one: Numbers, other: Numbers, counts: Values) -> Values:
    """Cohen's kappa (1960) of labels, which are whole numbers: at most 1, 0 for chance."""
    return _kappa(one, other, counts, power=0)


def f1_of(guessed: Numbers, true: Numbers, counts: Values, label: int = 1) -> Values:
    """The harmonic mean of one label's precision and recall; 0.0 where it was neither guessed nor true."""
    says, is_so = guessed == label, true == label
    either = counts @ says + counts @ is_so
    both = counts @ (says & is_so)
    found: Values = np.divide(2 * both, either, out=np.zeros(len(counts)), where=either > 0)
    return found


def macro_f1(guessed: Numbers, true: Numbers, counts: Values, labels: Sequence[int]) -> Values:
    """The mean of the labels' F1, however rare a label is."""
    return mean_of(f1_of(guessed, true, counts, label) for label in labels)


def mean_of(found: Iterable[Values]) -> Values:
    """The mean of several measures, draw by draw."""
    mean: Values = np.mean(list(found), axis=0)
    return mean


def f1(guessed: NDArray[np.bool_], true: NDArray[np.bool_]) -> float:
    """Return the harmonic mean of precision and recall; 0.0 where nothing was guessed and nothing is true."""
    return round(once(f1_of, guessed, true), 3)


def _ranks(values: Numbers, counts: Values) -> Values:
    """The mean rank of each row in each draw: (draws, rows)."""
    _, kinds = np.unique(values, return_inverse=True)
    of_kind = counts @ (kinds[:, None] == np.arange(kinds.max() + 1))
    mean_rank: Values = np.cumsum(of_kind, axis=1) - (of_kind - 1) / 2
    return mean_rank[:, kinds]


def _kappa(one: Numbers, other: Numbers, counts: Values, power: int) -> Values:
    lowest = min(one.min(), other.min())
    size = int(max(one.max(), other.max()) - lowest) + 1
    pairs = (one - lowest) * size + (other - lowest)
    seen = (counts @ (pairs[:, None] == np.arange(size * size))).reshape(-1, size, size)
    seen = seen / seen.sum(axis=(1, 2), keepdims=True)
    chance = seen.sum(axis=2)[:, :, None] * seen.sum(axis=1)[:, None, :]
    apart = np.abs(np.subtract.outer(np.arange(size), np.arange(size)))
    cost = apart**power if power else (apart > 0).astype(int)
    missed, expected = (cost * seen).sum(axis=(1, 2)), (cost * chance).sum(axis=(1, 2))
    share: Values = np.divide(missed, expected, out=np.full(len(counts), np.nan), where=expected > 1e-12)
    return 1 - share
