"""The files of a bank: what is read from them, and what is said of a wrong one."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from coach.errors import UsageError
from coach.interview.questions import CodingQuestion, load_questions

from .entries import CODING_FIELDS, entry


def test_a_coding_question_is_read_with_its_task(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(yaml.safe_dump([entry(**CODING_FIELDS)]))
    (question,) = load_questions(tmp_path).questions
    assert isinstance(question, CodingQuestion)
    assert question.function == "add"
    assert (question.examples[0].arguments, question.examples[0].expected) == ((1, 2), 3)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"key_points": None}, "key_points: Field required"),
        ({"key_points": ["one"]}, "key_points: "),
        ({"probes": ["a", "b", " "]}, "probes.2: "),
        ({"kind": "riddle"}, "kind: "),
        ({"level": ["staff"]}, "level.0: "),
        ({"level": []}, "level: "),
        ({"colour": "red"}, "colour: Extra inputs"),
        ({"id": "leakage"}, "id: "),
        ({"id": "case-leakage-01"}, "starts with technical-"),
        ({"principle": "Dive Deep"}, "a behavioral question has a principle"),
        ({"topic": None}, "a behavioral question has a principle"),
        ({"kind": "behavioral", "id": "behavioral-x-01"}, "a behavioral question has a principle"),
        (
            {"kind": "behavioral", "id": "behavioral-x-01", "topic": None, "principle": "dive deep"},
            "not the exact name",
        ),
        ({"passages": []}, "only a recruiter's question"),
        ({"passages": [{"source": "../secret.md", "heading": "x"}]}, "passages.0.source"),
        ({"task": "def f()"}, "task: Extra inputs"),
        ({"kind": "coding", "id": "coding-x-01"}, "task: Field required"),
        (CODING_FIELDS | {"task": "Add two numbers."}, "does not begin with a signature"),
        (CODING_FIELDS | {"solution": "def sub(a, b): ..."}, "does not define add"),
        (CODING_FIELDS | {"hidden": CODING_FIELDS["hidden"][:4]}, "hidden: "),
        (CODING_FIELDS | {"examples": [{"input": "[1, 2]", "output": "3"}]}, "not a tuple"),
        (CODING_FIELDS | {"examples": [{"input": "(1, 2", "output": "3"}]}, "not a Python literal"),
        (CODING_FIELDS | {"examples": [{"input": "(1, 2)", "output": "sum"}]}, "not a Python literal"),
    ],
)
def test_a_wrong_entry_is_named_with_file_and_field(
    tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    wrong = entry(**changes)
    good = entry(id="technical-good-01")
    (tmp_path / "mine.yaml").write_text(yaml.safe_dump([good, wrong]))
    with pytest.raises(UsageError, match=re.escape(said)) as caught:
        load_questions(tmp_path)
    assert str(caught.value).startswith(f"mine.yaml, entry 2 ({wrong['id']})")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id: x", "mine.yaml is not a list"),
        ("", "mine.yaml is not a list"),
        ("- [", "mine.yaml can't be read as YAML"),
        ("- just words", "mine.yaml, entry 1 (no id)"),
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "mine.yaml").write_text(text)
    with pytest.raises(UsageError, match=re.escape(said)) as caught:
        load_questions(tmp_path)
    assert "\n" not in str(caught.value)


def test_an_id_may_be_used_once_in_all_files(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(yaml.safe_dump([entry()]))
    with pytest.raises(UsageError, match=r"b.yaml: technical-leakage-01 is already .* a.yaml"):
        load_questions(tmp_path)


def test_a_folder_with_no_questions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no questions"):
        load_questions(tmp_path)
