"""Interviews with a plan: rounds, budgets and the clock, on a clock of their own."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coach.errors import UsageError
from coach.interview.course import covered, standing, still_open
from coach.interview.interviews import Interviews
from coach.interview.plans import Plan, load_plans
from coach.interview.questions import PRINCIPLES, QuestionBank, load_questions
from coach.interview.session import InterviewState, seconds_left
from coach.interview.store import Store, open_store
from coach.settings import DATA, Settings

from .fakes import SUBJECTS, FakeJudge, question, small_bank

PLAN = Plan.model_validate(
    {
        "id": "two-rounds",
        "title": "Two rounds",
        "purpose": "To test.",
        "rounds": [
            {
                "title": "Stories",
                "minutes": 10,
                "interviewer": "bar raiser",
                "principles": SUBJECTS,
                "segments": [
                    {"kind": "behavioral", "questions": 2, "follow_ups": 1, "minutes": 6},
                    {"kind": "technical", "questions": 1, "follow_ups": 0},
                ],
            },
            {
                "title": "Design",
                "minutes": 20,
                "interviewer": "engineer",
                "segments": [{"kind": "system_design", "questions": 1, "follow_ups": 3}],
            },
        ],
    }
)
BANK = QuestionBank((*small_bank().questions, question(1, "fraud scoring", "system_design")))


@dataclass
class Clock:
    at: datetime = field(default_factory=lambda: datetime(2026, 3, 1, 10, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.at

    def wait(self, minutes: float) -> None:
        self.at += timedelta(minutes=minutes)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def planned(store: Store, clock: Clock) -> Interviews:
    return Interviews(store, BANK, FakeJudge(), now=clock)


def give(interviews: Interviews, state: InterviewState, text: str = "I did it on my own.") -> InterviewState:
    *_, (state, _) = interviews.answer(state.id, text, seen=state)
    return state


def held(interviews: Interviews, state: InterviewState, text: str = "I did it on my own.") -> InterviewState:
    """Answer everything to the end."""
    while not state.closed:
        state = interviews.next(give(interviews, state, text).id)
    return state


def shape(state: InterviewState) -> list[tuple[int | None, str, int]]:
    return [(turn.round, turn.kind, turn.follow_up_depth) for turn in state.turns]


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


# --- the clock ---


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


# --- leaving ---


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


# --- asides ---


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


# --- system design ---


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


# --- the plans that come with the coach ---


@pytest.fixture(scope="module")
def bank() -> QuestionBank:
    return load_questions(DATA / "corpus" / "questions")


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Store]:
    store = open_store(Settings(home=tmp_path / "own", database_url=None))
    yield store
    store.close()


@pytest.mark.parametrize("name", sorted(load_plans()))
@pytest.mark.parametrize("level", [None, "entry", "principal"])
def test_every_plan_asks_all_that_it_has_and_nothing_twice(
    own: Store, bank: QuestionBank, clock: Clock, name: str, level: str | None
) -> None:
    plan = load_plans()[name]
    interviews = Interviews(own, bank, FakeJudge(), now=clock)
    state = held(
        interviews, interviews.start(plan=plan, seed=5, level=level), "Done with care for my customer."
    )
    roots = [turn for turn in state.turns if turn.question_id]
    for number, one in enumerate(plan.rounds):
        kinds = [turn.kind for turn in roots if turn.round == number]
        assert kinds == [part.kind for part in one.segments for _ in range(part.count)]
    assert len({turn.question_id for turn in roots}) == len(roots)
    assert state.closed_because == "all rounds of the plan are done"
    if plan.principles:
        principles = [turn.principle for turn in roots if turn.principle]
        assert len(set(principles)) == len(principles)
        assert set(principles) <= set(plan.principles)


def test_the_simulation_is_asked_in_its_order_by_those_who_speak(
    own: Store, bank: QuestionBank, clock: Clock
) -> None:
    interviews = Interviews(own, bank, FakeJudge(), now=clock)
    plan = load_plans()["work-simulation"]
    state = interviews.start(plan=plan)
    while not state.closed:
        state = interviews.skip(state.id)
    scenes = plan.rounds[0].segments[0].scenes
    assert [turn.question_id for turn in state.turns] == [scene.id for scene in scenes]
    assert [turn.speaker for turn in state.turns] == [scene.speaker for scene in scenes]
    assert [turn.key_points for turn in state.turns] == [scene.key_points for scene in scenes]


def test_the_next_loop_asks_other_questions(own: Store, bank: QuestionBank, clock: Clock) -> None:
    interviews = Interviews(own, bank, FakeJudge(), now=clock)
    asked: list[set[str | None]] = []
    for _ in range(2):
        clock.wait(60)
        state = interviews.start(plan=load_plans()["full-loop"], seed=5)
        while not state.closed:
            state = interviews.skip(state.id)
        asked.append({turn.question_id for turn in state.turns})
    assert not asked[0] & asked[1]
