"""States that are kept between calls are what folding all events would give, whoever else writes."""

from collections.abc import Sequence

import pytest

from coach.errors import StoreError
from coach.interview import records
from coach.interview.events import Event
from coach.interview.fold import apply, fold
from coach.interview.interviews import Interviews
from coach.interview.kept import _MOST, KeptState, KeptStates
from coach.interview.session import InterviewState
from coach.interview.store import Store, open_store
from coach.settings import Settings

from .fakes import FakeJudge, small_bank
from .steps import give


def whole(store: Store, interview_id: str) -> InterviewState:
    return fold(interview_id, store.load(interview_id))


@pytest.fixture
def folded(monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    """The events that were read into states."""
    seen: list[Event] = []

    def watched(interview_id: str, events: Sequence[Event]) -> InterviewState:
        seen.extend(events)
        return fold(interview_id, events)

    def applied(state: InterviewState, event: Event) -> InterviewState:
        seen.append(event)
        return apply(state, event)

    monkeypatch.setattr(records, "fold", watched)
    monkeypatch.setattr(records, "apply", applied)
    return seen


def test_only_new_events_are_folded(interviews: Interviews, folded: list[Event]) -> None:
    state = interviews.start(seed=1)
    for _ in range(3):
        give(interviews, state.id)
        interviews.next(state.id, follow_up=False)
    interviews.get(state.id)
    folded.clear()
    interviews.get(state.id)
    assert folded == []
    interviews.skip(state.id)
    folded.clear()
    assert interviews.get(state.id) == whole(interviews.store, state.id)
    assert [event.type for event in folded] == ["skipped", "asked"]


def test_another_process_is_heard_at_once(interviews: Interviews, settings: Settings) -> None:
    elsewhere = Interviews(open_store(settings), small_bank(), FakeJudge())
    state = interviews.start(seed=2)
    for number in range(4):
        here, there = (interviews, elsewhere) if number % 2 else (elsewhere, interviews)
        give(here, state.id, f"Answer {number}.")
        assert there.get(state.id).turns[-1].answer == f"Answer {number}."
        there.next(state.id)
        assert interviews.get(state.id) == elsewhere.get(state.id) == whole(interviews.store, state.id)
    elsewhere.delete(state.id)
    with pytest.raises(StoreError, match="no interview"):
        interviews.get(state.id)


@pytest.mark.parametrize("events", [1, 2, 5, 6])
def test_one_brought_back_from_a_copy_is_folded_anew(
    interviews: Interviews, settings: Settings, events: int
) -> None:
    """The copy went on another way: it has fewer events, as many, or more."""
    state = interviews.start(seed=3)
    first = interviews.store.load(state.id)
    give(interviews, state.id, "What was said here.")
    assert len(interviews.store.load(state.id)) == 5
    interviews.get(state.id)
    other = Interviews(open_store(settings), small_bank(), FakeJudge())
    other.store.delete(state.id)
    other.store.create(state.id, first[:events])
    if events > 2:
        give(other, state.id, "What was said on another machine.")
    if events > 5:
        other.next(state.id)
    assert len(other.store.load(state.id)) == events
    found = interviews.get(state.id)
    assert found == whole(interviews.store, state.id)
    assert "What was said here." not in str(found)


def test_a_deleted_one_is_not_kept(interviews: Interviews) -> None:
    state = interviews.start()
    give(interviews, state.id)
    interviews.get(state.id)
    assert interviews.kept.find(state.id) is not None
    interviews.delete(state.id)
    assert interviews.kept.find(state.id) is None


def test_the_longest_unused_goes(interviews: Interviews) -> None:
    state = interviews.start()
    last = interviews.store.load(state.id)[-1]
    kept = KeptStates()
    for number in range(_MOST):
        kept.keep(KeptState(state.model_copy(update={"id": str(number)}), 2, last))
    kept.find("0")
    kept.keep(KeptState(state, 2, last))
    assert kept.find("0") is not None
    assert kept.find("1") is None
