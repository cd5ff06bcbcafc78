"""How much a sentence sounds like words to the rater: a sparse logistic regression on its words and pairs of words.

Rules know the pleas that somebody has thought of; this knows their vocabulary. `coach.evals.fit_pleas` learned it.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

_WEIGHTS = Path(__file__).parent / "weights" / "pleas.json"


@dataclass(frozen=True)
class Sounding:
    """`weights` by feature; from a score of `threshold` on a sentence sounds like a plea."""

    bias: float
    weights: dict[str, float]
    threshold: float

    def score(self, text: str) -> float:
        """Return the log-odds for a text in lower case."""
        return self.bias + sum(self.weights.get(feature, 0.0) for feature in set(word_features(text)))


def word_features(text: str) -> Iterator[str]:
    """The words of a text in lower case, and each two that follow one another."""
    words = re.findall(r"[a-z0-9']+", text)
    yield from words
    yield from (" ".join(pair) for pair in pairwise(words))


@cache
def load_sounding(path: Path = _WEIGHTS) -> Sounding:
    """Read the weights that `coach.evals.fit_pleas` wrote."""
    return Sounding(**json.loads(path.read_text(encoding="utf-8")))
