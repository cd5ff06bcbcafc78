"""An answer is kept, and the feedback on it, however its stream ends."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.errors import AnswerRefused, ModelMissing, UsageError
from coach.feedback.feedback import Asked, Feedback
from coach.feedback.followup import SoFar
from coach.feedback.gate import MAX_WORDS
from coach.interview.interviews import Interviews
from coach.interview.store import Store
from coach.settings import Settings

from .fakes import FakeJudge, small_bank
from .steps import give

ROOT = Path(__file__).parents[2]


def test_an_answer_is_stored_before_it_is_judged(interviews: Interviews, judge: FakeJudge) -> None:
    state = interviews.start()
    interviews.answer(state.id, "I did it.")
    assert judge.asked == []
    assert interviews.get(state.id).turns[0].answer == "I did it."


def test_feedback_streams_with_the_state_and_the_last_is_kept(
    interviews: Interviews, judge: FakeJudge
) -> None:
    state = interviews.start(seed=1)
    pairs = list(interviews.answer(state.id, "I did it."))
    assert all(after.turns[0].feedback == feedback for after, feedback in pairs)
    assert [len(feedback.strengths) for _, feedback in pairs] == [0, 1, 1, 1]
    last, feedback = pairs[-1]
    assert feedback.strengths[0].text == "You measured it."
    assert last == interviews.get(state.id)
    assert last.turns[0].complete
    assert [after.turns[0].complete for after, _ in pairs[:-1]] == [False] * 3
    asked, answer = judge.asked[0]
    assert answer == "I did it."
    assert state.current is not None
    assert (asked.question, asked.principle) == (state.current.question, state.current.principle)


def test_the_first_feedback_is_stored_as_it_comes(interviews: Interviews) -> None:
    state = interviews.start()
    stream = interviews.answer(state.id, "I did it.")
    _, first = next(stream)
    assert interviews.get(state.id).turns[0].feedback == first


@pytest.mark.parametrize("seen", [1, 2, 3])
def test_the_latest_feedback_is_kept_when_it_is_stopped(
    interviews: Interviews, judge: FakeJudge, seen: int
) -> None:
    state = interviews.start()
    stream = interviews.answer(state.id, "I did it.")
    shown = [next(stream)[1] for _ in range(seen)]
    stream.close()
    assert judge.closed == (seen > 1)  # the first needs no model
    turn = interviews.get(state.id).turns[0]
    assert turn.feedback == shown[-1]
    assert not turn.complete

    *_, (after, _) = interviews.assess_again(state.id)
    assert after.turns[0].complete
    with pytest.raises(UsageError, match="has its feedback"):
        interviews.assess_again(state.id)


def test_an_answer_is_assessed_once_however_often_it_is_taken_up(
    interviews: Interviews, judge: FakeJudge
) -> None:
    state = interviews.start()
    stream = interviews.answer(state.id, "I did it.")
    _, assessed = next(stream)
    stream.close()
    for _ in range(2):
        again = interviews.assess_again(state.id)
        assert next(again)[1] == assessed
        again.close()
    *_, (after, _) = interviews.assess_again(state.id)
    assert after.turns[0].complete
    assert judge.assessed == 1


def test_assessing_again_loses_nothing_when_it_is_stopped(interviews: Interviews) -> None:
    state = interviews.start()
    stream = interviews.answer(state.id, "I did it.")
    before = [next(stream)[1] for _ in range(3)][-1]
    stream.close()
    again = interviews.assess_again(state.id)
    next(again)
    again.close()
    assert interviews.get(state.id).turns[0].feedback == before


class Failing(FakeJudge):
    def __init__(self, after: int) -> None:
        super().__init__()
        self.after = after

    def assess(self, asked: Asked, answer: str) -> Feedback:
        if self.after == 0:
            raise ModelMissing("The embedder is not here: pull it.")
        return super().assess(asked, answer)

    def advise(self, asked: Asked, assessed: Feedback, so_far: SoFar) -> Iterator[Feedback]:
        for number, feedback in enumerate(super().advise(asked, assessed, so_far), start=1):
            if number == self.after:
                raise ModelMissing("The embedder is not here: pull it.")
            yield feedback


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_judge_that_fails_costs_nothing_that_was_said(store: Store, judge: FakeJudge, after: int) -> None:
    failing = Interviews(store, small_bank(), Failing(after))
    state = failing.start()
    shown: list[Feedback | None] = [None]
    with pytest.raises(ModelMissing):
        shown.extend(feedback for _, feedback in failing.answer(state.id, "I did it."))
    turn = failing.get(state.id).turns[0]
    assert turn.answer == "I did it."
    assert (turn.feedback is None) == (after == 0)
    assert not turn.complete
    assert failing.next(state.id).turns[1].waiting

    *_, (again, _) = Interviews(store, small_bank(), judge).assess_again(state.id)
    assert again.turns[0].complete
    assert again.turns[1].waiting


@pytest.mark.parametrize("text", ["", " \n\t", "word " * (MAX_WORDS + 1), "half a pair: \ud83d"])
def test_an_answer_that_can_not_be_read_leaves_the_question_open(interviews: Interviews, text: str) -> None:
    state = interviews.start()
    with pytest.raises(AnswerRefused) as caught:
        interviews.answer(state.id, text)
    assert len(str(caught.value)) < 200
    assert interviews.get(state.id) == state
    assert give(interviews, state.id).turns[0].complete


def test_feedback_is_kept_wherever_the_interview_has_got_to(interviews: Interviews) -> None:
    state = interviews.start()
    stream = interviews.answer(state.id, "I did it.")
    next(stream)
    interviews.next(state.id, follow_up=False)
    interviews.close(state.id)
    *_, (after, _) = stream
    assert after.turns[0].complete
    assert len(after.turns) == 2
    assert after.closed
    assert interviews.get(state.id) == after


@pytest.mark.parametrize("feedbacks", [0, 1, 2])
def test_a_killed_process_loses_nothing(interviews: Interviews, settings: Settings, feedbacks: int) -> None:
    state = interviews.start()
    child = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "interview.child",
            str(settings.home),
            state.id,
            "Said before.",
            str(feedbacks),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])},
    )
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "halted\n"
    finally:
        child.kill()
        child.communicate()

    turn = interviews.get(state.id).turns[0]
    assert turn.answer == "Said before."
    assert (turn.feedback is not None) == (feedbacks > 0)
    assert not turn.complete
    *_, (after, feedback) = interviews.assess_again(state.id)
    assert after.turns[0].feedback == feedback
    assert after.turns[0].complete
    assert interviews.next(state.id).turns[1].follow_up_depth == 1
