"""The bar raiser's view of a loop: principles across all rounds, each of the same weight, whoever asked for it."""

from collections.abc import Iterator, Sequence
from math import ceil
from statistics import mean

from coach.interview.debrief.by_principle import near
from coach.interview.debrief.evidence import Thread, distinct
from coach.interview.debrief.lines import counted, listed
from coach.interview.debrief.model import Across, BarRaiser, Inclination, Line
from coach.interview.debrief.weighing import BAR, FEWEST, Score, as_chance, in_words, weigh
from coach.interview.plans import Plan
from coach.interview.session import InterviewState

_SHARE = 1 / 3  # of the plan's principles that have to be heard of
_TOO_CLOSE = 0.6
_APART, _ALIKE = 1.0, 0.3  # of 5, between two rounds


def led_by(plan: Plan | None) -> int | None:
    """Return the number (from 0) of the round that a bar raiser leads, if there is one."""
    rounds = plan.rounds if plan else ()
    told = (n for n, one in enumerate(rounds) if "bar raiser" in f"{one.title} {one.interviewer}".casefold())
    return next(told, None)


def bar_raisers_view(
    state: InterviewState, threads: Sequence[Thread], principles: Sequence[Line]
) -> BarRaiser | None:
    """Return what the bar raiser makes of the principles across rounds; None: the plan has none, or few rounds."""
    number = led_by(state.plan)
    if number is None or state.plan is None or len(state.plan.rounds) < FEWEST:
        return None
    rows = tuple(
        Across(
            principle=one.name,
            asked_in=one.rounds,
            near_in=_rounds(near(threads, one.name)),
            verdict=one.verdict,
            leans=one.leans,
            score=one.score,
            answers=one.answers,
        )
        for one in principles
    )
    inclination = _inclination(state.plan, number, threads, principles)
    return BarRaiser(
        round=number,
        inclination=inclination,
        principles=rows,
        text=" ".join(_text(threads, rows)),
    )


def _inclination(
    plan: Plan, number: int, threads: Sequence[Thread], principles: Sequence[Line]
) -> Inclination:
    heard = [
        one for one in principles if one.score is not None and one.low is not None and one.high is not None
    ]
    # One story that is told for every principle is one story for the bar raiser too.
    stories = len(distinct([one for one in threads if one.root.kind == "behavioral"]))
    weight = weigh([Score(one.score or 0.0, one.low or 0.0, one.high or 0.0) for one in heard])
    needed = max(FEWEST, ceil(_SHARE * len(plan.principles)))
    own = any(one.graded and one.root.round == number for one in threads)
    reasons = [f"{len(heard)} of {len(plan.principles)} principles were heard of."]
    if not own:
        reasons.append("The bar raiser's own round has nothing that could be judged.")
    if stories < needed:
        reasons.append(f"{counted(stories, 'different story').capitalize()} in all; it takes {needed}.")
    undecided = Inclination(lean="not enough evidence", answers=stories, reasons=tuple(reasons))
    if weight is None:
        return undecided
    share = weight.above(BAR)
    chance = as_chance(max(share, 1 - share))
    held = {"score": weight.score, "low": weight.low, "high": weight.high, "answers": stories}
    leaning = "inclined" if share >= 0.5 else "not inclined"
    if len(heard) < needed or stories < needed or not own or chance < _TOO_CLOSE:
        return undecided.model_copy(update={**held, "leans": leaning})
    return undecided.model_copy(update={**held, "lean": leaning, "chance": chance, "sure": in_words(chance)})


def _text(threads: Sequence[Thread], rows: Sequence[Across]) -> Iterator[str]:
    heard = sorted((row for row in rows if row.score is not None), key=lambda row: -(row.score or 0.0))
    if len(heard) > 1:
        first, last = heard[0], heard[-1]
        if (first.score or 0.0) - (last.score or 0.0) < _ALIKE:
            yield f"All that were heard of stand alike, at about {first.score:.1f} of 5."
        else:
            yield (
                f"Strongest is {first.principle} ({first.score:.1f} of 5), weakest {last.principle} ({last.score:.1f})."
            )
    if open_ones := [row.principle for row in rows if row.score is None]:
        yield f"Not heard of: {listed(open_ones)}."
    rounds = _means(threads)
    if len(rounds) > 1:
        best, worst = max(rounds, key=lambda one: rounds[one]), min(rounds, key=lambda one: rounds[one])
        if rounds[best] - rounds[worst] >= _APART:
            yield (
                f"The rounds differ: {rounds[best]:.1f} of 5 in round {best + 1}, "
                f"{rounds[worst]:.1f} in round {worst + 1}."
            )
        else:
            yield "The rounds agree."


def _means(threads: Sequence[Thread]) -> dict[int, float]:
    scores: dict[int, list[float]] = {}
    for one in threads:
        if one.graded and one.root.round is not None and (score := one.score):
            scores.setdefault(one.root.round, []).append(score.value)
    return {number: mean(values) for number, values in scores.items()}


def _rounds(threads: Sequence[Thread]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(one.root.round for one in threads if one.root.round is not None))
