"""How much of a statement's telling words another text has; a rare word of the field counts more than a common one."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from coach.feedback.words import stems

_SHORTEST_WORD = 2
# Technical words share long beginnings: "convolutional" and "convolved" belong together.
_SAME_BEGINNING = 5
_FEWEST = 8.0  # about two rare words


@dataclass(frozen=True)
class Telling:
    """How telling each word is: the logarithm of how rare its stem is among the paragraphs of the corpus.

    `common` is taken off, so that everyday words count nothing; `unknown` is what a word gets that isn't there.
    """

    rarity: Mapping[str, float]
    unknown: float
    common: float

    def weights(self, text: str) -> dict[str, float]:
        """Return the stems of a text with how telling they are, those that say nothing left out."""
        weighed = {
            stem: self.rarity.get(stem, self.unknown) - self.common
            for stem in sorted(stems(text, _SHORTEST_WORD))
        }
        return {stem: weight for stem, weight in weighed.items() if weight > 0}


def load_telling(path: Path) -> Telling:
    """Read what `coach.evals.fit_keypoints` wrote."""
    return Telling(**json.loads(path.read_text(encoding="utf-8")))


def covered(wanted: Mapping[str, float], said: Collection[str]) -> float:
    """Return the share (0 to 1) of the wanted stems, by weight, that are among those said.

    Where so few are wanted that one common word would do, the share stays below 1.
    """
    total = max(sum(wanted.values()), _FEWEST)
    beginnings = {stem[:_SAME_BEGINNING] for stem in said if len(stem) >= _SAME_BEGINNING}
    return (
        sum(w for stem, w in wanted.items() if stem in said or stem[:_SAME_BEGINNING] in beginnings) / total
    )
