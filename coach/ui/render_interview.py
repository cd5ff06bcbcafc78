"""An interview as HTML: the question, what was said before, and a look back at the end. All escaped."""

from collections.abc import Sequence
from html import escape
from typing import Protocol

from coach.interview.handed_in import handed_in
from coach.interview.session import InterviewState, Turn
from coach.ui import render, render_coding, render_round

_SHORT = 70  # characters of a question in a list
_DOTS = '<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>'


class ModelStatus(Protocol):
    """What of the coach's status the pages show."""

    @property
    def model(self) -> str | None: ...
    @property
    def model_state(self) -> str: ...
    @property
    def model_note(self) -> str: ...


def follow_up(text: str) -> str:
    """Return the follow-up that could be answered next."""
    return f'<div class="asked next"><ul class="crumbs"><li>Follow-up</li></ul><h2>{escape(text)}</h2></div>'


def history(turns: Sequence[Turn], *, quiet: bool = False) -> str:
    """Return earlier turns, folded; the first line of each is its question and score, or `quiet` its question."""
    shown = "".join(_past(turn, quiet) for turn in turns)
    return f'<div class="history" aria-label="Earlier in this interview">{shown}</div>' if shown else ""


def exercise(text: str) -> str:
    """Return the exercise that the interview is; "" is none."""
    return f'<p class="exercise"><b>Exercise.</b> {escape(text)}</p>' if text else ""


def closing(state: InterviewState) -> str:
    """Return what an interview that is over came to."""
    given = sum(turn.answer is not None for turn in state.turns)
    count = f"{given} answer{'' if given == 1 else 's'}"
    why = f"{escape(_sentence(state.closed_because))} " if state.closed_because else ""
    lead = (
        f"{count} given. Open one below to read it again."
        if given
        else "No answers this time; that is fine too."
    )
    return f'<section class="debrief"><h2>That was the interview</h2><p>{why}{lead}</p></section>'


def one_line(state: InterviewState) -> str:
    """Return an interview as a choice in a list."""
    given = sum(turn.answer is not None for turn in state.turns)
    asked = state.turns[state.root(len(state.turns) - 1)].question.partition("\n")[0] if state.turns else ""
    short = asked if len(asked) <= _SHORT else asked[:_SHORT].rsplit(" ", 1)[0] + " ..."
    when = state.started_at.astimezone()
    where = f"{state.plan.title}: " if state.plan else ""
    if state.plan and len(state.plan.rounds) > 1 and state.round:
        where = f"{state.plan.title}, round {state.round.number + 1} of {len(state.plan.rounds)}: "
    about = f"{state.plan.title}, finished" if state.plan and state.closed else f"{where}{short}"
    over = ", finished" if state.closed and not state.plan else ""
    return f"{about} ({given} answer{'' if given == 1 else 's'}{over}, {when.day} {when:%b, %H:%M})"


def progress(status: ModelStatus) -> str:
    """Return what the reader may wait for, given how the model is."""
    if status.model_state == "none":
        text = "Putting it together"
    elif status.model_state in ("cold", "loading"):
        text = "The model is still warming up; its words will replace these as soon as it is ready"
    elif status.model_state == "failed":
        text = "The model is not available; these are the coach's own words"
    else:
        text = "The model is putting this into words"
    return f'<p class="progress" role="status">{text}{_DOTS}</p>'


def in_line(place: int) -> str:
    """Return one's place in the line for the model; 1 is next."""
    text = (
        "You are next in line for the model"
        if place == 1
        else f"You are number {place} in line for the model"
    )
    return f'<p class="progress" role="status">{text}{_DOTS}</p>'


def broken_off() -> str:
    """Return what to say when the model's words are not complete."""
    return '<p class="progress" role="status">The model has not finished with this answer.</p>'


def _past(turn: Turn, quiet: bool) -> str:
    asides = render_round.said_beside(turn)
    if turn.answer is None:
        mark, inside = "waiting" if turn.waiting else "nothing to say" if turn.passed else "skipped", asides
    else:
        mark, inside = ("", asides + _words(turn)) if quiet else (_mark(turn), asides + _report(turn))
    depth = " follow" if turn.follow_up_depth else ""
    asked = turn.question.partition("\n\n")[0] if turn.kind == "coding" else turn.question
    line = f'<span class="q">{escape(asked)}</span><span class="mark">{mark}</span>'
    if not inside:
        return f'<div class="past skipped{depth}">{line}</div>'
    return f'<details class="past whole-report{depth}"><summary>{line}</summary>{inside}</details>'


def _mark(turn: Turn) -> str:
    rated = turn.feedback
    return f"{rated.overall:.1f}" if rated and rated.overall is not None else "not rated"


def _words(turn: Turn) -> str:
    given = handed_in(turn.answer or "")
    return render_coding.handed(given) if given else f'<p class="said plain">{escape(turn.answer or "")}</p>'


def _report(turn: Turn) -> str:
    rated, given = turn.feedback, handed_in(turn.answer or "")
    if rated is None:
        return _words(turn)
    code = render_coding.handed(given) if given else ""
    body = render.assessment(rated) + render.advice(rated) + render.small_print(rated)
    return code + render_round.never_raised(turn) + body


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}" + ("" if text.endswith(".") else ".")
