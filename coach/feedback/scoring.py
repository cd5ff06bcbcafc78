"""From checks to scores by fixed arithmetic: a weighted sum a target, and how far off it usually is.

The weights are a ridge regression of human-style ratings on the checks, learned by `coach.evals.fit` and kept
as readable numbers in `weights/scores.json`. The interval is the split-conformal one: the 80th percentile
of the absolute errors on answers that the weights had not seen.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coach.feedback.evidence import Check

LOWEST, HIGHEST = 1.0, 5.0


@dataclass(frozen=True)
class Target:
    """How one number of the rubric follows from the checks."""

    bias: float
    weights: Mapping[str, float]
    low: float
    high: float
    # Half the width of the 80% interval, in the target's own unit.
    spread: float
    # From which score on a yes/no quality counts as yes; None for graded targets.
    threshold: float | None

    def score(self, checks: Mapping[str, float]) -> float:
        """Return the weighted sum, kept within the target's range."""
        total = self.bias + sum(weight * checks[name] for name, weight in self.weights.items())
        return min(max(total, self.low), self.high)

    def says_yes(self, score: float) -> bool:
        """Return whether a score on a yes/no quality counts as yes."""
        if self.threshold is None:
            raise TypeError("only a yes/no quality has a threshold")
        return score >= self.threshold


def load_targets(path: Path) -> Mapping[str, Target]:
    """Read the arithmetic that `coach.evals.fit` wrote, by the rubric's names."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    return {name: Target(**target) for name, target in stored["targets"].items()}


def score_all(targets: Mapping[str, Target], checks: Sequence[Check]) -> dict[str, float]:
    """Return every target's score."""
    values = {check.name: check.value for check in checks}
    return {name: target.score(values) for name, target in targets.items()}
