"""A store in a new home, and interviews on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.interview.interviews import Interviews
from coach.interview.store import Store, open_store
from coach.settings import Settings

from .fakes import FakeJudge, small_bank
from .two_rounds import BANK, Clock


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", database_url=None)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    store = open_store(settings)
    yield store
    store.close()


@pytest.fixture
def judge() -> FakeJudge:
    return FakeJudge()


@pytest.fixture
def interviews(store: Store, judge: FakeJudge) -> Interviews:
    return Interviews(store, small_bank(), judge)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def planned(store: Store, clock: Clock) -> Interviews:
    return Interviews(store, BANK, FakeJudge(), now=clock)
