import pytest

from coach.feedback.assessor import Assessor
from coach.feedback.feedback import Asked, Feedback

ASKED = Asked(
    question="What is overfitting, and how do you fight it?",
    kind="technical",
    key_points=(
        "The model learns the noise of the training data, so it does worse on new data.",
        "Regularisation or early stopping limits how closely it can fit.",
        "More training data makes it harder to memorise.",
    ),
)
FIRST = "Overfitting means that a model learns the noise in its training data and does badly on new data."
SECOND = "I fight it with regularisation such as weight decay, or with early stopping."
OFF_TOPIC = "My manager liked the office in Berlin because the coffee there was very good and the trains were on time."


def judged(assessor: Assessor, answer: str) -> Feedback:
    return assessor.assess(ASKED, answer)


def verdicts(feedback: Feedback) -> list[str]:
    return [point.verdict for point in feedback.key_points]


def test_what_is_said_is_hit_and_what_is_not_is_missed(assessor: Assessor) -> None:
    feedback = judged(assessor, f"{FIRST} {SECOND}")
    assert verdicts(feedback)[0] == "hit"
    assert verdicts(feedback)[2] == "miss"
    assert feedback.key_points[0].sentences == (0,)
    assert feedback.key_points[2].sentences == ()


def test_more_points_earn_more(assessor: Assessor) -> None:
    one, two = judged(assessor, FIRST), judged(assessor, f"{FIRST} {SECOND}")
    assert one.overall is not None
    assert two.overall is not None
    assert 1 <= one.overall < two.overall <= 5
    assert one.low is not None
    assert one.high is not None
    assert one.low <= one.overall <= one.high


@pytest.mark.parametrize("padding", [OFF_TOPIC, FIRST])
def test_length_and_repetition_earn_nothing(assessor: Assessor, padding: str) -> None:
    plain, padded = judged(assessor, FIRST), judged(assessor, f"{FIRST} {padding}")
    assert padded.overall == plain.overall
    assert verdicts(padded) == verdicts(plain)


def test_something_else_makes_no_point(assessor: Assessor) -> None:
    feedback = judged(assessor, OFF_TOPIC)
    assert set(verdicts(feedback)) == {"miss"}
    assert feedback.overall is not None
    assert feedback.overall < 2


def test_every_missed_point_is_a_gap(assessor: Assessor) -> None:
    feedback = judged(assessor, FIRST)
    assert feedback.gaps
    assert {gap.criterion for gap in feedback.gaps} == {"key_point"}


def test_without_key_points_there_is_no_score(assessor: Assessor) -> None:
    feedback = assessor.assess(ASKED.model_copy(update={"key_points": ()}), FIRST)
    assert not feedback.graded
    assert feedback.overall is None
    assert feedback.why_not
