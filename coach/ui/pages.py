"""All the pages in one: a header that tells how the coach is, the tabs, and a footer."""

from html import escape
from typing import Any, Protocol

from coach.coach import Coach
from coach.ui.feedback_page import feedback_page
from coach.ui.guides_page import guides_page
from coach.ui.history_page import history_page
from coach.ui.interview_page import interview_page
from coach.ui.line import Line
from coach.ui.markup import QUIET, markup
from coach.ui.progress_page import progress_page
from coach.ui.render_interview import ModelStatus
from coach.ui.stories_page import stories_page

_SETTLED = ("ready", "none", "failed")


class Standing(ModelStatus, Protocol):
    """What the header shows."""

    @property
    def passages(self) -> int: ...
    @property
    def sources(self) -> int: ...


def pages(coach: Coach) -> Any:
    """Return the app as a gradio `Blocks`, not yet served."""
    import gradio as gr

    def look() -> tuple[Any, Any]:
        standing = coach.status()
        return header(standing), gr.Timer(active=standing.model_state not in _SETTLED)

    line = Line()
    with gr.Blocks(title="Interview coach", analytics_enabled=False, fill_width=True) as page:
        top = markup(header(None), elem_id="top")
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab("Interview", id="interview") as interview:
                interview_page(coach, page, interview, line)
            with gr.Tab("Feedback", id="feedback"):
                feedback_page(coach, line)
            with gr.Tab("Guides", id="guides"):
                guides_page(coach, line)
            with gr.Tab("Stories", id="stories") as stories:
                stories_page(coach, stories)
            with gr.Tab("Progress", id="progress") as progress:
                progress_page(coach, page, progress)
            with gr.Tab("History", id="history") as history:
                history_page(coach, history)
        markup('<footer class="foot">Everything stays on this computer.</footer>')
        timer = gr.Timer(1.5)
        gr.on([page.load, timer.tick], look, None, [top, timer], concurrency_limit=2, **QUIET)
    return page


def header(standing: Standing | None) -> str:
    """Return the name, one line, and how the model and the library are; None: not known yet."""
    return (
        '<header class="head"><div><h1>Interview coach</h1>'
        "<p>Practise the loop for Amazon ML engineer roles, in private.</p></div>"
        f'<div class="standing">{_model(standing)}{_library(standing)}</div></header>'
    )


def _model(standing: Standing | None) -> str:
    if standing is None:
        return ""
    name = escape(standing.model or "")
    said = {
        "none": ("off", "no model", "The coach answers from its own assessment and your guides"),
        "cold": ("wait", "warming up", name),
        "loading": ("wait", "warming up", name),
        "ready": ("good", "ready", name),
        "failed": ("bad", "failed", escape(standing.model_note)),
    }
    kind, word, more = said.get(standing.model_state, ("off", escape(standing.model_state), name))
    why = f'<span class="why">{more}</span>' if more else ""
    return f'<p class="pill {kind}" role="status"><i aria-hidden="true"></i><b>Model: {word}</b>{why}</p>'


def _library(standing: Standing | None) -> str:
    if standing is None:
        return ""
    if not standing.passages:
        return '<p class="shelf">Library: empty</p>'
    return f'<p class="shelf">Library: {standing.sources} guides, {standing.passages} passages</p>'
