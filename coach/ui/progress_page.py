"""The progress page: today's practice, when the interview is, and how everything has gone over time."""

from typing import Any

from coach.coach import Coach
from coach.progress.wishes import MOST_PER_DAY, PER_DAY
from coach.ui.markup import QUIET, markup, switch
from coach.ui.progress_flow import Flow, Parts
from coach.ui.reopening import GOING, reopening
from coach.ui.words import ANY


def progress_page(coach: Coach, page: Any, tab: Any) -> None:
    """Build the page inside `tab`, which is open; `page` is the surrounding `Blocks`."""
    import gradio as gr

    opened, wished = reopening(), gr.State([])
    due, compared = switch("progress-due", on=True), switch("progress-compared")
    with gr.Column(elem_classes="page kept"):
        markup(
            '<div class="intro"><h2>Progress</h2><p>What to practise today, and what your practice has '
            "changed.</p></div>"
        )
        problem, said = markup(elem_id="progress-problem"), markup(elem_id="progress-said")
        when = markup(elem_id="progress-when")
        with gr.Row(elem_classes="fields"):
            day = gr.Textbox(
                label="Date of the interview",
                lines=1,
                max_lines=1,
                placeholder="2026-03-31",
                elem_id="progress-day",
            )
            per_day = gr.Number(
                value=PER_DAY,
                minimum=1,
                maximum=MOST_PER_DAY,
                precision=0,
                label="Questions a day",
                elem_id="progress-per-day",
            )
            save = gr.Button("Plan with this", elem_id="progress-save")
        with gr.Column(elem_id="progress-due", elem_classes="sheet"):
            markup("<h3>Today</h3>")
            today = markup(elem_id="progress-today")
            with gr.Row(elem_classes="buttons"):
                practise = gr.Button("Practise now", variant="primary", elem_id="progress-practise")
            ahead = markup(elem_id="progress-ahead")
        empty = markup(elem_id="progress-empty")
        with gr.Column(elem_id="progress-compared", elem_classes="part"):
            markup('<div class="intro"><h3>What has changed</h3></div>')
            moved = markup(elem_id="progress-moved")
            markup('<div class="intro"><h3>Over time</h3></div>')
            with gr.Row(elem_classes="fields"):
                kind = gr.Dropdown(
                    [("Every kind", ANY)], value=ANY, label="Kind of question", elem_id="progress-kind"
                )
                principle = gr.Dropdown(
                    [("Every principle", ANY)],
                    value=ANY,
                    label="Leadership principle",
                    elem_id="progress-principle",
                )
            over_time = markup(elem_id="progress-over-time")

    parts = Parts(
        opened, wished, problem, said, when, day, per_day, today, practise, ahead, empty, moved, kind, principle,
        over_time, due, compared,
    )  # fmt: skip
    flow = Flow(coach, parts)
    every = parts.components
    page.load(flow.fill, None, every, **QUIET)
    tab.select(
        flow.reload,
        [kind, principle, wished],
        every,
        js="(...given) => { coachDate('progress-day'); return given; }",
        **QUIET,
    )
    save.click(flow.save, [day, per_day, kind, principle], every, **QUIET)
    for chooser in (kind, principle):
        chooser.input(flow.narrow, [kind, principle], every, **QUIET)
    practise.click(flow.practise, None, [opened, problem], **GOING, **QUIET)
