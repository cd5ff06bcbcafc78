"""What to practise on which day until the interview: what is weak first, each again at growing distances.

The schedule is nothing but a function of what was practised, so it is made anew whenever it is looked at: what was
left undone moves on, and an answer that went badly comes back the next day.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from typing import Literal

from coach.errors import UsageError
from coach.feedback.feedback import Criterion
from coach.feedback.rubric import KINDS
from coach.interview.questions import Question, QuestionBank, QuestionKind
from coach.progress.records import Record
from coach.progress.skills import Skill, misses_points, skills, weak_criteria

Why = Literal["weak", "never practised", "no story", "again"]
WITHOUT_DATE, LONGEST = 14, 60


@dataclass(frozen=True)
class Exercise:
    """One question to answer. `criterion` is what to mind in the answer, `why` why this one comes now.

    Its last result was `level` (1 to 5), None: there is none.
    """

    day: date
    kind: QuestionKind
    principle: str | None
    criterion: Criterion | None
    question_id: str
    question: str
    why: Why
    level: float | None


@dataclass(frozen=True)
class Schedule:
    """Days in order, each with its exercises, at most as many as were wanted. `past`: the interview's day is over."""

    days: tuple[tuple[date, tuple[Exercise, ...]], ...]
    interview: date | None
    past: bool = False

    @property
    def today(self) -> tuple[Exercise, ...]:
        """What is left to do on the first day."""
        return self.days[0][1] if self.days else ()


def schedule(
    practised: Sequence[Record],
    bank: QuestionBank,
    today: date,
    interview: date | None = None,
    per_day: int = 3,
    *,
    level: str | None = None,
    kinds: Collection[str] = KINDS,
    gaps: Collection[str] = (),
) -> Schedule:
    """Plan the practice from today to the day before the interview; without a date, for two weeks.

    Args:
        practised: records, oldest first; those of today count towards today's exercises.
        bank: where questions come from; one that was asked before comes only when no other is left.
        today: in the user's own time zone, as `interview` is.
        interview: the day of the interview; None: not known.
        per_day: the most exercises a day, from 1.
        level: the level that questions should have.
        kinds: which kinds of question the interview has.
        gaps: principles that no story shows.

    Raises:
        UsageError: `per_day` is less than 1.
    """
    if per_day < 1:
        raise UsageError("A day of practice has at least one exercise: give 1 or more.")
    if interview is not None and interview < today:
        return Schedule((), interview, past=True)
    count = WITHOUT_DATE if interview is None else min(max((interview - today).days, 1), LONGEST)
    picks = _Picks(bank, level, {one.question_id for one in practised})
    standing = list(skills(practised, gaps, kinds))
    criteria = weak_criteria(practised)
    minded = cycle(criteria or (None,))
    pointed = {kind for kind in kinds if misses_points(practised, kind)}
    sides: Counter[bool] = Counter()
    done = sum(one.at.astimezone().date() == today for one in practised)
    days = []
    for offset in range(count):
        day = today + timedelta(days=offset)
        # Towards the end everything comes once more: no distance reaches beyond half of the days left.
        longest = None if interview is None else max(1, (interview - day).days // 2)
        planned: list[Exercise] = []
        wanted = per_day - (done if offset == 0 else 0)
        while len(planned) < wanted:
            chosen = _most_urgent(standing, day, longest, sides)
            if chosen is None:
                break
            skill = standing[chosen]
            question = picks.next(skill, day)
            if question is None:
                standing.pop(chosen)  # the bank has nothing for it
                continue
            behavioral = skill.kind == "behavioral"
            other: Criterion | None = "key_point" if skill.kind in pointed else None
            planned.append(
                Exercise(
                    day=day,
                    kind=skill.kind,
                    principle=skill.principle,
                    criterion=next(minded) if behavioral else other,
                    question_id=question.id,
                    question=question.question,
                    why=_why(skill),
                    level=skill.level,
                )
            )
            sides[behavioral] += 1
            standing[chosen] = skill.practised(day)
        days.append((day, tuple(planned)))
    return Schedule(tuple(days), interview)


def _most_urgent(
    standing: Sequence[Skill], day: date, longest: int | None, sides: Counter[bool]
) -> int | None:
    """The place of the skill to practise next. Behavioral questions and others take turns, as in a real loop."""
    due = [place for place, skill in enumerate(standing) if skill.due(longest) <= day]

    def urgency(place: int) -> tuple[int, int, date, float]:
        skill = standing[place]
        first_time = skill.last is None
        rank = 0 if skill.weak else 1 if first_time and skill.gap else 2 if first_time else 3
        return sides[skill.kind == "behavioral"], rank, skill.due(longest), skill.level or 0.0

    return min(due, key=urgency, default=None)


def _why(skill: Skill) -> Why:
    if skill.weak:
        return "weak"
    if skill.last is None:
        return "no story" if skill.gap else "never practised"
    return "again"


@dataclass
class _Picks:
    """Chooses questions: new ones, of the level, as long as there are any; the same all day long."""

    bank: QuestionBank
    level: str | None
    asked: set[str]

    def next(self, skill: Skill, day: date) -> Question | None:
        for level, exclude in ((self.level, self.asked), (None, self.asked), (None, frozenset[str]())):
            try:
                found = self.bank.select(
                    skill.kind, skill.principle, level=level, seed=day.toordinal(), exclude=exclude
                )
            except UsageError:
                continue
            self.asked.add(found.id)
            return found
        return None
