import re
from typing import get_args

import pytest

from coach.evals.rated import load_rated
from coach.feedback.faithful import added, given_by, misquoted
from coach.feedback.feedback import Criterion
from coach.feedback.rubric import TAGS
from coach.feedback.wording import gap_text, parts_of, strength_text
from coach.feedback.words import telling
from tests.feedback.builders import STRONG, tagged

SENTENCES = tagged(*STRONG)
WORDED = [criterion for criterion in get_args(Criterion) if criterion != "key_point"]


@pytest.mark.parametrize("criterion", WORDED)
@pytest.mark.parametrize("place", range(len(STRONG)))
def test_a_gap_is_two_sentences_that_hang_on_the_answer_and_add_nothing(
    criterion: Criterion, place: int
) -> None:
    text = gap_text(criterion, (place,), SENTENCES)
    opening, filling = parts_of(text)
    assert text == f"{opening} {filling}"
    assert filling.startswith("Say ")
    assert len(re.findall(r"[.!?](?=\s|$)", text)) == 2
    answer = " ".join(sentence.text for sentence in SENTENCES)
    assert re.search(r"“([^”]+)”", opening)
    assert (misquoted(text, answer), added(text, given_by(answer))) == ((), ())
    assert telling(text) & telling(SENTENCES[place].text)


def test_a_part_that_is_missing_is_told_from_one_in_general_words() -> None:
    assert "stops at" in gap_text("result", (3,), SENTENCES)
    assert "general words" in gap_text("result", (4,), SENTENCES)


def test_only_what_a_setting_lacks_is_asked_for() -> None:
    sentences = tagged(("S", "We had a problem with the model."), ("A", "I retrained it."))
    text = gap_text("situation", (0,), sentences)
    assert "no time, no place and no size" in text
    sentences = tagged(("S", "In March 2023 we had a problem with the model."), ("A", "I retrained it."))
    text = gap_text("situation", (0,), sentences)
    assert "no time" not in text
    assert "no size" in text


def test_a_missing_number_hangs_on_a_sentence_without_one() -> None:
    sentences = tagged(("R", "Losses fell by 90k."), ("R", "The team was happier."))
    assert "The team was happier" in gap_text("measured", (0, 1), sentences)


def test_nobody_is_asked_how_large_an_experience_was() -> None:
    sentences = tagged(("R", "The project went well."), ("R", "It was a valuable experience for me."))
    assert "“The project went well”" in gap_text("measured", (0, 1), sentences)


def test_talk_in_general_is_quoted_where_the_quote_shows_it() -> None:
    sentences = tagged(
        ("A", "In a case like that and after all of the usual talks with everybody I would write it down."),
        ("A", "Then I would look for the cheapest experiment."),
    )
    assert "“I would look for the cheapest experiment”" in gap_text("hypothetical", (0, 1), sentences)


@pytest.mark.parametrize("criterion", ["measured", "result"])
def test_an_outcome_is_praised_with_its_number(criterion: Criterion) -> None:
    assert "61%" in strength_text(criterion, 4, SENTENCES)
    told = "We shipped that in about two weeks and the false positives went down to 2%, which support liked."
    assert "went down to 2%" in strength_text(criterion, 0, tagged(("R", told)))


def test_no_text_adds_anything_to_any_answer() -> None:
    for row in load_rated(None)[::3]:
        sentences = tagged(*zip(row.mean.tags, row.sentences, strict=True))  # type: ignore[arg-type]
        given = given_by(row.answer, row.question)
        assert set(row.mean.tags) <= set(TAGS)
        for criterion in WORDED:
            text = gap_text(criterion, (len(sentences) // 2,), sentences)
            assert (added(text, given), misquoted(text, row.answer)) == ((), ())
