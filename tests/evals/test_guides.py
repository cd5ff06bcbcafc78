import hashlib
import re
from pathlib import Path

import pytest

from coach.coach import Coach
from coach.evals.abstention import ABSTAINS, ANSWERS, load_questions
from coach.evals.guides import (
    BESIDE,
    NOT_APPLICABLE,
    SUBSET,
    GuideQuery,
    answers,
    guide_rows,
    load_guide_queries,
)
from coach.evals.result import Context
from coach.library.embedder import HashedWords
from coach.library.library import Library
from coach.library.retrieval import Hit
from coach.settings import Settings

TEXT = "Coding\nTwo tasks on an editor.\n\nPay\nStock comes late.\n"


def context(home: Path, public: Path | None) -> Context:
    def no_coach() -> Coach:
        raise AssertionError("the guides need no coach")

    return Context(Settings(home=home), "none", public, no_coach)


def query(text: str, line: int, data: str = TEXT) -> GuideQuery:
    sha256 = hashlib.sha256(data.encode()).hexdigest()
    return GuideQuery(id=text, query=text, file="guide.txt", sha256=sha256, lines=((line, line),))


@pytest.mark.parametrize("folder", ["", "guides"])
def test_guides_in_the_public_folder_are_searched(tmp_path: Path, folder: str) -> None:
    (tmp_path / "public" / folder).mkdir(parents=True)
    (tmp_path / "public" / folder / "guide.txt").write_text(TEXT)
    asked = [query("two tasks", 2), query("stock late", 5), query("editor tasks", 5)]
    rows, found = guide_rows(context(tmp_path, tmp_path / "public"), HashedWords(), asked)
    assert {row.metric: row.value for row in rows}["recall@1"] == pytest.approx(2 / 3)
    told = {row.metric: (row.value, row.n) for row in rows}
    absent = [one for one in load_questions() if not one.answerable]
    assert {n for metric, (_, n) in told.items() if metric != ABSTAINS} == {3}
    assert told[ANSWERS] == (1, 3)
    assert told[ABSTAINS][1] == len(absent)
    assert told[ABSTAINS][0] > 0.5, "little of what is asked elsewhere stands in these lines"
    assert found.startswith("1 files; guides: not among the best 5:")


def test_guides_are_searched_beside_a_library_that_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "guide.txt").write_text(TEXT)
    (tmp_path / "other.txt").write_text("Editor\nTwo tasks, two tasks, two tasks on an editor.\n")
    held = Library(Settings(home=tmp_path / "held"), HashedWords())
    held.ingest([tmp_path / "other.txt"])
    rows, found = guide_rows(
        context(tmp_path, tmp_path), HashedWords(), [query("two tasks", 2)], held.settings.library
    )
    told = {(row.subset, row.metric): row.value for row in rows}
    assert (told[SUBSET, "recall@1"], told[BESIDE, "recall@1"], told[BESIDE, "recall@5"]) == (1, 0, 1)
    assert "guides beside the corpus: not among the best 5: none" in found
    assert list(held.manifest().sources) == ["other.txt"]
    held.close()


def test_without_the_very_files_it_does_not_apply(tmp_path: Path) -> None:
    (tmp_path / "guide.txt").write_text(TEXT)
    asked = [query("two tasks", 2, "another edition")]
    assert guide_rows(context(tmp_path, tmp_path), HashedWords(), asked) == ([], NOT_APPLICABLE)
    assert guide_rows(context(tmp_path, None), HashedWords()) == ([], NOT_APPLICABLE)


@pytest.mark.parametrize(
    ("start", "end", "expected"), [(7, 30, True), (0, 12, False), (10, 15, True), (31, 50, False)]
)
def test_a_hit_answers_with_half_of_the_lines_or_by_being_in_them(
    start: int, end: int, expected: bool
) -> None:
    hit = Hit(1, 1.0, "guide.txt", "H", "T", TEXT[start:end], start, end, "p")
    assert answers(query("x", 2), hit, TEXT) is expected


def test_there_are_twenty_queries_a_guide_and_no_text_of_theirs() -> None:
    queries = load_guide_queries()
    assert len({one.id for one in queries}) == len({one.query for one in queries}) == 60
    assert {len([one for one in queries if one.file == file]) for file in {one.file for one in queries}} == {
        20
    }
    assert all(re.fullmatch("[0-9a-f]{64}", one.sha256) for one in queries)
