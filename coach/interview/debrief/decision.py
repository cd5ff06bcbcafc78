"""Inclined or not, how sure, and what would change it. Where too little was heard, that is the answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from coach.interview.debrief.by_principle import asked_for
from coach.interview.debrief.changes import what_would_change
from coach.interview.debrief.evidence import Thread, distinct, weight_of
from coach.interview.debrief.lines import counted, listed, spoken
from coach.interview.debrief.model import Change, Inclination, Line, Reused, Tally
from coach.interview.debrief.weighing import BAR, FEWEST, Weight, as_chance, in_words
from coach.interview.session import InterviewState

_WITHOUT_PLAN = 3  # different stories or answers for a view on the whole
_PLANNED_SHARE = 0.5  # of a plan's questions
_TOO_CLOSE = 0.6  # a smaller chance decides nothing
_HOLDS_BACK = 0.75  # from this chance on, one line that is below keeps from saying yes


@dataclass(frozen=True)
class Heard:
    """All that a decision rests on; `round` is the round that it is about, or None for the whole."""

    state: InterviewState
    round: int | None
    threads: Sequence[Thread]
    tally: Tally
    principles: Sequence[Line]
    criteria: Sequence[Line]
    kinds: Sequence[Line]
    reused: Sequence[Reused]

    @property
    def evidence(self) -> tuple[Thread, ...]:
        """The questions that say something, each story once."""
        return distinct(self.threads)

    @property
    def needed(self) -> int:
        """How many of them it takes."""
        if self.tally.planned is None:
            return _WITHOUT_PLAN
        return max(FEWEST, ceil(_PLANNED_SHARE * self.tally.planned))

    @property
    def repeats(self) -> bool:
        """Whether most questions about the candidate's past heard the same stories again."""
        asked = [one for one in self.threads if one.root.kind == "behavioral" and one.graded]
        return len(asked) >= FEWEST and len(distinct(asked)) < max(FEWEST, ceil(len(asked) / 2))

    @property
    def said_nothing(self) -> bool:
        """Whether the candidate was silent all the time: no word was heard that anything could rest on."""
        return not self.tally.answered and bool(self.tally.passed) and set(self.tally.asides) <= {"silence"}

    @property
    def unheard(self) -> tuple[int, ...]:
        """The plan's rounds (from 0) that nothing can be said about."""
        if self.round is not None or self.state.plan is None:
            return ()
        heard = {one.root.round for one in self.threads if one.graded}
        return tuple(n for n in range(len(self.state.plan.rounds)) if n not in heard)


def decide(heard: Heard, bar_raiser: Inclination | None = None) -> Inclination:
    """Return the view on a round, or on the whole; a bar raiser who is fairly sure of a no decides it."""
    weight = weight_of(heard.threads)
    held_back = tuple(_held_back(heard))
    reasons = tuple(_reasons(heard, weight, held_back, bar_raiser))
    if (
        weight is None
        or len(heard.evidence) < heard.needed
        or heard.unheard
        or heard.repeats
        or heard.said_nothing
    ):
        return _undecided(heard, weight, (*_too_little(heard), *reasons))
    share = weight.above(BAR)
    chance = as_chance(max(1 - share, *(line.chance or 0.0 for line in held_back), 0.0))
    if bar_raiser is not None and bar_raiser.lean == "not inclined" and bar_raiser.chance:
        chance = max(chance, bar_raiser.chance)
        vetoed = bar_raiser.chance >= _HOLDS_BACK
    else:
        vetoed = False
    if not held_back and not vetoed:
        if as_chance(max(share, 1 - share)) < _TOO_CLOSE:
            close = "The answers stand so close to the bar that they decide nothing."
            return _undecided(heard, weight, (close, *reasons))
        chance = as_chance(max(share, 1 - share))
    lean = "inclined" if share >= 0.5 and not held_back and not vetoed else "not inclined"
    return Inclination(
        lean="inclined" if lean == "inclined" else "not inclined",
        chance=chance,
        sure=in_words(chance),
        **_mean(heard, weight),
        reasons=reasons,
        changes=what_would_change(
            weight, lean == "inclined", held_back, (*heard.principles, *heard.kinds), heard.criteria
        ),
    )


def _undecided(heard: Heard, weight: Weight | None, reasons: tuple[str, ...]) -> Inclination:
    found = Inclination(lean="not enough evidence", reasons=reasons, changes=tuple(_missing(heard)))
    if weight is None:
        return found
    return found.model_copy(
        update={
            "leans": "inclined" if weight.score >= BAR else "not inclined",
            **_mean(heard, weight),
        }
    )


def _mean(heard: Heard, weight: Weight) -> dict[str, Any]:
    """The numbers to tell; none where all was passed: that counts, but there is no mean over nothing said."""
    if not heard.tally.answered:
        return {}
    return {"score": weight.score, "low": weight.low, "high": weight.high, "answers": weight.answers}


