"""A debrief as sections of plain text, for every face that has no better way to show one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coach.interview.debrief.lines import counted, spoken
from coach.interview.debrief.model import Debrief, Inclination, Line, Moment, Tally, WorkOn


@dataclass(frozen=True)
class Item:
    """One statement, and what stands under it; its first `lead` characters say it in short."""

    text: str
    under: tuple[str, ...] = ()
    lead: int = 0


@dataclass(frozen=True)
class Section:
    """A heading and its items."""

    title: str
    items: tuple[Item, ...]


def in_short(debrief: Debrief) -> tuple[str, ...]:
    """Return a debrief in a few lines: what it comes to, why, and what to work on first."""
    lines = [headline(debrief.inclination), *debrief.inclination.reasons[:1]]
    if debrief.work_on:
        first = debrief.work_on[0]
        lines.append(f"To work on first: {first.title}. {first.exercise.text}")
    return tuple(lines)


def headline(inclination: Inclination) -> str:
    """Return what it comes to in one sentence."""
    if inclination.lean == "not enough evidence":
        leaning = f"; what there is points to {inclination.leans}" if inclination.leans else ""
        return f"Not enough evidence{leaning}."
    sure = f", {inclination.sure} ({inclination.chance:.0%})" if inclination.chance else ""
    return f"{inclination.lean.capitalize()}{sure}."


def sections(debrief: Debrief) -> Iterator[Section]:
    """Yield all of a debrief, the most important first; sections without items are left out."""
    inclination = debrief.inclination
    found = [
        ("What it comes to", [_headed(headline(inclination)), *map(Item, inclination.reasons)]),
        ("In short", [Item(debrief.words)] if debrief.words else []),
        ("What would change it", [Item(one.text) for one in inclination.changes]),
        ("Three things to work on", [_work_on(one) for one in debrief.work_on]),
        ("By principle", [_line(one) for one in debrief.principles]),
        ("By criterion", [_line(one) for one in debrief.criteria]),
        ("By kind of question", [_line(one) for one in debrief.kinds]),
        ("By round", [Item(text) for text in _rounds(debrief)]),
        ("The bar raiser's view", _bar_raiser(debrief)),
        ("Beside the answers", [Item(quoted_moment(one)) for one in debrief.asides]),
        ("What it rests on", [Item(text) for text in (*_tally(debrief.tally), *debrief.notes)]),
        ("Notes", [Item(debrief.words_note)] if debrief.words_note else []),
    ]
    for title, items in found:
        if items:
            yield Section(title, tuple(items))


def quoted_moment(one: Moment) -> str:
    """Return a moment in a line: for or against, the quote, why, and the question."""
    return f"{one.counts.capitalize()}: “{one.quote}” ({one.why}). Asked: {' '.join(one.question.split())}"


def verdict_of(one: Line) -> str:
    """Return a line's verdict in words, with how sure it is."""
    if one.verdict == "not enough evidence":
        return f"not enough evidence, leaning {one.leans}" if one.leans else "not enough evidence"
    return f"{one.verdict}, {one.sure}"


def _line(one: Line) -> Item:
    missed = [f"{point.verdict}: {point.point}" for point in one.points if point.verdict != "hit"]
    code = [done.text for done in one.code]
    verdict = f"{_begun(spoken(one))}: {verdict_of(one)}."
    return Item(
        f"{verdict} {one.text}", (*map(quoted_moment, one.moments), *missed, *code), lead=len(verdict)
    )


def _work_on(one: WorkOn) -> Item:
    exercise = f"Tomorrow, {one.exercise.minutes} minutes: {one.exercise.text}"
    question = [f"The question: {' '.join(one.exercise.question.split())}"] if one.exercise.question else []
    under = (*map(quoted_moment, one.moments), exercise, *question)
    return Item(f"{one.title}. {one.why}", under, lead=len(one.title) + 1)


def _headed(text: str) -> Item:
    return Item(text, lead=len(text))


def _rounds(debrief: Debrief) -> Iterator[str]:
    for one in debrief.rounds:
        who = " (bar raiser)" if one.bar_raiser else ""
        yield f"Round {one.number + 1}, {one.title}{who}, {one.ended}: {headline(one.inclination)}"


def _bar_raiser(debrief: Debrief) -> Sequence[Item]:
    view = debrief.bar_raiser
    if view is None:
        return ()
    rows = []
    for one in view.principles:
        asked = f"asked for in round {_numbers(one.asked_in)}" if one.asked_in else "not asked for"
        near = f", comes near in round {_numbers(one.near_in)}" if one.near_in else ""
        leaning = f", leaning {one.leans}" if one.leans else ""
        rows.append(f"{one.principle}: {one.verdict}{leaning}; {asked}{near}")
    texts = (*view.inclination.reasons, view.text)
    said = (Item(text) for text in texts if text)
    return (_headed(headline(view.inclination)), *said, Item("Principle by principle", tuple(rows)))


def _tally(tally: Tally) -> Iterator[str]:
    planned = f" of {tally.planned} planned" if tally.planned is not None else ""
    yield f"{counted(tally.asked, 'question').capitalize()}{planned} asked, {tally.answered} answered."
    parts = [
        (tally.passed, "passed"),
        (tally.skipped, "skipped"),
        (tally.timed_out, "cut off by the clock"),
        (tally.left, "left without an answer"),
        (tally.not_graded, "could not be judged"),
        (tally.not_assessed, "not assessed yet"),
        (tally.follow_ups, f"follow-up{'s' * (tally.follow_ups > 1)} answered"),
    ]
    if told := [f"{number} {what}" for number, what in parts if number]:
        yield f"{_begun(', '.join(told))}."


def _numbers(rounds: Sequence[int]) -> str:
    return ", ".join(str(number + 1) for number in rounds)


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
