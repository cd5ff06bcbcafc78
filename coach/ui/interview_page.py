"""The interview page: what is on it, and which button does what."""

from typing import Any

from coach.coach import Coach
from coach.ui.interview_flow import Flow, Parts
from coach.ui.markup import MODEL, QUIET, markup
from coach.ui.words import ANY, kind_choices, level_choices, principle_choices

_TO_QUESTION = "() => coachShow('interview-answer', true)"
_TO_REPORT = "(rated) => { if (rated) coachShow('interview-report', false); }"


def interview_page(coach: Coach, page: Any) -> None:
    """Build the page inside the tab that is open; `page` is the surrounding `Blocks`."""
    import gradio as gr

    # The secret is not one: it only has to stay the same, or a restart would make the stored id unreadable.
    current = gr.BrowserState(None, storage_key="coach-interview", secret="interview-id")  # noqa: S106
    wanted = gr.State(False)

    with gr.Column(elem_classes="page"):
        with gr.Column(visible=False, elem_id="setup") as setup:
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
            with gr.Column(visible=False, elem_id="unfinished") as unfinished:
                pick = gr.Radio([], label="Unfinished interviews", elem_classes="rows")
                with gr.Row(elem_classes="buttons"):
                    resume = gr.Button("Go on with it", elem_id="interview-resume")
                    delete = gr.Button("Delete it", elem_classes="quiet", elem_id="interview-delete")

        with gr.Column(visible=False, elem_id="practice") as practice:
            history = markup()
            question = markup(elem_id="interview-question")
            with gr.Column(visible=False, elem_classes="answering") as answering:
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
            with gr.Column(visible=False, elem_id="interview-report", elem_classes="whole-report") as report:
                scores = markup()
                with gr.Row(elem_classes="working"):
                    progress = markup()
                    stop = gr.Button("Stop", size="sm", elem_id="interview-stop")
                    finish = gr.Button("Let it finish", size="sm", visible=False, elem_id="interview-finish")
                advice = markup(elem_classes="advice-area")
        problem = markup(elem_id="interview-problem")
        with gr.Column(visible=False, elem_id="onward") as onward:
            preview = markup()
            with gr.Row(elem_classes="buttons"):
                follow = gr.Button("Answer the follow-up", variant="primary", elem_id="interview-follow")
                following = gr.Button("Next question", elem_id="interview-next")
                end = gr.Button("End the interview", elem_classes="quiet", elem_id="interview-end")

    parts = Parts(
        current, wanted, setup, debrief, unfinished, pick, practice, history, question, answering, box, submit,
        problem, report, scores, advice, progress, stop, finish, onward, preview, follow,
    )  # fmt: skip
    flow = Flow(coach, parts)
    every = list(vars(parts).values())

    page.load(flow.reload, current, every, **QUIET)
    start.click(flow.start, [kind, principle, level], every, **QUIET).then(None, js=_TO_QUESTION, **QUIET)
    resume.click(flow.resume, pick, every, **QUIET).then(None, js=_TO_QUESTION, **QUIET)
    delete.click(flow.delete, pick, every, **QUIET)
    kind.change(
        lambda one: gr.update(visible=one in ("behavioral", ANY)), kind, principle, queue=False, **QUIET
    )

    rating = submit.click(flow.assess, [current, box], every, concurrency_limit=4, **QUIET)
    rating.then(None, wanted, js=_TO_REPORT, **QUIET)
    advising = rating.then(flow.advise, [current, wanted], every, **MODEL, **QUIET)
    finishing = finish.click(flow.finish, None, every, **QUIET).then(
        flow.advise, [current, wanted], every, **MODEL, **QUIET
    )
    running: dict[str, Any] = {"cancels": [advising, finishing], **QUIET}
    stop.click(flow.stopped, None, every, **running)
    for button, act in ((follow, flow.follow), (following, flow.onward), (end, flow.end)):
        button.click(act, current, every, **running).then(None, js=_TO_QUESTION, **QUIET)
    skip.click(flow.skip, current, every, **QUIET).then(None, js=_TO_QUESTION, **QUIET)
    leave.click(flow.end, current, every, **QUIET)