def _held_back(heard: Heard) -> Iterator[Line]:
    """What keeps from a yes, however good the rest is."""
    own = (one for one in heard.criteria if one.name == "ownership")
    for one in (*heard.principles, *heard.kinds, *own):
        if one.verdict == "below" and (one.chance or 0.0) >= _HOLDS_BACK and one.name != "recruiter":
            yield one


def _too_little(heard: Heard) -> Iterator[str]:
    number = len(heard.evidence)
    if heard.said_nothing:
        yield "Not a word was said, so nothing was heard that could be judged."
    if number < heard.needed:
        planned = f" of {heard.tally.planned} planned" if heard.tally.planned else ""
        yield (
            f"{counted(number, 'different answer').capitalize()}{planned} can be judged; "
            f"it takes {heard.needed} to say more."
        )
    if heard.unheard and heard.state.plan is not None:
        names = [f"round {n + 1}, {heard.state.plan.rounds[n].title}" for n in heard.unheard]
        yield f"Nothing can be said about {listed(names)}."


def _reasons(
    heard: Heard, weight: Weight | None, held_back: Sequence[Line], bar_raiser: Inclination | None
) -> Iterator[str]:
    if not heard.tally.answered and heard.tally.passed:
        yield "Nothing was answered, so there is no mean."
    elif weight is not None:
        yield (
            f"{counted(weight.answers, 'answer').capitalize()}, {weight.score:.1f} of 5 on average, probably "
            f"{weight.low:.1f} to {weight.high:.1f}. The bar is at {BAR}."
        )
    for verdict in ("strong", "below"):
        names = [spoken(one) for one in (*heard.principles, *heard.kinds) if one.verdict == verdict]
        if names:
            yield f"{verdict.capitalize()}: {listed(names)}."
    if thin := [spoken(one) for one in (*heard.principles, *heard.kinds) if one.leans == "below"]:
        yield f"On a single answer, which decides nothing by itself, below: {listed(thin)}."
    if any(one.name == "ownership" for one in held_back):
        yield "The candidate's own part can't be seen in most stories, and nobody is hired for what a team did."
    if bar_raiser is not None and bar_raiser.lean != "not enough evidence":
        yield f"The bar raiser is {bar_raiser.lean}, {bar_raiser.sure}."
    for one in heard.reused:
        yield f"One story was told for {counted(len(one.turns), 'question')}; it counts once."
    yield from _accounts(heard)


def _accounts(heard: Heard) -> Iterator[str]:
    tally = heard.tally
    if tally.passed:
        names = dict.fromkeys(
            one.root.principle or one.root.kind.replace("_", " ") for one in heard.threads if one.root.passed
        )
        left = counted(tally.passed, "question").capitalize()
        yield f"{left} passed ({listed(list(names))}), which counts as not shown."
    for number, what in ((tally.skipped, "skipped"), (tally.timed_out, "cut off by the clock")):
        if number:
            yield f"{counted(number, 'question').capitalize()} {what}: no evidence either way."
    if tally.not_graded:
        whys = {
            one.feedback.why_not or "no reason given"
            for one in heard.threads
            if one.feedback is not None and not one.feedback.graded
        }
        yield f"{counted(tally.not_graded, 'answer').capitalize()} could not be judged: {listed(sorted(whys))}."
    if tally.not_assessed:
        yield f"{counted(tally.not_assessed, 'answer').capitalize()} not assessed yet."
    if times := tally.asides.get("steer"):
        yield f"The candidate tried to lead the interview {counted(times, 'time')} instead of answering."


def _missing(heard: Heard) -> Iterator[Change]:
    """What has to be heard before anything can be said."""
    if heard.state.plan is not None:
        for number in heard.unheard:
            planned = heard.state.plan.rounds[number]
            few = max(1, ceil(_PLANNED_SHARE * planned.questions))
            text = f"Hold round {number + 1}, {planned.title}: {counted(few, 'answer')} there at least."
            yield Change(sort="round", name=planned.title, answers=few, text=text)
    again = sum(len(one.turns) - 1 for one in heard.reused)
    if again:
        text = f"Tell {counted(again, 'other story')}: the one that was told again counts once."
        yield Change(sort="stories", name="different stories", answers=again, text=text)
    short = [
        one
        for one in (*heard.principles, *heard.kinds)
        if one.verdict == "not enough evidence" and (one.answers or asked_for(heard.threads, one.name))
    ]
    for one in sorted(short, key=lambda one: one.leans != "below")[:3]:
        more = FEWEST - one.answers
        thing = "story" if one.sort == "principle" else "answer"
        text = f"{counted(more, f'more {thing}').capitalize()} about {spoken(one)}, judged from beginning to end."
        yield Change(sort=one.sort, name=one.name, answers=more, text=text)
    lack = heard.needed - len(heard.evidence)
    if heard.said_nothing and not heard.unheard and not short:
        lack = heard.needed
    if lack > 0 and not again and not heard.unheard and not short:
        text = f"Give {counted(lack, 'more answer')} that can be judged: a real occasion, told to its end."
        yield Change(sort="stories", name="answers", answers=lack, text=text)
