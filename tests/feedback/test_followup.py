from coach.feedback.feedback import Feedback, Gap
from coach.feedback.followup import next_follow_up, plain_follow_ups
from tests.feedback.builders import STRONG, tagged

SENTENCES = tagged(*STRONG)
GAPS = (
    Gap(criterion="result", text="...", sentences=(4,)),
    Gap(criterion="task", text="...", sentences=(1,)),
)


def test_the_first_aims_at_the_first_gap_and_quotes_its_sentence() -> None:
    first = plain_follow_ups(SENTENCES, GAPS)[0]
    assert first.criterion == "result"
    assert "As a result recall rose from 61% to 84%" in first.question
    assert first.sentences == (4,)


def test_every_one_quotes_this_answer_and_no_two_are_the_same() -> None:
    asked = plain_follow_ups(SENTENCES, GAPS)
    assert len({one.question for one in asked}) == len(asked) >= 8
    for one in asked:
        words = SENTENCES[one.sentences[0]].text.rstrip(".").split()[:12]
        assert " ".join(words) in one.question


def test_what_is_answered_already_is_not_probed() -> None:
    asked = plain_follow_ups(SENTENCES, (), answered=("measured", "reflection"))
    assert {one.criterion for one in asked} == {"ownership", "action"}


def test_an_answer_without_gaps_is_probed_at_an_act_of_its_own() -> None:
    assert all(one.sentences in ((2,), (3,)) for one in plain_follow_ups(SENTENCES, ()))


def test_nothing_is_asked_twice_and_in_the_end_nothing_is_left() -> None:
    feedback = Feedback(
        question="q", kind="behavioral", graded=True, follow_ups=plain_follow_ups(SENTENCES, GAPS)
    )
    earlier: list[str] = []
    while (found := next_follow_up(feedback, earlier)) is not None:
        assert found.question not in earlier
        earlier.append(found.question.upper().replace("?", " ?"))
    assert len(earlier) == len(feedback.follow_ups)
