"""What can be practised, how well it goes, and when it is due again.

A skill is a leadership principle, or a kind of question other than behavioral. After an answer that went well it
comes again after twice as long as before; after one that did not, the next day.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import mean
from typing import cast

from coach.feedback.feedback import Criterion
from coach.feedback.rubric import KINDS
from coach.interview.questions import PRINCIPLES, QuestionKind
from coach.progress.records import FALLING, MEASURES, Record

# An answer of this overall score (1 to 5) went well; a skill below the other one is weak.
WENT_WELL, WEAK = 3.5, 3.0
# How long until a skill comes again, in days, by how many of its last answers in a row went well.
SPACING = (1, 2, 4, 8, 16)
# A criterion is weak while the mean of its last values stays below this part of its highest.
_CRITERION_WEAK, _LAST_VALUES, _LAST_ANSWERS = 0.6, 5, 3
_CRITERIA = (
    "situation",
    "task",
    "action",
    "result",
    "ownership",
    "relevance",
    "measured",
    "reflection",
    "hypothetical",
)


@dataclass(frozen=True)
class Skill:
    """One thing to practise. `level` is the mean of its last overall scores; None: it was never practised.

    `well` is how many of its last answers in a row went well, `last` when it was practised last, and `gap` that
    no story shows the principle yet.
    """

    kind: QuestionKind
    principle: str | None
    level: float | None = None
    well: int = 0
    last: date | None = None
    gap: bool = False

    @property
    def name(self) -> str:
        """What people call it."""
        return self.principle or self.kind.replace("_", " ")

    @property
    def weak(self) -> bool:
        """Whether it went badly of late."""
        return self.level is not None and self.level < WEAK

    def due(self, longest: int | None = None) -> date:
        """Return when it comes again, after `longest` days at most; one that was never practised is due always."""
        if self.last is None:
            return date.min
        days = SPACING[min(self.well, len(SPACING) - 1)]
        return self.last + timedelta(days=days if longest is None else min(days, longest))

    def practised(self, day: date) -> "Skill":
        """Return the skill as it will stand when it is practised on a day and goes well."""
        return replace(self, well=self.well + 1, last=day)


def skills(
    practised: Sequence[Record], gaps: Collection[str] = (), kinds: Collection[str] = KINDS
) -> tuple[Skill, ...]:
    """Return every skill as it stands.

    Args:
        practised: records, oldest first.
        gaps: principles that no story shows.
        kinds: which kinds of question the interview has.
    """
    found = []
    for kind in KINDS:
        if kind not in kinds:
            continue
        for principle in PRINCIPLES if kind == "behavioral" else (None,):
            own = [
                one
                for one in practised
                if one.kind == kind and one.principle == principle and "overall" in one.values
            ]
            found.append(_skill(kind, principle, own, principle in gaps))
    return tuple(found)


def weak_criteria(practised: Sequence[Record]) -> tuple[Criterion, ...]:
    """Return what behavioral answers lacked of late, the weakest first."""
    found: list[tuple[float, Criterion]] = []
    for criterion in _CRITERIA:
        part = _part(practised, criterion)
        if part is not None and part < _CRITERION_WEAK:
            found.append((part, cast(Criterion, criterion)))
    return tuple(criterion for _, criterion in sorted(found, key=lambda pair: pair[0]))


def misses_points(practised: Sequence[Record], kind: str) -> bool:
    """Return whether answers of a kind missed much of what a strong one holds, of late."""
    part = _part([one for one in practised if one.kind == kind], "key_points")
    return part is not None and part < _CRITERION_WEAK


def _part(practised: Sequence[Record], measure: str) -> float | None:
    last = [one.values[measure] for one in practised if measure in one.values][-_LAST_VALUES:]
    if not last:
        return None
    part = mean(last) / MEASURES[measure]
    return 1 - part if measure in FALLING else part


def _skill(kind: QuestionKind, principle: str | None, own: Sequence[Record], gap: bool) -> Skill:
    scores = [one.values["overall"] for one in own]
    well = 0
    for score in reversed(scores):
        if score < WENT_WELL:
            break
        well += 1
    return Skill(
        kind=kind,
        principle=principle,
        level=mean(scores[-_LAST_ANSWERS:]) if scores else None,
        well=well,
        last=own[-1].at.astimezone().date() if own else None,
        gap=gap,
    )
