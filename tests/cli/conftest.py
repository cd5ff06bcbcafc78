"""A home with a small library, and the command run on it."""

import io
import sys
from pathlib import Path

import pytest

from coach.cli import main
from coach.library.embedder import MiniLM
from coach.library.library import Library
from coach.settings import Settings

from .running import GUIDES, Coach, Ended


@pytest.fixture(scope="session")
def home(minilm: MiniLM, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a small library."""
    folder = tmp_path_factory.mktemp("home")
    for name, text in GUIDES.items():
        (folder / name).write_text(text, encoding="utf-8")
    library = Library(Settings(home=folder), minilm)
    library.ingest([folder / name for name in GUIDES])
    library.close()
    return folder


@pytest.fixture
def coach(
    home: Path,
    minilm: MiniLM,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Coach:
    """Run the command in this process, where the embedder is loaded already; no language model by default."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COACH_HOME", str(home))
    monkeypatch.setenv("COACH_MODEL", "none")
    monkeypatch.setattr("coach.build.build_embedder", lambda settings: minilm)

    def run(*argv: str | Path, stdin: str | bytes = "") -> Ended:
        data = stdin if isinstance(stdin, bytes) else stdin.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        try:
            code = main([str(arg) for arg in argv])
        except SystemExit as ended:
            code = int(str(ended.code))
        return Ended(code, *capsys.readouterr())

    return run


@pytest.fixture
def no_embedder(coach: Coach, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("coach.build.build_embedder", lambda settings: MiniLM(tmp_path / "none"))
