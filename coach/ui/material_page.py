"""The user's own material on the guides page: add it, see what was taken from it, remove it."""

from pathlib import Path
from typing import Any

from coach.coach import Coach
from coach.ui.markup import QUIET, markup, switch
from coach.ui.material_flow import GUIDE, POSTING, Flow, Parts

_STYLE = Path(__file__).with_name("material.css")

# In the order of the switches in `Parts`; the number says whether it is there at the beginning.
_SHOWN = {
    "material-stop": False,
    "material-back": False,
    "material-own": False,
    "material-empty": True,
    "material-others": False,
    "material-detail": False,
    "material-more": False,
    "material-sure": False,
    "material-remove": True,
}


def material_part(coach: Coach) -> None:
    """Build the part inside the column that is open."""
    import gradio as gr

    markup(f"<style>{_STYLE.read_text(encoding='utf-8')}</style>", elem_classes="switch")
    came, job, source, shown = gr.State(None), gr.State(""), gr.State(None), gr.State(0)
    switches = [switch(name, on=on) for name, on in _SHOWN.items()]
    with gr.Column(elem_id="material"):
        markup(
            '<div class="intro"><h2>Your material</h2><p>Add your own guides and notes, and the posting that you '
            "apply to. They stay on this computer, and the coach answers from them too.</p></div>"
        )
        kind = gr.Radio(
            [("A guide or notes", GUIDE), ("A job posting", POSTING)],
            value=GUIDE,
            label="What do you add?",
            elem_classes="pills",
            elem_id="material-kind",
        )
        files = gr.File(
            label="Files: Markdown, text, HTML, PDF, Word",
            file_count="multiple",
            elem_id="material-files",
            height=150,
        )
        title = gr.Textbox(
            label="Or paste it: a title",
            lines=1,
            max_lines=1,
            elem_id="material-title",
            placeholder="My notes on drift",
        )
        text = gr.Textbox(
            label="The text",
            lines=4,
            max_lines=14,
            elem_id="material-text",
            placeholder="Paste the text here",
        )
        with gr.Row(elem_classes="buttons"):
            add = gr.Button("Add to my library", variant="primary", elem_id="material-add")
            stop = gr.Button("Stop", elem_classes="quiet", elem_id="material-stop")
            progress = markup(elem_id="material-progress")
        problem = markup(elem_id="material-problem")
        said = markup(elem_id="material-said")
        with gr.Column(elem_id="material-back"):
            markup(
                '<div class="notice">Some of what you added is not in the library, perhaps because it was built '
                "anew.</div>"
            )
            with gr.Row(elem_classes="buttons"):
                back = gr.Button("Take it in again", elem_id="material-again")
        markup(
            '<p class="small">Nothing of your own is in the library yet.</p>',
            elem_id="material-empty",
        )
        own = gr.Radio([], label="What you added", elem_classes="rows", elem_id="material-own")
        others = gr.Dropdown(
            [], value=None, label="Guides from folders", elem_id="material-others", filterable=True
        )
        with gr.Column(elem_id="material-detail"):
            detail = markup(elem_id="material-taken")
            with gr.Row(elem_classes="buttons"):
                remove = gr.Button("Remove it", size="sm", elem_id="material-remove")
            with gr.Column(elem_id="material-sure"):
                asking = markup(elem_id="material-asking")
                with gr.Row(elem_classes="buttons"):
                    yes = gr.Button("Yes, remove it", variant="primary", elem_id="material-yes")
                    no = gr.Button("Keep it", elem_id="material-no")
            asked_for = markup(elem_id="material-asks")
            passages = markup(elem_id="material-passages")
            with gr.Row(elem_classes="buttons"):
                more = gr.Button("Show the passages", elem_id="material-more")

    parts = Parts(
        files, title, text, came, job, source, shown, progress, problem, said, own, others, detail, asked_for, passages,
        asking, *switches,
    )  # fmt: skip
    flow = Flow(coach, parts)
    every = parts.components
    # What is added waits for nobody: two at once are told by the library's lock.
    adding: dict[str, Any] = {"concurrency_limit": 4, **QUIET}

    gr.on(None, flow.reload, None, every, **QUIET)
    given = [files, title, text]
    for begin, act, inputs in ((add, flow.add, [kind, *given]), (back, flow.take_back, None)):
        begin.click(act, inputs, parts.streamable, **adding).then(flow.settle, [came, *given], every, **QUIET)
    stop.click(flow.stop, job, every, **QUIET)
    own.input(flow.look, own, every, **QUIET)
    others.input(flow.look, others, every, **QUIET)
    more.click(flow.passages, [source, shown], every, **QUIET)
    remove.click(flow.ask_removal, source, every, **QUIET)
    no.click(flow.keep, None, every, **QUIET)
    yes.click(flow.remove, source, every, **QUIET)
