"""Progress as HTML: today's practice, the days ahead, what has moved and what has not, and every measure over time."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from itertools import islice

from coach.progress.changes import ENOUGH_TO_TELL, Change
from coach.progress.plots import draw_changes, draw_trend, measure_name
from coach.progress.records import FALLING
from coach.progress.schedule import Exercise, Schedule
from coach.progress.trends import Point, Trend
from coach.ui.render_stories import scrolling
from coach.ui.words import kind_name

_WHY = {
    "weak": "it went badly of late",
    "never practised": "not practised yet",
    "no story": "no story of yours shows it",
    "again": "time to come back to it",
}
_MIND = {
    "situation": "Set the scene so that a stranger can follow",
    "task": "Say what you had to reach",
    "action": "Tell your own steps, one by one",
    "result": "Say what came of it",
    "ownership": "Say what you did, not what “we” did",
    "relevance": "Answer the question that was asked",
    "measured": "Put a number to the result, and where it started from",
    "reflection": "Say what you learned",
    "hypothetical": "Tell what you did, not what you would do",
    "key_point": "Cover every part of the question",
}
_VERDICTS = (
    ("improved", "Improved", "▲"),
    ("worse", "Went down", "▼"),
    ("no clear change", "No clear change", "–"),
    ("not enough yet", "Not enough answers yet", "…"),
)
_DAYS = 7


def when(plan: Schedule, today: date) -> str:
    """Return how long it is until the interview."""
    if plan.interview is None:
        return '<p class="lead">No date is set. With one, everything comes once more before the day.</p>'
    days = (plan.interview - today).days
    if plan.past:
        said = "The day of your interview has passed: we hope it went well. Set another date to go on."
        return f'<p class="lead">{said}</p>'
    left = "today" if days == 0 else "tomorrow" if days == 1 else f"in {days} days"
    return f'<p class="lead">Your interview is <b>{left}</b>, on {_day(plan.interview)} {plan.interview.year}.</p>'


def today(plan: Schedule, done: int) -> str:
    """Return what is left to practise today, the next one first."""
    count = f"{done} question{'' if done == 1 else 's'} answered today. " if done else ""
    if not plan.today:
        rest = "" if plan.past else "Nothing is left for today; more is always welcome."
        return f'<p class="how-far done">{count}{rest}</p>' if count or rest else ""
    shown = "".join(_exercise(one) for one in plan.today)
    left = f"{count}{len(plan.today)} to go, about 10 minutes each."
    return f'<p class="small">{left}</p><ol class="exercises">{shown}</ol>'


def next_label(one: Exercise | None) -> str:
    """Return what the button that starts the next exercise says."""
    return f"Practise now: {subject(one)}" if one else "Practise now"


def subject(one: Exercise) -> str:
    """Return what an exercise is about."""
    return one.principle or kind_name(one.kind)


def ahead(plan: Schedule) -> str:
    """Return the days that come, folded."""
    days = list(islice(((day, own) for day, own in plan.days[1:] if own), _DAYS))
    if not days:
        return ""
    shown = "".join(
        f"<li><b>{_day(day)}</b> {escape(', '.join(subject(one) for one in own))}</li>" for day, own in days
    )
    return f'<details class="ahead"><summary>The days after</summary><ul>{shown}</ul></details>'


def nothing() -> str:
    """Return what to do where nothing was practised yet."""
    return (
        '<div class="notice empty"><strong>Nothing to compare yet.</strong> Answer a question on the Interview page: '
        "every rated answer shows up here, and after four of a kind so does what has changed.</div>"
    )


def moved(changes: Sequence[Change], left_out: int) -> str:
    """Return what improved, what has not, and what too little is known of."""
    parts = "".join(_verdict(changes, *one) for one in _VERDICTS)
    more = ENOUGH_TO_TELL - max((one.answers for one in changes), default=0)
    hint = (
        f'<p class="small">With {more} more answer{"" if more == 1 else "s"} a change can be told from chance.</p>'
        if more > 0
        else '<p class="small">The first half of your answers against the last; lines span the 80% interval.</p>'
    )
    out = (
        f'<p class="small">{left_out} answer{"" if left_out == 1 else "s"} could not be rated and '
        f"{'is' if left_out == 1 else 'are'} in no figure.</p>"
        if left_out
        else ""
    )
    drawn = scrolling(draw_changes(changes), "How far each measure has moved")
    return f'<div class="moved"><div class="moves">{parts}</div>{drawn}{hint}{out}</div>'


def grouped(title: str, found: Mapping[str, Change]) -> str:
    """Return the overall score by kind or principle, then and now."""
    rows = "".join(_row(name, one) for name, one in found.items())
    if not rows:
        return ""
    return (
        f'<div class="scroller" tabindex="0" role="region" aria-label="{escape(title)}"><table class="numbers">'
        f"<caption>{escape(title)}</caption><thead><tr><th scope='col'>What</th><th scope='col'>Answers</th>"
        "<th scope='col'>Then</th><th scope='col'>Now</th><th scope='col'>So</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def over_time(trends: Sequence[Trend]) -> str:
    """Return every measure over time as a plot, with its numbers on demand."""
    shown = "".join(_trend(one) for one in trends)
    if not shown:
        return '<div class="notice empty">No answer of this kind was rated yet: choose another, or practise one.</div>'
    legend = (
        '<p class="small">A dot is one answer, its line the 80% interval; the path is the mean of the last five, '
        "the shade how sure that is.</p>"
    )
    return f'<div class="trends">{shown}</div>{legend}'


def _exercise(one: Exercise) -> str:
    last = f", last {one.level:.1f} of 5" if one.level is not None else ""
    mind = f'<p class="mind">{_MIND[one.criterion]}.</p>' if one.criterion else ""
    kind = f" <small>{kind_name(one.kind)}</small>" if one.principle else ""
    return (
        f"<li><p><b>{escape(subject(one))}</b>{kind}</p>"
        f'<p class="small">{_WHY[one.why].capitalize()}{last}.</p>{mind}</li>'
    )


def _verdict(changes: Sequence[Change], verdict: str, title: str, sign: str) -> str:
    own = [one for one in changes if one.verdict == verdict]
    if not own:
        return ""
    items = "".join(
        f"<li>{escape(measure_name(one.measure).capitalize())} {_figures(one)}</li>" for one in own
    )
    kind = verdict.replace(" ", "-")
    heading = f'<h4><span aria-hidden="true">{sign}</span> {title}</h4>'
    return f'<section class="verdict-{kind}">{heading}<ul>{items}</ul></section>'


def _figures(one: Change) -> str:
    if one.before is None or one.after is None:
        return f"<small>{one.needed} more</small>" if one.needed else "<small>of too many kinds</small>"
    return f"<small>{one.before:.1f} → {one.after:.1f}</small>"


def _row(name: str, one: Change) -> str:
    values = [("–" if value is None else f"{value:.1f}") for value in (one.before, one.after)]
    so = (
        one.verdict
        if one.before is not None
        else f"{one.needed} more to compare"
        if one.needed
        else one.verdict
    )
    cells = "".join(f"<td>{cell}</td>" for cell in (str(one.answers), *values, escape(so)))
    return f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>'


def _trend(one: Trend) -> str:
    name = measure_name(one.measure).capitalize()
    last = one.points[-1]
    rows = "".join(_point(point) for point in reversed(one.points))
    table = (
        "<details><summary>As numbers</summary><div class='scroller' tabindex='0' role='region' "
        f"aria-label='{escape(name)}, as numbers'><table class='numbers'><thead><tr><th scope='col'>Day</th>"
        "<th scope='col'>Value</th><th scope='col'>80% interval</th><th scope='col'>Mean of the last</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></div></details>"
    )
    large = " large" if one.measure == "overall" else ""
    fewer = ", fewer is better" if one.measure in FALLING else ""
    return (
        f'<figure class="trend{large}"><figcaption>{escape(name)} <small>last {last.value:.1f} of {one.highest:g}, '
        f"mean {last.level:.1f}{fewer}</small></figcaption>{draw_trend(one)}{table}</figure>"
    )


def _point(one: Point) -> str:
    sure = f"{one.interval[0]:.1f} to {one.interval[1]:.1f}" if one.interval else "not known"
    at = one.at.astimezone()
    cells = "".join(f"<td>{cell}</td>" for cell in (f"{one.value:.1f}", sure, f"{one.level:.1f}"))
    return f'<tr><th scope="row">{at.day} {at:%b %Y}</th>{cells}</tr>'


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"
