import pytest

from coach.evals.rated import load_rated
from coach.feedback.quoting import LONGEST, clause, quoted, without_quotes


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("We rebuilt the training set.", "We rebuilt the training set"),
        ("So basically, I rebuilt the training set!", "I rebuilt the training set"),
        ("Action: I matched images by clinic.", "I matched images by clinic"),
        (
            "When I was at the ad company last year, I told my lead about the gambling ads and we discussed it.",
            "I told my lead about the gambling ads and we discussed it",
        ),
        (
            "I restored that night's copy to a test machine, row counts matched, and I added an alert to the channel.",
            "I restored that night's copy to a test machine",
        ),
        (
            "In a situation like that I would first write down what I know and what I don't know.",
            "In a situation like that I would first write down",
        ),
        (
            "In one project there were some different opinions about which model we should use.",
            "In one project there were some different opinions about which model",
        ),
    ],
)
def test_the_main_clause_is_quoted(sentence: str, expected: str) -> None:
    assert clause(sentence) == expected


def test_what_has_to_be_there_is_there() -> None:
    sentence = "We shipped it in March after a long talk with legal, and in the end recall rose from 61 to 84 percent."
    at = sentence.index("84")
    assert "84" in clause(sentence, (at, at + 2))
    assert "84" not in clause(sentence)


def test_every_quote_is_verbatim_short_and_has_words() -> None:
    for row in load_rated(None):
        for sentence in row.sentences:
            found = clause(sentence)
            assert found in sentence
            assert 1 <= len(found.split()) <= LONGEST
            assert any(letter.isalnum() for letter in found)


def test_quotes_can_be_taken_out() -> None:
    text = f"You said {quoted('We rebuilt it.')}. By how much?"
    assert text == "You said “We rebuilt it”. By how much?"
    assert without_quotes(text) == "You said “”. By how much?"
