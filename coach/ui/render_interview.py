"""An interview as HTML: the question, what was said before, and a look back at the end. All escaped."""

from collections.abc import Sequence
from html import escape
from typing import Protocol

from coach.interview.session import InterviewState, Turn
from coach.ui import render
from coach.ui.words import kind_name

_SHORT = 70  # characters of a question in a list


class ModelStatus(Protocol):
    """What of the coach's status the pages show."""

    @property
    def model(self) -> str | None: ...
    @property
    def model_state(self) -> str: ...
    @property
    def model_note(self) -> str: ...


def question(state: InterviewState) -> str:
    """Return the question that is open, with where in the interview it stands."""
    turn = state.turns[-1]
    number = sum(not one.follow_up_depth for one in state.turns)
    where = [f"Question {number}", kind_name(turn.kind)]
    where += [turn.principle] if turn.principle else []
    where += [f"Follow-up {turn.follow_up_depth}"] if turn.follow_up_depth else []
    crumbs = "".join(f"<li>{escape(one)}</li>" for one in where)
    asked, _, task = turn.question.partition("\n\n") if turn.kind == "coding" else (turn.question, "", "")
    code = f'<pre class="task" tabindex="0">{escape(task)}</pre>' if task else ""
    return f'<div class="asked"><ul class="crumbs">{crumbs}</ul><h2>{escape(asked)}</h2>{code}</div>'


def follow_up(text: str) -> str:
    """Return the follow-up that could be answered next."""
    return f'<div class="asked next"><ul class="crumbs"><li>Follow-up</li></ul><h2>{escape(text)}</h2></div>'


def history(turns: Sequence[Turn]) -> str:
    """Return earlier turns, folded; the first line of each is its question and score."""
    shown = "".join(_past(turn) for turn in turns)
    return f'<div class="history" aria-label="Earlier in this interview">{shown}</div>' if shown else ""


def debrief(state: InterviewState) -> str:
    """Return a look back at an interview that is over."""
    given = [turn for turn in state.turns if turn.answer is not None]
    count = f"{len(given)} answer{'' if len(given) == 1 else 's'}"
    why = f"<p>{escape(state.closed_because)}</p>" if state.closed_because else ""
    said = history([turn for turn in state.turns if not turn.waiting])
    lead = (
        f"{count} given. Open one to read it again." if given else "No answers this time; that is fine too."
    )
    return f'<section class="debrief"><h2>That was the interview</h2>{why}<p>{lead}</p>{said}</section>'


def one_line(state: InterviewState) -> str:
    """Return an interview as a choice in a list."""
    given = sum(turn.answer is not None for turn in state.turns)
    asked = state.turns[state.root(len(state.turns) - 1)].question if state.turns else ""
    short = asked if len(asked) <= _SHORT else asked[:_SHORT].rsplit(" ", 1)[0] + " ..."
    when = state.started_at.astimezone()
    return f"{short} ({given} answer{'' if given == 1 else 's'}, {when.day} {when:%b, %H:%M})"


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
    dots = '<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>'
    return f'<p class="progress" role="status">{text}{dots}</p>'


def broken_off() -> str:
    """Return what to say when the model's words are not complete."""
    return '<p class="progress" role="status">The model has not finished with this answer.</p>'


def _past(turn: Turn) -> str:
    if turn.answer is None:
        mark, inside = "skipped", ""
    else:
        rated = turn.feedback
        mark = f"{rated.overall:.1f}" if rated and rated.overall is not None else "not rated"
        body = render.assessment(rated) + render.advice(rated) + render.small_print(rated) if rated else ""
        inside = body or f'<p class="said">{escape(turn.answer)}</p>'
    depth = " follow" if turn.follow_up_depth else ""
    line = f'<span class="q">{escape(turn.question)}</span><span class="mark">{mark}</span>'
    if not inside:
        return f'<div class="past skipped{depth}">{line}</div>'
    return f'<details class="past whole-report{depth}"><summary>{line}</summary>{inside}</details>'
