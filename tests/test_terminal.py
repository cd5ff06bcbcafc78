import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple, cast

import pytest

from coach.coach import Coach
from coach.errors import StoreError, UsageError
from coach.feedback.gate import MAX_WORDS
from coach.interview.interviews import Interviews
from coach.interview.plans import load_plans, plan_named
from coach.interview.session import InterviewState
from coach.interview.store import open_store
from coach.settings import Settings
from coach.terminal import hold_interview, show_plans, stored_interviews
from tests.interview.fakes import FakeJudge, small_bank


@pytest.fixture
def interviews(tmp_path: Path) -> Iterator[Interviews]:
    store = open_store(Settings(home=tmp_path))
    yield Interviews(store, small_bank(), FakeJudge())
    store.close()


class Held(NamedTuple):
    out: str
    err: str
    state: InterviewState

    @property
    def talk(self) -> str:
        """What was printed before the debrief, which quotes questions again."""
        return self.out.partition("What it comes to:")[0]


Hold = Callable[..., Held]


@pytest.fixture
def hold(interviews: Interviews, capsys: pytest.CaptureFixture[str]) -> Hold:
    """Hold an interview with someone who types these lines and then ends the input."""

    def held(
        typed: Sequence[str], *, resume: str | None = None, as_json: bool = False, plan: str | None = None
    ) -> Held:
        lines = iter([f"{line}\n" for line in typed])
        principle = None if plan and plan != "quick-drill" else "Ownership"
        given = argparse.Namespace(
            resume=resume, plan=plan, kind=None, principle=principle, level=None, seed=3, json=as_json
        )
        coach = cast(Coach, SimpleNamespace(interviews=interviews, warm_up=lambda: None))
        assert hold_interview(coach, given, lambda: next(lines, "")) == 0
        assert next(lines, None) is None, "not all that was typed was read"
        out, err = capsys.readouterr()
        return Held(out, err, interviews.get(resume) if resume else interviews.list()[0])

    return held


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


# --- with a plan ---


def test_a_plan_shows_its_round_the_clock_and_the_count(hold: Hold) -> None:
    held = hold(["I fixed it.", ".", "It took an hour.", ".", "/skip", "/skip"], plan="quick-drill")
    assert held.out.startswith("\n== Round 1 of 1: Drill ==\n20 minutes. The interviewer: bar raiser.\n")
    for head in ("question 1 of 3]", "follow-up 1 to question 1 of 3]", "question 2 of 3]"):
        assert head in held.out
    assert "[20:00 left, question 1 of 3]" in held.out or "[19:59 left, question 1 of 3]" in held.out
    assert "/leave ends the round" in held.err


def test_a_plan_that_is_through_is_looked_back_at(hold: Hold) -> None:
    held = hold(["/skip"] * 3, plan="quick-drill")
    assert held.state.closed_because == "all rounds of the plan are done"
    assert "Round 1 is over: done." in held.out
    assert "All rounds of the plan are done." in held.out
    assert "Round 1, Drill: done, 0:0" in held.out
    assert "Covered: nothing. Still open: Ownership." in held.out
    assert held.out.rstrip().endswith("0 answered.")


def test_leaving_a_round_ends_it(hold: Hold) -> None:
    held = hold(["/leave"], plan="quick-drill")
    assert held.state.closed
    assert "Round 1, Drill: left early" in held.out


def test_a_break_stops_the_clock_until_enter(hold: Hold) -> None:
    held = hold(["/break", "", "I fixed it.", "."], plan="quick-drill")
    assert "Press Enter" in held.err
    assert held.talk.count(held.state.turns[0].question) == 2
    assert held.state.turns[0].answer == "I fixed it.\n"
    assert hold(["/break"], plan="quick-drill").state.closed


def test_rounds_have_commands_of_their_own(hold: Hold) -> None:
    held = hold(["/leave", "was my answer.", "."])
    assert held.state.turns[0].answer == "/leave\nwas my answer.\n"


def test_an_unknown_plan_names_those_there_are(hold: Hold) -> None:
    with pytest.raises(UsageError, match="full-loop"):
        hold([], plan="marathon")


