"""Tag each sentence of an answer with the part of the story that it tells.

A multinomial logistic regression on what a sentence means (its MiniLM embedding and those of its two
neighbours), on what can be read off it by rule (`language.py`) and on where it stands. `coach.evals.fit`
learns the weights; they are numbers in `weights/tagger.npz`, and nothing of any answer is in them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.feedback.language import Cues, cue_row
from coach.feedback.rubric import TAGS, Tag

Array = NDArray[np.float32]

# Embeddings have unit length; their 384 small numbers need a push to weigh as much as the counts.
_OWN_PUSH, _NEIGHBOUR_PUSH = 2.0, 0.7
_NEIGHBOUR_CUES = 0.5
_WORDS_UNIT, _COUNT_CAP = 20.0, 3.0


@dataclass(frozen=True)
class Tagger:
    """Weights of shape (features, tags) and a bias of shape (tags,)."""

    weights: Array
    bias: Array

    def probabilities(self, embeddings: Array, cues: Sequence[Cues]) -> Array:
        """Return the probability of each tag for each sentence: (sentences, tags), rows sum to 1."""
        scores = tagger_features(embeddings, cues) @ self.weights + self.bias
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(scores / scores.sum(axis=1, keepdims=True), dtype=np.float32)


def load_tagger(path: Path) -> Tagger:
    """Read the weights that `coach.evals.fit` wrote."""
    with np.load(path, allow_pickle=False) as stored:
        return Tagger(stored["weights"].astype(np.float32), stored["bias"].astype(np.float32))


def tagger_features(embeddings: Array, cues: Sequence[Cues]) -> Array:
    """Return one row a sentence; a neighbour that does not exist counts as zeros.

    Args:
        embeddings: (sentences, dimension), unit length.
        cues: one for each sentence.
    """
    counts = np.array([cue_row(cue) for cue in cues], dtype=np.float32)
    counts[:, 0] /= _WORDS_UNIT
    counts = np.minimum(counts, _COUNT_CAP)
    place = np.arange(len(cues), dtype=np.float32)
    last = max(len(cues) - 1, 1)
    position = np.stack([place / last, place == 0, place == len(cues) - 1, np.minimum(place, 5) / 5], axis=1)
    return np.concatenate(
        [
            embeddings * _OWN_PUSH,
            _before(embeddings) * _NEIGHBOUR_PUSH,
            _after(embeddings) * _NEIGHBOUR_PUSH,
            counts,
            _before(counts) * _NEIGHBOUR_CUES,
            _after(counts) * _NEIGHBOUR_CUES,
            position,
        ],
        axis=1,
    ).astype(np.float32)


def most_likely(probabilities: Array) -> list[tuple[Tag, float]]:
    """Return the likeliest tag of each sentence with its probability."""
    return [(TAGS[int(row.argmax())], float(row.max())) for row in probabilities]


def _before(rows: Array) -> Array:
    return np.concatenate([np.zeros_like(rows[:1]), rows[:-1]])


def _after(rows: Array) -> Array:
    return np.concatenate([rows[1:], np.zeros_like(rows[:1])])
