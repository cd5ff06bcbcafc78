"""The interview page: what is on it, and which button does what."""

from functools import partial
from typing import Any

from coach.coach import Coach
from coach.interview.plans import plans_of
from coach.ui.answer_flow import AnswerFlow
from coach.ui.coding_panel import SANDBOX, coding_panel
from coach.ui.exercise_buttons import exercise_buttons
from coach.ui.interview_api import endpoints
from coach.ui.interview_flow import Flow
from coach.ui.interview_parts import Parts
from coach.ui.interview_view import View
from coach.ui.line import Line
from coach.ui.markup import MODEL, QUIET, Updates, markup, switch
from coach.ui.plan_picker import FREE, intro, pick_plan
from coach.ui.posting_choice import posting_choice
from coach.ui.words import ANY, GOOD_LENGTH

_NEXT = "() => coachNext()"
_TO_REPORT = "() => { coachHold(false); coachReport('interview'); }"
# An answer that was handed in is not written on: the next question would empty the box of it. Code is still to be run.
_HOLD = "(...given) => { coachHold(true); return given; }"
_LET_GO = "() => document.getElementById('coding')?.offsetParent || coachHold(false)"
# What is written is kept by the browser, in this tab's words, until it is handed in.
_KEEP = "(one, text, code) => one ? {of: `${one.id} ${one.seen}`, text, code} : null"
_LOAD = "(one, draft) => [one, draft, coachAway()]"
_SAVE = "(file) => coachSave(file)"

# What each switch of `Parts` shows or hides.
_SHOWN = {
    "setup": "setup",
    "unfinished": "unfinished",
    "practice": "practice",
    "answering": "interview-asked",
    "coding": "coding",
    "coding_stop": "coding-stop",
    "leave_round": "interview-leave-round",
    "report": "interview-report",
    "stop": "interview-stop",
    "finish": "interview-finish",
    "onward": "onward",
    "follow": "interview-follow",
    "interlude": "interlude",
    "finished": "finished",
    "looking_back": "looking-back",
    "hush": "interview-hush",
}


