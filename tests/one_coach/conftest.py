"""Coaches on a small library, with the real assessor and any model."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.coach import Coach
from coach.feedback.assessor import Assessor
from coach.interview.store import open_store
from coach.library.embedder import MiniLM
from coach.library.library import Library
from coach.models.chat import ChatModel
from coach.prompts import load_prompts
from coach.settings import DATA, Settings
from tests.interview.fakes import small_bank

from .wording import GUIDE, Build


@pytest.fixture(scope="session")
def home(minilm: MiniLM, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("coach")
    (folder / "answers.md").write_text(GUIDE, encoding="utf-8")
    library = Library(Settings(home=folder), minilm)
    library.ingest([folder / "answers.md"])
    library.close()
    return folder


@pytest.fixture
def build(home: Path, assessor: Assessor, tmp_path: Path) -> Iterator[Build]:
    built: list[Coach] = []

    def coach(model: ChatModel | None, library_home: Path = home, *, words_freely: bool = True) -> Coach:
        built.append(
            Coach(
                library=Library(Settings(home=library_home), assessor.embedder),
                bank=small_bank(),
                assessor=assessor,
                prompts=load_prompts(DATA / "prompts"),
                model=model,
                store=open_store(Settings(home=tmp_path)),
                words_freely=words_freely,
            )
        )
        return built[-1]

    yield coach
    for one in built:
        one.close()
