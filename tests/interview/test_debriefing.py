from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.errors import UsageError
from coach.interview.debrief.model import Debrief
from coach.interview.debriefing import SumUp
from coach.interview.events import Debriefed
from coach.interview.export import to_json, to_markdown
from coach.interview.interviews import Interviews
from coach.interview.plans import plan_named
from coach.interview.session import InterviewState
from coach.interview.store import Store, open_store
from coach.settings import Settings

from .fakes import FakeJudge, small_bank


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(Settings(home=tmp_path))
    yield opened
    opened.close()


class Words:
    """Sums up in two steps, or not at all; counts how often it was asked, and how often it was stopped."""

    def __init__(self, *, fails: bool = False) -> None:
        self.fails, self.asked, self.stopped = fails, 0, 0

    def __call__(self, debrief: Debrief) -> Iterator[Debrief]:
        self.asked += 1
        if self.fails:
            yield debrief.model_copy(update={"words_note": "It failed."})
            return
        try:
            for words in ("You", "You measured it."):
                yield debrief.model_copy(update={"words": words, "model": "fake"})
        except GeneratorExit:
            self.stopped += 1
            raise


def held(store: Store, sum_up: SumUp | None = None) -> tuple[Interviews, InterviewState]:
    """An interview with one answer."""
    interviews = Interviews(store, small_bank(), FakeJudge(), sum_up=sum_up)
    state = interviews.start(principle="Ownership", seed=3)
    list(interviews.answer(state.id, "I rebuilt the importer."))
    return interviews, interviews.get(state.id)


def events(store: Store, state: InterviewState) -> list[bool]:
    return [one.complete for one in store.load(state.id) if isinstance(one, Debriefed)]


def test_the_debrief_is_there_at_once_and_its_words_grow(store: Store) -> None:
    interviews, state = held(store, Words())
    grown = [made.words for _, made in interviews.debrief(state.id)]
    assert grown == [None, "You", "You measured it.", "You measured it."]
    kept = interviews.get(state.id).debriefed()
    assert kept is not None
    assert kept.complete
    assert kept.debrief.words == "You measured it."
    assert events(store, state) == [False, True]


def test_what_still_holds_is_not_made_again(store: Store) -> None:
    words = Words()
    interviews, state = held(store, words)
    list(interviews.debrief(state.id))
    assert [made.words for _, made in interviews.debrief(state.id)] == ["You measured it."]
    assert words.asked == 1
    assert events(store, state) == [False, True]


def test_after_another_answer_it_is_made_anew(store: Store) -> None:
    interviews, state = held(store, Words())
    list(interviews.debrief(state.id))
    interviews.next(state.id, follow_up=False)
    list(interviews.answer(state.id, "I asked the customers."))
    *_, (after, made) = interviews.debrief(state.id)
    assert made.tally.answered == 2
    assert len(after.debriefs) == 1


def test_a_process_that_dies_in_the_middle_leaves_one_that_is_made_again(store: Store) -> None:
    words = Words()
    interviews, state = held(store, words)
    stream = interviews.debrief(state.id)
    next(stream)
    next(stream)
    kept = interviews.get(state.id).debriefed()  # as another process finds it after kill -9
    assert kept is not None
    assert not kept.complete
    assert kept.debrief.words is None
    stream.close()
    assert words.stopped == 1
    *_, (after, made) = interviews.debrief(state.id)
    assert made.words == "You measured it."
    assert (again := after.debriefed()) is not None
    assert again.complete
    assert events(store, state) == [False, True]


def test_when_the_model_fails_the_debrief_stands_and_words_can_be_asked_for_again(store: Store) -> None:
    interviews, state = held(store, Words(fails=True))
    *_, (_, made) = interviews.debrief(state.id)
    assert made.words_note == "It failed."
    assert made.inclination.reasons
    better = Interviews(store, small_bank(), FakeJudge(), sum_up=Words())
    *_, (_, again) = better.debrief(state.id)
    assert again.words == "You measured it."


def test_without_a_model_and_after_the_end(store: Store) -> None:
    interviews, state = held(store)
    interviews.close(state.id)
    *_, (after, made) = interviews.debrief(state.id)
    assert made.words is None
    assert after.closed
    assert (kept := after.debriefed()) is not None
    assert kept.complete


def test_the_clock_does_not_mind(store: Store) -> None:
    interviews, state = held(store)
    waiting = interviews.next(state.id)
    *_, (after, _) = interviews.debrief(state.id)
    assert after.clock_from == waiting.clock_from
    assert after.current == waiting.current


def test_rounds_have_their_own(store: Store) -> None:
    interviews = Interviews(store, small_bank(), FakeJudge())
    state = interviews.start(plan=plan_named("quick-drill"), principle="Ownership", seed=1)
    list(interviews.answer(state.id, "I rebuilt the importer."))
    list(interviews.debrief(state.id, round=0))
    *_, (after, _) = interviews.debrief(state.id)
    assert [one.debrief.round for one in after.debriefs] == [0, None]
    with pytest.raises(UsageError, match="no such round"):
        next(interviews.debrief(state.id, round=1))
    assert InterviewState.model_validate_json(to_json(after)) == after


def test_markdown_has_the_debrief_with_its_words(store: Store) -> None:
    interviews, state = held(store, Words())
    assert "## Debrief" in to_markdown(state)
    *_, (after, _) = interviews.debrief(state.id)
    text = to_markdown(after)
    assert "- You measured it." in text
    assert "### What it comes to" in text
    assert "Not enough evidence" in text
    assert "### Three things to work on" in text


def test_an_interview_without_an_answer_has_none_in_its_markdown(store: Store) -> None:
    interviews = Interviews(store, small_bank(), FakeJudge())
    assert "## Debrief" not in to_markdown(interviews.start(seed=1))
