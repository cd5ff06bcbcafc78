"""The interview page: what is on it, and which button does what."""

from typing import Any

from coach.coach import Coach
from coach.ui.interview_flow import Flow, Parts
from coach.ui.markup import MODEL, QUIET, markup, switch
from coach.ui.words import ANY, kind_choices, level_choices, principle_choices

_TO_QUESTION = "() => coachShow('interview-answer', true)"
_TO_REPORT = "(rated) => { if (rated) coachShow('interview-report', false); }"

# In the order of the switches in `Parts`.
_SHOWN = (
    "setup",
    "unfinished",
    "practice",
    "interview-asked",
    "interview-report",
    "interview-stop",
    "interview-finish",
    "onward",
    "interview-follow",
)


def interview_page(coach: Coach, page: Any) -> None:
    """Build the page inside the tab that is open; `page` is the surrounding `Blocks`."""
    import gradio as gr

    # The secret is not one: it only has to stay the same, or a restart would make the stored id unreadable.
    current = gr.BrowserState(None, storage_key="coach-interview", secret="interview-id")  # noqa: S106
    wanted = gr.State(False)

    shown = [switch(name) for name in _SHOWN]
    lp = switch("principle", on=True)

    with gr.Column(elem_classes="page"):
        with gr.Column(elem_id="setup"):
            debrief = markup()
            markup(
                '<div class="intro"><h2>What would you like to practise?</h2>'
                "<p>You get one question at a time. Answer as you would aloud, then see what an interviewer "
                "would write down, and the follow-up that they would ask.</p></div>"
            )
            kind = gr.Radio(
                [("Surprise me", ANY), *kind_choices(), ("Recruiter call", "recruiter")],
                value="behavioral",
                label="Kind of question",
                elem_classes="pills",
            )
            with gr.Row(elem_classes="pairing"):
                principle = gr.Dropdown(
                    principle_choices(), value=ANY, label="Leadership principle", elem_id="principle"
                )
                level = gr.Radio(level_choices(), value=ANY, label="Level", elem_classes="pills")
            start = gr.Button("Start the interview", variant="primary", elem_id="interview-start")
            with gr.Column(elem_id="unfinished"):
                pick = gr.Radio([], label="Unfinished interviews", elem_classes="rows")
                with gr.Row(elem_classes="buttons"):
                    resume = gr.Button("Go on with it", elem_id="interview-resume")
                    delete = gr.Button("Delete it", elem_classes="quiet", elem_id="interview-delete")

        with gr.Column(elem_id="practice"):
            history = markup()
            question = markup(elem_id="interview-question")
            with gr.Column(elem_id="interview-asked", elem_classes="answering"):
                box = gr.Textbox(
                    label="Your answer",
                    lines=9,
                    max_lines=24,
                    placeholder="Answer as you would aloud. Ctrl+Enter submits.",
                    elem_id="interview-answer",
                )
                markup(
                    '<p class="count" data-counts="interview-answer" data-empty="Two to three minutes is a good '
                    'length: 250 to 400 words"></p>'
                )
                with gr.Row(elem_classes="buttons"):
                    submit = gr.Button("Submit answer", variant="primary", elem_id="interview-submit")
                    skip = gr.Button("Skip this question", elem_classes="quiet", elem_id="interview-skip")
                    leave = gr.Button("End the interview", elem_classes="quiet", elem_id="interview-leave")
            with gr.Column(elem_id="interview-report", elem_classes="whole-report"):
                scores = markup()
                with gr.Row(elem_classes="working"):
                    progress = markup()
                    stop = gr.Button("Stop", size="sm", elem_id="interview-stop")
                    finish = gr.Button("Let it finish", size="sm", elem_id="interview-finish")
                advice = markup(elem_classes="advice-area")
        problem = markup(elem_id="interview-problem")
        with gr.Column(elem_id="onward"):
            preview = markup()
            with gr.Row(elem_classes="buttons"):
                follow = gr.Button("Answer the follow-up", variant="primary", elem_id="interview-follow")
                following = gr.Button("Next question", elem_id="interview-next")
                end = gr.Button("End the interview", elem_classes="quiet", elem_id="interview-end")

    parts = Parts(
        current, wanted, debrief, pick, history, question, box, problem, scores, progress, advice, preview, *shown
    )  # fmt: skip
    flow = Flow(coach, parts)
    every = parts.components

    page.load(flow.reload, current, every, **QUIET)
    start.click(flow.start, [kind, principle, level], every, **QUIET).then(None, js=_TO_QUESTION, **QUIET)
    resume.click(flow.resume, pick, every, **QUIET).then(None, js=_TO_QUESTION, **QUIET)
    delete.click(flow.delete, pick, every, **QUIET)
    kind.change(lambda one: lp.turn(one in ("behavioral", ANY)), kind, [lp.part], **QUIET)
    rating = submit.click(flow.assess, [current, box], every, concurrency_limit=4, **QUIET)
    rating.then(None, wanted, js=_TO_REPORT, **QUIET)
    advising = rating.then(flow.advise, [current, wanted], every, **MODEL, **QUIET)
    again = finish.click(flow.finish, None, every, **QUIET)
    finishing = again.then(flow.advise, [current, wanted], every, **MODEL, **QUIET)
    # First the model is stopped, then the page changes: a late word of it would undo the change.
    halt: dict[str, Any] = {"fn": None, "cancels": [advising, finishing], **QUIET}
    stop.click(**halt).then(flow.stopped, None, every, **QUIET)
    for button, act in ((follow, flow.follow), (following, flow.onward), (end, flow.end)):
        button.click(**halt).then(act, current, every, **QUIET).then(None, js=_TO_QUESTION, **QUIET)
    skip.click(flow.skip, current, every, **QUIET).then(None, js=_TO_QUESTION, **QUIET)
    leave.click(flow.end, current, every, **QUIET)
