"""How the coach warms up, what its status tells, and how it closes."""

import threading
from pathlib import Path
from typing import Any

import pytest

from coach.errors import ModelMissing, ModelUnreachable
from coach.feedback.assessor import Assessor
from coach.models.scripted import ScriptedModel

from .wording import Build


def test_the_status_counts_what_is_there(build: Build) -> None:
    status = build(ScriptedModel([], name="writer")).status()
    assert (status.model, status.model_state, status.model_note) == ("writer", "ready", "")
    assert (status.sources, status.passages) == (1, 2)


def test_the_status_never_raises(build: Any, tmp_path: Path) -> None:
    status = build(None, tmp_path / "empty").status()
    assert (status.model, status.model_state, status.sources) == ("none", "none", 0)
    assert "coach ingest" in status.model_note


def test_a_warm_up_that_fails_is_told_by_the_status(
    build: Build, assessor: Assessor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise ModelMissing("The embedder is missing.")

    monkeypatch.setattr(Assessor, "warm_up", lambda self: missing())
    coach = build(None)
    coach.warm_up()
    assert coach._warm_up is not None
    coach._warm_up.join()
    assert coach.status().model_note == "The embedder is missing."


def test_closing_waits_for_what_is_loading_and_says_nothing(
    build: Build, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    loading, closed = threading.Event(), threading.Event()

    class Loading(ScriptedModel):
        def close(self) -> None:
            closed.set()

    def slowly(self: Assessor) -> None:
        loading.set()
        assert closed.wait(10)
        raise ModelUnreachable("It was killed while it was loading.")

    monkeypatch.setattr(Assessor, "warm_up", slowly)
    coach = build(Loading())
    coach.warm_up()
    assert loading.wait(10)
    coach.close()
    assert coach._warm_up is not None
    assert not coach._warm_up.is_alive()
    assert caplog.records == []


def test_close_twice(build: Build) -> None:
    model = ScriptedModel([])
    coach = build(model)
    coach.close()
    coach.close()
    assert model.closed
