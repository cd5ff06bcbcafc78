"""The history page: every stored interview, to read, to take away, to bring back, and to delete for good."""

from functools import partial
from typing import Any

from coach.coach import Coach
from coach.ui.exercise_buttons import exercise_buttons
from coach.ui.history_flow import ALL, ONE, Flow, Parts
from coach.ui.markup import QUIET, Updates, markup, switch
from coach.ui.reopening import GOING, reopening
from coach.ui.save_story import save_story_button

# What each switch of `Parts` shows or hides.
_SHOWN = {
    "some": "history-list",
    "older": "history-older",
    "detail": "history-one",
    "going_on": "history-go-on",
    "answers": "history-answer",
    "erase": "history-erase",
    "forms": "history-markdown, #history-json, #history-pdf",  # they share a row with other buttons
    "raw": "history-raw",
}
_SAVE = "(file) => coachSave(file)"
_NAMES = ("Markdown", "JSON", "PDF")


def history_page(coach: Coach, tab: Any) -> None:
    """Build the page inside the tab that is open, which is `tab`."""
    import gradio as gr

    switches = {name: switch(target) for name, target in _SHOWN.items()}
    current, listed, opened = gr.State(None), gr.State(0), reopening()
    file = gr.Textbox(visible="hidden", elem_classes="switch")
    flows: list[Flow] = []

    with gr.Column(elem_classes="page kept"):
        markup(
            '<div class="intro"><h2>History</h2><p>Every interview that you held here. They lie on this computer only; '
            "what you delete is gone from its disk.</p></div>"
        )
        problem, said = markup(elem_id="history-problem"), markup(elem_id="history-said")
        stored = markup(elem_id="history-stored")
        with gr.Column(elem_id="history-list"):
            interviews = gr.Radio([], label="Interviews", elem_classes="rows", elem_id="history-interviews")
            with gr.Row(elem_classes="buttons"):
                older = gr.Button("Show older ones", elem_classes="quiet", elem_id="history-older")
        with gr.Column(elem_id="history-one", elem_classes="sheet"):
            looked_at = markup(elem_id="history-looked-at")
            answer = gr.Dropdown([], label="Which answer is the story?", elem_id="history-answer")
            saving = save_story_button(
                coach, "history", lambda *given: flows[0].draft(*given), [current, answer]
            )
            with gr.Row(elem_classes="buttons"):
                go_on = gr.Button("Go on with it", variant="primary", elem_id="history-go-on")
                saves = [
                    (gr.Button(f"Save as {name}", elem_id=f"history-{name.lower()}"), name.lower())
                    for name in _NAMES
                ]
                raw = gr.Button("Save it as it is stored", elem_id="history-raw")
                erase = gr.Button("Delete it", elem_classes="quiet", elem_id="history-delete")
            with gr.Column(elem_id="history-erase"):
                typed = gr.Textbox(
                    label=f"To delete this interview for good, type “{ONE}”",
                    lines=1,
                    max_lines=1,
                    elem_id="history-typed",
                )
                with gr.Row(elem_classes="buttons"):
                    yes = gr.Button(
                        "Delete this interview",
                        variant="primary",
                        elem_classes="danger",
                        elem_id="history-yes",
                    )
                    no = gr.Button("Keep it", elem_id="history-no")
        with gr.Column(elem_id="history-all", elem_classes="part"):
            markup(
                '<div class="intro"><h3>Everything at once</h3><p>All interviews, stories and dates in one file: '
                "keep it as a backup, or take it to another computer.</p></div>"
            )
            with gr.Row(elem_classes="buttons"):
                save_all = gr.Button("Save everything", elem_id="history-save-all")
            given = gr.File(
                label="Bring an export back", file_types=[".json"], elem_id="history-file", height=120
            )
            with gr.Row(elem_classes="buttons"):
                bring = gr.Button("Bring it back", elem_id="history-bring")
            typed_all = gr.Textbox(
                label=f"To delete all interviews and stories for good, type “{ALL}”",
                lines=1,
                max_lines=1,
                elem_id="history-typed-all",
            )
            with gr.Row(elem_classes="buttons"):
                yes_all = gr.Button("Delete everything", elem_classes="danger", elem_id="history-yes-all")

    parts = Parts(
        current, listed, opened, stored, interviews, problem, said, looked_at, answer, typed, typed_all, given,
        **switches,
    )  # fmt: skip
    flow = Flow(coach, parts, saving)
    flows.append(flow)
    every = [*parts.components, *saving.parts]

    def asking() -> Updates:
        return {**switches["erase"].turn(True), typed: ""}

    tab.select(flow.reload, [current, looked_at], every, **QUIET)
    interviews.input(flow.look, interviews, every, **QUIET)
    older.click(flow.older, [current, listed], every, **QUIET)
    answer.input(lambda: saving.offer(True), None, saving.parts, **QUIET)
    go_on.click(flow.go_on, current, every, **GOING, **QUIET)
    for number, button in enumerate(exercise_buttons("history")):
        button.click(partial(flow.exercise, number=number), current, every, **GOING, **QUIET)
    opens = erase.click(asking, None, [switches["erase"].part, typed], **QUIET)
    opens.then(None, js="() => coachShow('history-erase', true)", **QUIET)
    no.click(lambda: switches["erase"].turn(False), None, [switches["erase"].part], **QUIET)
    gr.on([yes.click, typed.submit], flow.delete, [current, typed], every, **QUIET)
    bring.click(flow.bring_back, given, every, **QUIET)
    erased = gr.on([yes_all.click, typed_all.submit], flow.delete_all, typed_all, every, **QUIET)
    # The browser keeps a draft for the interview page; with the last interview, that goes too.
    forgetting = "() => document.querySelector('#history-interviews input') || coachForget()"
    erased.then(None, js=forgetting, **QUIET)

    exports: list[tuple[Any, Any, Any]] = [
        (button, partial(flow.export, form=form), current) for button, form in saves
    ]
    exports.append((raw, flow.export_raw, current))
    for button, act, given_to in [*exports, (save_all, flow.export_all, None)]:
        made = button.click(act, given_to, file, **QUIET)
        made.then(flow.told_of, file, every, **QUIET).then(None, file, file, js=_SAVE, **QUIET)
