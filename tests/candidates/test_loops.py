"""Every candidate gets through a whole loop, and some through each other plan, with an interviewer who behaves."""

from dataclasses import replace

import pytest

from coach.evals.dialogue import _asks_for_nothing_given, _caps, _no_question_twice
from coach.interview.plans import load_plans
from coach.interview.session import MAX_DEPTH

from .cast import BY_NAME, CAST, Candidate
from .conftest import Ready
from .loop import Held, hold, leaks, threads, twice

PLANS = load_plans()
LOOP = PLANS["full-loop"]
# Who are followed up as often as the plan allows.
DEEP = ("honest and strong", "honest failure", "one word", "as long as allowed, follow-ups too")
# Who else goes through each other plan.
OTHERS = ("honest and strong", "asks back first", "silent", "says I don't know", "markup", "out of time")


def check(ready: Ready, held: Held, candidate: Candidate) -> None:
    interviews, _ = ready
    state = held.state
    assert twice(state) == []
    assert leaks(state) == []
    assert _caps(state, interviews).holds
    for thread in threads(state):
        checks = [_no_question_twice(thread)]
        if thread.turns[0].kind == "behavioral":  # the stages of a design all have one aim
            checks.append(_asks_for_nothing_given(thread, candidate.persona))
        assert [one for one in checks if not one.holds] == []
    assert all(turn.complete and turn.feedback for turn in state.turns if turn.answer is not None)
    ended = [one.why for one in state.rounds]
    assert len(ended) == len(state.plan.rounds if state.plan else ())
    if candidate.does == "leaves":
        assert set(ended) == {"left early"}
    elif candidate.minutes > 20:
        assert "out of time" in ended
    elif candidate.minutes < 1:
        assert set(ended) == {"done"}
        assert sum(turn.question_id is not None for turn in state.turns) == sum(
            one.questions for one in (state.plan.rounds if state.plan else ())
        )


@pytest.mark.parametrize("candidate", CAST, ids=lambda one: one.name)
def test_everybody_gets_through_the_loop(fast: Ready, candidate: Candidate) -> None:
    interviews, clock = fast
    if candidate.name in DEEP:
        interviews = replace(interviews, follow_ups=MAX_DEPTH)
    held = hold(interviews, clock, candidate, LOOP)
    check((interviews, clock), held, candidate)
    for number in (*range(len(LOOP.rounds)), None):
        *_, (state, made) = interviews.debrief(held.state.id, number)
        assert made.round == number
        assert made.inclination.reasons
        for one in made.asides:
            assert one.quote
    assert len(state.debriefs) == len(LOOP.rounds) + 1


@pytest.mark.parametrize("plan", [name for name in PLANS if name != "full-loop"])
@pytest.mark.parametrize("name", OTHERS)
def test_other_plans(fast: Ready, name: str, plan: str) -> None:
    interviews, clock = fast
    check(fast, hold(interviews, clock, BY_NAME[name], PLANS[plan]), BY_NAME[name])
