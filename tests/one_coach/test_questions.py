"""What the coach is asked: of its library, and as a question of its bank."""

from pathlib import Path
from typing import Any

import pytest

from coach.errors import IndexMissing, UsageError
from coach.feedback.feedback import Asked
from coach.models.scripted import ScriptedModel

from .wording import Build


def test_search_and_ask_use_the_library(build: Build) -> None:
    coach = build(None)
    assert coach.search("the result of a STAR answer", 1)[0].heading == "The result of a STAR answer"
    assert list(coach.ask("What belongs into the result of a STAR answer?"))[-1].citations
    assert list(coach.ask("How do I bake bread?"))[-1].abstained


def test_a_small_model_picks_the_sentences_and_a_larger_one_words_the_answer(build: Build) -> None:
    asked = "What belongs into the result of a STAR answer?"
    small = ScriptedModel([{"sentences": [1]}], name="small")
    *_, picked = build(small, words_freely=False).ask(asked)
    assert (picked.model, picked.verbatim, list(picked.prompts)) == ("small", True, ["pick"])
    words = {"answered": True, "statements": [{"text": picked.passages[0].heading, "passage": 1}]}
    *_, worded = build(ScriptedModel([words])).ask(asked)
    assert (worded.verbatim, list(worded.prompts)) == (False, ["ask"])


def test_an_empty_library_says_what_to_do(build: Any, tmp_path: Path) -> None:
    coach = build(None, tmp_path / "empty")
    with pytest.raises(IndexMissing, match="coach ingest"):
        coach.search("anything")
    with pytest.raises(IndexMissing, match="coach ingest"):
        list(coach.ask("anything"))


def test_a_question_of_the_bank_brings_kind_and_key_points(build: Build) -> None:
    coach = build(None)
    asked = coach.asked("question 1 about TREES")
    assert (asked.kind, asked.key_points) == ("technical", ("one", "two", "three", "four"))
    assert coach.asked("Question 1 about motivation?").kind == "case"
    assert coach.asked("Question 1 about trees?", "behavioral").key_points == ()


def test_any_other_question_is_behavioural_unless_said_otherwise(build: Build) -> None:
    coach = build(None)
    assert coach.asked("Why?") == Asked(question="Why?")
    assert coach.asked("Why?", "coding", "dive deep LP") == Asked(
        question="Why?", kind="coding", principle="Dive Deep"
    )


@pytest.mark.parametrize(
    ("kind", "principle", "hint"),
    [
        ("poem", None, "behavioral"),
        ("recruiter", None, "behavioral"),
        (None, "Divine", "Dive Deep|choose from"),
    ],
)
def test_no_such_kind_or_principle(build: Build, kind: str | None, principle: str | None, hint: str) -> None:
    with pytest.raises(UsageError, match=hint):
        build(None).asked("Why?", kind, principle)
