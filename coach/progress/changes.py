"""What improved and what has not: the first half of the answers against the last, in pairs.

Within each kind of question the first answer of the first half is set against the first of the last half, and so on.
Whether the pairs go up more than chance would make them is found by trying every way in which their signs could have
fallen (a sign-flip test; with many pairs, a fixed sample of the ways). The interval is a bootstrap over the pairs. Both
take answers as they come: whoever practises harder questions later improves more than this shows. Of ten measures that
do not change, about one seems to.
"""

import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Literal

from coach.progress.records import FALLING, MEASURES, Record

Verdict = Literal["improved", "worse", "no clear change", "not enough yet"]
FEWEST = 4
# Four pairs that all go one way fall so by chance once in sixteen times, three pairs once in eight.
ENOUGH_TO_TELL = 8
_BY_CHANCE = 0.1
_EXACT_UP_TO, _SAMPLES = 12, 4000
_SEED = 5


@dataclass(frozen=True)
class Change:
    """One measure, then and now. `chance` is how often signs alone would make it move so far in this direction.

    `before` and `after` are means over the pairs, `low` and `high` the 80% interval of their difference. All but
    `answers` is None when there are not enough: `needed` more are, for a first comparison.
    """

    measure: str
    verdict: Verdict
    answers: int
    before: float | None = None
    after: float | None = None
    low: float | None = None
    high: float | None = None
    chance: float | None = None

    @property
    def difference(self) -> float | None:
        """How far it has moved."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def needed(self) -> int:
        """How many more answers a first comparison needs."""
        return max(0, FEWEST - self.answers)


def change(practised: Sequence[Record], measure: str) -> Change:
    """Return how a measure of `MEASURES` has changed over records, which are oldest first."""
    rated = [one for one in practised if measure in one.values]
    pairs = _pairs(rated, measure)
    if len(rated) < FEWEST or len(pairs) < FEWEST // 2:
        return Change(measure, "not enough yet", len(rated))
    differences = [after - before for before, after in pairs]
    low, high = _interval(differences)
    moved = mean(differences)
    chance = _chance(differences)
    verdict: Verdict = "no clear change"
    if chance <= _BY_CHANCE:
        verdict = "improved" if (moved > 0) != (measure in FALLING) else "worse"
    return Change(
        measure=measure,
        verdict=verdict,
        answers=len(rated),
        before=mean(before for before, _ in pairs),
        after=mean(after for _, after in pairs),
        low=low,
        high=high,
        chance=chance,
    )


def changes(practised: Sequence[Record]) -> tuple[Change, ...]:
    """Return the change of every measure that any record was rated by, in the order of `MEASURES`."""
    there = {measure for one in practised for measure in one.values}
    return tuple(change(practised, measure) for measure in MEASURES if measure in there)


def by_kind(practised: Sequence[Record]) -> dict[str, Change]:
    """Return how the overall score has changed, by kind of question."""
    return {kind: _overall(practised, "kind", kind) for kind in _seen(practised, "kind")}


def by_principle(practised: Sequence[Record]) -> dict[str, Change]:
    """Return how the overall score has changed, by principle."""
    return {name: _overall(practised, "principle", name) for name in _seen(practised, "principle")}


def _overall(practised: Sequence[Record], field: str, value: str) -> Change:
    return change([one for one in practised if getattr(one, field) == value], "overall")


def _seen(practised: Sequence[Record], field: str) -> list[str]:
    return [name for name in dict.fromkeys(getattr(one, field) for one in practised) if name is not None]


def _pairs(rated: Sequence[Record], measure: str) -> list[tuple[float, float]]:
    found = []
    for kind in dict.fromkeys(one.kind for one in rated):
        values = [one.values[measure] for one in rated if one.kind == kind]
        half = len(values) // 2
        found += list(zip(values[:half], values[len(values) - half :], strict=True))
    return found


def _chance(differences: Sequence[float]) -> float:
    """How often a mean this far out, on this side, comes of the same differences with signs by chance."""
    reached = abs(sum(differences)) - 1e-9
    if reached <= 0:
        return 1.0
    ways = _signs(len(differences))
    hits = [sum(s * d for s, d in zip(signs, differences, strict=True)) >= reached for signs in ways]
    return sum(hits) / len(hits)


def _signs(count: int) -> Sequence[Sequence[int]]:
    if count <= _EXACT_UP_TO:
        return list(itertools.product((1, -1), repeat=count))
    chance = random.Random(_SEED)  # noqa: S311 (statistics, no secret)
    return [(1,) * count, *(chance.choices((1, -1), k=count) for _ in range(_SAMPLES))]


def _interval(differences: Sequence[float]) -> tuple[float, float]:
    chance = random.Random(_SEED)  # noqa: S311
    means = sorted(mean(chance.choices(differences, k=len(differences))) for _ in range(1000))
    return means[100], means[899]
