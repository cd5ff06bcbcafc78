import pytest

from coach.errors import UsageError
from coach.interview.events import Answered, AskedQuestion, Assessed, FollowedUp, Skipped, Started
from coach.interview.fold import fold
from coach.interview.session import InterviewState
from coach.stories.story import (
    LONGEST_TITLE,
    Fact,
    checked_text,
    checked_title,
    draft_from,
    tags_from,
    title_of,
)

from .builders import feedback, story


def asked(number: int, kind: str = "behavioral") -> AskedQuestion:
    behavioral = kind == "behavioral"
    return AskedQuestion.model_validate(
        {
            "question_id": f"q-{number:02}",
            "question": f"Question {number}?",
            "kind": kind,
            "principle": "Dive Deep" if behavioral else None,
            "topic": None if behavioral else "trees",
            "key_points": (),
        }
    )


def interview() -> InterviewState:
    return fold(
        "i",
        [
            Started(kind=None, principle=None, level=None, seed=1),
            asked(1),
            Answered(answer="I cut latency."),
            Assessed(turn=0, feedback=feedback("I cut latency.", gaps=("measured",)), complete=True),
            FollowedUp(question="By how much?", criterion="measured", sentences=(0,)),
            Answered(answer="By 40%."),
            Assessed(turn=1, feedback=feedback("Both.", overall=4.0), complete=True),
            asked(2, "technical"),
            Answered(answer="A tree splits."),
            asked(3),
            Skipped(),
        ],
    )


def test_an_answer_with_its_follow_ups_becomes_one_story_with_their_facts() -> None:
    draft = draft_from(interview(), 1, " The latency story ")
    assert draft.title == "The latency story"
    assert (draft.question, draft.principle) == ("Question 1?", "Dive Deep")
    assert draft.text == "I cut latency.\n\nBy 40%."
    assert draft.feedback is not None
    assert draft.feedback.overall == 4.0
    fact = draft.facts[0]
    assert (fact.criterion, fact.question, fact.words) == ("measured", "By how much?", "By 40%.")
    assert fact.at == interview().turns[1].answered_at or fact.at is not None


def test_an_answer_alone_has_no_facts_and_is_called_by_its_first_words() -> None:
    draft = draft_from(interview(), 0)
    assert (draft.title, draft.facts) == ("I cut latency", ())


@pytest.mark.parametrize(
    ("turn", "why"), [(2, "behavioral"), (3, "no answer"), (9, "no answer"), (-1, "no answer")]
)
def test_what_is_no_story_is_refused(turn: int, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        draft_from(interview(), turn)


def test_scores_and_interval_come_from_the_feedback() -> None:
    judged = story("a", shows={"Dive Deep": 1.5})
    assert judged.latest.overall == 3.0
    assert judged.latest.interval == (2.5, 3.5)
    assert judged.latest.components["action"] == 1.5
    assert judged.strength("Dive Deep") == 1.5
    assert judged.strength("Frugality") == 0.0


def test_what_nobody_has_judged_has_no_scores() -> None:
    raw = story("a")
    assert raw.latest.overall is None
    assert raw.latest.interval is None
    assert raw.latest.components == {}
    assert raw.strength("Dive Deep") is None


def test_tags_are_what_the_feedback_clearly_shows() -> None:
    assert tags_from(feedback(shows={"Dive Deep": 1.0, "Frugality": 0.9})) == ("Dive Deep",)
    assert tags_from(None) == ()
    ungraded = feedback(shows={"Dive Deep": 2.0}).model_copy(update={"graded": False})
    assert tags_from(ungraded) == ()


@pytest.mark.parametrize(
    ("words", "told"), [("By 40%.", True), ("I don't know", False), ("", False), ("none", False)]
)
def test_a_fact_that_says_nothing_is_not_told(words: str, told: bool) -> None:
    assert Fact(criterion="result", question="?", words=words).told is told


def test_titles_are_one_short_line() -> None:
    assert checked_title("  The\n one ") == "The one"
    assert title_of("One two three four five, six", words=5) == "One two three four five…"
    assert len(title_of("x" * 500)) < LONGEST_TITLE
    for bad in ("", " \n", "x" * (LONGEST_TITLE + 1)):
        with pytest.raises(UsageError):
            checked_title(bad)


@pytest.mark.parametrize("text", ["", "  \n", "word " * 20_000, "\ud800"])
def test_a_text_that_can_not_be_kept_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        checked_text(text)
