"""What somebody types is never undone by what the page hears late."""

import gc
import inspect
import warnings
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr
import pytest
from fake_coach import FakeCoach
from keeping import KeepingCoach, named

from coach.library.material import Added
from coach.progress.wishes import Wishes
from coach.ui import history_flow, material_flow, progress_flow, stories_flow
from coach.ui.markup import Switch
from coach.ui.material_flow import Came
from coach.ui.pages import pages
from coach.ui.save_story import SaveStory
from coach.ui.stories_parts import Parts as StoriesParts
from coach.ui.words import ANY


@pytest.fixture
def coach(tmp_path: Path) -> KeepingCoach:
    return KeepingCoach(tmp_path)


def answers_in_steps(handler: Any) -> bool:
    while isinstance(handler, partial):
        handler = handler.func
    return inspect.isgeneratorfunction(inspect.unwrap(handler))


@pytest.fixture
def blocks(tmp_path: Path) -> Iterator[Any]:
    blocks = pages(FakeCoach(tmp_path))  # type: ignore[arg-type]
    yield blocks
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # Gradio leaves event loops open
        del blocks
        gc.collect()


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_what_answers_in_steps_changes_no_field(blocks: Any) -> None:
    streams = [one for one in blocks.fns.values() if one.fn and answers_in_steps(one.fn)]
    assert len(streams) >= 10
    for stream in streams:
        fields = [one for one in stream.outputs if not isinstance(one, gr.HTML | gr.State | gr.BrowserState)]
        assert not fields, (stream.fn, fields)


def test_a_story_that_is_turned_back_to_keeps_what_is_typed_about_it(coach: KeepingCoach) -> None:
    flow = stories_flow.Flow(coach, named(StoriesParts))  # type: ignore[arg-type]
    story = coach.told()
    seen = flow.look(story.id)
    again = flow.reload(story.id, seen["criterion"])
    assert not again.keys() & {"words", "open", "title", "tags", "rewriting", "naming", "deleting"}
    assert "value" not in again["stories"]
    flow.give(story.id, seen["criterion"], "From 2 percent to 0.04 percent.")
    changed = flow.reload(story.id, seen["criterion"])
    assert changed["words"] == ""
    assert changed["criterion"] != seen["criterion"]
    coach.shelf.delete(story.id)
    gone = flow.reload(story.id, seen["criterion"])
    assert gone["stories"]["value"] is None
    assert gone["current"] is None


def test_an_interview_that_is_turned_back_to_keeps_what_is_typed_about_it(coach: KeepingCoach) -> None:
    saving = SaveStory(Switch("save", "save"), Switch("panel", "panel"), "saved")
    flow = history_flow.Flow(coach, named(history_flow.Parts), saving)  # type: ignore[arg-type]
    coach.held("one", 3.0)
    seen = flow.look("one")
    again = flow.reload("one", seen["looked_at"])
    assert not again.keys() & {"answer", "typed", "typed_all", "erase", "panel"}
    assert "value" not in again["interviews"]
    assert flow.reload("one", "as it was before")["typed"] == ""
    coach.interviews.delete("one")
    gone = flow.reload("one", seen["looked_at"])
    assert gone["interviews"]["value"] is None
    assert gone["current"] is None


def test_the_plan_is_filled_in_once_and_again_where_it_was_changed_elsewhere(coach: KeepingCoach) -> None:
    flow = progress_flow.Flow(coach, named(progress_flow.Parts))  # type: ignore[arg-type]
    filled = flow.fill()
    assert (filled["day"], filled["per_day"]) == ("", 3)
    assert not flow.reload(ANY, ANY, filled["wished"]).keys() & {"day", "per_day"}
    saved = flow.save("2027-01-09", 4, ANY, ANY)
    assert (saved["day"], saved["per_day"]) == ("2027-01-09", 4)
    assert not flow.reload(ANY, ANY, saved["wished"]).keys() & {"day", "per_day"}
    Wishes(coach.interviews.store.database).set_interview_date(None)
    assert flow.reload(ANY, ANY, saved["wished"])["day"] == ""


def test_what_was_given_since_the_adding_began_stays(coach: KeepingCoach) -> None:
    flow = material_flow.Flow(coach, named(material_flow.Parts))  # type: ignore[arg-type]
    given = (material_flow.GUIDE, ["/a/notes.md"], "On drift", "Drift is when the data moves.")
    added = Added(sources=["own/on-drift.txt"])
    came = Came(added, (), tuple(given[1]), *given[2:])
    emptied = flow.settle(came, *given[1:])
    assert (emptied["files"], emptied["title"], emptied["text"]) == (None, "", "")
    since = flow.settle(came, ["/a/notes.md", "/a/more.md"], "On skew", "Skew is another thing.")
    assert not since.keys() & {"files", "title", "text"}
    stopped = flow.settle(Came(Added(stopped=True), (), *given[1:]), *given[1:])
    assert not stopped.keys() & {"files", "title", "text"}
    assert flow.settle(None, *given[1:]) == {"came": None}
