"""The page needs nothing but itself, and shows what is in the report."""

import re
from collections.abc import Sequence
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from coach.evals.page import page
from coach.evals.plots import draw
from coach.evals.provenance import Provenance
from coach.evals.report import Report
from coach.evals.result import Case, Change, Plot, Point, Row, Series, SuiteResult

EVIL = '<script src="//x.example/a.js">alert(1)</script><img src=x onerror=alert(1)>"&\''
MADE = Provenance(
    date="2026-01-02T03:04:05+00:00",
    commit=None,
    python="3.11",
    system="Linux",
    processor="<chip>",
    cores=2,
    memory_gb=8,
    packages={"numpy": "2"},
    prompts={"ask": "1:abcd"},
    code="c0de",
    corpus="c0",
    weights="w0",
    cases="ca",
    public=None,
    models={"a": {}, "b": {"sampling": "temperature 0"}},
)
KINDS = ("scatter", "bars", "calibration", "histogram")


def plot(kind: str, **changed: object) -> Plot:
    points = (Point(x=1.0, y=2.0, low=1.5, high=2.5), Point(x=3.0, y=1.0))
    series = (Series(name="one", points=points), Series(name=EVIL, points=points[:1]))
    if kind == "bars":
        series = (
            Series(name="one", points=(Point(x=EVIL, y=0.5, low=-0.1, high=0.7), Point(x="two", y=-0.2))),
        )
    if kind == "histogram":
        series = (Series(name="one", values=(1.0, 2.0, 2.0, 9.0)),)
    given = {"kind": kind, "title": f"T {EVIL}", "x": EVIL, "y": "why", "series": series}
    return Plot.model_validate(given | changed)


def suite(model: str, plots: Sequence[Plot] = ()) -> SuiteResult:
    return SuiteResult(
        name="toy",
        model=model,
        facts={"held out": EVIL},
        rows=(
            Row(metric="rho", system="coach", subset="own", value=0.5, low=0.25, high=0.75, n=7),
            Row(metric="median ms", system="coach", subset="all", value=12.0, n=7),
        ),
        guarded=(),
        cases=tuple(
            Case(id=f"case {n}", cluster="c", scores={"closeness": n / 100}, detail={"answer": EVIL})
            for n in range(40)
        ),
        unscored={"too short": 3},
        plots=tuple(plots),
    )


def report(*models: str, plots: Sequence[Plot] = (), changes: Sequence[Change] = ()) -> Report:
    return Report(
        made_with=MADE, suites=tuple(suite(model, plots) for model in models), changes=tuple(changes)
    )


class Elements(HTMLParser):
    """All elements with their attributes, and all text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_it_loads_and_runs_nothing() -> None:
    html = page(report("a", "b", plots=[plot(kind) for kind in KINDS]))
    elements = Elements(html)
    assert {tag for tag, _ in elements.found}.isdisjoint(
        {"script", "link", "img", "iframe", "object", "embed", "base", "form", "image", "use"}
    )
    for _, attributes in elements.found:
        assert not [
            name for name in attributes if name.startswith("on") or name in ("src", "srcset", "style")
        ]
        assert (attributes.get("href") or "#").startswith("#")
    style = html[html.index("<style>") : html.index("</style>")]
    assert not re.search(r"url\(|@import|@font-face", style)
    assert any(
        attributes.get("content", "").startswith("default-src 'none'") for _, attributes in elements.found
    )  # type: ignore[union-attr]
    assert EVIL in elements.text


def test_it_has_a_light_and_a_dark_face_and_fits_a_phone() -> None:
    html = page(report("a"))
    assert "prefers-color-scheme: dark" in html
    assert "width=device-width" in html


def test_everything_of_the_report_is_in_it() -> None:
    text = Elements(page(report("a", "b"))).text
    for words in (
        "rho",
        "0.500[0.250, 0.750]",
        "12.0",
        "Without a score with a: too short 3",
        "c0de",
        "<chip>",
    ):
        assert words in text


def test_models_stand_in_columns_side_by_side() -> None:
    one = [attributes for tag, attributes in Elements(page(report("a"))).found if tag == "th"]
    two = Elements(page(report("a", "b")))
    heads = [attributes for tag, attributes in two.found if tag == "th"]
    assert len([head for head in heads if head.get("scope") == "col"]) > len(
        [head for head in one if head.get("scope") == "col"]
    )
    assert "systemnab" in two.text


def test_the_worst_cases_come_first_and_are_open() -> None:
    html = page(report("a"))
    cases = re.findall(r"<details( open)?><summary>(case \d+)", html)
    assert [name for _, name in cases] == [f"case {n}" for n in range(30)]
    assert [bool(is_open) for is_open, _ in cases] == [True] * 3 + [False] * 27


def test_what_fell_is_said_at_the_top() -> None:
    numbers = {"value": -1, "low": -2, "high": -0.5, "n": 7, "paired": True, "fell": True}
    fell = Change.model_validate(
        {"suite": "toy", "model": "a", "against": "the baseline", "score": "rho", **numbers}
    )
    assert "1 of 1 guarded scores fell" in page(report("a", changes=[fell]))
    assert "fell below the baseline" not in page(report("a"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_well_formed_and_stays_in_its_frame(kind: str) -> None:
    drawn = ElementTree.fromstring(draw(plot(kind)))
    width, height = map(float, drawn.attrib["viewBox"].split()[2:])
    for element in drawn.iter():
        for name, most in (
            ("cx", width),
            ("x1", width),
            ("x2", width),
            ("cy", height),
            ("y1", height),
            ("y2", height),
        ):
            assert 0 <= float(element.get(name, 0)) <= most
        if element.tag == "rect":
            assert 0 <= float(element.attrib["x"]) <= width - float(element.attrib["width"])
            assert 0 <= float(element.attrib["y"]) <= height - float(element.attrib["height"])


def test_points_stand_where_their_numbers_say() -> None:
    drawn = ElementTree.fromstring(draw(plot("scatter", x_range=(0, 4), y_range=(0, 4))))
    dots = [(float(dot.attrib["cx"]), float(dot.attrib["cy"])) for dot in drawn.iter("circle")]
    (left, middle), (right, low), _ = dots
    assert left < right
    assert middle < low, "a larger y stands higher"
    assert drawn.findall(".//line[@class='equal']"), "both axes have the same range: equal is a line"


def test_bars_below_nothing_go_to_the_left() -> None:
    drawn = ElementTree.fromstring(draw(plot("bars", target=0.6)))
    above, below = (float(bar.attrib["x"]) for bar in drawn.iter("rect"))
    (axis,) = (float(line.attrib["x1"]) for line in drawn.iter("line") if line.get("class") == "axis")
    (target,) = (float(line.attrib["x1"]) for line in drawn.iter("line") if line.get("class") == "target")
    assert below < axis == above < target


def test_a_histogram_counts_every_value_once() -> None:
    drawn = ElementTree.fromstring(draw(plot("histogram")))
    counts = [int((title.text or "").rpartition(": ")[2]) for title in drawn.iter("title")]
    assert sum(counts) == 4
    assert max(counts) == 2


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("value", [0.0, 1e6, -3.25])
def test_a_single_value_and_none_can_be_drawn(kind: str, value: float) -> None:
    point = Point(x="one" if kind == "bars" else value, y=value)
    one = Series(name="one", points=() if kind == "histogram" else (point,), values=(value,))
    ElementTree.fromstring(draw(plot(kind, series=(one,))))
    assert draw(plot(kind, series=())) == "<p>No data.</p>"
