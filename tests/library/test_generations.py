from pathlib import Path

import pytest

from coach.errors import IndexLocked
from coach.library.generations import Generations


def test_a_generation_is_current_once_it_is_published(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    assert generations.current() is None
    first = generations.begin()
    assert generations.current() is None
    generations.publish(first)
    assert generations.current() == first
    second = generations.begin()
    assert generations.current() == first != second


def test_sweeping_keeps_what_it_is_told_to(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    generations.sweep(set(), before=lambda generation: pytest.fail("there is nothing yet"))
    ids = [generations.begin() for _ in range(4)]
    gone: list[str] = []
    generations.sweep({ids[1], ids[3]}, before=gone.append)
    assert sorted(gone) == sorted([ids[0], ids[2]])
    assert [generations.folder(one).is_dir() for one in ids] == [False, True, False, True]


def test_only_one_writes(tmp_path: Path) -> None:
    generations = Generations(tmp_path / "library")
    other = Generations(tmp_path / "library")
    with generations.writing(), pytest.raises(IndexLocked, match="wait until it has ended"), other.writing():
        pytest.fail("two writers")
    with generations.writing():
        pass