def interview_page(coach: Coach, page: Any, tab: Any, line: Line) -> None:
    """Build the page inside `tab`, which is open; `page` is the surrounding `Blocks`, `line` that for the model."""
    import gradio as gr

    # The secret is not one: it only has to stay the same, or a restart would make what is stored unreadable.
    kept = partial(gr.BrowserState, None, secret="interview-id")  # noqa: S106
    current, draft = kept(storage_key="coach-open-interview"), kept(storage_key="coach-draft")
    advising, handing, handed = gr.State(False), gr.State(False), gr.State(None)
    away = gr.Number(visible="hidden", elem_classes="switch")
    file = gr.Textbox(visible="hidden", elem_classes="switch")
    switches = {name: switch(target) for name, target in _SHOWN.items()}
    offered = partial(plans_of, coach.library.settings.home)

    with gr.Column(elem_classes="page"):
        with gr.Column(elem_id="setup"):
            intro()
            picker = pick_plan(offered)
            postings = posting_choice(coach)
            start = gr.Button("Start the interview", variant="primary", elem_id="interview-start")
            with gr.Column(elem_id="unfinished"):
                pick = gr.Radio([], label="Your interviews", elem_classes="rows")
                with gr.Row(elem_classes="buttons"):
                    resume = gr.Button("Open it", elem_id="interview-resume")
                    delete = gr.Button("Delete it", elem_classes="quiet", elem_id="interview-delete")

        with gr.Column(elem_id="practice"):
            exercise = markup(elem_id="interview-exercise")
            bar = markup(elem_id="interview-round")
            history = markup()
            question = markup(elem_id="interview-question")
            thread = markup(elem_id="interview-thread")
            with gr.Column(elem_id="interview-asked", elem_classes="answering"):
                panel = coding_panel()
                box = gr.Textbox(
                    label="Your answer",
                    lines=9,
                    max_lines=24,
                    placeholder="Answer as you would aloud, or ask back. Ctrl+Enter submits.",
                    elem_id="interview-answer",
                )
                markup(f'<p class="count" data-counts="interview-answer" data-empty="{GOOD_LENGTH}"></p>')
                with gr.Row(elem_classes="buttons"):
                    submit = gr.Button("Submit answer", variant="primary", elem_id="interview-submit")
                    skip = gr.Button("Skip this question", elem_classes="quiet", elem_id="interview-skip")
                    leave = gr.Button(
                        "Leave this round", elem_classes="quiet", elem_id="interview-leave-round"
                    )
                    quit_ = gr.Button("End the interview", elem_classes="quiet", elem_id="interview-leave")
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
        with gr.Column(elem_id="interlude"):
            between = markup()
            with gr.Row(elem_classes="buttons"):
                begin = gr.Button("Begin the round", variant="primary", elem_id="interview-begin")
                stay = gr.Button("End the interview", elem_classes="quiet", elem_id="interview-stay")
        with gr.Column(elem_id="looking-back", elem_classes="whole-debrief"):
            debrief = markup(elem_id="interview-debrief")
            with gr.Row(elem_classes="working"):
                reflecting = markup()
                hush = gr.Button("Stop", size="sm", elem_id="interview-hush")
            with gr.Column(elem_id="finished"), gr.Row(elem_classes="buttons"):
                again = gr.Button("Practise again", variant="primary", elem_id="interview-again")
                saves = [
                    (gr.Button(f"Save as {name}", elem_id=f"interview-{name.lower()}"), name.lower())
                    for name in ("Markdown", "JSON", "PDF")
                ]
            past = markup()

    parts = Parts(
        current=current,
        draft=draft,
        advising=advising,
        handing=handing,
        handed=handed,
        debrief=debrief,
        past=past,
        pick=pick,
        exercise=exercise,
        round=bar,
        history=history,
        question=question,
        thread=thread,
        examples=panel.examples,
        code=panel.code,
        results=panel.results,
        running=panel.running,
        box=box,
        problem=problem,
        scores=scores,
        progress=progress,
        advice=advice,
        preview=preview,
        between=between,
        reflecting=reflecting,
        begin=begin,
        **switches,
    )
    choosing = [picker.plan, picker.drills, picker.refused, *postings.parts]

    def offer(plan: str = FREE, posting: str = ANY) -> Updates:
        """What can be chosen now; what was chosen before stays chosen."""
        return {**picker.listed(plan), **postings.listed(posting)}

    view = View(coach, parts, offer)
    flow, answers = Flow(coach, parts, view, offered, postings, line), AnswerFlow(coach, parts, view, line)
    every, streamed = [*parts.components, *choosing], parts.streamable
    reflections: list[Any] = []

    def then_look(step: Any) -> None:
        """After a step that may end a round: the focus, and the debrief if there is one."""
        step.then(None, js=_NEXT, **QUIET)
        reflections.append(step.then(flow.reflect, current, streamed, **MODEL, **QUIET))

    picking: dict[str, Any] = {"outputs": picker.changing, **QUIET}
    gr.on([picker.plan.change, picker.kind.change], picker.turn, [picker.plan, picker.kind], **picking)
    tab.select(offer, [picker.plan, postings.pick], choosing, **QUIET)
    postings.pick.input(postings.read, postings.pick, postings.shown, **QUIET)
    loading = page.load(flow.reload, [current, draft, away], every, js=_LOAD, **QUIET)
    reflections.append(loading.then(flow.reflect, current, streamed, **MODEL, **QUIET))
    then_look(start.click(flow.start, [*picker.fields, postings.pick], every, **QUIET))
    then_look(resume.click(flow.resume, [pick, picker.hearing], every, **QUIET))
    delete.click(flow.delete, pick, every, **QUIET)
    for source in (box, panel.code):
        source.input(None, [current, box, panel.code], draft, js=_KEEP, **QUIET)

    panel.run.click(answers.run, [current, panel.code], streamed, **SANDBOX, **QUIET)
    panel.stop.click(answers.stop_run, current, every, **QUIET)
    rating = submit.click(
        answers.assess, [current, box, panel.code], every, js=_HOLD, concurrency_limit=4, **QUIET
    )
    rating.then(None, js=_LET_GO, **QUIET)
    running = rating.then(answers.hand_in, [current, box, panel.code, handing], streamed, **SANDBOX, **QUIET)
    taking = running.then(answers.take, [current, handed], every, **QUIET)
    taking.then(None, js=_TO_REPORT, **QUIET)
    reflections.append(taking.then(flow.reflect, current, streamed, **MODEL, **QUIET))
    advise: dict[str, Any] = {"fn": answers.advise, "inputs": [current, advising], "outputs": streamed}
    advised = taking.then(**advise, **MODEL, **QUIET)
    finished = finish.click(answers.finish, None, every, **QUIET).then(**advise, **MODEL, **QUIET)
    # First the model is stopped, then the page changes: a late word of it would undo the change.
    halt: dict[str, Any] = {"fn": None, "cancels": [advised, finished], **QUIET}
    stop.click(**halt).then(view.broken_off, None, every, **QUIET)
    for button, act in ((follow, flow.follow), (following, flow.onward), (end, flow.end)):
        then_look(button.click(**halt).then(act, current, every, **QUIET))
    for button, act in ((skip, flow.skip), (leave, flow.leave_round), (quit_, flow.end)):
        then_look(button.click(act, current, every, **QUIET))
    silence: dict[str, Any] = {"fn": None, "cancels": reflections, **QUIET}
    hush.click(**silence).then(flow.hushed, None, every, **QUIET)
    then_begun = begin.click(**silence).then(flow.begin_round, current, every, **QUIET)
    then_begun.then(None, js=_NEXT, **QUIET)
    for number, button in enumerate(exercise_buttons("interview")):
        exercising = button.click(**silence).then(
            partial(flow.exercise, number=number), current, every, **QUIET
        )
        exercising.then(None, js=_NEXT, **QUIET)
    again.click(**silence).then(flow.again, None, every, **QUIET)
    stay.click(**silence).then(flow.end, current, every, **QUIET)
    for button, form in saves:
        saving = button.click(partial(flow.export, form=form), current, file, **QUIET)
        saving.then(None, file, js=_SAVE, **QUIET)
    endpoints(coach, offered, line)
