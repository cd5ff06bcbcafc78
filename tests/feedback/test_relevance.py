"""Whether a story belongs to its question: the bar."""

import pytest

from coach.feedback.feedback import Feedback
from coach.feedback.relevance import held_against_question, set_astray
from coach.feedback.scoring import ASTRAY_AT_MOST, Belonging
from tests.feedback.builders import STRONG, tagged

BARS = Belonging(astray=0.0)
GOOD = Feedback(
    question="Why?",
    kind="behavioral",
    graded=True,
    overall=4.0,
    low=3.5,
    high=4.5,
    relevance=1.8,
    sentences=tagged(*STRONG),
)


@pytest.mark.parametrize(("match", "on_topic"), [(-0.1, "no"), (0.0, "yes"), (0.2, "yes")])
def test_the_match_decides(match: float, on_topic: str) -> None:
    assert held_against_question(GOOD, match, BARS).on_topic == on_topic


def test_a_story_to_another_question_is_capped_without_a_model() -> None:
    assert held_against_question(GOOD, -0.5, BARS) == set_astray(GOOD)
    assert set_astray(GOOD).overall == ASTRAY_AT_MOST


def test_a_poor_answer_is_left_as_it_is() -> None:
    poor = GOOD.model_copy(update={"overall": 2.0})
    assert held_against_question(poor, -0.5, BARS) == poor
    assert (
        held_against_question(GOOD.model_copy(update={"overall": None, "graded": False}), -1, BARS).on_topic
        is None
    )
