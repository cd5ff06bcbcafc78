"""The user's own plans, which lie in the coach's home."""

from pathlib import Path

import pytest

from coach.errors import UsageError
from coach.interview.plans import load_plans, plan_named, plans_of

from .test_plans import WHOLE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plans").mkdir()
    return tmp_path / "plans"


def test_without_any_there_are_ours(tmp_path: Path) -> None:
    found = plans_of(tmp_path)
    assert (list(found.plans), found.refused) == (list(load_plans()), ())


def test_they_are_offered_beside_ours_the_shortest_first(folder: Path) -> None:
    (folder / "short.yaml").write_text(WHOLE, encoding="utf-8")
    found = plans_of(folder.parent)
    assert list(found.plans) == ["short", *load_plans()]
    assert plan_named("Short", found.plans).rounds[0].minutes == 10
    with pytest.raises(UsageError, match=r"did you mean short\?"):
        plan_named("shrt", found.plans)


def test_one_that_is_wrong_is_named_with_its_field_and_stops_no_other(folder: Path) -> None:
    (folder / "short.yaml").write_text(WHOLE, encoding="utf-8")
    (folder / "long.yaml").write_text(
        WHOLE.replace("short", "long").replace("minutes: 10", "minutes: 999"), encoding="utf-8"
    )
    (folder / "quick-drill.yaml").write_text(WHOLE.replace("short", "quick-drill"), encoding="utf-8")
    (folder / "bytes.yaml").write_bytes(b"\xff\xfe\x00")
    (folder / "folder.yaml").mkdir()
    found = plans_of(folder.parent)
    assert set(found.plans) == {"short", *load_plans()}
    assert found.plans["quick-drill"] == load_plans()["quick-drill"]
    bytes_, folder_, long, taken = found.refused
    assert "bytes.yaml can't be read as YAML" in bytes_
    assert "folder.yaml can't be read" in folder_
    assert long.startswith("long.yaml, rounds.0.minutes: ")
    assert "quick-drill.yaml: a plan that comes with the coach" in taken
    assert not any("\n" in line for line in found.refused)


def test_a_file_that_changes_is_read_anew(folder: Path) -> None:
    assert "short" not in plans_of(folder.parent).plans
    (folder / "short.yaml").write_text(WHOLE, encoding="utf-8")
    assert "short" in plans_of(folder.parent).plans
