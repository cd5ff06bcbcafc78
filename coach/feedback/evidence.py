"""Which sentences of an answer show a criterion of the rubric, and how surely the whole answer meets it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from coach.feedback.reader import Reading

# A sentence shows a component where it alone would bring it this far, of 1; where attention is shared out over
# all sentences, one shows a criterion that has twice its share, or half of it all.
_SHOWS = 0.35
_TIMES_ITS_SHARE, _SHARE_ENOUGH = 2.0, 0.5
_SHARED_OUT = ("ownership", "relevance", "hypothetical")


@dataclass(frozen=True)
class Check:
    """One criterion of the rubric: `value` is its score on the rubric's scale, `sentences` are those that show it."""

    name: str
    value: float
    sentences: tuple[int, ...]


def gather_evidence(reading: Reading) -> Mapping[str, Check]:
    """Return every check by its criterion."""
    checks = {}
    for name, shares in reading.evidence.items():
        own = min(_TIMES_ITS_SHARE / len(shares), _SHARE_ENOUGH)
        enough = own if name in _SHARED_OUT else _SHOWS
        shown = tuple(int(i) for i in np.flatnonzero(shares >= enough))
        checks[name] = Check(name, reading.scores[name], shown)
    return checks
