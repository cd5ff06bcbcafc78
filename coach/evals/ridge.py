"""Ridge regression with weights, and its predictions on rows that it has not seen."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

STRENGTH = 3.0
FOLDS = 5


def ridge(values: Array, targets: Array, weights: Array) -> tuple[Array, float]:
    """Fit on standardised columns; return coefficients in the columns' own units, and the bias.

    Args:
        values: (rows, columns).
        targets: (rows,).
        weights: (rows,), how much each row counts.
    """
    share = weights / weights.sum()
    mean, target = share @ values, float(share @ targets)
    spread = np.sqrt(share @ (values - mean) ** 2) + 1e-6
    scaled = (values - mean) / spread
    weighed = scaled * weights[:, None]
    gram = weighed.T @ scaled + STRENGTH * np.eye(values.shape[1])
    coefficients = np.linalg.solve(gram, weighed.T @ (targets - target)) / spread
    return coefficients.astype(np.float32), target - float(mean @ coefficients)


def held_out(values: Array, targets: Array, weights: Array, groups: Sequence[str]) -> Array:
    """Return each row's prediction by a fit that did not see its group: (rows,)."""
    from sklearn.model_selection import GroupKFold

    out = np.zeros(len(targets), dtype=np.float32)
    for train, test in GroupKFold(FOLDS).split(values, groups=groups):
        coefficients, bias = ridge(values[train], targets[train], weights[train])
        out[test] = values[test] @ coefficients + bias
    return out
