"""Interviews that two tabs, or twenty threads, go on with at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from coach.errors import UsageError
from coach.interview.interviews import Interviews
from coach.interview.session import InterviewState
from coach.interview.store import Store, open_store
from coach.settings import Settings

from .fakes import FakeJudge, small_bank
from .steps import give


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