def test_a_plan_is_resumed_where_it_stood(hold: Hold, interviews: Interviews) -> None:
    state = interviews.start(principle="Ownership", seed=3, plan=plan_named("quick-drill"))
    interviews.skip(state.id)
    held = hold(["/end"], resume=state.id)
    assert "question 2 of 3]" in held.out
    assert held.state.rounds[0].why == "left early"


def test_the_plans_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    show_plans(load_plans())
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[:3] == ["plan", "rounds", "minutes"]
    assert [line.split()[0] for line in lines[1:]] == list(load_plans())
    assert next(line for line in lines if line.startswith("full-loop")).split()[1:3] == ["4", "220"]


class Stored(NamedTuple):
    out: str
    err: str


@pytest.fixture
def stored(interviews: Interviews, capsys: pytest.CaptureFixture[str]) -> Callable[..., Stored]:
    def run(verb: str, interview: str | None = None, *, as_json: bool = False) -> Stored:
        given = argparse.Namespace(verb=verb, id=interview, json=as_json)
        assert stored_interviews(given, interviews) == 0
        return Stored(*capsys.readouterr())

    return run


def test_the_list_has_a_line_for_each(interviews: Interviews, stored: Callable[..., Stored]) -> None:
    first, second = interviews.start(principle="Ownership"), interviews.start(kind="technical")
    list(interviews.answer(first.id, "An answer."))
    lines = stored("list").out.splitlines()[1:]
    assert [line.split()[0] for line in lines] == [second.id, first.id]
    assert lines[1].split()[-3:] == ["Ownership", "1", "3.0"]
    assert lines[0].split()[-3:] == ["technical", "0", "-"]


def test_the_list_names_the_plan(interviews: Interviews, stored: Callable[..., Stored]) -> None:
    interviews.start(principle="Ownership", plan=plan_named("quick-drill"))
    assert "quick-drill, Ownership" in stored("list").out


def test_the_list_as_json_is_one_object(interviews: Interviews, stored: Callable[..., Stored]) -> None:
    assert json.loads(stored("list", as_json=True).out) == {"sessions": []}
    ids = {interviews.start().id, interviews.start().id}
    assert {one["id"] for one in json.loads(stored("list", as_json=True).out)["sessions"]} == ids


def test_show(interviews: Interviews, stored: Callable[..., Stored]) -> None:
    state = interviews.start(seed=1)
    assert state.turns[0].question in stored("show", state.id).out
    out = stored("show", state.id, as_json=True).out
    assert InterviewState.model_validate_json(out) == state


def test_delete(interviews: Interviews, stored: Callable[..., Stored]) -> None:
    kept, gone, other = interviews.start(), interviews.start(), interviews.start()
    assert stored("delete", gone.id) == ("", f"{gone.id} is deleted.\n")
    assert json.loads(stored("delete", other.id, as_json=True).out) == {"id": other.id, "deleted": True}
    assert [one.id for one in interviews.list()] == [kept.id]
    with pytest.raises(StoreError, match="no interview"):
        stored("delete", gone.id)


def test_the_debrief_comes_at_the_end_where_something_was_said(hold: Hold, interviews: Interviews) -> None:
    held = hold(["I fixed it.", ".", "/end"])
    assert "What it comes to:" in held.out
    assert "Three things to work on:" in held.out
    assert (kept := interviews.get(held.state.id).debriefed()) is not None
    assert kept.complete
    assert "What it comes to:" not in hold(["/end"]).out


def test_after_each_round_of_several_there_is_a_short_debrief(hold: Hold) -> None:
    held = hold(["I fixed it.", ".", "/leave", "/end"], plan="full-loop")
    # The small bank has nothing for the first round.
    short = held.talk.partition("is over: left early.\n")[2].partition("== Round")[0]
    assert short.startswith("Not enough evidence")
    assert "To work on first:" in short
    assert [one.debrief.round for one in held.state.debriefs if one.complete][-1] is None
    assert any(one.debrief.round is not None for one in held.state.debriefs)
