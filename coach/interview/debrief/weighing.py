"""From a few scores with their intervals to a verdict: how likely it is to be right, or that there is too little.

How well somebody does varies from story to story, and each score is an estimate itself; both are counted in. One
answer therefore never carries a verdict, however good it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, mean

from coach.interview.debrief.model import Graded, Sure

FEWEST = 2  # different stories, or questions, that a verdict rests on
# Of 5. Below "meets" an answer is hard to follow, or not the candidate's own; a "strong" one stands on its own in every
# part (docs/quality.md has the anchors); the bar for saying yes lies between the two.
BAR = 3.5
_TO_SD = NormalDist().inv_cdf(0.9)  # half an 80% interval is so many standard deviations
_CRITERION_HALF = 0.5
_VERY, _FAIRLY = 0.9, 0.75


@dataclass(frozen=True)
class Scale:
    """From which mean on somebody meets it or is strong, and how much scores differ from story to story (1 sd)."""

    bottom: float
    top: float
    meets: float
    strong: float
    between: float


OVERALL = Scale(1.0, 5.0, 3.0, 4.0, 0.6)
CRITERION = Scale(0.0, 2.0, 1.2, 1.6, 0.4)
# There or not, 2 or 0. Nobody has to learn something from every story.
YES_OR_NO = Scale(0.0, 2.0, 1.0, 1.6, 0.9)
REFLECTION = Scale(0.0, 2.0, 0.6, 1.2, 0.9)


@dataclass(frozen=True)
class Score:
    """One score with its 80% interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Weight:
    """What scores come to: their mean, the 80% interval of it, and how many they are."""

    score: float
    low: float
    high: float
    spread: float
    answers: int

    def above(self, threshold: float) -> float:
        """Return how likely it is (0 to 1) that the candidate stands above a threshold."""
        return 1 - NormalDist(self.score, self.spread).cdf(threshold)


def weigh(scores: Sequence[Score], scale: Scale = OVERALL) -> Weight | None:
    """Return what scores on one scale come to; None: there are none."""
    if not scores:
        return None
    own = mean((max(one.high - one.low, 0.0) / 2 / _TO_SD) ** 2 for one in scores)
    bottom, top, between = scale.bottom, scale.top, scale.between
    spread = sqrt((own + between**2) / len(scores))
    score, half = mean(one.value for one in scores), _TO_SD * spread
    return Weight(
        score=round(score, 2),
        low=round(max(score - half, bottom), 2),
        high=round(min(score + half, top), 2),
        spread=spread,
        answers=len(scores),
    )


def criterion_score(value: float) -> Score:
    """Return a criterion's value with the interval that such values usually have."""
    return Score(value, max(value - _CRITERION_HALF, 0.0), min(value + _CRITERION_HALF, 2.0))


def graded(weight: Weight, scale: Scale = OVERALL) -> tuple[Graded, float]:
    """Return the verdict that the mean stands for, and how likely it is that it is deserved."""
    if weight.score >= scale.strong:
        return "strong", as_chance(weight.above(scale.strong))
    if weight.score >= scale.meets:
        return "meets", as_chance(weight.above(scale.meets))
    return "below", as_chance(1 - weight.above(scale.meets))


def in_words(chance: float) -> Sure:
    """Say how sure a chance is."""
    return "very sure" if chance >= _VERY else "fairly sure" if chance >= _FAIRLY else "unsure"


def as_chance(share: float) -> float:
    """Return a share as the chance of a verdict: from 0.5 up, and never certain."""
    return round(min(max(share, 0.5), 0.99), 2)
