"""The history page without a browser: what it shows of stored interviews, and what goes in and out of the store."""

import base64
import json
from pathlib import Path

import pytest
from fake_coach import ANSWER
from keeping import KeepingCoach, named, shown
from test_render import EVIL, Tags

from coach.errors import UsageError
from coach.interview.session import InterviewState
from coach.progress.wishes import Wishes
from coach.ui import render_history
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


def file(text: str) -> tuple[str, bytes]:
    found = json.loads(text)
    return found["name"], base64.b64decode(found["body"])


def test_no_text_becomes_markup(coach: KeepingCoach) -> None:
    coach.held("evil", 3.0, answer=f"{EVIL} happened. I did what I could. {EVIL} was over by then.")
    state = coach.interviews.get("evil")
    turns = tuple(turn.model_copy(update={"question": EVIL}) for turn in state.turns)
    state = state.model_copy(update={"turns": turns, "principle": EVIL})
    found = Tags(render_history.looked_at(state))
    assert not found.seen & {"script", "img"}
    assert not {name for name in found.attributes if name.startswith("on")}
    assert "alert(1)" in found.text


def test_a_line_says_when_what_and_how_it_went(coach: KeepingCoach) -> None:
    coach.held("i", 3.0, 4.0)
    line = render_history.one_line(coach.interviews.get("i"))
    assert line.startswith("1 Mar 2026")
    # It is the same story twice, which counts once, as it was told best.
    assert line.endswith("Behavioral (2 answers, 4.0 of 5, over)")


def test_an_open_interview_has_no_debrief_and_says_what_waits(coach: KeepingCoach) -> None:
    state: InterviewState = coach.interviews.start(seed=1)
    text = Tags(render_history.looked_at(state)).text
    assert "still open" in text
    assert "Waits for an answer" in text
    assert "Debrief" not in text


def test_a_closed_interview_is_shown_with_its_debrief(coach: KeepingCoach) -> None:
    coach.held("i", 3.0)
    text = Tags(render_history.looked_at(coach.interviews.get("i"))).text
    assert "Debrief" in text
    assert "What to work on" in text
    assert "Four people had looked at it" in text


def test_nothing_stored_says_what_to_do(flow: Flow) -> None:
    now = flow.reload(None, "")
    assert "Start one on the Interview page" in now["stored"]
    assert not shown(now, "some")


def test_a_long_list_comes_in_parts(coach: KeepingCoach, flow: Flow) -> None:
    for number in range(23):
        coach.held(f"i{number:02}", day=number)
    now = flow.reload(None, "")
    assert len(now["interviews"]["choices"]) == 20
    assert shown(now, "older")
    now = flow.older(None, now["listed"])
    assert len(now["interviews"]["choices"]) == 23
    assert not shown(now, "older")


def test_one_interview_is_looked_at_and_can_be_gone_on_with(coach: KeepingCoach, flow: Flow) -> None:
    coach.held("over", 3.0)
    coach.held("open", 3.0, closed=False, day=1)
    assert not shown(flow.look("over"), "going_on")
    assert shown(flow.look("open"), "going_on")
    assert flow.go_on("open")["opened"]["id"] == "open"
    coach.interviews.delete("open")
    assert "There is no interview" in flow.go_on("open")["problem"]
    assert not shown(flow.look("open"), "detail")


def test_one_interview_is_saved_in_each_form(coach: KeepingCoach, flow: Flow) -> None:
    coach.held("i", 3.0)
    name, body = file(flow.export("i", "markdown"))
    assert name == "interview-i.md"
    assert b"# Interview of" in body
    name, body = file(flow.export("i", "json"))
    assert InterviewState.model_validate_json(body).id == "i"
    name, body = file(flow.export("i", "pdf"))
    assert name == "interview-i.pdf"
    assert body.startswith(b"%PDF")
    gone = flow.export("no-such", "json")
    assert "There is no interview" in flow.told_of(gone)["problem"]


def test_everything_goes_out_and_comes_back(coach: KeepingCoach, flow: Flow, tmp_path: Path) -> None:
    coach.held("i", 3.0)
    story = coach.told()
    name, body = file(flow.export_all())
    assert name.startswith("interview-coach-")
    kept = tmp_path / name
    kept.write_bytes(body)
    flow.delete_all("Delete  everything")
    assert not coach.interviews.list()
    assert not coach.shelf.list()
    now = flow.bring_back(str(kept))
    assert "The file holds 1 interview and 1 story" in now["said"]
    assert [one.id for one in coach.interviews.list()] == ["i"]
    assert coach.shelf.list() == (story,)
    assert "2 of them were here already" in flow.bring_back(str(kept))["said"]
    assert kept.exists()  # only gradio's own copy of an upload is removed


def test_what_is_no_export_changes_nothing(coach: KeepingCoach, flow: Flow, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text('{"secret": "words"}')
    now = flow.bring_back(str(other))
    assert "Nothing was imported" in now["problem"]
    assert "words" not in now["problem"]
    assert "Choose the file" in flow.bring_back(None)["problem"]
    assert "can&#x27;t be read" in flow.bring_back(str(tmp_path / "gone.json"))["problem"]


@pytest.mark.parametrize("typed", ["", "yes", "delete it", "delete everything"])
def test_one_interview_is_deleted_only_when_that_was_typed(
    coach: KeepingCoach, flow: Flow, typed: str
) -> None:
    coach.held("i", 3.0)
    assert "Nothing was deleted" in flow.delete("i", typed)["problem"]
    assert coach.interviews.list()
    now = flow.delete("i", " Delete ")
    assert "deleted" in now["said"]
    assert not coach.interviews.list()
    assert not shown(now, "detail")


def test_everything_is_deleted_only_when_that_was_typed(
    coach: KeepingCoach, flow: Flow, tmp_path: Path
) -> None:
    coach.held("i", 3.0)
    coach.told()
    Wishes(coach.interviews.store.database).set_per_day(7)
    assert "Nothing was deleted" in flow.delete_all("delete")["problem"]
    assert coach.interviews.list()
    assert coach.shelf.list()
    flow.delete_all("delete everything")
    assert Wishes(coach.interviews.store.database).per_day() == 3
    left = b"".join(one.read_bytes() for one in tmp_path.glob("interviews.db*"))
    assert ANSWER[:40].encode() not in left


def test_a_told_story_becomes_a_draft(coach: KeepingCoach, flow: Flow) -> None:
    coach.held("i", 3.0, 4.0)
    now = flow.look("i")
    assert [value for _, value in now["answer"]["choices"]] == [0, 2]
    assert shown(now, "answers")
    assert shown(now, "save")
    assert flow.draft("i", 2).text == ANSWER
    with pytest.raises(UsageError, match="Pick an answer"):
        flow.draft("i", None)
