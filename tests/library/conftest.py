"""A small library that is instant to ingest, and processes that ingest beside the test."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest

from coach.library.embedder import HashedWords
from coach.library.library import Library
from coach.settings import Settings

ROOT = Path(__file__).parents[2]

GUIDES = {
    "loop.md": "# The loop\n\nFive talks in one day.\n\n## Coding\n\nTwo tasks on a shared editor.\n\n"
    "## Design\n\nDraw a recommender for a shop, then defend its latency.\n",
    "stories.txt": "Picking a story\nChoose one with a number at its end.\n\n"
    "Telling it\nSpeak of yourself, not of the team.\n",
    "deep/leakage.md": "# Leakage\n\nA feature that knows the label spoils every offline metric.\n",
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", models=tmp_path / "models")


@pytest.fixture
def guides(tmp_path: Path) -> Path:
    folder = tmp_path / "guides"
    for name, text in GUIDES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    library = Library(settings, HashedWords())
    yield library
    library.close()


class Child:
    """A process that ingests; it stops at the step `hold` until it is told to go on, or killed."""

    def __init__(self, settings: Settings, paths: list[Path], hold: str) -> None:
        arguments = [str(settings.home), hold, *map(str, paths)]
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("child.py")), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert self.process.stdout
        if hold:
            for line in self.process.stdout:
                if line.strip() == hold:
                    return
            raise AssertionError(f"the child never came to {hold!r}")

    def go_on(self) -> None:
        assert self.process.stdin
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()

    def report(self) -> dict[str, Any]:
        out, _ = self.process.communicate(timeout=60)
        assert self.process.returncode == 0, out
        report: dict[str, Any] = json.loads(out.splitlines()[-1])
        return report


class StartChild(Protocol):
    def __call__(self, *paths: Path, hold: str = "") -> Child: ...


@pytest.fixture
def child(settings: Settings) -> Iterator[StartChild]:
    started: list[Child] = []

    def start(*paths: Path, hold: str = "") -> Child:
        started.append(Child(settings, list(paths), hold))
        return started[-1]

    yield start
    for one in started:
        one.kill()
