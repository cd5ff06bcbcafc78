"""`coach ingest`, `coach models` and `coach doctor`: what is there, and what is missing."""

import json
from pathlib import Path

import pytest

from coach.interview.store import open_store
from coach.settings import Settings

from .running import Coach


def test_ingest_says_what_it_did(coach: Coach, home: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.md").write_text("", encoding="utf-8")
    arguments = ("--home", tmp_path / "new", "ingest", "--json")
    first = coach(*arguments, home / "metrics.md", tmp_path / "empty.md").json
    assert first["added"] == ["metrics.md"]
    assert [name for name, _ in first["refused"]] == ["empty.md"]
    again = coach(*arguments, home / "metrics.md").json
    assert (again["unchanged"], again["added"], again["removed"]) == (["metrics.md"], [], [])
    shown = coach("--home", tmp_path / "new", "ingest", tmp_path / "nosuch")
    assert shown.code == 1
    assert f"! {tmp_path / 'nosuch'}: no such file or folder" in shown.out


def test_models_that_are_here_are_not_fetched(coach: Coach) -> None:
    encoders = ["all-minilm-l6-v2", "all-mpnet-base-v2"]
    for argv in (["pull"], ["list", *encoders], ["check", *encoders]):
        rows = coach("models", *argv, "--json").json["models"]
        assert [(row["name"], row["status"]) for row in rows] == [(name, "present") for name in encoders]
    assert coach("models", "pull", "nosuch").line


def test_a_model_that_is_missing_fails_the_check(
    coach: Coach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_MODELS", str(tmp_path))
    ended = coach("models", "check")
    assert ended.code == 1
    assert "missing" in ended.out


def test_the_doctor_finds_nothing_wrong(coach: Coach, home: Path) -> None:
    found = coach("doctor", "--json").json
    assert found["healthy"]
    assert [check["name"] for check in found["checks"]] == [
        "packages",
        "embedder",
        "sentence encoder",
        "library",
        "model",
        "interviews",
    ]
    assert found["settings"]["COACH_HOME"] == str(home)
    assert found["settings"]["COACH_MODEL"] == "none"
    assert found["settings"].keys() == {f"COACH_{name.upper()}" for name in Settings.model_fields}


def test_the_doctor_says_what_would_fail(coach: Coach, tmp_path: Path) -> None:
    ended = coach("--home", tmp_path / "new", "doctor", "--model", "nosuch")
    assert ended.code == 1
    failed = [line.split()[1] for line in ended.out.splitlines() if line.startswith("FAIL")]
    assert failed == ["library:", "model:"]
    assert "coach ingest" in ended.out


def test_the_doctor_changes_nothing(coach: Coach, tmp_path: Path) -> None:
    coach("--home", tmp_path / "new", "doctor")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "address",
    [
        "http://me:hush-hush@127.0.0.1:1/v1#m",
        "http://me:hush-hush@x/@127.0.0.1:1/v1#m",
        "http://me:x@hush-hush@127.0.0.1:1/v1#m",
        "http://127.0.0.1:1/v1?user=me&api_key=hush-hush#m",
    ],
)
@pytest.mark.parametrize("flag", [[], ["--json"]], ids=["text", "json"])
def test_the_doctor_shows_no_key(
    coach: Coach, monkeypatch: pytest.MonkeyPatch, flag: list[str], address: str
) -> None:
    monkeypatch.setenv("COACH_MODEL_KEY", "hush-hush")
    monkeypatch.setenv("COACH_MODEL", address)
    ended = coach("doctor", *flag)
    assert "hush-hush" not in ended.out + ended.err
    assert "COACH_MODEL_KEY" in ended.out
    assert "127.0.0.1:1/v1" in ended.out


def test_the_interviews_of_a_home_are_counted(coach: Coach, tmp_path: Path) -> None:
    open_store(Settings(home=tmp_path / "own")).close()
    checks = coach("--home", tmp_path / "own", "doctor", "--json")
    interviews = next(c for c in json.loads(checks.out)["checks"] if c["name"] == "interviews")
    assert interviews == {"name": "interviews", "ok": True, "found": "0 stored"}
