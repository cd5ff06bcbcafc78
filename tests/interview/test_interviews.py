import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from coach.errors import AnswerRefused, ModelMissing, StoreError, UsageError
from coach.feedback.feedback import Asked, Feedback
from coach.feedback.followup import SoFar
from coach.feedback.gate import MAX_WORDS
from coach.interview.interviews import Interviews
from coach.interview.questions import QuestionBank
from coach.interview.session import InterviewState
from coach.interview.store import Store, open_store
from coach.settings import Settings

from .fakes import SUBJECTS, FakeJudge, question, small_bank

ROOT = Path(__file__).parents[2]


def give(interviews: Interviews, interview_id: str, text: str = "I did it.") -> InterviewState:
    *_, (state, _) = interviews.answer(interview_id, text)
    return state


def walk(interviews: Interviews, **wanted: str | int) -> InterviewState:
    """Skip through all questions of a new interview."""
    state = interviews.start(**wanted)  # type: ignore[arg-type]
    while not state.closed:
        state = interviews.skip(state.id)
    return state


def ids(state: InterviewState) -> list[str | None]:
    return [turn.question_id for turn in state.turns]


def test_starts_with_a_question(interviews: Interviews) -> None:
    state = interviews.start("Behavioral", SUBJECTS[0].lower(), "Senior", 7)
    assert (state.kind, state.principle, state.level, state.seed) == ("behavioral", SUBJECTS[0], "senior", 7)
    assert state.current is not None
    assert state.current.principle == SUBJECTS[0]
    assert interviews.get(state.id) == state
    assert interviews.list() == (state,)


