"""From what was read to the rubric's numbers: fixed arithmetic, calibrated, with how far off it usually is.

Each number is a weighted sum of what the story network read: its own reading set right, for action the hypothetical
as well, since an intention is no step, and for relevance all of them, since an answer that tells nothing answers
nothing. The weights are a ridge regression on answers that the network had not seen, learned by `coach.evals.fit` and
kept as readable numbers in `weights/scores.json`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from coach.feedback.reader import Reading

LOWEST, HIGHEST = 1.0, 5.0
# The rubric: a true story that answers another question is at most a 2.5.
ASTRAY_AT_MOST = 2.5
ASTRAY_RELEVANCE = 0.2


@dataclass(frozen=True)
class Target:
    """How one number of the rubric follows from what was read."""

    bias: float
    weights: Mapping[str, float]
    low: float
    high: float
    # From which score on a yes/no quality counts as yes; None for graded targets.
    threshold: float | None

    def score(self, read: Mapping[str, float]) -> float:
        """Return the weighted sum, kept within the target's range."""
        total = self.bias + sum(weight * read[name] for name, weight in self.weights.items())
        return min(max(total, self.low), self.high)

    def says_yes(self, score: float) -> bool:
        """Return whether a score on a yes/no quality counts as yes."""
        if self.threshold is None:
            raise TypeError("only a yes/no quality has a threshold")
        return score >= self.threshold


@dataclass(frozen=True)
class Belonging:
    """The match of story and question (-1 to 1) below which it is another question's."""

    astray: float


@dataclass(frozen=True)
class Arithmetic:
    """Every target by its name in the rubric, how wide the 80% interval of the overall score is, and the match.

    `spread` holds pairs of an overall score and half a width, by rising scores; between two pairs it is
    interpolated. It is split-conformal in each region (Lei et al.: Distribution-Free Predictive Inference for
    Regression, 2018): the 80th percentile of the absolute errors on answers that had been held back.
    """

    targets: Mapping[str, Target]
    spread: Sequence[tuple[float, float]]
    belonging: Belonging

    def scores(self, reading: Reading) -> dict[str, float]:
        """Return every number of the rubric."""
        read = {**reading.scores, "match": reading.match}
        return {name: target.score(read) for name, target in self.targets.items()}

    def interval(self, overall: float) -> tuple[float, float]:
        """Return the 80% interval around an overall score, within 1 to 5."""
        half = interpolated(self.spread, overall)
        return max(overall - half, LOWEST), min(overall + half, HIGHEST)


def interpolated(pairs: Sequence[tuple[float, float]], at: float) -> float:
    """Return the value at a place between pairs of (place, value); beyond the ends, that of the end."""
    if at <= pairs[0][0]:
        return pairs[0][1]
    for (left, low), (right, high) in pairwise(pairs):
        if at <= right:
            return low + (high - low) * (at - left) / (right - left)
    return pairs[-1][1]


def load_arithmetic(path: Path) -> Arithmetic:
    """Read what `coach.evals.fit` wrote."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    return Arithmetic(
        targets={name: Target(**target) for name, target in stored["targets"].items()},
        spread=[(place, half) for place, half in stored["spread"]],
        belonging=Belonging(**stored["belonging"]),
    )
