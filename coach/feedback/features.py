"""What the story network sees of each sentence; and from its tags the likeliest.

A sentence is what it means in its context (`encoding.py`), what can be read off it by rule (`language.py`), where
it stands, and how close it is to the question.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from coach.feedback.encoding import DIMENSION, LAYERS, Encoded
from coach.feedback.language import CUE_NAMES, Cues, cue_row
from coach.feedback.rubric import TAGS, Tag

Array = NDArray[np.float32]

_PLACE = 4
# The column that is 0 where a sentence has no number in it.
NUMBER = DIMENSION * len(LAYERS) + CUE_NAMES.index("number")
_PLACES = slice(DIMENSION * len(LAYERS) + len(CUE_NAMES), DIMENSION * len(LAYERS) + len(CUE_NAMES) + _PLACE)
FEATURES = DIMENSION * len(LAYERS) + len(CUE_NAMES) + _PLACE + len(LAYERS)

# Vectors of unit length have small numbers; they need a push to weigh as much as the counts.
_VECTOR_PUSH, _CUE_PUSH, _CLOSE_PUSH = 4.0, 0.75, 2.0
_WORDS_UNIT, _COUNT_CAP = 20.0, 3.0


def sentence_features(encoded: Encoded, cues: Sequence[Cues]) -> Array:
    """Return one row a sentence: (sentences, FEATURES)."""
    counts = np.array([cue_row(cue) for cue in cues], dtype=np.float32)
    counts[:, 0] /= _WORDS_UNIT
    closeness = np.einsum("sld,ld->sl", encoded.sentences, encoded.question)
    return np.concatenate(
        [
            encoded.sentences.reshape(len(cues), -1) * _VECTOR_PUSH,
            np.minimum(counts, _COUNT_CAP) * _CUE_PUSH,
            _positions(len(cues)),
            closeness * _CLOSE_PUSH,
        ],
        axis=1,
    ).astype(np.float32)


def placed_anew(features: Array) -> Array:
    """Return rows that were taken out of an answer as rows of an answer of their own: where they stand is new."""
    anew = features.copy()
    anew[:, _PLACES] = _positions(len(features))
    return anew


def _positions(count: int) -> Array:
    place = np.arange(count, dtype=np.float32)
    last = max(count - 1, 1)
    rows = [place / last, place == 0, place == count - 1, np.minimum(place, 5) / 5]
    return np.stack(rows, axis=1).astype(np.float32)


def question_features(encoded: Encoded) -> Array:
    """Return the question as one row: (dimension of all layers,)."""
    return np.asarray(encoded.question.reshape(-1) * _VECTOR_PUSH, dtype=np.float32)


def most_likely(probabilities: Array) -> list[tuple[Tag, float]]:
    """Return the likeliest tag of each sentence with its probability."""
    return [(TAGS[int(row.argmax())], float(row.max())) for row in probabilities]
