"""Judge an answer of a technical kind by the key points of its question.

A point is held against every sentence by the cosine of their embeddings, which shows whether the answer
speaks of it, not whether what it says is right; the verdict "wrong" is therefore never given here.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from coach.feedback.feedback import Gap, KeyPoint, Strength, Verdict
from coach.feedback.scoring import HIGHEST, LOWEST

Array = NDArray[np.float32]

# Cosines of MiniLM between a key point and a sentence that makes it, or that touches it.
_HIT, _TOUCHED = 0.58, 0.42
# Not calibrated on graded answers yet, hence a whole point to each side; feedback says so in a note.
_SPREAD = 1.0
_MOST_GAPS, _MOST_STRENGTHS = 3, 2
UNCALIBRATED = (
    "The score of this kind of answer is not calibrated yet: trust the key points more than the number."
)


def judge_key_points(points: Sequence[str], vectors: Array, sentences: Array) -> tuple[KeyPoint, ...]:
    """Return a verdict for each point with the sentences that speak of it.

    Args:
        points: the key points.
        vectors: their embeddings, (points, dimension), unit length.
        sentences: the answer's, (sentences, dimension), unit length.
    """
    close = vectors @ sentences.T
    return tuple(
        KeyPoint(point=point, verdict=_verdict(float(row.max())), sentences=_speaking(row))
        for point, row in zip(points, close, strict=True)
    )


def overall_of_key_points(points: Sequence[KeyPoint]) -> tuple[float, float]:
    """Return the overall score (1 to 5) and half the width of its interval."""
    made = sum({"hit": 1.0, "partial": 0.5}.get(point.verdict, 0.0) for point in points) / len(points)
    return LOWEST + (HIGHEST - LOWEST) * made, _SPREAD


def key_point_gaps(points: Sequence[KeyPoint]) -> tuple[Gap, ...]:
    """Return what is missing, in the order of the key points, most important first."""
    missing = [point for point in points if point.verdict == "miss"]
    touched = [point for point in points if point.verdict == "partial"]
    gaps = [Gap(criterion="key_point", text=f"Not said: {point.point}", sentences=()) for point in missing]
    gaps += [
        Gap(criterion="key_point", text=f"Touched, not made: {point.point}", sentences=point.sentences)
        for point in touched
    ]
    return tuple(gaps[:_MOST_GAPS])


def key_point_strengths(points: Sequence[KeyPoint]) -> tuple[Strength, ...]:
    """Return the points that the answer makes, each with the sentences that make it."""
    made = [point for point in points if point.verdict == "hit"]
    return tuple(Strength(text=f"Said: {p.point}", sentences=p.sentences) for p in made[:_MOST_STRENGTHS])


def _verdict(closeness: float) -> Verdict:
    if closeness >= _HIT:
        return "hit"
    return "partial" if closeness >= _TOUCHED else "miss"


def _speaking(row: Array) -> tuple[int, ...]:
    best = [int(i) for i in np.argsort(-row, kind="stable")[:2] if row[i] >= _TOUCHED]
    return tuple(sorted(best))
