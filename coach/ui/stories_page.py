"""The stories page: all stories, one with its versions and missing facts, the matrix, and which one fits."""

from typing import Any

from coach.coach import Coach
from coach.interview.questions import PRINCIPLES
from coach.ui.markup import QUIET, markup, switch
from coach.ui.question_picker import question_picker
from coach.ui.stories_flow import Flow
from coach.ui.stories_parts import Parts

# What each switch of `Parts` shows or hides.
_SHOWN = {
    "listed": "stories-list",
    "detail": "story",
    "asking": "story-asking",
    "finishing": "story-finishing",
    "reopening": "story-open",
    "rewriting": "story-rewriting",
    "naming": "story-naming",
    "deleting": "story-deleting",
    "writing": "story-writing",
    "compared": "stories-compared",
}
_TO_WORDS = "() => coachShow('story-asking', true)"


def stories_page(coach: Coach, tab: Any) -> None:
    """Build the page inside the tab that is open, which is `tab`."""
    import gradio as gr

    switches = {name: switch(target) for name, target in _SHOWN.items()}
    current, criterion = gr.State(None), gr.State(None)
    bank = coach.bank.questions

    with gr.Column(elem_classes="page kept"):
        markup(
            '<div class="intro"><h2>Your stories</h2><p>Eight to ten good ones carry a whole loop. Keep them here, '
            "make them complete, and see which principles still have none.</p></div>"
        )
        empty = markup(elem_id="stories-empty")
        with gr.Column(elem_id="stories-list"):
            stories = gr.Radio([], label="Stories", elem_classes="rows", elem_id="stories")
        with gr.Row(elem_classes="buttons"):
            write = gr.Button("Write a story", elem_id="story-write")
        with gr.Column(elem_id="story-writing", elem_classes="sheet"):
            answered = question_picker(bank, "story-new", "The question that it answers")
            new_text = gr.Textbox(label="The story", lines=7, max_lines=20, elem_id="story-new-text")
            new_title = gr.Textbox(
                label="Title",
                lines=1,
                max_lines=1,
                elem_id="story-new-title",
                placeholder="Its first words, if you give none",
            )
            with gr.Row(elem_classes="buttons"):
                add = gr.Button("Save the story", variant="primary", elem_id="story-add")
                unwrite = gr.Button("Not now", elem_classes="quiet", elem_id="story-unwrite")
        problem, said = markup(elem_id="stories-problem"), markup(elem_id="stories-said")

        with gr.Column(elem_id="story", elem_classes="sheet"):
            head = markup(elem_id="story-head")
            with gr.Column(elem_id="story-asking", elem_classes="answering"):
                question = markup()
                words = gr.Textbox(
                    label="In your words",
                    lines=2,
                    max_lines=8,
                    elem_id="story-words",
                    placeholder="Only what happened",
                )
                with gr.Row(elem_classes="buttons"):
                    give = gr.Button("Keep it", variant="primary", elem_id="story-give")
                    leave = gr.Button("I don't know", elem_classes="quiet", elem_id="story-leave")
            with gr.Column(elem_id="story-finishing"):
                waiting = markup()
                with gr.Row(elem_classes="buttons"):
                    finish = gr.Button("Put them into the story", variant="primary", elem_id="story-finish")
            open_ = gr.Radio(
                [],
                label="Left open: pick one to answer it after all",
                elem_classes="rows",
                elem_id="story-open",
            )
            versions = markup(elem_id="story-versions")
            facts = markup(elem_id="story-facts")
            with gr.Row(elem_classes="buttons"):
                rewrite = gr.Button("Rewrite it", size="sm", elem_id="story-rewrite")
                rename = gr.Button("Title and principles", size="sm", elem_id="story-rename")
                delete = gr.Button("Delete it", size="sm", elem_id="story-delete")
            with gr.Column(elem_id="story-rewriting"):
                text = gr.Textbox(label="The story", lines=8, max_lines=24, elem_id="story-text")
                with gr.Row(elem_classes="buttons"):
                    revise = gr.Button("Save as a new version", variant="primary", elem_id="story-revise")
                    unrewrite = gr.Button("Leave it", elem_classes="quiet", elem_id="story-unrewrite")
            with gr.Column(elem_id="story-naming"):
                title = gr.Textbox(label="Title", lines=1, max_lines=1, elem_id="story-title")
                tags = gr.Dropdown(
                    list(PRINCIPLES), value=[], multiselect=True, label="Principles", elem_id="story-tags"
                )
                with gr.Row(elem_classes="buttons"):
                    name = gr.Button("Save these", variant="primary", elem_id="story-name")
                    unname = gr.Button("Leave them", elem_classes="quiet", elem_id="story-unname")
            with gr.Column(elem_id="story-deleting"):
                really = markup()
                with gr.Row(elem_classes="buttons"):
                    yes = gr.Button(
                        "Yes, delete it", variant="primary", elem_id="story-yes", elem_classes="danger"
                    )
                    no = gr.Button("Keep it", elem_id="story-no")

        with gr.Column(elem_id="stories-compared", elem_classes="part"):
            markup('<div class="intro"><h3>Which story fits a question?</h3></div>')
            asked = question_picker(bank, "fit", "Question")
            with gr.Row(elem_classes="buttons"):
                fit = gr.Button("Find the story", elem_id="fit-find")
            fits = markup(elem_id="fits")
            markup('<div class="intro"><h3>Stories by principle</h3></div>')
            matrix = markup(elem_id="stories-matrix")

    parts = Parts(
        current=current,
        criterion=criterion,
        stories=stories,
        empty=empty,
        problem=problem,
        said=said,
        head=head,
        versions=versions,
        facts=facts,
        question=question,
        words=words,
        waiting=waiting,
        open=open_,
        text=text,
        title=title,
        tags=tags,
        really=really,
        matrix=matrix,
        fits=fits,
        new_title=new_title,
        new_text=new_text,
        new_question=answered.question,
        **switches,
    )
    flow = Flow(coach, parts)
    every = parts.components

    def turned(part: str, on: bool) -> Any:
        return lambda: switches[part].turn(on)

    tab.select(flow.reload, [current, criterion], every, **QUIET).then(flow.wear, None, every, **QUIET)
    stories.input(flow.look, stories, every, **QUIET)

    for given in (give.click, words.submit):
        given(flow.give, [current, criterion, words], every, **QUIET).then(None, js=_TO_WORDS, **QUIET)
    leave.click(flow.leave, [current, criterion], every, **QUIET).then(None, js=_TO_WORDS, **QUIET)
    open_.input(flow.reopen, [current, open_], every, **QUIET).then(None, js=_TO_WORDS, **QUIET)
    finish.click(flow.finish, current, every, **QUIET).then(flow.wear, None, every, **QUIET)

    for opener, act, target in (
        (rewrite, flow.rewrite, "story-rewriting"),
        (delete, flow.ask_deletion, "story-deleting"),
    ):
        opener.click(act, current, every, **QUIET).then(
            None, js=f"() => coachShow('{target}', true)", **QUIET
        )
    for opener, part, target in ((rename, "naming", "story-naming"), (write, "writing", "story-writing")):
        opened = opener.click(turned(part, True), None, [switches[part].part], **QUIET)
        opened.then(None, js=f"() => coachShow('{target}', true)", **QUIET)
    for closer, part in (
        (unrewrite, "rewriting"),
        (unname, "naming"),
        (no, "deleting"),
        (unwrite, "writing"),
    ):
        closer.click(turned(part, False), None, [switches[part].part], **QUIET)
    revise.click(flow.revise, [current, text], every, **QUIET)
    name.click(flow.name, [current, title, tags], every, **QUIET)
    yes.click(flow.delete, current, every, **QUIET)
    add.click(flow.write, [new_title, answered.question, answered.principle, new_text], every, **QUIET)
    given_to_fit = [asked.question, asked.principle]
    gr.on([fit.click, asked.question.submit], flow.fit, given_to_fit, [fits], **QUIET)
