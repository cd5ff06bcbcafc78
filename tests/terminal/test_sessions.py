"""The stored interviews at a terminal: listed, shown, deleted."""

import argparse
import json
from collections.abc import Callable
from typing import NamedTuple

import pytest

from coach.errors import StoreError
from coach.interview.interviews import Interviews
from coach.interview.plans import plan_named
from coach.interview.session import InterviewState
from coach.terminal import stored_interviews


class Stored(NamedTuple):
    out: str
    err: str


@pytest.fixture
def stored(interviews: Interviews, capsys: pytest.CaptureFixture[str]) -> Callable[..., Stored]:
    def run(verb: str, interview: str | None = None, *, as_json: bool = False) -> Stored:
        given = argparse.Namespace(verb=verb, id=interview, json=as_json)
        assert stored_interviews(given, interviews) == 0
        return Stored(*capsys.readouterr())

    return run


def test_the_list_has_a_line_for_each(interviews: Interviews, stored: Callable[..., Stored]) -> None:
    first, second = interviews.start(principle="Ownership"), interviews.start(kind="technical")
    list(interviews.answer(first.id, "An answer."))
    lines = stored("list").out.splitlines()[1:]
    assert [line.split()[0] for line in lines] == [second.id, first.id]
    assert lines[1].split()[-3:] == ["Ownership", "1", "3.0"]
    assert lines[0].split()[-3:] == ["technical", "0", "-"]


def test_the_list_names_the_plan(interviews: Interviews, stored: Callable[..., Stored]) -> None:
    interviews.start(principle="Ownership", plan=plan_named("quick-drill"))
    assert "quick-drill, Ownership" in stored("list").out


def test_the_list_as_json_is_one_object(interviews: Interviews, stored: Callable[..., Stored]) -> None:
    assert json.loads(stored("list", as_json=True).out) == {"sessions": [], "unreadable": []}
    ids = {interviews.start().id, interviews.start().id}
    assert {one["id"] for one in json.loads(stored("list", as_json=True).out)["sessions"]} == ids


def test_show(interviews: Interviews, stored: Callable[..., Stored]) -> None:
    state = interviews.start(seed=1)
    assert state.turns[0].question in stored("show", state.id).out
    out = stored("show", state.id, as_json=True).out
    assert InterviewState.model_validate_json(out) == state


def test_delete(interviews: Interviews, stored: Callable[..., Stored]) -> None:
    kept, gone, other = interviews.start(), interviews.start(), interviews.start()
    assert stored("delete", gone.id) == ("", f"{gone.id} is deleted.\n")
    assert json.loads(stored("delete", other.id, as_json=True).out) == {"id": other.id, "deleted": True}
    assert [one.id for one in interviews.list()] == [kept.id]
    with pytest.raises(StoreError, match="no interview"):
        stored("delete", gone.id)
