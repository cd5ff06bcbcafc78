"""What a tab has open: nothing is done to an interview that has gone on elsewhere."""

from pathlib import Path

import pytest
from fake_coach import ANSWER, FakeCoach

from coach.errors import UsageError
from coach.interview.plans import plan_named
from coach.interview.questions import load_questions
from coach.settings import DATA
from coach.ui.opened import Opened, act_on, mark, opened, opening, still


def test_the_mark_changes_with_each_step_and_not_with_feedback(tmp_path: Path) -> None:
    interviews = FakeCoach(tmp_path).interviews
    state = interviews.start()
    asked = mark(state)
    stream = interviews.answer(state.id, ANSWER)
    rated, _ = next(stream)
    assert mark(rated) != asked
    list(stream)
    assert mark(interviews.get(state.id)) == mark(rated)
    assert mark(interviews.next(state.id)) not in (asked, mark(rated))


def test_who_acts_on_what_is_gone_is_told_and_changes_nothing(tmp_path: Path) -> None:
    interviews = FakeCoach(tmp_path).interviews
    state = interviews.start()
    here = opening(state)
    interviews.skip(state.id)
    before = interviews.get(state.id)
    with pytest.raises(UsageError, match="gone on elsewhere"):
        act_on(interviews, here, lambda now: interviews.skip(now.id, seen=now))
    assert interviews.get(state.id) == before


def test_what_the_browser_kept_is_read_back_and_anything_else_is_nothing() -> None:
    one = Opened("20260302-ab", "1 asked 0", held=True, round=2)
    assert opened(one.kept) == one
    for other in (None, "20260302-ab", {}, {"id": 3}, []):
        assert opened(other) is None


def test_a_round_is_begun_by_the_candidate(tmp_path: Path) -> None:
    interviews = FakeCoach(tmp_path, load_questions(DATA / "corpus" / "questions")).interviews
    state = interviews.start(plan=plan_named("full-loop"))
    here = opening(state)
    assert not here.between_rounds(state)
    state = interviews.leave_round(state.id)
    assert here.between_rounds(state)
    assert opening(state).between_rounds(state)
    state = interviews.aside(state.id, "Could you say that again?") or state
    assert not opening(state).between_rounds(state)
    assert still(interviews, opening(state)) == state
