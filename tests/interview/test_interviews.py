"""Interviews from their start to their end, on a real store."""

import pytest

from coach.errors import StoreError, UsageError
from coach.interview.interviews import Interviews
from coach.interview.questions import QuestionBank
from coach.interview.store import Store
from coach.settings import Settings

from .fakes import SUBJECTS, FakeJudge, question
from .steps import give, ids


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
    assert interviews.list() == ()
    interviews.delete(state.id)
