"""What the number of words alone would have said: the floor that every score has to stand beside.

Each row's guess is made without the rows of its own fold, and a cluster lies in one fold.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from coach.evals.agreement import Numbers

FOLDS = 5


def scores_by_length(words: Sequence[int], ratings: Numbers, clusters: Sequence[str]) -> NDArray[np.float64]:
    """A straight line from the logarithm of the number of words to the rating: (rows,), in the ratings' range."""
    logs = np.log1p(np.asarray(words, dtype=float))
    out = np.empty(len(logs))
    for train, test in _folds(clusters):
        x, y = logs[train], np.asarray(ratings)[train]
        spread = float(((x - x.mean()) ** 2).sum())
        slope = float(((x - x.mean()) * (y - y.mean())).sum()) / spread if spread else 0.0
        out[test] = np.clip(y.mean() + slope * (logs[test] - x.mean()), y.min(), y.max())
    return out


def flags_by_length(
    words: Sequence[int], yes: NDArray[np.bool_], clusters: Sequence[str]
) -> NDArray[np.bool_]:
    """Yes for the longest or for the shortest, whichever fits, and for as large a share as was true: (rows,)."""
    lengths = np.asarray(words, dtype=float)
    out = np.zeros(len(lengths), dtype=bool)
    for train, test in _folds(clusters):
        if yes[train].any():
            longer = lengths[train][yes[train]].mean() >= lengths[train].mean()
            signed = lengths if longer else -lengths
            out[test] = signed[test] > np.quantile(signed[train], 1 - yes[train].mean())
    return out


def labels_by_length(words: Sequence[int], true: Numbers, clusters: Sequence[str]) -> Numbers:
    """The commonest label among rows of about the same length (a power of two of words): (rows,)."""
    sizes = np.log2(np.maximum(np.asarray(words), 1)).astype(int)
    out = np.zeros(len(sizes), dtype=int)
    for train, test in _folds(clusters):
        commonest = np.bincount(true[train]).argmax()
        for size in np.unique(sizes[test]):
            alike = true[train][sizes[train] == size]
            out[test[sizes[test] == size]] = np.bincount(alike).argmax() if len(alike) else commonest
    return out


def _folds(clusters: Sequence[str]) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """The places of the rows to learn from and of those to guess, fold by fold."""
    names = {name: place for place, name in enumerate(dict.fromkeys(clusters))}
    fold = np.array([names[name] for name in clusters]) % FOLDS
    for one in range(min(FOLDS, len(names))):
        yield np.flatnonzero(fold != one), np.flatnonzero(fold == one)
