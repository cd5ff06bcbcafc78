"""Every rated thing over time, with how sure one can be of it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import mean, stdev

from coach.progress.records import LOWEST, MEASURES, Record

# So many answers in a row are taken as repeated practice of the same.
WINDOW = 5
# Student's t for an 80% interval of a mean, by degrees of freedom from 1 on.
_T = (3.078, 1.886, 1.638, 1.533)


@dataclass(frozen=True)
class Point:
    """One answer: its value with its interval, and the mean of the last answers up to it with its interval.

    `interval` (80%) is there for the overall score alone: of components the assessor does not say how sure it is.
    `spread` is the 80% interval of `level`, by how far the last answers (`WINDOW`) lie apart; None: there is one only.
    """

    at: datetime
    value: float
    interval: tuple[float, float] | None
    level: float
    spread: tuple[float, float] | None
    interview_id: str
    turn: int


@dataclass(frozen=True)
class Trend:
    """One measure over time, oldest first; values lie between `lowest` and `highest`."""

    measure: str
    lowest: float
    highest: float
    points: tuple[Point, ...]


def trend(practised: Sequence[Record], measure: str) -> Trend:
    """Return a measure of `MEASURES` over records; those that were not rated by it are left out."""
    lowest, highest = LOWEST.get(measure, 0.0), MEASURES[measure]
    rated = [one for one in practised if measure in one.values]
    points = []
    for place, one in enumerate(rated):
        last = [other.values[measure] for other in rated[max(0, place + 1 - WINDOW) : place + 1]]
        points.append(
            Point(
                at=one.at,
                value=one.values[measure],
                interval=one.interval if measure == "overall" else None,
                level=mean(last),
                spread=_spread(last, lowest, highest),
                interview_id=one.interview_id,
                turn=one.turn,
            )
        )
    return Trend(measure, lowest, highest, tuple(points))


def trends(practised: Sequence[Record]) -> tuple[Trend, ...]:
    """Return every measure that any record was rated by, in the order of `MEASURES`."""
    found = (trend(practised, measure) for measure in MEASURES)
    return tuple(one for one in found if one.points)


def _spread(values: Sequence[float], lowest: float, highest: float) -> tuple[float, float] | None:
    if len(values) < 2:
        return None
    half = _T[len(values) - 2] * stdev(values) / math.sqrt(len(values))
    return max(lowest, mean(values) - half), min(highest, mean(values) + half)
