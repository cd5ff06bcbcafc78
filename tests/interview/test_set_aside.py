"""What is no answer is replied to, and the question waits."""

import pytest

from coach.interview.course import covered
from coach.interview.interviews import Interviews
from coach.interview.plans import load_plans
from coach.interview.questions import load_questions
from coach.interview.store import Store
from coach.settings import DATA

from .fakes import FakeJudge
from .two_rounds import PLAN, Clock, give


def test_an_aside_is_replied_to_and_the_question_waits(planned: Interviews) -> None:
    state = planned.start(plan=PLAN)
    after = planned.aside(state.id, "Can you repeat that?", seen=state)
    assert after is not None
    (aside,) = after.turns[0].asides
    assert (aside.what, aside.said) == ("repeat", "Can you repeat that?")
    assert state.turns[0].question in aside.reply
    assert after.current == after.turns[0]
    assert after == planned.get(state.id)
    answered = give(planned, after)
    assert answered.turns[0].asides == (aside,)


def test_an_answer_is_no_aside_and_nothing_is_stored(planned: Interviews) -> None:
    state = planned.start(plan=PLAN)
    assert planned.aside(state.id, "I pulled the logs and found the cause.") is None
    assert planned.get(state.id) == state
    assert planned.aside(give(planned, state).id, "Can you repeat that?") is None


@pytest.mark.parametrize("said", ["I don't know.", ""])
def test_who_has_nothing_to_say_is_helped_once_then_it_goes_on(planned: Interviews, said: str) -> None:
    state = planned.start(plan=PLAN)
    helped = planned.aside(state.id, said)
    assert helped is not None
    assert helped.current == helped.turns[0]
    after = planned.aside(state.id, said)
    assert after is not None
    left, waiting = after.turns
    assert (left.skipped, left.passed, left.feedback) == (True, True, None)
    assert waiting == after.current
    assert covered(after) == ()
    assert [one.what for one in left.asides] == ["unknown" if said else "silence"] * 2


def test_who_never_says_anything_gets_through_every_plan(store: Store, clock: Clock) -> None:
    bank = load_questions(DATA / "corpus" / "questions")
    silent = Interviews(store, bank, FakeJudge(), now=clock)
    for plan in load_plans().values():
        state, steps = silent.start(plan=plan, seed=3), 0
        while not state.closed:
            after = silent.aside(state.id, "...", seen=state)
            assert after is not None
            state, steps = after, steps + 1
            assert steps < 60
        assert len(state.rounds) == len(plan.rounds)
        assert all(turn.passed for turn in state.turns)
        assert len(state.turns) == sum(one.questions for one in plan.rounds)


def test_asides_work_without_a_plan(planned: Interviews) -> None:
    state = planned.start()
    after = planned.aside(state.id, "Let's skip the coding.")
    assert after is not None
    assert after.turns[0].asides[0].what == "steer"
