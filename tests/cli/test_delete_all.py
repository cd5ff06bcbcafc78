"""`coach sessions delete --all`: asks first, and then nothing is left on the disk."""

import io
import sys
from pathlib import Path

import pytest

from coach.cli import main
from coach.interview.archive import held_in
from coach.interview.interviews import Interviews
from coach.interview.store import open_store
from coach.settings import Settings
from coach.stories.shelf import Shelf
from tests.interview.fakes import FakeJudge, small_bank
from tests.stories.builders import draft, feedback


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with two interviews and a story."""
    monkeypatch.setenv("COACH_HOME", str(tmp_path))
    monkeypatch.setenv("COACH_MODEL", "none")
    store = open_store(Settings(home=tmp_path, database_url=None))
    interviews = Interviews(store, small_bank(), FakeJudge())
    for _ in range(2):
        list(interviews.answer(interviews.start().id, "SECRET-answer"))
    Shelf(store.database).save(draft("SECRET-story", feedback("SECRET-story", {})))
    store.close()
    return tmp_path


def on_disk(home: Path) -> bytes:
    return b"".join(path.read_bytes() for path in home.glob("interviews.db*"))


def held(home: Path) -> tuple[int, int]:
    found = held_in(open_store(Settings(home=home, database_url=None)).database)
    return found.interviews, found.stories


def test_yes_on_a_terminal_deletes_all_of_it_for_good(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert b"SECRET" in on_disk(home)
    monkeypatch.setattr(sys, "stdin", Terminal("Yes\n"))
    assert main(["sessions", "delete", "--all"]) == 0
    assert "Delete 2 interviews, 1 story" in capsys.readouterr().err
    assert held(home) == (0, 0)
    assert b"SECRET" not in on_disk(home)


@pytest.mark.parametrize("typed", ["\n", "no\n", "y\n", ""])
def test_anything_else_deletes_nothing(
    home: Path, typed: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    assert main(["sessions", "delete", "--all"]) == 1
    assert "Nothing was deleted" in capsys.readouterr().err
    assert held(home) == (2, 1)


def test_a_script_says_yes_beforehand(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("yes\n"))
    with pytest.raises(SystemExit, match="2"):
        main(["sessions", "delete", "--all"])
    assert "add --yes" in capsys.readouterr().err
    assert held(home) == (2, 1)
    assert main(["sessions", "delete", "--all", "--yes", "--json"]) == 0
    assert '"interviews": 2' in capsys.readouterr().out
    assert held(home) == (0, 0)
    assert b"SECRET" not in on_disk(home)


@pytest.mark.parametrize("argv", [["delete", "x", "--yes"], ["delete", "x", "--all"], ["list", "--all"]])
def test_yes_and_all_go_with_nothing_else(home: Path, argv: list[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["sessions", *argv])
    assert held(home) == (2, 1)


def test_one_that_cannot_be_read_is_listed_saved_and_deleted(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = open_store(Settings(home=home, database_url=None))
    (name, _), (other, _) = store.load_all()
    with store.database.work() as connection:
        connection.exec_driver_sql(
            "UPDATE events SET payload = substr(payload, 2) WHERE seq = 1 AND interview_id = ?", (name,)
        )
    store.close()
    assert main(["sessions", "list"]) == 0
    out, err = capsys.readouterr()
    assert other in out
    assert name not in out
    assert f"Interview {name} can't be read" in err
    assert main(["sessions", "list", "--json"]) == 0
    assert f'"unreadable": [{{"id": "{name}"' in capsys.readouterr().out
    assert main(["sessions", "export", name, "--format", "raw", "--out", str(home / "raw.json")]) == 0
    assert "SECRET-answer" in (home / "raw.json").read_text(encoding="utf-8")
    assert main(["sessions", "delete", name]) == 0
    assert held(home) == (1, 1)
