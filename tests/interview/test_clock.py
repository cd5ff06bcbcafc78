"""The clock of a round: when it runs, and what it ends."""

from coach.interview.course import standing
from coach.interview.interviews import Interviews
from coach.interview.session import seconds_left

from .two_rounds import PLAN, Clock, give


def test_the_clock_runs_while_a_question_waits_and_only_then(planned: Interviews, clock: Clock) -> None:
    state = planned.start(plan=PLAN)
    assert seconds_left(state, clock()) == 600
    clock.wait(2)
    assert seconds_left(planned.get(state.id), clock()) == 480
    state = give(planned, state)
    assert state.turns[0].spent == 120
    clock.wait(30)  # reading the feedback
    assert seconds_left(state, clock()) == 480
    state = planned.next(state.id)
    clock.wait(1)
    now = standing(state, clock())
    assert now is not None
    assert (now.clock, now.seconds_left) == ("7:00", 420)
    assert (now.round, now.rounds, now.title, now.interviewer) == (1, 2, "Stories", "bar raiser")
    assert (now.question, now.questions, now.follow_ups_left) == (1, 3, 0)


def test_a_round_that_is_out_of_time_ends_and_the_next_begins(planned: Interviews, clock: Clock) -> None:
    state = planned.start(plan=PLAN)
    clock.wait(11)
    state = give(planned, state)  # who is late is still listened to
    assert planned.follow_up(state) is None
    state = planned.next(state.id)
    assert [one.why for one in state.rounds] == ["out of time", None]
    assert state.current is not None
    assert state.current.kind == "system_design"
    assert seconds_left(state, clock()) == 1200


def test_a_segment_that_is_out_of_time_gives_way_to_the_next(planned: Interviews, clock: Clock) -> None:
    state = planned.start(plan=PLAN)
    clock.wait(7)
    state = planned.next(give(planned, state).id)
    assert state.current is not None
    assert (state.current.kind, state.current.follow_up_depth) == ("technical", 0)
    assert [one.why for one in state.rounds] == [None]


def test_the_time_away_is_not_counted_once_the_candidate_is_back(planned: Interviews, clock: Clock) -> None:
    state = planned.start(plan=PLAN)
    clock.wait(1)
    planned.aside(state.id, "Sorry, my phone.")
    clock.wait(60 * 24)
    state = planned.resume(state.id)
    assert seconds_left(state, clock()) == 540
    assert planned.get(state.id) == state
    clock.wait(1)
    assert give(planned, state).turns[0].spent == 120


def test_coming_back_changes_nothing_where_no_clock_runs(planned: Interviews) -> None:
    without = planned.start()
    assert planned.resume(without.id) == without
    closed = planned.close(planned.start(plan=PLAN).id)
    assert planned.resume(closed.id) == closed


def test_a_clock_that_is_set_back_does_not_give_time(planned: Interviews, clock: Clock) -> None:
    state = planned.start(plan=PLAN)
    clock.wait(-5)
    assert seconds_left(state, clock()) == 600
    assert give(planned, state).turns[0].spent == 0
