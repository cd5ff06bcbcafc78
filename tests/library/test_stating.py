from collections.abc import Sequence
from typing import Any

import pytest

from coach.library.reply import Reply
from coach.library.retrieval import Hit
from coach.library.stating import state
from coach.models.scripted import Answer, ScriptedModel
from coach.prompts import load_prompts
from coach.settings import DATA

from .found import TEXTS, check_quotes, hits

PROMPT = load_prompts(DATA / "prompts")["ask"]


def last(answer: Answer, found: Sequence[Hit] = hits(*TEXTS)) -> Reply:
    *_, reply = state(ScriptedModel([answer]), PROMPT, "What is recall?", found)
    return reply


def written(*statements: tuple[Any, Any], answered: bool = True) -> dict[str, object]:
    return {"answered": answered, "statements": [{"text": t, "passage": p} for t, p in statements]}


def test_the_model_points_and_the_program_quotes() -> None:
    reply = last(written(("Recall is what we found.", 2), ("A threshold trades.", 3), ("Found it.", 2)))
    assert reply.answer == "Recall is what we found. [1] A threshold trades. [2] Found it. [1]"
    assert [one.quote for one in reply.citations] == [TEXTS[1], TEXTS[2]]
    assert not reply.abstained
    assert not reply.verbatim
    check_quotes(reply, hits(*TEXTS))


def test_what_is_not_in_its_passage_or_was_said_before_is_dropped() -> None:
    said = written(
        ("Recall is what we found.", 2),
        ("Recall is what we found [2].", 2),
        ("Bar raisers never veto candidates.", 1),
        ("A threshold trades.", 3),
    )
    assert last(said).answer == "Recall is what we found. [1] A threshold trades. [2]"


@pytest.mark.parametrize("nowhere", [0, -1, 4, 99, "1", None, 1.5, True])
def test_a_statement_that_points_nowhere_is_dropped(nowhere: object) -> None:
    reply = last(written(("I made this up.", nowhere), ("Recall is what we found.", 2)))
    assert reply.answer == "Recall is what we found. [1]"
    assert [one.quote for one in reply.citations] == [TEXTS[1]]


def test_the_models_own_numbers_are_taken_out() -> None:
    reply = last(written(("Recall is what [1] we found [2, 3].", 2)))
    assert reply.answer == "Recall is what we found. [1]"
