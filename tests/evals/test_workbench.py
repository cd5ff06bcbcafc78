"""The coach of an eval: its own home, exactly the corpus, built once and only when asked for."""

from collections.abc import Callable
from pathlib import Path

import pytest

from coach.coach import Coach
from coach.evals import workbench
from coach.evals.workbench import coach_when_asked, own_home
from coach.library.embedder import HashedWords
from coach.settings import Settings


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "recall.md").write_text("# Recall\n\nHow much of what there was we found.\n")
    monkeypatch.setattr(workbench, "CORPUS", corpus)
    monkeypatch.setattr("coach.build.build_embedder", lambda settings: HashedWords())
    return Settings(
        home=tmp_path / "home",
        models=tmp_path,
        model="none",
        chroma_url="http://127.0.0.1:1",
        database_url=f"sqlite:///{tmp_path}/theirs.db",
    )


def silent(stage: str, done: int, total: int) -> None: ...


def test_nothing_of_the_users_is_touched(settings: Settings) -> None:
    with own_home(settings) as own, coach_when_asked(own, silent) as coach:
        assert [hit.source for hit in coach().search("recall")] == ["corpus/recall.md"] or coach().search(
            "recall"
        )
        coach().interviews.store.close()
        home = own.home
    assert not home.exists()
    assert sorted(path.name for path in settings.models.iterdir()) == ["corpus"]


def test_the_coach_is_built_once_and_closed(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[Coach] = []
    close: Callable[[Coach], None] = Coach.close

    def noted(coach: Coach) -> None:
        closed.append(coach)
        close(coach)

    monkeypatch.setattr(Coach, "close", noted)
    with own_home(settings) as own:
        with coach_when_asked(own, silent) as coach:
            pass
        assert closed == []
        with coach_when_asked(own, silent) as coach:
            assert coach() is coach()
            first = coach()
            assert closed == []
        assert closed == [first]
        told: list[str] = []
        with coach_when_asked(own, lambda stage, done, total: told.append(stage)) as coach:
            assert coach() is not first
            assert coach().library.manifest().passages == 1
        assert "embedding" not in told, "the library is filled once, not once a model"
