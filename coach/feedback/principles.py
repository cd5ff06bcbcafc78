"""Which leadership principles an answer comes close to: a softmax over what its sentences mean on average.

The weights are a logistic regression on answers that were told to a question about a principle (`coach.evals.fit`).
Most stories show more than one principle and none says which, so this is a hint and no verdict: docs/quality.md
says how often the principle that was asked for comes first, and among three.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.feedback.feedback import ShownPrinciple

Array = NDArray[np.float32]

# An answer shows a principle clearly from the first chance on, and as clearly as can be from the second on.
_CLEAR, _FULL = 0.2, 0.5
_MOST, _SENTENCES = 3, 2


@dataclass(frozen=True)
class PrincipleReader:
    """Weights (dimension of all layers, principles) and a bias (principles,), in the order of `names`."""

    names: tuple[str, ...]
    weights: Array
    bias: Array

    def shown(self, sentences: Array, asked: str | None) -> tuple[ShownPrinciple, ...]:
        """Return the principles that sentences show, strongest first; the one that was asked for always is there.

        Args:
            sentences: as encoded, (sentences, layers, dimension).
            asked: the principle that the question is about, if any.
        """
        flat = sentences.reshape(len(sentences), -1)
        each = flat @ self.weights
        logits = each.mean(axis=0) + self.bias
        chances = np.exp(logits - logits.max())
        chances /= chances.sum()
        found = []
        for place, name in enumerate(self.names):
            if chances[place] >= _CLEAR or name == asked:
                most = np.argsort(-each[:, place], kind="stable")[:_SENTENCES]
                strength = round(2 * min(float(chances[place]) / _FULL, 1.0), 2)
                shown = tuple(sorted(int(i) for i in most)) if chances[place] >= _CLEAR else ()
                found.append(ShownPrinciple(name=name, strength=strength, sentences=shown))
        # The one that was asked for stays among those shown, however many are clearer.
        found.sort(key=lambda principle: (principle.name != asked, -principle.strength))
        return tuple(sorted(found[:_MOST], key=lambda principle: -principle.strength))


def load_principles(path: Path) -> PrincipleReader:
    """Read the weights that `coach.evals.fit` wrote."""
    with np.load(path, allow_pickle=False) as stored:
        return PrincipleReader(
            tuple(str(name) for name in stored["names"]),
            stored["weights"].astype(np.float32),
            stored["bias"].astype(np.float32),
        )


def save_principles(names: Sequence[str], weights: Array, bias: Array, path: Path) -> None:
    """Write the weights in half precision."""
    np.savez_compressed(
        path, names=np.array(names), weights=weights.astype(np.float16), bias=bias.astype(np.float16)
    )
