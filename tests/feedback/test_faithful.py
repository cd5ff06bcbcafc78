import pytest

from coach.evals.rated import load_rated
from coach.feedback.faithful import added, given_by, misquoted

ANSWER = (
    "At Norvik I split the data by time and found that the labels arrived 30 days late. As a result recall rose "
    "from 61% to 84% and losses fell by $90k a month. Maria's team moved it to AWS in three weeks, and we cut "
    "the p95 by half."
)
GIVEN = given_by("Tell me about a time you fixed something.", ANSWER)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Recall rose by 23 points.", "23"),
        ("You saved 1,000 dollars.", "1,000"),
        ("It took four weeks.", "four"),
        ("It took three months.", "three"),
        ("You cut losses by a third.", "third"),
        ("Recall doubled.", "doubled"),
        ("Hundreds of labels were late.", "Hundreds"),
        ("Say how Paul found it.", "Paul"),
        ("Kafka was late.", "Kafka"),
        ("Say what S3 did.", "S3"),
        ("Say what p99 was.", "p99"),
        ("Tell how kubernetes helped.", "kubernetes"),
        ("Your manager praised it.", "manager"),
        ("Customers were happier.", "Customers"),
        ("How did you convince the director?", "director"),
        ("You reduced the latency.", "latency"),
    ],
)
def test_a_planted_invention_is_found(text: str, found: str) -> None:
    assert found in added(text, GIVEN)


@pytest.mark.parametrize(
    "text",
    [
        "Say by how much recall rose from 61 to 84 percent, and how Maria knew.",
        "It took thirty days: say why the labels were late.",
        "You cut the p95 by 50%. Say what that changed for the team.",
        "Losses fell by ninety thousand dollars; what did Norvik do next?",
        "Describing the labels, say what you did first.",
        "The move to AWS took 3 weeks. Who decided that?",
        'Say which steps were yours, with "I", and which were others\'.',
    ],
)
def test_what_was_given_may_be_said_in_other_words(text: str) -> None:
    assert added(text, GIVEN) == ()


def test_quotes_are_held_against_the_answer_word_for_word() -> None:
    text = "“recall rose from 61% to 84%” and “recall rose from 61% to 90%” and “Norvik”"
    assert added(text, GIVEN) == ()
    assert misquoted(text, ANSWER) == ("recall rose from 61% to 90%",)


def test_an_answer_adds_nothing_to_itself_and_much_to_another() -> None:
    rows = load_rated(None)
    for row, other in zip(rows, rows[37:], strict=False):
        assert added(row.answer, given_by(row.answer)) == ()
        if len(row.answer.split()) > 40:
            assert added(row.answer, given_by(other.answer))
