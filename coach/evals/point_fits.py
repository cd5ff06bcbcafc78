"""Learn the judge of key points from verdicts and grades. Pure functions: features in, numbers out.

Which piece of an answer makes a point is not in the verdicts. So the fit goes to and fro: it takes the piece that
looks best by the weights so far, and fits the weights on these pieces (multiple-instance learning).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.evals.graded import GradedAnswer
from coach.feedback.feedback import Verdict
from coach.feedback.keypoints import Logistic, PointJudge
from coach.feedback.matching import MISTAKE_FEATURES, POINT_FEATURES, Matched

Array = NDArray[np.float32]

CREDIT: Mapping[Verdict, float] = {"hit": 1.0, "partial": 0.5, "miss": 0.0, "wrong": 0.0}
# Cosines: below these a piece is about something else. Tried 0 to 0.5: at these, 5 in 100 points that are made lie
# below, and 9 in 10 of the off-topic sentences that would have been taken for one.
TOPIC, FLOOR = 0.45, 0.3
MISTAKE_OFF = 0.05  # of the share, for each mistake; tried 0 to 0.2
_ROUNDS = 5
_POINT_STRENGTH, _MISTAKE_STRENGTH = 1.0, 0.3  # inverse regularisation
_FULL = 0.9  # the share that an answer which makes every point reaches


@dataclass(frozen=True)
class Example:
    """An answer as the judge sees it: the verdict on each key point (or None), and on each mistake if it is made."""

    matched: Matched
    verdicts: Sequence[Verdict | None]
    mistaken: Sequence[bool]


def example_of(answer: GradedAnswer, matched: Matched) -> Example:
    """Put verdicts and features together; a point that is wrong is put to every mistake about it."""
    return Example(
        matched=matched,
        verdicts=answer.verdicts,
        mistaken=[answer.verdicts[mistake.point] == "wrong" for mistake in answer.asked.mistakes],
    )


def fit_point(examples: Sequence[Example]) -> Logistic:
    """Fit the chance that a piece makes a point."""
    fitted = Logistic(bias=0.0, weights={"closeness": 1.0, "words": 0.5})
    for _ in range(_ROUNDS):
        rows, credited = [], []
        for one in examples:
            may = one.matched.may_make(TOPIC, FLOOR)
            for place, verdict in enumerate(one.verdicts):
                near = one.matched.points[may[:, place], place]
                if verdict is not None and len(near):
                    rows.append(near[fitted.chance(near, POINT_FEATURES).argmax()])
                    credited.append(CREDIT[verdict])
        fitted = _logistic(np.array(rows), np.array(credited), POINT_FEATURES, _POINT_STRENGTH)
    return fitted


def fit_mistake(examples: Sequence[Example]) -> Logistic:
    """Fit the chance that a piece makes a mistake."""
    fitted = Logistic(bias=0.0, weights={"closeness": 1.0, "than_any": 1.0, "own_words": 0.3})
    for _ in range(_ROUNDS):
        rows, made = [], []
        for one in examples:
            for place, mistaken in enumerate(one.mistaken):
                pieces = one.matched.mistakes[:, place]
                if len(pieces):
                    rows.append(pieces[fitted.chance(pieces, MISTAKE_FEATURES).argmax()])
                    made.append(float(mistaken))
        fitted = _logistic(np.array(rows), np.array(made), MISTAKE_FEATURES, _MISTAKE_STRENGTH)
    return fitted


def share_of(judge: PointJudge, answer: GradedAnswer, matched: Matched) -> float:
    """How much of the key points an answer makes, less what its mistakes cost."""
    judged = judge.read(answer.asked, matched)
    wrong = sum(one.key_point.verdict == "wrong" for one in judged)
    return sum(one.made for one in judged) / len(judged) - judge.grading.mistake * wrong


def fit_knots(shares: Array, grades: NDArray[np.int_]) -> tuple[tuple[float, float], ...]:
    """Cut the shares where as many lie below as were graded 0, and 0 or 1; the cuts become the scores 2 and 4."""
    low, high = (float(np.quantile(shares, (grades <= grade).mean())) for grade in (0, 1))
    return ((0.0, 1.0), (round(low, 3), 2.0), (round(high, 3), 4.0), (max(_FULL, round(high + 0.05, 3)), 5.0))


def fit_verdicts(made: Array, true: Sequence[Verdict]) -> tuple[float, float]:
    """Return the chances from which on a point is hit, and touched: those that agree best with the reader."""
    from sklearn.metrics import cohen_kappa_score

    order = {"miss": 0, "wrong": 0, "partial": 1, "hit": 2}
    wanted = [order[verdict] for verdict in true]
    grid = np.linspace(0.2, 0.8, 25)
    best = max(
        (float(cohen_kappa_score(np.digitize(made, [low, high]), wanted, weights="quadratic")), high, low)
        for low in grid
        for high in grid
        if high >= low + 0.1
    )
    return round(float(best[1]), 3), round(float(best[2]), 3)


def _logistic(rows: Array, credited: Array, names: Sequence[str], strength: float) -> Logistic:
    """A logistic regression in the features' own units; half a credit counts half as yes and half as no."""
    from sklearn.linear_model import LogisticRegression

    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    twice = np.concatenate([rows, rows])
    yes = np.repeat([1, 0], len(rows))
    weights = np.concatenate([credited, 1 - credited])
    counted = weights > 0
    model = LogisticRegression(C=strength, max_iter=1000).fit(
        ((twice - mean) / spread)[counted], yes[counted], sample_weight=weights[counted]
    )
    slopes = model.coef_[0] / spread
    bias = float(model.intercept_[0] - slopes @ mean)
    return Logistic(
        bias=round(bias, 4), weights={n: round(float(s), 4) for n, s in zip(names, slopes, strict=True)}
    )