@pytest.mark.parametrize("wanted", [{"kind": "cooking"}, {"principle": "Sloth"}, {"level": "wizard"}])
def test_nothing_is_stored_when_no_question_fits(interviews: Interviews, wanted: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        interviews.start(**wanted)  # type: ignore[arg-type]
    assert interviews.list() == ()


def test_no_interview_begins_closed(store: Store, judge: FakeJudge) -> None:
    interviews = Interviews(store, QuestionBank((question(1, "motivation", "recruiter"),)), judge)
    with pytest.raises(UsageError, match="kind recruiter"):
        interviews.start()
    assert interviews.list() == ()


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


def test_steps_that_are_not_possible_are_refused(interviews: Interviews) -> None:
    state = interviews.start()
    give(interviews, state.id)
    with pytest.raises(UsageError, match="already been answered"):
        interviews.answer(state.id, "Again.")
    with pytest.raises(UsageError, match="already been answered"):
        interviews.skip(state.id)
    interviews.close(state.id)
    for act in (
        interviews.close,
        interviews.next,
        interviews.skip,
        lambda name: interviews.answer(name, "Late."),
    ):
        with pytest.raises(UsageError, match="is closed"):
            act(state.id)
    for act in (interviews.get, interviews.next, interviews.delete, interviews.assess_again):
        with pytest.raises(StoreError, match="no interview"):
            act("unknown")


def test_next_leaves_a_question_that_waits(interviews: Interviews) -> None:
    state = interviews.start()
    assert interviews.next(state.id) == state


def test_an_answer_is_followed_up_three_times_then_the_bank_goes_on(
    interviews: Interviews, judge: FakeJudge
) -> None:
    state = interviews.start()
    root = state.turns[0]
    for depth in (1, 2, 3):
        give(interviews, state.id)
        state = interviews.next(state.id)
        assert state.current is not None
        assert (state.current.follow_up_depth, state.current.principle) == (depth, root.principle)
        assert state.current.question == f"I did it.: more {depth}?"  # not the one that was asked before
        assert state.current.aims_at == "result"
    give(interviews, state.id, "Number three.")
    assert judge.asked[-1][0].question == root.question
    story = judge.asked[-1][1]
    assert story.endswith("\n\nNumber three.")
    told = judge.so_far[-1]
    assert (len(told.questions), told.aims) == (4, ("result",) * 3)
    assert story[told.fresh_from :] == "Number three."
    assert judge.so_far[0].fresh_from == 0
    state = interviews.next(state.id)
    assert [turn.follow_up_depth for turn in state.turns] == [0, 1, 2, 3, 0]
    assert state.turns[-1].question_id not in (None, root.question_id)


@pytest.mark.parametrize(
    ("reply", "given"),
    [
        ("It took four weeks less.", ("result",)),
        ("I don't know.", ()),
        ("No idea, sorry", ()),
        ("Well, yes.", ()),
    ],
)
def test_what_a_follow_up_was_told_is_not_asked_for_again(
    interviews: Interviews, judge: FakeJudge, reply: str, given: tuple[str, ...]
) -> None:
    state = interviews.start()
    give(interviews, state.id)
    interviews.next(state.id)
    give(interviews, state.id, reply)
    assert [asked.given for asked, _ in judge.asked] == [(), given]


@pytest.mark.parametrize(("follow_ups", "depths"), [(0, [0, 0]), (1, [0, 1, 0]), (9, [0, 1, 2, 3, 0])])
def test_follow_ups_are_capped(store: Store, judge: FakeJudge, follow_ups: int, depths: list[int]) -> None:
    interviews = Interviews(store, small_bank(), judge, follow_ups)
    state = interviews.start()
    for number in range(len(depths) - 1):
        expected = interviews.follow_up(give(interviews, state.id, f"Answer {number}."))
        state = interviews.next(state.id)
        assert (expected is not None) == bool(state.turns[-1].follow_up_depth)
    assert [turn.follow_up_depth for turn in state.turns] == depths


def test_a_follow_up_can_be_left_out_or_skipped(interviews: Interviews) -> None:
    state = interviews.start()
    give(interviews, state.id)
    assert interviews.next(state.id, follow_up=False).turns[-1].follow_up_depth == 0
    give(interviews, state.id)
    assert interviews.next(state.id).turns[-1].follow_up_depth == 1
    state = interviews.skip(state.id)
    assert [turn.follow_up_depth for turn in state.turns] == [0, 0, 1, 0]
    assert state.turns[2].skipped


class Repeating(FakeJudge):
    def follow_up(self, asked, feedback, so_far):  # type: ignore[no-untyped-def]
        return feedback.follow_ups[0]


def test_a_judge_that_repeats_itself_is_not_repeated(store: Store) -> None:
    interviews = Interviews(store, small_bank(), Repeating())
    state = interviews.start()
    give(interviews, state.id)
    interviews.next(state.id)
    give(interviews, state.id)
    assert interviews.next(state.id).turns[-1].follow_up_depth == 0


def test_the_end_of_the_bank_closes_the_interview(interviews: Interviews) -> None:
    state = walk(interviews, principle=SUBJECTS[1])
    assert sorted(ids(state)) == sorted(q.id for q in small_bank().questions if q.principle == SUBJECTS[1])  # type: ignore[type-var]
    assert state.closed_because == "every question that fits has been asked"
    assert interviews.get(state.id) == state


def test_a_seed_decides_the_order(tmp_path: Path, judge: FakeJudge) -> None:
    def order(home: str, seed: int) -> list[str | None]:
        store = open_store(Settings(home=tmp_path / home, database_url=None))
        return ids(walk(Interviews(store, small_bank(), judge), seed=seed))

    assert order("a", 7) == order("b", 7)
    assert len({tuple(order(f"seed{seed}", seed)) for seed in range(4)}) > 1


@pytest.mark.parametrize("seed", range(3))
def test_principles_take_turns_and_nothing_comes_twice(interviews: Interviews, seed: int) -> None:
    state = walk(interviews, kind="behavioral", seed=seed)
    principles = [turn.principle for turn in state.turns]
    assert [set(principles[at : at + 3]) for at in (0, 3, 6)] == [set(SUBJECTS)] * 3
    assert set(Counter(ids(state)).values()) == {1}


@pytest.mark.parametrize("seed", range(3))
def test_a_mixed_interview_is_half_behavioral_and_its_other_kinds_take_turns(
    store: Store, judge: FakeJudge, seed: int
) -> None:
    design = tuple(question(number, f"design {number}", "system_design") for number in range(1, 9))
    mixed = Interviews(store, QuestionBank((*small_bank().questions, *design)), judge)
    state = walk(mixed, seed=seed)
    kinds = [turn.kind for turn in state.turns]
    for pair in (kinds[at : at + 2] for at in range(0, 8, 2)):
        assert pair.count("behavioral") == 1
    others = [kind for kind in kinds if kind != "behavioral"]
    assert set(others[:2]) == set(others[2:4]) == {"technical", "system_design"}
    assert len(state.turns) == 19  # all but the recruiter's


def test_a_recruiters_questions_come_when_asked_for(interviews: Interviews) -> None:
    state = interviews.start(kind="recruiter")
    assert state.turns[0].kind == "recruiter"
    assert give(interviews, state.id).turns[0].complete


def test_level_limits_the_choice(interviews: Interviews) -> None:
    state = walk(interviews, level="mid")
    assert {turn.topic for turn in state.turns} == {"trees"}


def test_questions_of_the_last_interviews_come_last(interviews: Interviews) -> None:
    before = interviews.start(principle=SUBJECTS[0], seed=3)
    after = interviews.start(principle=SUBJECTS[0], seed=3)
    third = interviews.start(principle=SUBJECTS[0], seed=3)
    assert len({ids(state)[0] for state in (before, after, third)}) == 3
    assert sorted(ids(walk(interviews, principle=SUBJECTS[0], seed=3))) == sorted(  # type: ignore[type-var]
        q.id for q in small_bank().questions if q.principle == SUBJECTS[0]
    )


def test_a_question_that_left_the_bank_stays_in_the_interview(interviews: Interviews, store: Store) -> None:
    state = interviews.start(principle=SUBJECTS[0])
    later = Interviews(store, QuestionBank((question(9, SUBJECTS[0]),)), FakeJudge())
    assert later.get(state.id) == state
    assert ids(later.skip(state.id))[1] == question(9, SUBJECTS[0]).id


def test_deleting_removes_it(interviews: Interviews, settings: Settings) -> None:
    state, other = interviews.start(), interviews.start()
    give(interviews, state.id, "SECRET-answer")
    interviews.delete(state.id)
    assert interviews.list() == (other,)
    assert all(b"SECRET-answer" not in path.read_bytes() for path in settings.home.iterdir())


def test_deleting_while_feedback_streams_brings_nothing_back(
    interviews: Interviews, caplog: pytest.LogCaptureFixture
) -> None:
    state = interviews.start()
    stopped, ended = interviews.answer(state.id, "SECRET-answer"), interviews.assess_again(state.id)
    for stream in (stopped, ended):
        next(stream)
    next(stopped)
    interviews.delete(state.id)
    stopped.close()
    with pytest.raises(StoreError, match="no interview"):
        list(ended)
    assert interviews.list() == ()
    assert "was not stored" in caplog.text
    assert "SECRET" not in caplog.text


def test_events_that_do_not_fit_together_are_a_store_error(interviews: Interviews, store: Store) -> None:
    state = interviews.start()
    events = store.load(state.id)
    store.append(state.id, len(events), [events[1]])
    with pytest.raises(StoreError, match=f"{state.id} can't be read"):
        interviews.get(state.id)
    with pytest.raises(StoreError, match=f"{state.id} can't be read"):
        interviews.list()
    interviews.delete(state.id)


# --- two tabs ---


def test_an_answer_does_not_land_under_another_question(interviews: Interviews) -> None:
    on_screen = interviews.start()
    give(interviews, on_screen.id)
    interviews.next(on_screen.id)
    for act in (
        lambda: interviews.answer(on_screen.id, "Late.", seen=on_screen),
        lambda: interviews.skip(on_screen.id, seen=on_screen),
    ):
        with pytest.raises(UsageError, match="gone on elsewhere"):
            act()
    now = interviews.get(on_screen.id)
    assert now.current is not None
    *_, (state, _) = interviews.answer(on_screen.id, "In time.", seen=now)
    assert state.turns[1].answer == "In time."
    with pytest.raises(UsageError, match="gone on elsewhere"):
        interviews.next(on_screen.id, seen=on_screen)
    assert len(interviews.next(on_screen.id, seen=state).turns) == 3


class Meeting(FakeJudge):
    """Lets two threads go on only when both have read the interview."""

    def __init__(self) -> None:
        super().__init__()
        self.together = Barrier(2)

    def follow_up(self, asked, feedback, so_far):  # type: ignore[no-untyped-def]
        self.together.wait(10)
        return super().follow_up(asked, feedback, so_far)


def test_of_two_tabs_that_go_on_at_once_one_is_told_to_reload(settings: Settings, store: Store) -> None:
    judge = Meeting()
    tabs = [Interviews(one, small_bank(), judge) for one in (store, open_store(settings))]
    state = tabs[0].start()
    give(tabs[0], state.id)

    def go_on(tab: Interviews) -> str:
        try:
            return tab.next(state.id).turns[-1].question
        except UsageError as error:
            return str(error)

    with ThreadPoolExecutor(2) as pool:
        lost, won = sorted(pool.map(go_on, tabs), key=lambda told: "reload" not in told)
    assert "gone on elsewhere" in lost
    now = tabs[1].get(state.id)
    assert len(now.turns) == 2
    assert now.turns[1].question == won


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


def test_twenty_threads_are_not_mixed_up(interviews: Interviews) -> None:
    def candidate(number: int) -> InterviewState:
        state = interviews.start(seed=number)
        for step in range(3):
            for after, feedback in interviews.answer(state.id, f"Candidate {number} at {step}."):
                assert feedback.sentences[0].text.endswith(f"Candidate {number} at {step}.")
                state = after
            if step < 2:
                state = interviews.next(state.id, seen=state)
        return interviews.close(state.id)

    with ThreadPoolExecutor(20) as pool:
        states = list(pool.map(candidate, range(20)))
    assert len({state.id for state in states}) == 20
    for number, state in enumerate(states):
        assert state == interviews.get(state.id)
        assert state.seed == number
        assert [turn.answer for turn in state.turns] == [
            f"Candidate {number} at {step}." for step in range(3)
        ]
        assert all(turn.complete and turn.feedback for turn in state.turns)
        assert [turn.follow_up_depth for turn in state.turns] == [0, 1, 2]
        assert state.turns[1].question.startswith(f"Candidate {number} ")
    assert {state.id for state in interviews.list()} == {state.id for state in states}


# --- a process that dies ---


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
