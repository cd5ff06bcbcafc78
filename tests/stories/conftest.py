"""A shelf in a new home."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.interview.store import Store, open_store
from coach.settings import Settings
from coach.stories.shelf import Shelf


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", database_url=None)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    store = open_store(settings)
    yield store
    store.close()


@pytest.fixture
def shelf(store: Store) -> Shelf:
    return Shelf(store.database)
