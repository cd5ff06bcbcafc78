"""An interrupted run goes on where it stopped, and never takes a judgement for another's."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from coach.errors import UsageError
from coach.evals.journal import Journal, slug


@dataclass(frozen=True)
class Number:
    id: str
    value: float


class Square(BaseModel):
    model_config = ConfigDict(frozen=True)

    value: float


CASES = [Number("a", 1), Number("b", 2), Number("c", 3)]
SQUARES = [1.0, 4.0, 9.0]


class Judge:
    """Squares, remembers whom it judged, and is interrupted at `stop`."""

    def __init__(self, stop: str = "") -> None:
        self.seen: list[str] = []
        self.stop = stop

    def __call__(self, number: Number) -> Square:
        if number.id == self.stop:
            raise KeyboardInterrupt
        self.seen.append(number.id)
        return Square(value=number.value**2)


Run = Callable[..., list[float]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def run(
        judge: Judge, cases: list[Number] = CASES, made_with: str = "now", stage: str = "squaring"
    ) -> list[float]:
        journal = Journal(tmp_path / "notes", {"code": made_with})
        return [square.value for _, square in journal.each(stage, cases, judge, Square)]

    return run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "notes" / "squaring.jsonl"


def test_an_interrupted_stage_goes_on_with_the_rest(run: Run) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(Judge(stop="c"))
    rest = Judge()
    assert run(rest) == SQUARES
    assert rest.seen == ["c"]


def test_cases_come_back_with_their_judgements_in_their_own_order(run: Run, tmp_path: Path) -> None:
    run(Judge())
    assert run(Judge(), list(reversed(CASES))) == list(reversed(SQUARES))
    pairs = Journal(tmp_path / "notes", {"code": "now"}).each("squaring", CASES, Judge(), Square)
    assert [number for number, _ in pairs] == CASES


def test_what_was_made_with_something_else_starts_anew(run: Run) -> None:
    run(Judge(), made_with="before")
    anew = Judge()
    run(anew, made_with="now")
    assert anew.seen == ["a", "b", "c"]
    again = Judge()
    run(again, made_with="before")
    assert again.seen == ["a", "b", "c"], "the first run's file is gone"


def test_a_case_that_has_changed_is_judged_again(run: Run) -> None:
    run(Judge())
    judge = Judge()
    assert run(judge, [CASES[0], Number("b", 5), CASES[2]]) == [1.0, 25.0, 9.0]
    assert judge.seen == ["b"]


@pytest.mark.parametrize("cut", [1, 5, 20])
def test_a_line_that_was_torn_is_judged_again(run: Run, file: Path, cut: int) -> None:
    run(Judge())
    file.write_bytes(file.read_bytes()[:-cut])
    torn = Judge()
    assert run(torn) == SQUARES
    assert torn.seen == (["c"] if cut > 1 else [])
    whole = Judge()
    assert run(whole) == SQUARES
    assert whole.seen == []


def test_each_judgement_is_in_the_file_at_once(tmp_path: Path, file: Path) -> None:
    seen: list[int] = []

    def judge(number: Number) -> Square:
        seen.append(len(file.read_text().splitlines()))
        return Square(value=0)

    Journal(tmp_path / "notes", {}).each("squaring", CASES, judge, Square)
    assert seen == [1, 2, 3], "after the first line, the fingerprint, one more for each"


def test_stages_do_not_mix(run: Run) -> None:
    run(Judge())
    other = Judge()
    run(other, stage="squaring again")
    assert other.seen == ["a", "b", "c"]


def test_without_a_folder_nothing_is_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        judge = Judge()
        Journal().each("squaring", CASES, judge, Square)
        assert judge.seen == ["a", "b", "c"]
    assert list(tmp_path.iterdir()) == []


def test_progress_is_told() -> None:
    told: list[tuple[str, int, int]] = []
    Journal(progress=lambda *step: told.append(step)).each("squaring", CASES, Judge(), Square)
    assert told == [("squaring", done, 3) for done in range(4)]


def test_ids_must_differ() -> None:
    with pytest.raises(ValueError, match="same id"):
        Journal().each("squaring", [CASES[0], CASES[0]], Judge(), Square)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("")
    with pytest.raises(UsageError, match="--out"):
        Journal(tmp_path / "notes", {}).each("squaring", CASES, Judge(), Square)


def test_names_of_files_stay_different() -> None:
    names = ["a b", "a/b", "a-b", "A b", "../a", "http://127.0.0.1:1/v1#m", "x" * 300]
    slugs = [slug(name) for name in names]
    assert len(set(slugs)) == len(names)
    assert all(len(one) < 100 and not set(one) & set("/\\:# ") and one[0] != "." for one in slugs)
