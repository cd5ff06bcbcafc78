"""An interview without a plan, held at a terminal."""

import argparse
from types import SimpleNamespace
from typing import cast

import pytest

from coach.coach import Coach
from coach.errors import StoreError
from coach.feedback.gate import MAX_WORDS
from coach.interview.interviews import Interviews
from coach.interview.session import InterviewState
from coach.terminal import hold_interview

from .typed import Hold


def test_an_answer_ends_with_a_dot_and_is_followed_up(hold: Hold) -> None:
    held = hold(["I fixed it.", "", "Then I rested.", "."])
    first, second = held.state.turns
    assert first.answer == "I fixed it.\n\nThen I rested.\n"
    assert first.feedback is not None
    assert first.complete
    assert "Overall 3.0 of 5" in held.out
    assert second.follow_up_depth == 1
    assert held.talk.count(second.question) == 1
    assert held.out.rstrip().endswith("1 answered, 3.0 of 5 on average.")


def test_skip_and_next_go_to_another_question(hold: Hold) -> None:
    held = hold(["/skip", "An answer.", ".", "/next", "/end"])
    questions = [turn.question for turn in held.state.turns]
    assert [turn.skipped for turn in held.state.turns] == [True, False, True, False]
    assert held.state.turns[2].follow_up_depth == 1
    assert held.state.turns[3].follow_up_depth == 0
    assert len(set(questions)) == 4
    assert held.state.closed


def test_end_closes_it(hold: Hold) -> None:
    held = hold(["/end"])
    assert held.state.closed
    assert held.state.turns[0].answer is None
    assert held.out.rstrip().endswith("0 answered.")


def test_the_end_of_the_input_ends_the_answer_and_the_interview(hold: Hold) -> None:
    held = hold(["An answer without a dot"])
    assert held.state.turns[0].answer == "An answer without a dot\n"
    assert held.state.turns[0].complete
    assert held.state.closed


def test_no_input_at_all(hold: Hold) -> None:
    assert hold([]).state.closed


def test_a_command_counts_only_where_an_answer_would_begin(hold: Hold) -> None:
    held = hold(["I typed", "/end", "by mistake.", ".", " /end "])
    assert held.state.turns[0].answer == "I typed\n/end\nby mistake.\n"


def test_an_answer_that_can_not_be_read_is_asked_for_again(hold: Hold) -> None:
    held = hold(["word " * (MAX_WORDS + 1), ".", "A better answer.", "."])
    assert "3,001 words" in held.err
    assert held.state.turns[0].answer == "A better answer.\n"
    assert held.talk.count(held.state.turns[0].question) == 2


@pytest.mark.parametrize("nothing", [[], ["  "], ["..."]])
def test_who_says_nothing_is_prompted_and_can_still_answer(hold: Hold, nothing: list[str]) -> None:
    held = hold([*nothing, ".", "A better answer.", "."])
    assert "Take your time" in held.out
    assert held.state.turns[0].answer == "A better answer.\n"
    assert held.talk.count(held.state.turns[0].question) == 1


def test_what_is_no_answer_gets_a_reply_and_no_feedback(hold: Hold) -> None:
    held = hold(["What do you mean?", ".", "I don't know.", ".", "I really don't know.", ".", "/end"])
    first, second = held.state.turns
    assert [one.what for one in first.asides] == ["repeat", "unknown", "unknown"]
    for aside in first.asides:
        assert held.talk.count(aside.reply) == 1
    assert first.passed
    assert first.feedback is None
    assert held.talk.count(second.question) == 1
    assert "Overall" not in held.out


def test_a_bank_without_more_questions_ends_it(hold: Hold) -> None:
    held = hold(["/skip"] * 3)
    assert held.state.closed_because == "every question that fits has been asked"
    assert len(held.state.turns) == 3


def test_resume_goes_on_where_it_stopped(hold: Hold, interviews: Interviews) -> None:
    state = interviews.start(principle="Ownership", seed=3)
    held = hold(["My answer.", "."], resume=state.id)
    assert state.turns[0].question in held.out
    assert state.id in held.err
    assert held.state.turns[0].answer == "My answer.\n"


def test_resume_first_gives_the_feedback_that_was_interrupted(hold: Hold, interviews: Interviews) -> None:
    state = interviews.start(principle="Ownership", seed=3)
    interviews.answer(state.id, "My answer.").close()
    assert interviews.get(state.id).turns[0].feedback is None
    held = hold(["/end"], resume=state.id)
    assert held.state.turns[0].complete
    assert "Overall 3.0 of 5" in held.out
    assert held.state.turns[1].follow_up_depth == 1


def test_resume_of_one_that_is_closed_asks_nothing(hold: Hold, interviews: Interviews) -> None:
    state = interviews.start(principle="Ownership", seed=3)
    interviews.close(state.id)
    assert hold([], resume=state.id).out.strip() == "0 answered."


def test_resume_of_one_that_is_not_there(hold: Hold) -> None:
    with pytest.raises(StoreError, match="coach sessions list"):
        hold([], resume="nosuch")


def test_an_interrupt_keeps_what_was_said_and_tells_how_to_go_on(
    interviews: Interviews, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = iter(["My answer.\n", ".\n"])

    def read() -> str:
        for line in typed:
            return line
        raise KeyboardInterrupt

    given = argparse.Namespace(
        resume=None, plan=None, kind=None, principle=None, level=None, seed=3, json=False
    )
    with pytest.raises(KeyboardInterrupt):
        hold_interview(cast(Coach, SimpleNamespace(interviews=interviews, warm_up=lambda: None)), given, read)
    (state,) = interviews.list()
    assert state.turns[0].complete
    assert not state.closed
    assert f"coach interview --resume {state.id}" in capsys.readouterr().err


def test_json_is_the_finished_interview_alone(hold: Hold) -> None:
    held = hold(["My answer.", "."], as_json=True)
    assert InterviewState.model_validate_json(held.out) == held.state
    assert held.state.turns[0].question in held.err


def test_the_debrief_comes_at_the_end_where_something_was_said(hold: Hold, interviews: Interviews) -> None:
    held = hold(["I fixed it.", ".", "/end"])
    assert "What it comes to:" in held.out
    assert "Three things to work on:" in held.out
    assert (kept := interviews.get(held.state.id).debriefed()) is not None
    assert kept.complete
    assert "What it comes to:" not in hold(["/end"]).out
