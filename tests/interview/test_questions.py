"""`QuestionBank` picks from its questions as it says, and knows a principle in any spelling."""

import re
from collections.abc import Sequence
from typing import Any

import pytest

from coach.errors import UsageError
from coach.interview.questions import PRINCIPLES, Question, QuestionBank, principle_named

from .entries import entry


def bank_of(*entries: dict[str, Any]) -> QuestionBank:
    return QuestionBank(tuple(Question.model_validate(fields) for fields in entries))


@pytest.fixture
def small() -> QuestionBank:
    """Twelve questions on leakage, one on AUC at another level, and one behavioral."""
    return bank_of(
        *(entry(id=f"technical-leakage-{number:02}") for number in range(12)),
        entry(id="technical-roc-auc-01", topic="ROC AUC", level=["senior", "principal"]),
        entry(id="behavioral-dive-deep-01", kind="behavioral", topic=None, principle="Dive Deep"),
    )


def test_a_seed_gives_the_same_question_and_seeds_differ(small: QuestionBank) -> None:
    assert small.select(seed=7) == small.select(seed=7)
    assert len({small.select(seed=seed).id for seed in range(40)}) > 5


def test_excluding_what_was_asked_goes_through_the_questions_in_the_seeds_order(small: QuestionBank) -> None:
    def order(skipped: frozenset[str]) -> Sequence[str]:
        asked: list[str] = []
        while len(asked) < len(small.questions) - len(skipped):
            asked.append(small.select(seed=3, exclude=skipped | set(asked)).id)
        return asked

    whole = order(frozenset())
    assert sorted(whole) == sorted(question.id for question in small.questions)
    assert order(frozenset({whole[2]})) == [name for name in whole if name != whole[2]]


def test_nothing_left_is_said(small: QuestionBank) -> None:
    everything = {question.id for question in small.questions}
    with pytest.raises(UsageError, match="Nothing is left to ask with kind 'technical'"):
        small.select(kind="technical", exclude=everything)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"kind": "behavioral"}, "behavioral-dive-deep-01"),
        ({"principle": "dive deep LP"}, "behavioral-dive-deep-01"),
        ({"topic": "DIVE"}, "behavioral-dive-deep-01"),
        ({"topic": " auc"}, "technical-roc-auc-01"),
        ({"topic": "Roc-AUC"}, "technical-roc-auc-01"),
        ({"kind": "Technical", "level": "SENIOR"}, "technical-roc-auc-01"),
    ],
)
def test_selection_is_forgiving(small: QuestionBank, wanted: dict[str, str], found: str) -> None:
    assert {small.select(**wanted, seed=seed).id for seed in range(5)} == {found}


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"kind": "quiz"}, "choose from: technical; behavioral"),
        ({"topic": "svm"}, "choose from: leakage; roc auc; Dive Deep"),
        ({"kind": "technical", "topic": "leak", "level": "principal"}, "topic 'leak' with level 'principal'"),
        ({"kind": "technical", "principle": "Dive Deep"}, "leave out the principle"),
        ({"principle": "Frugality"}, "choose from: Dive Deep"),
        ({"principle": "dive dep"}, "did you mean Dive Deep"),
    ],
)
def test_what_does_not_exist_is_answered_with_what_does(
    small: QuestionBank, wanted: dict[str, str], said: str
) -> None:
    with pytest.raises(UsageError, match=re.escape(said)):
        small.select(**wanted)  # type: ignore[arg-type]


def test_a_question_is_found_by_its_id(small: QuestionBank) -> None:
    assert small.by_id("technical-roc-auc-01").topic == "roc auc"
    with pytest.raises(UsageError, match="did you mean technical-roc-auc-01"):
        small.by_id("technical-roc-auc-1")


def test_a_question_is_found_by_its_words(small: QuestionBank) -> None:
    assert small.by_text(" what is LEAKAGE") == small.questions[0]
    assert small.by_text("What is leakage in a pipe?") is None


@pytest.mark.parametrize("name", PRINCIPLES)
def test_a_principle_is_known_in_any_spelling(name: str) -> None:
    for text in (name, name.upper(), f" {name} LP", name.replace(",", "").replace(";", ":"), f"{name}."):
        assert principle_named(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("backbone", "Have Backbone; Disagree and Commit"),
        ("disagree & commit", "Have Backbone; Disagree and Commit"),
        ("Earth’s best employer", "Strive to be Earth's Best Employer"),
        ("dive-deep", "Dive Deep"),
        ("ownership leadership principle", "Ownership"),
        ("right a lot", "Are Right, A Lot"),
    ],
)
def test_a_telling_part_of_a_principle_is_enough(text: str, name: str) -> None:
    assert principle_named(text) == name


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Customer Obsesion", "did you mean Customer Obsession"),
        ("best", "Hire and Develop the Best or Strive to be Earth's Best Employer"),
        ("LP", "choose from: Customer Obsession / Ownership"),
        ("", "choose from: Customer Obsession / Ownership"),
    ],
)
def test_an_unclear_principle_is_not_guessed(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        principle_named(text)
