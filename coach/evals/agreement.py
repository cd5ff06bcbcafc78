"""How well scores agree with ratings: rank, chance-corrected agreement, bias. Pure functions."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


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
    from scipy.stats import spearmanr
    from sklearn.metrics import cohen_kappa_score

    halves = [np.round(values * 2).astype(int) for values in (scores, ratings)]
    return Agreement(
        n=len(scores),
        rho=round(float(spearmanr(scores, ratings)[0]), 3),
        qwk=round(float(cohen_kappa_score(*halves, weights="quadratic")), 3),
        bias=round(float((scores - ratings).mean()), 3),
        within=None if spread is None else round(float((np.abs(scores - ratings) <= spread).mean()), 3),
    )


def f1(guessed: NDArray[np.bool_], true: NDArray[np.bool_]) -> float:
    """Return the harmonic mean of precision and recall; 0.0 where nothing was guessed and nothing is true."""
    from sklearn.metrics import f1_score

    return round(float(f1_score(true, guessed, zero_division=0.0)), 3)
