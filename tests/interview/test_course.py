"""Interviews with a plan: its rounds, its budgets, and rounds that are left early."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from coach.errors import UsageError
from coach.interview.course import covered, standing, still_open
from coach.interview.interviews import Interviews
from coach.interview.plans import load_plans
from coach.interview.questions import PRINCIPLES, QuestionBank
from coach.interview.store import Store

from .fakes import SUBJECTS, FakeJudge, question
from .two_rounds import BANK, PLAN, Clock, give, held, shape


def test_a_plan_is_walked_through_to_its_end(planned: Interviews) -> None:
    state = held(planned, planned.start(plan=PLAN, seed=1))
    assert shape(state) == [
        (0, "behavioral", 0), (0, "behavioral", 1), (0, "behavioral", 0), (0, "behavioral", 1), (0, "technical", 0),
        (1, "system_design", 0), (1, "system_design", 1), (1, "system_design", 2), (1, "system_design", 3),
    ]  # fmt: skip
    assert [one.why for one in state.rounds] == ["done", "done"]
    assert state.closed_because == "all rounds of the plan are done"
    assert state == planned.get(state.id)
    assert len({turn.question for turn in state.turns}) == len(state.turns)


def test_the_plan_may_change_and_the_interview_does_not(planned: Interviews) -> None:
    state = planned.start(plan=PLAN)
    assert planned.get(state.id).plan == PLAN


def test_a_principle_of_the_round_that_is_not_covered_comes_first(planned: Interviews) -> None:
    state = planned.start(plan=PLAN, seed=1)
    assert (covered(state), set(still_open(state))) == ((), set(SUBJECTS))
    state = give(planned, state)
    state = planned.next(state.id, follow_up=False)
    first, second = state.turns
    assert first.principle != second.principle
    assert covered(state) == (first.principle,)
    assert second.principle in still_open(state)


def test_what_was_weak_before_comes_first(planned: Interviews, clock: Clock, store: Store) -> None:
    class Strict(FakeJudge):
        def assess(self, asked, answer):  # type: ignore[no-untyped-def]
            low = asked.principle == SUBJECTS[2]
            return super().assess(asked, answer).model_copy(update={"overall": 1.5 if low else 4.5})

    strict = Interviews(store, BANK, Strict(), now=clock)
    for name in SUBJECTS:
        clock.wait(1)
        give(strict, strict.start(principle=name, seed=2))
    clock.wait(1)
    for seed in range(5):
        state = planned.start(plan=PLAN, seed=seed)
        assert state.turns[0].principle == SUBJECTS[2]
        assert state.scores == {SUBJECTS[0]: 4.5, SUBJECTS[1]: 4.5, SUBJECTS[2]: 1.5}
        planned.delete(state.id)


def test_a_drill_stays_with_one_principle_and_without_a_choice_takes_the_weakest(planned: Interviews) -> None:
    drill = load_plans()["quick-drill"]
    chosen = planned.start(plan=drill, principle="ownership")
    assert chosen.principle == "Ownership"
    done = held(planned, chosen)
    assert Counter(turn.principle for turn in done.turns if turn.question_id) == {"Ownership": 3}
    assert planned.start(plan=drill).principle in PRINCIPLES


@pytest.mark.parametrize(
    ("wanted", "words"),
    [({"kind": "coding"}, "leave out the kind"), ({"principle": "Ownership"}, "leave out the principle")],
)
def test_a_plan_does_not_go_with_limits_of_another_sort(
    planned: Interviews, wanted: dict[str, str], words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        planned.start(plan=PLAN, **wanted)  # type: ignore[arg-type]
    assert planned.list() == ()


def test_a_level_that_the_bank_is_thin_at_does_not_cut_the_plan_short(planned: Interviews) -> None:
    state = planned.start(plan=PLAN, level="mid", seed=1)
    assert state.level == "mid"
    done = held(planned, state)
    assert [turn.kind for turn in done.turns if turn.question_id] == [
        "behavioral", "behavioral", "technical", "system_design",
    ]  # fmt: skip


def test_a_plan_that_the_bank_has_nothing_for(store: Store) -> None:
    empty = Interviews(store, QuestionBank((question(1, "motivation", "recruiter"),)), FakeJudge())
    with pytest.raises(UsageError, match="no question for the plan two-rounds"):
        empty.start(plan=PLAN)
    assert empty.list() == ()


def test_a_round_can_be_left_early(planned: Interviews) -> None:
    state = planned.leave_round(planned.start(plan=PLAN).id)
    assert [one.why for one in state.rounds] == ["left early", None]
    assert [turn.round for turn in state.turns] == [0, 1]
    assert state.turns[0].waiting
    assert state.current == state.turns[1]
    over = planned.leave_round(state.id)
    assert over.closed
    assert [one.why for one in over.rounds] == ["left early"] * 2
    with pytest.raises(UsageError):
        planned.leave_round(over.id)


def test_leaving_a_round_needs_one(planned: Interviews) -> None:
    with pytest.raises(UsageError, match="none to leave"):
        planned.leave_round(planned.start().id)


def test_closing_ends_the_round(planned: Interviews) -> None:
    state = planned.close(planned.start(plan=PLAN).id)
    assert (state.closed, state.closed_because, state.rounds[0].why) == (True, None, "left early")
    assert standing(state, datetime.now(UTC)) is None
    with pytest.raises(UsageError, match="is closed"):
        planned.next(state.id)


def test_a_round_of_another_tab_is_not_left(planned: Interviews) -> None:
    on_screen = planned.start(plan=PLAN)
    planned.skip(on_screen.id)
    with pytest.raises(UsageError, match="gone on elsewhere"):
        planned.leave_round(on_screen.id, seen=on_screen)


def test_the_follow_ups_to_a_design_go_through_the_stages_that_are_missing(planned: Interviews) -> None:
    state = planned.leave_round(planned.start(plan=PLAN).id)
    state = give(
        planned, state, "A service reads a queue, a model scores it, and the result goes into a database."
    )
    assert state.turns[-1].raised == ("design",)
    assert state.turns[-1].never_raised == ("requirements", "estimates", "trade-offs", "failure")
    aims = []
    for reply in (
        "The goal is to stop fraud before the money is gone, for the shops above all others.",
        "About ten million payments a day, so 120 requests a second.",
        "No.",
    ):
        state = planned.next(state.id)
        assert state.turns[-1].follow_up_depth
        assert "fraud scoring" in state.turns[-1].question
        aims.append(state.turns[-1].stage)
        state = give(planned, state, reply)
    assert aims == ["requirements", "estimates", "trade-offs"]
    root = state.turns[1]
    assert root.raised == ("requirements", "estimates", "design")
    assert root.never_raised == ("trade-offs", "failure")


def test_a_question_back_raises_the_requirements(planned: Interviews) -> None:
    state = planned.leave_round(planned.start(plan=PLAN).id)
    after = planned.aside(state.id, "How many users are there?")
    assert after is not None
    assert give(planned, after, "I would build it from three parts.").turns[-1].raised == ("requirements",)
