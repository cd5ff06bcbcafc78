import pytest

from coach.feedback.aim import aims_at, is_answered, tells_size, tells_when, tells_where
from coach.feedback.feedback import Criterion
from tests.feedback.builders import STRONG, tagged

SENTENCES = tagged(*STRONG)


@pytest.mark.parametrize(
    ("criterion", "text", "does"),
    [
        ("measured", "By how much did recall rise?", True),
        ("measured", "Who was in the team?", False),
        ("situation", "When was that?", True),
        ("situation", "Would you do it again?", False),
        ("reflection", "What would you do differently today?", True),
        ("reflection", "Which part was yours?", False),
        ("task", "What did you have to reach?", True),
        ("measured", "You said “how much it cost”. Who noticed?", False),
    ],
)
def test_a_question_is_after_something(criterion: Criterion, text: str, does: bool) -> None:
    assert aims_at(criterion, text) is does


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("How much did losses and recall fall or rise?", True),
        ("How many months was the training set tested on?", True),
        ("Why did you rebuild the training set?", True),
        ("How did you find that labels arrived late?", True),
        ("How much did the customers complain about declined cards?", False),
        ("Why did the payments company need that?", False),
        ("Who disagreed about the split?", False),
        ("You said “I split the data by time”. What did you do first there, and what next?", False),
    ],
)
def test_what_the_answer_says_is_answered(question: str, answered: bool) -> None:
    assert is_answered(question, SENTENCES) is answered


def test_what_a_setting_may_tell() -> None:
    told = "Last spring, at a bakery with 34 people,"
    assert (tells_when(told), tells_size(told)) == (True, True)
    assert tells_where("I was at a small insurance company")
    bare = "we had a problem with the model"
    assert not any(tells(bare) for tells in (tells_when, tells_where, tells_size))
