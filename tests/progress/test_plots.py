import re
from xml.etree import ElementTree

import pytest

from coach.interview.questions import PRINCIPLES
from coach.progress.changes import changes
from coach.progress.plots import draw_changes, draw_matrix, draw_trend
from coach.progress.trends import trend
from coach.stories.matrix import matrix
from tests.stories.builders import story

from .builders import record, row

STORIES = [
    story("<b>&", "x", {"Dive Deep": 1.8, "Frugality": 1.0}),
    story("A very long title of a story that goes on", "x", None, "Ownership"),
]
DRAWN = {
    "trend": draw_trend(trend(row([2.0, 3.0, 4.5]), "overall")),
    "one": draw_trend(trend(row([2.0]), "overall")),
    "yes or no": draw_trend(trend([record(3.0, measured=1.0), record(3.0, measured=0.0)], "measured")),
    "changes": draw_changes(changes([record(s, action=2.0) for s in [1.0] * 4 + [4.0] * 4])),
    "matrix": draw_matrix(matrix(STORIES), STORIES),
}


@pytest.mark.parametrize("name", DRAWN)
def test_each_stands_alone_and_says_what_it_shows(name: str) -> None:
    svg = ElementTree.fromstring(DRAWN[name])
    ns = "{http://www.w3.org/2000/svg}"
    assert svg.tag == f"{ns}svg"
    assert svg.get("role") == "img"
    labels = (svg.get("aria-labelledby") or "").split()
    title, about = svg.find(f"{ns}title"), svg.find(f"{ns}desc")
    assert title is not None
    assert about is not None
    assert labels == [title.get("id"), about.get("id")]
    assert title.text
    assert about.text
    assert "href" not in DRAWN[name]
    assert "<script" not in DRAWN[name]
    # No colour but the page's, or one that the page can change.
    colours = re.findall(r'(?:fill|stroke)="([^"]+)"', DRAWN[name])
    assert all(c in ("currentColor", "none") or c.startswith("var(--progress-") for c in colours)


def test_all_lies_within_the_picture() -> None:
    for drawn in DRAWN.values():
        _, _, width, height = map(float, re.findall(r'viewBox="([^"]+)"', drawn)[0].split())
        for across, down in re.findall(r'cx="([-\d.]+)" cy="([-\d.]+)"', drawn):
            assert 0 <= float(across) <= width
            assert 0 <= float(down) <= height


def test_a_higher_score_stands_higher() -> None:
    heights = [float(y) for y in re.findall(r'cy="([\d.]+)"', DRAWN["trend"])]
    assert heights == sorted(heights, reverse=True)
    assert "First 2.0 (1.5 to 2.5), last 4.5 (4.0 to 5.0)" in DRAWN["trend"]


def test_a_clear_change_is_filled_and_said() -> None:
    drawn = DRAWN["changes"]
    assert "overall: from 1.00 to 4.00, improved" in drawn
    assert "action: from 2.00 to 2.00, no clear change" in drawn
    assert drawn.count('fill="none"') == 1


def test_the_matrix_names_every_gap_and_takes_no_title_for_markup() -> None:
    drawn = DRAWN["matrix"]
    assert "&lt;b&gt;&amp;, Dive Deep: strength 1.8 of 2" in drawn
    assert "Ownership: not judged yet" in drawn
    assert drawn.count("(gap)") == len(PRINCIPLES) - 2


def test_where_there_is_nothing_to_draw_it_says_what_to_do() -> None:
    assert draw_trend(trend([], "key_points")) == "<p>No answers were rated by key points yet.</p>"
    assert "not enough answers" in draw_changes(changes(row([3.0])))
    assert "save an answer" in draw_matrix(matrix([]), [])
