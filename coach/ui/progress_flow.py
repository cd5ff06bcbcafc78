"""What the progress page shows and does. All of it follows from what is stored, each time it is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from coach.coach import Coach
from coach.errors import CoachError, UsageError
from coach.interview.session import InterviewState
from coach.progress.changes import by_kind, by_principle, changes
from coach.progress.records import Record, narrowed, records, ungraded
from coach.progress.schedule import Exercise, Schedule, schedule
from coach.progress.trends import trends
from coach.progress.wishes import Wishes
from coach.stories.matrix import matrix
from coach.stories.shelf import Shelf
from coach.ui import render, render_progress
from coach.ui.markup import Switch, Updates
from coach.ui.opened import opening
from coach.ui.page_parts import PageParts
from coach.ui.render_stories import said
from coach.ui.words import ANY, kind_name


@dataclass(frozen=True)
class Parts(PageParts):
    """What of the page changes."""

    opened: Any  # BrowserState: the interview that the interview page has open
    wished: Any  # State: what the fields of the plan were last filled with
    problem: Any
    said: Any
    when: Any
    day: Any
    per_day: Any
    today: Any
    practise: Any
    ahead: Any
    empty: Any
    moved: Any
    kind: Any
    principle: Any
    over_time: Any
    due: Switch
    compared: Switch


def practice_plan(coach: Coach, practised: Sequence[Record], today: date) -> Schedule:
    """Return what to practise from today on, as the stored wishes and stories have it.

    Raises:
        CoachError: the store fails.
    """
    database = coach.interviews.store.database
    wishes = Wishes(database)
    return schedule(
        practised,
        coach.bank,
        today,
        wishes.interview_date(),
        wishes.per_day(),
        gaps=matrix(Shelf(database).list()).gaps,
    )


def next_exercise(coach: Coach) -> Exercise | None:
    """Return what to practise next; None: nothing is left for today.

    Raises:
        CoachError: the store fails.
    """
    plan = practice_plan(coach, records(coach.interviews.list()), date.today())
    return next(iter(plan.today), None)


def begin_next(coach: Coach) -> InterviewState:
    """Start an interview about what is to be practised next, or about anything where nothing is left for today.

    Raises:
        CoachError: the store fails, or the bank has no such question.
    """
    wanted = next_exercise(coach)
    if wanted is None:
        return coach.interviews.start()
    return coach.interviews.start(kind=wanted.kind, principle=wanted.principle)


@dataclass(frozen=True)
class Flow:
    """The handlers; every one returns only what changes."""

    coach: Coach
    parts: Parts

    def fill(self) -> Updates:
        """Fill the fields of the plan with what is stored."""
        try:
            return self._wishes()
        except CoachError as error:
            return {self.parts.problem: render.problem(str(error))}

    def reload(self, kind: str, principle: str, wished: Sequence[Any]) -> Updates:
        """Show everything as it stands now; the fields of the plan only where it was changed on another page."""
        try:
            shown, now = self._all(kind, principle), self._wishes()
            # Whoever turns to the page may be typing in them by the time this arrives.
            changed = now if now[self.parts.wished] != wished else {}
            return {**shown, **changed, self.parts.said: "", self.parts.problem: ""}
        except CoachError as error:
            return {self.parts.problem: render.problem(str(error))}

    def narrow(self, kind: str, principle: str) -> Updates:
        """Show what is over time for one kind or principle."""
        try:
            own = self._narrowed(records(self.coach.interviews.list()), kind, principle)
        except CoachError as error:
            return {self.parts.problem: render.problem(str(error))}
        return {self.parts.over_time: render_progress.over_time(trends(own))}

    def save(self, day: str, per_day: float | None, kind: str, principle: str) -> Updates:
        """Keep when the interview is, and how much is wanted a day."""
        parts = self.parts
        try:
            wishes = Wishes(self.coach.interviews.store.database)
            wanted = _day(day)
            if wanted != wishes.interview_date():
                wishes.set_interview_date(wanted)
            wishes.set_per_day(_whole(per_day))
            shown = {**self._all(kind, principle), **self._wishes()}
        except CoachError as error:
            return {parts.problem: render.problem(str(error)), parts.said: ""}
        return {**shown, parts.problem: "", parts.said: said("Your plan is made anew.")}

    def practise(self) -> Updates:
        """Start what is to be practised next, for the interview page to show."""
        try:
            return {self.parts.opened: opening(begin_next(self.coach)).kept, self.parts.problem: ""}
        except CoachError as error:
            return {self.parts.problem: render.problem(str(error))}

    def _all(self, kind: str, principle: str) -> Updates:
        import gradio as gr

        parts, now = self.parts, date.today()
        interviews = self.coach.interviews.list()
        practised = records(interviews)
        plan = practice_plan(self.coach, practised, now)
        done = sum(one.at.astimezone().date() == now for one in practised)
        kinds = list(dict.fromkeys(one.kind for one in practised))
        principles = sorted({one.principle for one in practised if one.principle})
        kind, principle = (kind if kind in kinds else ANY), (principle if principle in principles else ANY)
        groups = render_progress.grouped(
            "By kind of question", {kind_name(name): one for name, one in by_kind(practised).items()}
        ) + render_progress.grouped("By principle", by_principle(practised))
        own = self._narrowed(practised, kind, principle)
        return {
            parts.when: render_progress.when(plan, now),
            parts.today: render_progress.today(plan, done),
            parts.practise: gr.update(value=render_progress.next_label(next(iter(plan.today), None))),
            parts.ahead: render_progress.ahead(plan),
            parts.empty: "" if practised else render_progress.nothing(),
            parts.moved: render_progress.moved(changes(practised), ungraded(interviews)) + groups,
            parts.kind: gr.update(
                choices=[("Every kind", ANY), *((kind_name(one), one) for one in kinds)], value=kind
            ),
            parts.principle: gr.update(choices=[("Every principle", ANY), *principles], value=principle),
            parts.over_time: render_progress.over_time(trends(own)),
            **parts.due.turn(not plan.past),
            **parts.compared.turn(bool(practised)),
        }

    def _wishes(self) -> Updates:
        wishes = Wishes(self.coach.interviews.store.database)
        when, per_day = wishes.interview_date(), wishes.per_day()
        day = when.isoformat() if when else ""
        return {self.parts.day: day, self.parts.per_day: per_day, self.parts.wished: [day, per_day]}

    def _narrowed(self, practised: Sequence[Record], kind: str, principle: str) -> Sequence[Record]:
        return narrowed(practised, kind or None, principle or None)


def _day(text: str) -> date | None:
    if not text or not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError("This is no date: write it as 2026-03-31, or leave it empty.") from None


def _whole(number: float | None) -> int:
    if number is None or number != int(number):
        raise UsageError("Write how many questions a day you want, as a whole number.")
    return int(number)
