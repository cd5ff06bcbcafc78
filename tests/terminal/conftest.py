"""An interview at a terminal, with someone who types."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from coach.coach import Coach
from coach.interview.interviews import Interviews
from coach.interview.store import open_store
from coach.settings import Settings
from coach.terminal import hold_interview
from tests.interview.fakes import FakeJudge, small_bank

from .typed import Held, Hold


@pytest.fixture
def interviews(tmp_path: Path) -> Iterator[Interviews]:
    store = open_store(Settings(home=tmp_path))
    yield Interviews(store, small_bank(), FakeJudge())
    store.close()


@pytest.fixture
def hold(interviews: Interviews, capsys: pytest.CaptureFixture[str]) -> Hold:
    """Hold an interview with someone who types these lines and then ends the input."""

    def held(
        typed: Sequence[str], *, resume: str | None = None, as_json: bool = False, plan: str | None = None
    ) -> Held:
        lines = iter([f"{line}\n" for line in typed])
        principle = None if plan and plan != "quick-drill" else "Ownership"
        given = argparse.Namespace(
            resume=resume, plan=plan, kind=None, principle=principle, level=None, seed=3, json=as_json
        )
        coach = cast(Coach, SimpleNamespace(interviews=interviews, warm_up=lambda: None))
        assert hold_interview(coach, given, lambda: next(lines, "")) == 0
        assert next(lines, None) is None, "not all that was typed was read"
        out, err = capsys.readouterr()
        return Held(out, err, interviews.get(resume) if resume else interviews.list()[0])

    return held
