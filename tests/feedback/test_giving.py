import pytest

from coach.feedback.feedback import Criterion, Feedback, FollowUp, Gap
from coach.feedback.giving import set_aside, supplies
from coach.feedback.rewrite import rewrite
from tests.feedback.builders import STRONG, tagged

SENTENCES = tagged(*STRONG[:4])
GAPS = (
    Gap(criterion="result", text="...", sentences=(3,)),
    Gap(criterion="task", text="...", sentences=(1,)),
)
FEEDBACK = Feedback(
    question="q",
    kind="behavioral",
    graded=True,
    sentences=SENTENCES,
    gaps=GAPS,
    follow_ups=tuple(FollowUp(question=g.criterion, criterion=g.criterion, sentences=(3,)) for g in GAPS),
    rewrite=rewrite(SENTENCES, GAPS),
)


@pytest.mark.parametrize(
    ("criterion", "said", "does"),
    [
        ("measured", "From three hours to twenty minutes.", True),
        ("measured", "It was much better.", False),
        ("result", "The board bought it.", True),
        ("result", "I don't remember what came of it", False),
        ("task", "Yes.", False),
    ],
)
def test_a_reply_gives_what_it_was_asked_for_or_not(criterion: Criterion, said: str, does: bool) -> None:
    assert supplies(criterion, said) is does


def test_what_was_given_is_asked_for_nowhere() -> None:
    left = set_aside(FEEDBACK, ("result",))
    assert [gap.criterion for gap in left.gaps] == ["task"]
    assert [one.criterion for one in left.follow_ups] == ["task"]
    assert left.rewrite is not None
    assert left.rewrite.asks == ("task",)
    assert "after “" not in left.rewrite.text
    assert left.rewrite.blanks[0] in left.rewrite.text


def test_a_rewrite_that_is_the_answer_is_none() -> None:
    assert set_aside(FEEDBACK, ("result", "task")).rewrite is None


def test_nothing_given_changes_nothing() -> None:
    assert set_aside(FEEDBACK, ()) is FEEDBACK
