"""Stored interviews as HTML: one line each, and one with all that was said and what came of it."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

from coach.interview.export import round_end
from coach.interview.session import InterviewState
from coach.interview.unreadable import Unreadable
from coach.ui import render_debrief, render_interview
from coach.ui.render_stories import ranged
from coach.ui.words import kind_name

_SHORT = 60  # characters of a question in a list


def one_line(state: InterviewState) -> str:
    """Return an interview as a choice in a list."""
    when = state.started_at.astimezone()
    score = (
        f", {state.overall:.1f} of 5"
        if state.overall is not None
        else ", not rated"
        if state.answered
        else ""
    )
    end = "over" if state.closed else "open"
    return f"{when.day} {when:%b %Y, %H:%M}: {about(state)} ({_answers(state)}{score}, {end})"


def unreadable_line(one: Unreadable) -> str:
    """Return an interview that can't be read as a choice in a list."""
    return f"{_day(one)}: can't be read"


def unreadable(one: Unreadable) -> str:
    """Return an interview that can't be read: why, and what can be done with it."""
    return (
        f'<div class="looked-at"><h3>{escape(_day(one))}</h3><div class="problem" role="alert">{escape(one.why)}</div>'
        "<p>Save it as it is stored, for whoever can mend it, or delete it. The others are not touched by it.</p></div>"
    )


def about(state: InterviewState) -> str:
    """Return what an interview is about: its plan, what it was limited to, or its first question."""
    if state.plan is not None:
        more = f", {state.principle}" if state.principle else ""
        return f"{state.plan.title}{more}"
    limits = [kind_name(state.kind)] if state.kind else []
    limits += [state.principle] if state.principle else []
    if limits:
        return ", ".join(limits)
    asked = state.turns[0].question if state.turns else "A bit of everything"
    return asked if len(asked) <= _SHORT else asked[:_SHORT].rsplit(" ", 1)[0] + " ..."


def looked_at(state: InterviewState) -> str:
    """Return an interview: how it went, the debrief if there is one, and everything that was said.

    Raises:
        CoachError: the debrief can't be made.
    """
    when = state.started_at.astimezone()
    end = (state.closed_because or "over") if state.closed else "still open"
    # Open, its interviewers have not made up their minds yet.
    debrief = render_debrief.look_back(state, None) if state.closed else ""
    rounds = "".join(
        f"<li>{escape(state.plan.rounds[one.number].title)} <small>{escape(round_end(state, one))}</small></li>"
        for one in state.rounds
        if state.plan is not None
    )
    said = render_interview.history([turn for turn in state.turns if not turn.waiting])
    said = said or '<p class="small">Nothing was answered.</p>'
    waiting = next((turn for turn in state.turns if turn.waiting and not state.closed), None)
    left = f'<p class="small">Waits for an answer: {escape(waiting.question)}</p>' if waiting else ""
    ran = f'<ul class="rounds-run">{rounds}</ul>' if rounds else ""
    if debrief:
        debrief = f'<h4>Debrief</h4><div class="whole-debrief">{debrief}</div>'
    return (
        f'<div class="looked-at"><h3>{escape(about(state))}</h3>'
        f'<p class="small">{when:%A} {when.day} {when:%B %Y, %H:%M}, {_answers(state)}, {escape(end)}</p>'
        f"{_score(state)}{ran}{debrief}<h4>What was said</h4>{said}{left}</div>"
    )


def stored(states: Sequence[InterviewState], unreadable: int = 0) -> str:
    """Return how much there is, and how many interviews can't be read; where there is nothing, what to do."""
    if states or unreadable:
        answers = sum(state.answered for state in states)
        others = f" {_counted(unreadable, 'more')} can't be read." if unreadable else ""
        return (
            f'<p class="small">{_counted(len(states), "interview")} with {_counted(answers, "answer")}.'
            f"{others}</p>"
        )
    return (
        '<div class="notice empty"><strong>No interview yet.</strong> Start one on the Interview page: it is stored '
        "with every answer from the first question on. Or bring back an export below.</div>"
    )


def _score(state: InterviewState) -> str:
    if state.overall is None:
        return ""
    mean = f"{state.overall:.1f} of 5 on average"
    return f'<p class="mean">{ranged(state.overall, None)}<span class="mark">{mean}</span></p>'


def _answers(state: InterviewState) -> str:
    return _counted(state.answered, "answer") if state.answered else "nothing answered"


def _day(one: Unreadable) -> str:
    try:
        when = datetime.fromisoformat(one.started_at).astimezone()
    except ValueError:
        return f"Interview {one.id}"
    return f"{when.day} {when:%b %Y, %H:%M}"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 or what == 'more' else 's'}"
