"""A debrief as HTML: the verdict and how sure it is, its evidence in quotes, and what to do tomorrow."""

from collections.abc import Iterable, Sequence
from html import escape

from coach.interview.debrief.making import debrief as make_debrief
from coach.interview.debrief.model import (
    BarRaiser,
    Debrief,
    Exercise,
    Inclination,
    Line,
    Moment,
    RoundView,
    WorkOn,
)
from coach.interview.session import InterviewState
from coach.ui.exercise_buttons import start_button

_LEANS = {
    "inclined": ("good", "Inclined to hire"),
    "not inclined": ("bad", "Not inclined to hire"),
    "not enough evidence": ("none", "Not enough evidence"),
}
_VERDICTS = {
    "strong": ("good", "strong"),
    "meets": ("good", "meets the bar"),
    "below": ("bad", "below the bar"),
    "not enough evidence": ("none", "not enough evidence"),
}
_MOST_MOMENTS = 2  # of a line, before the rest is folded


def look_back(state: InterviewState, number: int | None, *, room: bool = False) -> str:
    """Return the debrief of a round (from 0), or with None of all: the one that is kept, or made from the assessments.

    With `room`, the words that a model is about to give have a place to grow into.

    Raises:
        UsageError: there is no such round yet.
    """
    if not any(not turn.waiting for turn in state.turns if number in (None, turn.round)):
        return ""
    plain, kept = make_debrief(state, number), state.debriefed(number)
    holds = kept is not None and kept.debrief.plain == plain
    return whole(kept.debrief if kept and holds else plain, state, room=room)


def whole(one: Debrief, state: InterviewState, *, room: bool = False) -> str:
    """Return a debrief; for the whole of a plan with several rounds, with those of its rounds folded in."""
    words = f'<p class="words">{escape(one.words)}</p>' if one.words else ""
    if room and not words:
        words = '<p class="room">The model sums this up here as soon as it can.</p>'
    parts = [
        _verdict(one.inclination),
        f'<div class="said-by">{words}</div>' if words else "",
        _work_on(one.work_on, start=one.round is None and state.closed),
        _lines("By principle", one.principles),
        _lines("By kind of question", one.kinds),
        _lines("By what a story needs", one.criteria),
        _bar_raiser(one.bar_raiser),
        _rounds(one.rounds, state),
        _reused(one),
        _moments("Beside the answers", one.asides),
        "".join(
            f'<p class="note">{escape(text)}</p>' for text in (*one.notes, *filter(None, [one.words_note]))
        ),
    ]
    return f'<section class="verdicts">{"".join(parts)}</section>'


def small_print(one: Debrief) -> str:
    """Return who wrote it."""
    who = f"words by {one.model}" if one.model else "in the coach's own words"
    return f'<p class="small">From the assessments of your answers; {escape(who)}.</p>'


def hushed() -> str:
    """Return what to say when the model was stopped."""
    return '<p class="progress" role="status">Stopped. The debrief from the assessments stands.</p>'


def _verdict(one: Inclination) -> str:
    kind, word = _LEANS[one.lean]
    sure = f"<p>{escape(one.sure.capitalize())}{_chance(one.chance)}</p>" if one.sure else ""
    leans = ""
    if one.leans:
        leans = f"<p>What little there is points to: {escape(_LEANS[one.leans][1].lower())}.</p>"
    score = ""
    if one.score is not None:
        between = (
            f", probably between {one.low:.1f} and {one.high:.1f}"
            if one.low is not None and one.high is not None
            else ""
        )
        score = f"<p>{one.score:.1f} of 5 over {_counted(one.answers, 'answer')}{between}</p>"
    reasons = _items("Why", one.reasons)
    changes = _items("What would change it", [change.text for change in one.changes])
    return (
        f'<section class="lean {kind}"><div class="stand"><p class="word">{word}</p>'
        f'<div class="how">{sure}{leans}{score}</div></div>'
        f'<div class="pair">{reasons}{changes}</div></section>'
    )


def _work_on(them: Sequence[WorkOn], *, start: bool) -> str:
    if not them:
        return ""
    shown = "".join(
        f"<li><h4>{escape(one.title)}</h4><p>{escape(one.why)}</p>{_quotes(one.moments[:1])}"
        f"{_exercise(one.exercise, start_button(number) if start else '')}</li>"
        for number, one in enumerate(them)
    )
    return f'<section class="work-on"><h3>What to work on</h3><ol>{shown}</ol></section>'


def _exercise(one: Exercise, button: str) -> str:
    again = (
        f'<p class="again">{escape(one.question)}</p>'
        if one.question and one.question not in one.text
        else ""
    )
    return f'<div class="exercise"><p><b>Exercise, {one.minutes} min.</b> {escape(one.text)}</p>{again}{button}</div>'


