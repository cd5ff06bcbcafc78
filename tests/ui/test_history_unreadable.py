"""The history page with an interview that can't be read, and with exercises to start."""

import base64
import json
from pathlib import Path

import pytest
from keeping import KeepingCoach, named, shown

from coach.interview.events import Answered
from coach.ui.history_flow import Flow, Parts
from coach.ui.markup import Switch
from coach.ui.save_story import SaveStory


@pytest.fixture
def coach(tmp_path: Path) -> KeepingCoach:
    return KeepingCoach(tmp_path)


@pytest.fixture
def flow(coach: KeepingCoach) -> Flow:
    saving = SaveStory(Switch("save", "save"), Switch("panel", "panel"), "saved")
    return Flow(coach, named(Parts), saving)  # type: ignore[arg-type]


@pytest.fixture
def damaged(coach: KeepingCoach) -> str:
    """An interview whose events don't fit together, beside one that is whole."""
    coach.held("whole", 3.0)
    name = coach.held("damaged", 3.0, day=1)
    store = coach.interviews.store
    store.append(name, len(store.load(name)), [Answered(answer="SECRET too much")])
    return name


def test_it_stands_first_in_the_list_and_the_others_behind_it(flow: Flow, damaged: str) -> None:
    now = flow.reload(None, "")
    (first, name), (_, other) = now["interviews"]["choices"]
    assert (name, other) == (damaged, "whole")
    assert first.endswith("can't be read")
    assert "1 interview with 1 answer. 1 more can't be read." in now["stored"]
    assert shown(now, "some")


def test_it_can_be_saved_as_it_is_stored_and_deleted(coach: KeepingCoach, flow: Flow, damaged: str) -> None:
    now = flow.look(damaged)
    assert "don&#x27;t fit together" in now["looked_at"]
    assert "SECRET" not in now["looked_at"]
    assert shown(now, "detail")
    assert shown(now, "raw")
    assert not any(shown(now, part) for part in ("forms", "going_on", "answers", "save"))
    assert shown(flow.look("whole"), "forms")
    assert not shown(flow.look("whole"), "raw")
    file = json.loads(flow.export_raw(damaged))
    assert file["name"] == "interview-damaged-raw.json"
    assert "SECRET too much" in base64.b64decode(file["body"]).decode()
    now = flow.delete(damaged, "delete")
    assert "The interview is deleted" in now["said"]
    assert [name for _, name in now["interviews"]["choices"]] == ["whole"]


def test_an_exercise_of_the_debrief_is_started(coach: KeepingCoach, flow: Flow) -> None:
    coach.held("i", 2.0)
    assert 'data-exercise="0"' in flow.look("i")["looked_at"]
    opened = flow.exercise("i", 0)["opened"]
    state = coach.interviews.get(opened["id"])
    assert not state.closed
    assert state.turns[0].question in {one.question for one in coach.bank.questions}
    assert opened["exercise"]
    assert "no such exercise" in flow.exercise("i", 9)["problem"]
