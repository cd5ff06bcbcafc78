"""The line in front of a slow model: everybody is told their place, and served in turn."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_coach import ANSWER, FakeCoach
from keeping import named

from coach.interview.plans import Offered
from coach.ui.answer_flow import AnswerFlow
from coach.ui.interview_flow import Flow
from coach.ui.interview_parts import Parts
from coach.ui.interview_view import View
from coach.ui.line import Line
from coach.ui.markup import Updates
from coach.ui.opened import opening
from coach.ui.pace import first_of
from coach.ui.render_interview import in_line


def test_who_comes_first_is_served_first() -> None:
    line = Line(at_once=1, again=0.01)
    with line.join() as first:
        assert list(first) == []
        with line.join() as second, line.join() as third:
            assert (next(second), next(third)) == (1, 2)
            assert next(third) == 2  # told again, so that who has left is noticed
    with line.join() as after:
        assert list(after) == []


def test_who_leaves_makes_room_for_all_behind() -> None:
    line = Line(at_once=1, again=60)
    first, second, third = line.join(), line.join(), line.join()
    first.__enter__()
    second.__enter__()
    places = third.__enter__()
    assert next(places) == 2
    waiting = threading.Thread(target=lambda: told.extend(places))
    told: list[int] = []
    waiting.start()
    second.__exit__(None, None, None)
    first.__exit__(None, None, None)
    waiting.join(20)
    assert not waiting.is_alive()
    assert told in ([1], [])  # both may have gone before it looked
    third.__exit__(None, None, None)


def test_several_are_served_at_once() -> None:
    line = Line(at_once=2, again=0.01)
    with line.join() as first, line.join() as second, line.join() as third:
        assert (list(first), list(second), next(third)) == ([], [], 1)


@pytest.fixture
def coach(tmp_path: Path) -> Iterator[FakeCoach]:
    made = FakeCoach(tmp_path)
    yield made
    made.model.go.set()
    made.interviews.store.close()


@pytest.fixture
def parts() -> Parts:
    return named(Parts)


def advised(coach: FakeCoach, parts: Parts, line: Line) -> Iterator[Updates]:
    """What a tab shows after an answer, while the model is at it."""
    state, _ = first_of(coach.interviews.answer(coach.interviews.start().id, ANSWER))
    flow = AnswerFlow(coach, parts, View(coach, parts, dict), line)  # type: ignore[arg-type]
    return flow.advise(opening(state).kept, True)


def test_the_page_says_ones_place_while_a_slow_model_is_busy(coach: FakeCoach, parts: Parts) -> None:
    coach.model.go.clear()  # it never comes to its end
    line = Line(at_once=1, again=0.01)
    first, second, third = (advised(coach, parts, line) for _ in range(3))
    assert "putting this into words" in next(first)[parts.progress]
    assert "You are next in line for the model" in next(second)[parts.progress]
    assert "You are number 2 in line for the model" in next(third)[parts.progress]
    second.close()  # type: ignore[attr-defined]  # its tab was closed, or Stop pressed
    assert "You are next in line" in next(third)[parts.progress]
    first.close()  # type: ignore[attr-defined]
    said = [one[parts.progress] for one in _until_served(third)]
    assert "putting this into words" in said[-1]
    coach.model.go.set()
    *_, last = third
    assert "words by fake-1b" in last[parts.progress]
    assert "name the rate after the fix" in last[parts.advice]


def test_a_debrief_stands_in_the_same_line(coach: FakeCoach, parts: Parts) -> None:
    line = Line(at_once=1, again=0.01)
    state = coach.interviews.start()
    list(coach.interviews.answer(state.id, ANSWER))
    closed = coach.interviews.close(state.id)
    flow = Flow(coach, parts, View(coach, parts, dict), lambda: Offered({}), None, line)  # type: ignore[arg-type]
    with line.join() as busy:
        assert list(busy) == []
        stream = flow.reflect(opening(closed).kept)
        shown = [next(stream)[parts.reflecting] for _ in range(2)]
    assert in_line(1) in shown
    *_, last = stream
    assert "second story" in last[parts.debrief]


def _until_served(stream: Iterator[Updates]) -> Iterator[Updates]:
    for one in stream:
        yield one
        if "in line" not in str(one):
            return
