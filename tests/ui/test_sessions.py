"""Sessions begin as the pages do, and none sees what changed in another."""

import gc
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest
from fake_coach import FakeCoach
from gradio.state_holder import SessionState, StateHolder

from coach.ui.pages import pages
from coach.ui.sessions import keep_sessions

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # Gradio leaves event loops open


@pytest.fixture
def blocks(tmp_path: Path) -> Iterator[Any]:
    blocks = pages(FakeCoach(tmp_path))  # type: ignore[arg-type]
    yield blocks
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        del blocks
        gc.collect()


@pytest.fixture
def sessions(blocks: Any, monkeypatch: pytest.MonkeyPatch) -> StateHolder:
    app = SimpleNamespace(state_holder=None)
    monkeypatch.setattr(blocks, "app", app, raising=False)
    monkeypatch.setattr(blocks, "state_session_capacity", 3)
    keep_sessions(blocks)
    assert blocks.state_holder is app.state_holder
    return blocks.state_holder  # type: ignore[no-any-return]


def test_a_session_is_as_gradio_makes_it(sessions: StateHolder, blocks: Any) -> None:
    ours, theirs = sessions["one"], SessionState(blocks)
    assert vars(ours).keys() == vars(theirs).keys()
    assert ours.config_values == theirs.config_values
    assert ours.blocks_config.blocks == theirs.blocks_config.blocks
    assert sessions["one"] is ours


def test_nothing_is_described_anew(sessions: StateHolder, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a component was described again")

    monkeypatch.setattr(gr.blocks.BlocksConfig, "config_for_block", refuse)
    assert len(list(sessions["one"].components)) > 100


def test_no_session_sees_another(sessions: StateHolder, blocks: Any) -> None:
    before = SessionState(blocks).config_values
    box = next(key for key, block in blocks.blocks.items() if isinstance(block, gr.Textbox))
    state = next(key for key, block in blocks.blocks.items() if isinstance(block, gr.State))
    one, two = sessions["one"], sessions["two"]
    one._update_value_in_config(box, "typed here")
    one[state] = "kept here"
    one[box] = gr.Textbox("another box", render=False)
    one.is_closed = True
    assert two.config_values == sessions["three"].config_values == before
    assert two[state] is None or two[state] == blocks.blocks[state].value
    assert two[box] is blocks.blocks[box]
    assert not two.is_closed
    two._update_value_in_config(box, "typed there")
    assert two.config_values[box]["props"]["value"] == "typed there"


def test_the_longest_unused_goes(sessions: StateHolder) -> None:
    for name in ("one", "two", "three", "one", "four"):
        sessions[name]
    assert [name in sessions for name in ("one", "two", "three", "four")] == [True, False, True, True]
