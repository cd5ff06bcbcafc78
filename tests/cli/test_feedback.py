"""`coach feedback`: every field that was promised, for one answer and for a batch."""

from pathlib import Path

from coach.build import build_bank
from coach.feedback.feedback import Feedback
from tests.feedback.builders import STRONG

from .running import ANSWER, QUESTION, Coach, rows_file


def test_feedback_has_every_field_that_was_promised(coach: Coach) -> None:
    found = coach("feedback", "--question", QUESTION, "--principle", "dive deep", "--json", stdin=ANSWER).json
    promised = """id question kind graded why_not overall low high components ownership relevance measured reflection
    hypothetical sentences principles key_points strengths gaps follow_ups rewrite citations model prompts
    timings_ms"""
    assert found.keys() >= set(promised.split())
    assert (found["graded"], found["kind"], found["why_not"]) == (True, "behavioral", None)
    assert 1 <= found["low"] <= found["overall"] <= found["high"] <= 5
    assert found["components"].keys() == {"situation", "task", "action", "result"}
    for sentence in found["sentences"]:
        assert sentence.keys() == {"index", "start", "end", "text", "tag", "confidence"}
        assert ANSWER[sentence["start"] : sentence["end"]] == sentence["text"]
    assert [sentence["tag"] for sentence in found["sentences"]] == [tag for tag, _ in STRONG]
    assert "Dive Deep" in [one["name"] for one in found["principles"]]
    assert found["follow_ups"]
    assert (found["model"], found["prompts"]) == (None, {})
    assert "total" in found["timings_ms"]
    Feedback.model_validate(found)


def test_feedback_on_a_file_is_feedback_on_its_text(coach: Coach, tmp_path: Path) -> None:
    text = ANSWER.replace(". I ", ".\n\n  \nI ") + "\n"
    (tmp_path / "answer.txt").write_text(text, encoding="utf-8")
    arguments = ("feedback", "--question", QUESTION, "--json", "--fast")
    of_file = coach(*arguments, "answer.txt").json
    for sentence in of_file["sentences"]:
        assert text[sentence["start"] : sentence["end"]] == sentence["text"]
    for other in (coach(*arguments, stdin=text), coach(*arguments, "-", stdin=text)):
        assert other.json | {"timings_ms": {}} == of_file | {"timings_ms": {}}


def test_feedback_for_people(coach: Coach) -> None:
    out = coach("feedback", "--question", QUESTION, stdin=ANSWER.rpartition("As a result")[0]).out
    assert out.startswith("Overall ")
    assert "\nGaps:\n- result: " in out
    assert "[0] S  In March 2023" in out
    assert coach("feedback", "--question", QUESTION, stdin="").out == "Not graded: empty.\n"


def test_feedback_in_a_batch(coach: Coach, tmp_path: Path) -> None:
    rows = rows_file(
        tmp_path,
        {"id": "a", "question": QUESTION, "answer": ANSWER, "principle": ""},
        {"id": "b", "question": QUESTION, "answer": ANSWER, "kind": 3},
        {"id": "c", "question": QUESTION, "answer": ANSWER, "kind": "poem"},
        {"id": "d", "question": QUESTION, "answer": ANSWER, "principle": ["Dive Deep"]},
        {"id": "e", "question": QUESTION, "answer": {"text": ANSWER}},
        {"id": "f", "question": QUESTION},
        {"id": "g", "answer": ANSWER},
        {"id": "h", "question": QUESTION, "answer": ANSWER + " \udcff"},
        {"id": "i", "question": QUESTION, "answer": "word " * 4000},
        {"id": {"j": 1}, "question": QUESTION, "answer": ""},
    )
    found = coach("feedback", "--batch", rows).rows
    assert [row["id"] for row in found] == [*"abcdefghi", {"j": 1}]
    assert ["error" in row for row in found] == [False, *[True] * 8, False]
    assert found[0]["graded"]
    assert (found[-1]["graded"], found[-1]["why_not"]) == (False, "empty")


def test_flags_hold_for_every_row_that_does_not_say_otherwise(coach: Coach, tmp_path: Path) -> None:
    rows = rows_file(tmp_path, {"id": 1, "answer": ANSWER}, {"id": 2, "answer": ANSWER, "question": "Why?"})
    found = coach("feedback", "--fast", "--question", QUESTION, "--batch", rows).rows
    assert [row["question"] for row in found] == [QUESTION, "Why?"]


def test_a_question_of_the_bank_is_judged_as_its_kind(coach: Coach) -> None:
    known = build_bank().select(kind="technical", seed=1)
    found = coach("feedback", "--question", known.question, "--json", stdin=ANSWER).json
    assert found["kind"] == "technical"
    assert [point["point"] for point in found["key_points"]] == list(known.key_points)
