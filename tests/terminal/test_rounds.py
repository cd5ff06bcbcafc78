"""An interview with a plan, held at a terminal: its rounds and its clock."""

import pytest

from coach.errors import UsageError
from coach.interview.interviews import Interviews
from coach.interview.plans import load_plans, plan_named
from coach.terminal import show_plans

from .typed import Hold


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


def test_after_each_round_of_several_there_is_a_short_debrief(hold: Hold) -> None:
    held = hold(["I fixed it.", ".", "/leave", "/end"], plan="full-loop")
    # The small bank has nothing for the first round.
    short = held.talk.partition("is over: left early.\n")[2].partition("== Round")[0]
    assert short.startswith("Not enough evidence")
    assert "To work on first:" in short
    assert [one.debrief.round for one in held.state.debriefs if one.complete][-1] is None
    assert any(one.debrief.round is not None for one in held.state.debriefs)
