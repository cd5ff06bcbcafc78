"""Hold the pieces of an answer against the key points of its question: the numbers that verdicts are made from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from coach.feedback.feedback import Asked, Mistake
from coach.feedback.pieces import Piece, read_aloud
from coach.feedback.telling import Telling, covered
from coach.feedback.words import stems
from coach.library.embedder import Embedder

Array = NDArray[np.float32]

# In this order: closeness to the point's best wording (cosine); the share of its telling words that are said, those
# of the question left out; how much closer it is to this point than to any other one; whether the point has but
# one wording.
POINT_FEATURES = ("closeness", "words", "margin", "alone")
# Closeness to the wrong claim; how much closer that is than what is right, than the key point, and than any key
# point; the share of the claim's telling words, of those that only the claim has, and of those that only what is
# right has; whether one is denied and the other is not.
MISTAKE_FEATURES = (
    "closeness",
    "than_right",
    "than_point",
    "than_any",
    "words",
    "own_words",
    "right_words",
    "denied",
)

_DENIAL = re.compile(
    r"\b(?:not|no|never|none|nothing|neither|nor|without|cannot|avoid\w*|instead of|rather than|mistake\w*|wrong\w*"
    r"|myth|pitfall|trap|unlike|too (?:simple|naive))\b|n['’]t\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Matched:
    """What was found: `points` (pieces, points, features) and `mistakes` (pieces, mistakes, features).

    `topic` (pieces,) is how close a piece's whole line is to the question or to any of its points, -1 to 1.
    """

    pieces: tuple[Piece, ...]
    topic: Array
    points: Array
    mistakes: Array

    def may_make(self, topic: float, floor: float) -> NDArray[np.bool_]:
        """Whether a piece is near enough to a point to make it: (pieces, points)."""
        near: NDArray[np.bool_] = (self.topic[:, None] >= topic) & (self.points[:, :, 0] >= floor)
        return near


def match(asked: Asked, pieces: Sequence[Piece], embedder: Embedder, telling: Telling) -> Matched:
    """Compute every feature of every piece; pieces that only repeat the question are left out.

    Args:
        asked: the question, with at least one key point.
        pieces: of the answer.
        embedder: MiniLM, for which the weights were fitted.
        telling: how telling words are.

    Raises:
        ModelMissing: the embedder's files are not on this machine.
    """
    question = set(telling.weights(asked.question))
    kept = tuple(piece for piece in pieces if not _echoes(piece.text, question, telling))
    wordings = [
        (point, *(asked.also[place] if asked.also else ())) for place, point in enumerate(asked.key_points)
    ]
    claims = [text for mistake in asked.mistakes for text in (mistake.said, mistake.right)]
    rows = {text: row for row, text in enumerate(dict.fromkeys(t for p in kept for t in (p.text, p.line)))}
    vectors = embedder.embed(list(rows))
    said = vectors[[rows[piece.text] for piece in kept]]
    whole = vectors[[rows[piece.line] for piece in kept]]
    # One row for the question, then those of the points, then two for each mistake.
    ends = 1 + np.cumsum([0, *(len(each) for each in wordings)])
    asked_for = _embedded(embedder, (asked.question, *(text for each in wordings for text in each), *claims))  # type: ignore[arg-type]
    close = np.stack([(said @ asked_for[a:b].T).max(axis=1) for a, b in pairwise(ends)], axis=1)
    heard = [stems(piece.text, 2) for piece in kept]
    return Matched(
        pieces=kept,
        topic=(whole @ asked_for[: ends[-1]].T).max(axis=1),
        points=_point_features(close, wordings, heard, question, telling),
        mistakes=_mistake_features(asked, kept, close, said, asked_for[ends[-1] :], heard, question, telling),
    )


def _echoes(text: str, question: set[str], telling: Telling) -> bool:
    """Whether a piece has no telling word of its own."""
    return telling.weights(text).keys() <= question


@lru_cache(maxsize=64)
def _embedded(embedder: Embedder, texts: tuple[str, ...]) -> Array:
    """A question's side, which stays the same from answer to answer; embedders differ by identity."""
    return embedder.embed([read_aloud(text) for text in texts])


def _point_features(
    close: Array,
    wordings: Sequence[Sequence[str]],
    heard: Sequence[set[str]],
    question: set[str],
    telling: Telling,
) -> Array:
    features = np.zeros((*close.shape, len(POINT_FEATURES)), dtype=np.float32)
    for place, texts in enumerate(wordings):
        others = np.delete(close, place, axis=1)
        wanted = [_without(telling.weights(text), question) for text in texts]
        features[:, place, 0] = close[:, place]
        features[:, place, 1] = [max(covered(one, words) for one in wanted) for words in heard]
        features[:, place, 2] = close[:, place] - (others.max(axis=1) if others.shape[1] else 0.0)
        features[:, place, 3] = float(len(texts) == 1)
    return features


def _mistake_features(
    asked: Asked,
    pieces: Sequence[Piece],
    close: Array,
    said: Array,
    claims: Array,
    heard: Sequence[set[str]],
    question: set[str],
    telling: Telling,
) -> Array:
    features = np.zeros((len(pieces), len(asked.mistakes), len(MISTAKE_FEATURES)), dtype=np.float32)
    for place, mistake in enumerate(asked.mistakes):
        wrong, right = said @ claims[2 * place], said @ claims[2 * place + 1]
        weights = telling.weights(mistake.said)
        only_wrong, only_right = _apart(mistake, asked.key_points[mistake.point], question, telling)
        denied = bool(_DENIAL.search(mistake.said))
        features[:, place, :4] = np.stack(
            [wrong, wrong - right, wrong - close[:, mistake.point], wrong - close.max(axis=1)], axis=1
        )
        features[:, place, 4] = [covered(weights, words) for words in heard]
        features[:, place, 5] = [covered(only_wrong, words) for words in heard]
        features[:, place, 6] = [covered(only_right, words) for words in heard]
        features[:, place, 7] = [float(bool(_DENIAL.search(piece.text)) != denied) for piece in pieces]
    return features


def _apart(
    mistake: Mistake, point: str, question: set[str], telling: Telling
) -> tuple[dict[str, float], dict[str, float]]:
    """The telling words that only the wrong claim has, and those that only what is right has."""
    wrong, right = telling.weights(mistake.said), telling.weights(f"{mistake.right} {point}")
    return _without(wrong, {*right, *question}), _without(right, {*wrong, *question})


def _without(weights: dict[str, float], left_out: set[str]) -> dict[str, float]:
    return {stem: weight for stem, weight in weights.items() if stem not in left_out}
