"""Draw a `Plot` as SVG, to stand in a page: colours come from the page's classes, and nothing is loaded."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from coach.evals.result import Plot, Point

COLOURS = 6  # the page has the classes c0 to c5
_WIDTH = 360
_HEIGHT = 270
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 12, 10, 40
_BAR = 9
_NAMES = 112  # for the names of horizontal bars
_BINS = 15


@dataclass(frozen=True)
class _Scale:
    """From data, `low` to `high`, to the drawing, `start` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        inside = min(max(value, self.low), self.high)
        return self.start + (inside - self.low) / (self.high - self.low) * (self.end - self.start)

    def ticks(self) -> list[float]:
        """Three to seven round numbers in the range."""
        rough = (self.high - self.low) / 5
        power = 10 ** math.floor(math.log10(rough))
        step = power * next(factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough)
        first = math.ceil(self.low / step - 1e-9)
        return [n * step for n in range(first, math.floor(self.high / step + 1e-9) + 1)]


def draw(plot: Plot) -> str:
    """A plot as an `<svg>` element, as wide as what it stands in; a sentence where there is nothing to draw."""
    if not any(one.points or one.values for one in plot.series):
        return "<p>No data.</p>"
    if plot.kind == "bars":
        return _bars(plot)
    return _histogram(plot) if plot.kind == "histogram" else _points(plot)


def _points(plot: Plot) -> str:
    points = [point for one in plot.series for point in one.points]
    xs = [float(point.x) for point in points]
    ys = [value for point in points for value in (point.y, point.low, point.high) if value is not None]
    x = _Scale(*_range(xs, plot.x_range), _LEFT, _WIDTH - _RIGHT)
    y = _Scale(*_range(ys, plot.y_range), _HEIGHT - _BOTTOM, _TOP)
    parts = [*_x_axis(x, plot.x, _HEIGHT), *_y_axis(y, plot.y)]
    if (x.low, x.high) == (y.low, y.high):
        parts.append(_line(x(x.low), y(y.low), x(x.high), y(y.high), "equal"))
    for number, one in enumerate(plot.series):
        colour = f"c{number % COLOURS}"
        placed = [(x(float(point.x)), y(point.y)) for point in one.points]
        if plot.kind == "calibration":
            parts += [_line(*here, *there, f"curve {colour}") for here, there in pairwise(placed)]
        for point, (across, down) in zip(one.points, placed, strict=True):
            if point.low is not None and point.high is not None:
                parts.append(_line(across, y(point.low), across, y(point.high), f"whisker {colour}"))
            said = escape(f"{one.name}: {_short(float(point.x))}, {_short(point.y)}")
            parts.append(
                f'<circle class="dot {colour}" cx="{across:.1f}" cy="{down:.1f}" r="3.5"><title>{said}</title></circle>'
            )
    return _svg(plot, _HEIGHT, parts)


def _bars(plot: Plot) -> str:
    """Horizontal bars: their names can be read on a narrow screen, and there may be many."""
    names = list(dict.fromkeys(str(point.x) for one in plot.series for point in one.points))
    group = _BAR * len(plot.series) + 8
    height = _TOP + group * len(names) + _BOTTOM
    values = [0.0] + [
        value
        for one in plot.series
        for point in one.points
        for value in (point.y, point.low, point.high)
        if value is not None
    ]
    x = _Scale(*_range(values, plot.y_range), _NAMES, _WIDTH - _RIGHT)
    parts = list(_x_axis(x, plot.y, height))
    for place, name in enumerate(names):
        top = _TOP + group * place + 4
        parts.append(_text(_NAMES - 6, top + (group - 8) / 2 + 4, name, "end"))
        for number, one in enumerate(plot.series):
            for point in one.points:
                if str(point.x) == name:
                    parts += _bar(x, point, top + _BAR * number, f"c{number % COLOURS}", one.name)
    parts.append(_line(x(0), _TOP, x(0), height - _BOTTOM, "axis"))
    if plot.target is not None:
        parts.append(_line(x(plot.target), _TOP, x(plot.target), height - _BOTTOM, "target"))
    return _svg(plot, height, parts)


def _bar(x: _Scale, point: Point, top: float, colour: str, name: str) -> Iterator[str]:
    start, end = sorted((x(0), x(point.y)))
    interval = "" if point.low is None else f" [{_short(point.low)}, {_short(point.high or 0)}]"
    said = escape(f"{name}, {point.x}: {_short(point.y)}{interval}")
    yield (
        f'<rect class="bar {colour}" x="{start:.1f}" y="{top:.1f}" width="{max(end - start, 1):.1f}" '
        f'height="{_BAR - 1}"><title>{said}</title></rect>'
    )
    if point.low is not None and point.high is not None:
        middle = top + (_BAR - 1) / 2
        yield _line(x(point.low), middle, x(point.high), middle, "whisker over")


def _histogram(plot: Plot) -> str:
    values = [value for one in plot.series for value in one.values]
    x = _Scale(*_range(values, plot.x_range), _LEFT, _WIDTH - _RIGHT)
    width = (x.high - x.low) / _BINS
    counts = [
        [sum(1 for value in one.values if _bin(value, x.low, width) == place) for place in range(_BINS)]
        for one in plot.series
    ]
    y = _Scale(0, max(max(row) for row in counts) or 1, _HEIGHT - _BOTTOM, _TOP)
    parts = [*_x_axis(x, plot.x, _HEIGHT), *_y_axis(y, plot.y)]
    wide = (x(x.low + width) - x(x.low) - 2) / len(counts)
    for number, (one, row) in enumerate(zip(plot.series, counts, strict=True)):
        for place, count in enumerate(row):
            if count:
                low = x.low + place * width
                said = escape(f"{one.name}, {_short(low)} to {_short(low + width)}: {count}")
                parts.append(
                    f'<rect class="bar c{number % COLOURS}" x="{x(low) + 1 + wide * number:.1f}" y="{y(count):.1f}" '
                    f'width="{wide:.1f}" height="{y(0) - y(count):.1f}"><title>{said}</title></rect>'
                )
    return _svg(plot, _HEIGHT, parts)


def _bin(value: float, low: float, width: float) -> int:
    return min(max(int((value - low) / width), 0), _BINS - 1)


def _range(values: Sequence[float], wanted: tuple[float, float] | None) -> tuple[float, float]:
    """The wanted range, or that of the values with a little room; never empty."""
    if wanted:
        return wanted
    low, high = min(values), max(values)
    room = 0.04 * (high - low) or 0.5
    return (low if low == 0 else low - room), high + room


def _x_axis(x: _Scale, label: str, height: float) -> Iterator[str]:
    bottom = height - _BOTTOM
    for tick in x.ticks():
        yield _line(x(tick), _TOP, x(tick), bottom, "grid")
        yield _text(x(tick), bottom + 14, _short(tick), "middle")
    yield _text((x.start + x.end) / 2, bottom + 31, label, "middle")


def _y_axis(y: _Scale, label: str) -> Iterator[str]:
    for tick in y.ticks():
        yield _line(_LEFT, y(tick), _WIDTH - _RIGHT, y(tick), "grid")
        yield _text(_LEFT - 5, y(tick) + 4, _short(tick), "end")
    middle = (_HEIGHT - _BOTTOM + _TOP) / 2
    yield f'<g transform="translate(11 {middle:.0f}) rotate(-90)">{_text(0, 0, label, "middle")}</g>'


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _svg(plot: Plot, height: float, parts: Iterable[str]) -> str:
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height:.0f}" role="img" aria-label="{escape(plot.title)}">'
        f"{''.join(parts)}</svg>"
    )


def _short(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"
