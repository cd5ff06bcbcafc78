"""Progress as pictures: `<svg>` elements that stand in a page by themselves, nothing loaded, no script.

Text and lines take the page's colour (`currentColor`); values take `--progress-value`, levels `--progress-level`
and bad news `--progress-down` where the page sets them. Each has a title and a description for screen readers, and
no meaning rests on colour alone.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise

from coach.progress.changes import Change
from coach.progress.records import MEASURES
from coach.progress.trends import Trend
from coach.stories.matrix import Matrix
from coach.stories.story import Story

_VALUE = "var(--progress-value, #2f6fb3)"
_LEVEL = "var(--progress-level, currentColor)"
_DOWN = "var(--progress-down, #b3402f)"
_WIDTH, _HEIGHT = 420, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 14, 12, 34
_ROW, _NAMES = 30, 118
_CELL, _HEADS = 26, 92
_LONGEST_NAME = 34


def draw_trend(trend: Trend) -> str:
    """Draw a measure over time: each answer with its interval, and the mean of the last ones with its spread."""
    name = measure_name(trend.measure)
    if not trend.points:
        return _nothing(f"No answers were rated by {name} yet.")
    first, last = trend.points[0], trend.points[-1]
    count = len(trend.points)

    def x(place: int) -> float:
        inner = _WIDTH - _LEFT - _RIGHT
        return _LEFT + inner * (place + 0.5) / count

    def y(value: float) -> float:
        inner = _HEIGHT - _TOP - _BOTTOM
        return _TOP + inner * (trend.highest - value) / (trend.highest - trend.lowest)

    parts = list(_scale(trend, y))
    spreads = [(x(i), one.spread) for i, one in enumerate(trend.points) if one.spread]
    if len(spreads) > 1:
        upper = [f"{across:.1f},{y(spread[1]):.1f}" for across, spread in spreads]
        lower = [f"{across:.1f},{y(spread[0]):.1f}" for across, spread in reversed(spreads)]
        parts.append(f'<polygon points="{" ".join(upper + lower)}" fill="{_LEVEL}" opacity="0.12"/>')
    for (here, level), (there, after) in pairwise((x(i), p.level) for i, p in enumerate(trend.points)):
        parts.append(_line(here, y(level), there, y(after), f'stroke="{_LEVEL}" stroke-width="2"'))
    for i, one in enumerate(trend.points):
        if one.interval:
            low, high = one.interval
            whisker = f'stroke="{_VALUE}" stroke-width="1.5" opacity="0.6"'
            parts.append(_line(x(i), y(low), x(i), y(high), whisker))
        said = escape(f"{one.at:%d %b %Y}: {_value(one.value, one.interval)}")
        circle = f'cx="{x(i):.1f}" cy="{y(one.value):.1f}" r="4" fill="{_VALUE}"'
        parts.append(f"<circle {circle}><title>{said}</title></circle>")
    bottom = _HEIGHT - _BOTTOM + 16
    parts.append(_text(x(0), bottom, f"{first.at:%d %b}", "middle"))
    if count > 1:
        parts.append(_text(x(count - 1), bottom, f"{last.at:%d %b}", "middle"))
    about = (
        f"{count} answer{'s' * (count > 1)} from {first.at:%d %B %Y} to {last.at:%d %B %Y}, on a scale from "
        f"{trend.lowest:g} to {trend.highest:g}. First {_value(first.value, first.interval)}, last "
        f"{_value(last.value, last.interval)}; mean of the last ones {_value(last.level, last.spread)}."
    )
    return _svg(f"{name} over time", about, _WIDTH, _HEIGHT, parts)


def draw_changes(changes: Sequence[Change]) -> str:
    """Draw how far each measure has moved, in parts of its range, with the 80% interval of that."""
    told = [one for one in changes if one.difference is not None]
    if not told:
        return _nothing("There are not enough answers to compare yet.")
    height = _TOP + _ROW * len(told) + _BOTTOM
    middle = (_NAMES + _WIDTH - _RIGHT) / 2
    half = (_WIDTH - _RIGHT - _NAMES) / 2
    parts = [
        _line(middle, _TOP, middle, height - _BOTTOM, 'stroke="currentColor" opacity="0.5"'),
        _text(_NAMES, height - 12, "went down", "start"),
        _text(_WIDTH - _RIGHT, height - 12, "went up", "end"),
    ]
    lines = []
    for row, one in enumerate(told):
        down = _TOP + _ROW * row + _ROW / 2
        reach = MEASURES[one.measure] - (1 if one.measure == "overall" else 0)
        moved, low, high = (
            middle + half * max(-1.0, min(1.0, (value or 0.0) / reach))
            for value in (one.difference, one.low, one.high)
        )
        colour = _DOWN if one.verdict == "worse" else _VALUE
        clear = one.verdict != "no clear change"
        said = f"{measure_name(one.measure)}: from {one.before:.2f} to {one.after:.2f}, {one.verdict}"
        lines.append(said)
        parts += [
            _text(_NAMES - 8, down + 4, measure_name(one.measure), "end"),
            _line(low, down, high, down, f'stroke="{colour}" stroke-width="2"'),
            f'<circle cx="{moved:.1f}" cy="{down:.1f}" r="5" stroke="{colour}" stroke-width="2" '
            f'fill="{colour if clear else "none"}"><title>{escape(said)}</title></circle>',
        ]
    about = f"{'; '.join(lines)}. A filled dot is a clear change."
    return _svg("First answers against the last ones", about, _WIDTH, height, parts)


def draw_matrix(matrix: Matrix, stories: Sequence[Story]) -> str:
    """Draw which story shows which principle: the fuller a dot, the stronger; a ring is a tag not borne out."""
    if not stories:
        return _nothing("No story is saved yet: save an answer of an interview as one.")
    left = 250
    width = max(_WIDTH, left + _CELL * len(stories) + _RIGHT)
    height = _HEADS + _CELL * len(matrix.rows) + 8
    parts = []
    for column, story in enumerate(stories):
        across = left + _CELL * column + _CELL / 2
        parts.append(
            f'<g transform="translate({across + 4:.1f} {_HEADS - 8}) rotate(-55)">'
            f"{_text(0, 0, _shortened(story.title, 16), 'start')}</g>"
        )
    for row, (principle, cells) in enumerate(matrix.rows.items()):
        down = _HEADS + _CELL * row + _CELL / 2
        gap = principle in matrix.gaps
        label = _shortened(principle, _LONGEST_NAME) + (" (gap)" if gap else "")
        parts.append(_text(left - 8, down + 4, label, "end", 'font-style="italic"' if gap else ""))
        parts.append(
            _line(
                left,
                down + _CELL / 2,
                width - _RIGHT,
                down + _CELL / 2,
                'stroke="currentColor" opacity="0.12"',
            )
        )
        places = {story.id: column for column, story in enumerate(stories)}
        for cell in cells:
            across = left + _CELL * places[cell.story_id] + _CELL / 2
            said = f"{stories[places[cell.story_id]].title}, {principle}: {_strength(cell.strength)}"
            radius = 4 + 2.5 * (cell.strength or 0.0)
            look = f'fill="{_VALUE}"' if cell.shown else f'fill="none" stroke="{_VALUE}" stroke-width="2"'
            parts.append(
                f'<circle cx="{across:.1f}" cy="{down:.1f}" r="{radius:.1f}" {look}>'
                f"<title>{escape(said)}</title></circle>"
            )
    missing = f"No story shows {', '.join(matrix.gaps)}." if matrix.gaps else "Every principle has a story."
    about = (
        f"{len(stories)} stor{'ies' if len(stories) > 1 else 'y'} by {len(matrix.rows)} principles. {missing}"
    )
    return _svg("Stories by principle", about, width, height, parts)


def measure_name(measure: str) -> str:
    """What people call a measure."""
    names: Mapping[str, str] = {
        "measured": "numbers given",
        "hypothetical": "hypothetical",
        "key_points": "key points",
    }
    return names.get(measure, measure.replace("_", " "))


def _scale(trend: Trend, y: Callable[[float], float]) -> Iterator[str]:
    step = 1.0 if trend.highest - trend.lowest > 1 else 0.5
    value = trend.lowest
    while value <= trend.highest:
        yield _line(_LEFT, y(value), _WIDTH - _RIGHT, y(value), 'stroke="currentColor" opacity="0.15"')
        yield _text(_LEFT - 6, y(value) + 4, f"{value:g}", "end")
        value += step


def _strength(strength: float | None) -> str:
    return "not judged yet" if strength is None else f"strength {strength:.1f} of 2"


def _value(value: float, interval: tuple[float, float] | None) -> str:
    return f"{value:.1f}" + (f" ({interval[0]:.1f} to {interval[1]:.1f})" if interval else "")


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _nothing(sentence: str) -> str:
    return f"<p>{escape(sentence)}</p>"


def _line(x1: float, y1: float, x2: float, y2: float, look: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" {look}/>'


def _text(x: float, y: float, text: str, anchor: str, look: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {look}>{escape(text)}</text>'


def _svg(title: str, about: str, width: float, height: float, parts: Iterable[str]) -> str:
    drawn = "".join(parts)
    # Ids are the whole page's: two drawings have the same only when they are the same.
    key = hashlib.sha256(f"{title}{about}{drawn}".encode()).hexdigest()[:10]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="100%" '
        f'style="max-width:{width * 1.5:.0f}px" role="img" aria-labelledby="t{key} d{key}" fill="currentColor" '
        f'font-family="inherit" font-size="12"><title id="t{key}">{escape(title)}</title>'
        f'<desc id="d{key}">{escape(about)}</desc>{drawn}</svg>'
    )
