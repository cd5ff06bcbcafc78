"""Whether a story belongs to its question: the two bars, and what the model's doubt adds."""

import pytest

from coach.feedback.feedback import Asked, Feedback
from coach.feedback.relevance import goes_astray, held_against_question, set_astray
from coach.feedback.scoring import ASTRAY_AT_MOST, Belonging
from coach.models.scripted import ScriptedModel
from coach.prompts import load_prompts
from coach.settings import DATA
from tests.feedback.builders import STRONG, tagged

BARS = Belonging(astray=0.0, unsure=0.2)
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


@pytest.mark.parametrize(
    ("match", "on_topic"), [(-0.1, "no"), (0.0, "unsure"), (0.19, "unsure"), (0.2, "yes")]
)
def test_the_match_decides_between_the_bars(match: float, on_topic: str) -> None:
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


@pytest.mark.parametrize(("chance", "astray"), [(0.95, False), (0.8, False), (0.6, True), (0.1, True)])
def test_a_model_that_is_not_quite_sure_says_no(chance: float, astray: bool) -> None:
    model = ScriptedModel([{"yes": chance, "no": 1 - chance}])
    prompt = load_prompts(DATA / "prompts")["relevance"]
    assert goes_astray(model, prompt, Asked(question="Why?"), GOOD) is astray
