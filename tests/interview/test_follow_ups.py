"""What an answer is followed up with, and how often."""

import pytest

from coach.interview.interviews import Interviews
from coach.interview.store import Store

from .fakes import FakeJudge, small_bank
from .steps import give


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
