import json
from pathlib import Path
from typing import Any

import pytest

from coach.errors import UsageError
from coach.evals.graded import FILE, load_graded, load_verdicts
from coach.interview.lookup import QuestionFinder
from coach.library.embedder import HashedWords
from tests.interview.fakes import small_bank

FINDER = QuestionFinder(small_bank(), HashedWords())
KNOWN = small_bank().by_id("technical-trees-01")
ROW: dict[str, Any] = {
    "id": "a1",
    "student": "s1",
    "question": KNOWN.question,
    "answer": "It splits the rows.",
    "grade": 1,
}


def stored(folder: Path, *lines: str) -> Path:
    (folder / FILE).write_text("\n".join(lines))
    return folder / FILE


def rows(*changes: dict[str, Any]) -> list[str]:
    return [json.dumps(ROW | one) for one in changes]


def test_an_answer_comes_with_the_banks_question(tmp_path: Path) -> None:
    (found,) = load_graded(stored(tmp_path, *rows({"question": KNOWN.question.upper()})), FINDER)
    assert (found.id, found.student, found.answer, found.words) == ("a1", "s1", ROW["answer"], 4)
    assert found.asked.question == KNOWN.question.upper()
    assert found.asked.key_points == KNOWN.key_points
    assert found.asked.meant == KNOWN.question
    assert found.verdicts == ()


@pytest.mark.parametrize(("grade", "score"), [(0, 1.0), (1, 3.0), (2, 5.0)])
def test_a_grade_has_its_place_on_the_coachs_scale(tmp_path: Path, grade: int, score: float) -> None:
    (found,) = load_graded(stored(tmp_path, *rows({"grade": grade})), FINDER)
    assert (found.grade, found.as_score) == (grade, score)


def test_answers_to_what_the_bank_does_not_have_are_left_out_and_the_rest_keep_their_order(
    tmp_path: Path,
) -> None:
    path = stored(tmp_path, *rows({"id": "b"}, {"id": "c", "question": "Zebras?"}, {"id": "a"}), "", "  ")
    assert [one.id for one in load_graded(path, FINDER)] == ["b", "a"]


def test_a_readers_verdicts_come_to_their_answer(tmp_path: Path) -> None:
    (tmp_path / "verdicts.jsonl").write_text(
        json.dumps({"id": "a2", "verdicts": ["hit", "wrong", "miss", "partial"]})
        + "\n"
        + json.dumps({"id": "a3", "verdicts": ["miss"] * 4})
    )
    verdicts = load_verdicts(tmp_path / "verdicts.jsonl")
    assert list(verdicts) == ["a2", "a3"]
    found = load_graded(stored(tmp_path, *rows({}, {"id": "a2"})), FINDER, verdicts)
    assert {one.id: one.verdicts for one in found} == {"a1": (), "a2": ("hit", "wrong", "miss", "partial")}


def test_a_question_is_looked_up_once_for_all_its_answers(tmp_path: Path) -> None:
    asked: list[str] = []

    class Counting(HashedWords):
        def embed(self, texts, progress=None):  # type: ignore[no-untyped-def]
            asked.extend(texts)
            return super().embed(texts, progress)

    other = {"question": "How do trees split?"}
    path = stored(tmp_path, *rows(*({"id": str(n)} | other for n in range(5))))
    load_graded(path, QuestionFinder(small_bank(), Counting()))
    assert asked.count(other["question"]) == 1


@pytest.mark.parametrize("line", ["{", "[1]", "3", json.dumps({"id": "a1"}), '{"question": ["x"]}'])
def test_a_file_of_another_form_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(UsageError, match="is not a file of graded answers"):
        load_graded(stored(tmp_path, *rows({}), line), FINDER)


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="is not a file of graded answers"):
        load_graded(tmp_path / FILE, FINDER)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=FILE):
        load_graded(tmp_path / FILE, FINDER)
