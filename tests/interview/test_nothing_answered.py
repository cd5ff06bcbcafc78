"""Where nothing was answered there is no score, whatever was passed."""

from coach.interview.debrief.making import debrief
from coach.interview.export import to_markdown
from coach.interview.interviews import Interviews
from coach.interview.session import InterviewState
from coach.ui import render_debrief, render_history


def passed(interviews: Interviews, times: int) -> InterviewState:
    """An interview in which the candidate had nothing to say."""
    state = interviews.start(seed=1)
    while sum(turn.passed for turn in state.turns) < times:
        heard = interviews.aside(state.id, "I don't know.")
        assert heard is not None
        state = heard
    return interviews.close(state.id)


def test_it_is_said_and_no_mean_is_told(interviews: Interviews) -> None:
    state = passed(interviews, 4)
    assert (state.answered, state.overall) == (0, None)
    made = debrief(state).inclination
    assert made.lean != "inclined"
    assert (made.score, made.low, made.high, made.answers) == (None, None, None, 0)
    assert "Nothing was answered, so there is no mean." in made.reasons
    assert any(one.startswith("Four questions passed") for one in made.reasons)
    shown = render_debrief.look_back(state, None) + render_history.looked_at(state) + to_markdown(state)
    assert "1.0 of 5 over" not in shown
    assert "questions passed, which counts as not shown" in shown
    assert "of 5 on average" not in shown
    assert render_history.one_line(state).endswith("(nothing answered, over)")


def test_one_answer_brings_the_mean_back(interviews: Interviews) -> None:
    state = interviews.start(seed=1)
    list(interviews.answer(state.id, "I did it."))
    state = interviews.close(state.id)
    assert state.overall == debrief(state).inclination.score == 3.0