def _lines(title: str, them: Sequence[Line]) -> str:
    """The lines with evidence, and folded those without."""
    known = [one for one in them if one.answers]
    rest = [one for one in them if not one.answers]
    if not them:
        return ""
    shown = "".join(map(_line, known))
    listed = "".join(map(_line, rest))
    bare = (
        f"<details><summary>{_counted(len(rest), 'more')} without enough evidence</summary>"
        f"<ul>{listed}</ul></details>"
        if rest
        else ""
    )
    none = '<p class="none">No answer to judge it by.</p>' if not known else ""
    return f'<section class="lines"><h3>{title}</h3><ul>{shown}</ul>{none}{bare}</section>'


def _line(one: Line) -> str:
    kind, word = _VERDICTS[one.verdict]
    sure = f", {one.sure}" if one.sure else ""
    name = one.name.replace("_", " ")
    points = _points(one)
    inside = _quotes(one.moments[:_MOST_MOMENTS])
    if more := one.moments[_MOST_MOMENTS:]:
        inside += f"<details><summary>{_counted(len(more), 'more moment')}</summary>{_quotes(more)}</details>"
    return (
        f'<li class="{kind}"><p class="top"><b>{escape(name[:1].upper() + name[1:])}</b>'
        f'<span class="tag">{word}{escape(sure)}</span></p>'
        f"<p>{escape(one.text)}</p>{_range(one)}{points}{inside}</li>"
    )


def _range(one: Line) -> str:
    if one.score is None or one.low is None or one.high is None:
        return ""
    least = 1 if one.scale == 5 else 0
    left, right, at = (
        100 * (value - least) / (one.scale - least) for value in (one.low, one.high, one.score)
    )
    spoken = f"{one.score:.1f} of {one.scale}, probably between {one.low:.1f} and {one.high:.1f}"
    return (
        f'<div class="range" role="img" aria-label="{spoken}">'
        f'<span class="band" style="left:{left:.1f}%;width:{max(right - left, 0):.1f}%"></span>'
        f'<span class="dot" style="left:{at:.1f}%"></span></div>'
    )


def _points(one: Line) -> str:
    parts = [f"<li>{escape(point.point)} <small>{escape(point.verdict)}</small></li>" for point in one.points]
    made = (
        f"<details><summary>{_counted(len(parts), 'key point')}</summary><ul>{''.join(parts)}</ul></details>"
    )
    never = "".join(
        f'<p class="never">Never raised for {escape(raised.subject)}: {escape(", ".join(raised.stages))}.</p>'
        for raised in one.never_raised
        if raised.stages
    )
    code = "".join(f"<p>{escape(code.text)}</p>" for code in one.code)
    return f"{never}{code}{made if parts else ''}"


def _quotes(moments: Iterable[Moment]) -> str:
    shown = "".join(
        f'<li class="{one.counts}"><blockquote>{escape(one.quote)}</blockquote>'
        f'<p class="where"><span class="sr">Counts {one.counts} you:</span> {escape(one.why)}</p></li>'
        for one in moments
    )
    return f'<ul class="quotes">{shown}</ul>' if shown else ""


def _moments(title: str, moments: Sequence[Moment]) -> str:
    return f'<section class="lines"><h3>{title}</h3>{_quotes(moments)}</section>' if moments else ""


def _bar_raiser(view: BarRaiser | None) -> str:
    if view is None:
        return ""
    rows = "".join(
        f'<li class="{_VERDICTS[one.verdict][0]}"><p class="top"><b>{escape(one.principle)}</b>'
        f'<span class="tag">{_VERDICTS[one.verdict][1]}</span></p></li>'
        for one in view.principles
        if one.answers
    )
    seen = f"<h3>What the bar raiser sees</h3><p>{escape(view.text)}</p><ul>{rows}</ul>"
    return f'<section class="lines">{seen}</section>'


def _rounds(rounds: Sequence[RoundView], state: InterviewState) -> str:
    shown = "".join(
        f"<details><summary><b>Round {one.number + 1}: {escape(one.title)}</b> "
        f'<span class="tag {_LEANS[one.inclination.lean][0]}">{_LEANS[one.inclination.lean][1]}</span></summary>'
        f"<p>With: {escape(one.interviewer)}. {escape(one.ended.capitalize())}, {one.tally.answered} of "
        f"{one.tally.asked} questions answered.</p>{look_back(state, one.number)}</details>"
        for one in rounds
    )
    return f'<section class="by-round"><h3>Round by round</h3>{shown}</section>' if shown else ""


def _reused(one: Debrief) -> str:
    texts = [
        f"One story was told for {_counted(len(again.turns), 'question')}"
        + (f" ({'; '.join(again.principles)})" if again.principles else "")
        + ": have another one ready."
        for again in one.reused
    ]
    return _items("Told more than once", texts)


def _items(title: str, texts: Iterable[str]) -> str:
    shown = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f'<section class="items"><h3>{title}</h3><ul>{shown}</ul></section>' if shown else ""


def _chance(chance: float | None) -> str:
    return f" ({chance:.0%} likely to be right)" if chance is not None else ""


def _counted(number: int, what: str) -> str:
    plural = "" if number == 1 or what == "more" else "s"
    return f"{number} {what}{plural}"
