"""“Save as a story”: a button for any page that has a judged answer, and what it asks before it saves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from coach.coach import Coach
from coach.errors import CoachError, ModelMissing
from coach.stories.matrix import told_in
from coach.stories.shelf import Shelf
from coach.stories.story import Draft, Story
from coach.ui import render, render_stories
from coach.ui.markup import QUIET, Switch, Updates, markup, switch

NEW = ""


@dataclass(frozen=True)
class SaveStory:
    """The button with its questions. A page shows or hides it with `offer`; its `parts` belong to the outputs then."""

    button: Switch
    panel: Switch
    said: Any

    @property
    def parts(self) -> list[Any]:
        """What `offer` changes."""
        return [self.button.part, self.panel.part, self.said]

    def offer(self, on: bool) -> Updates:
        """Show the button, for an answer that has not been saved yet, or take it away."""
        return {**self.button.turn(on), **self.panel.turn(False), self.said: ""}


def save_story_button(
    coach: Coach, name: str, draft: Callable[..., Draft], inputs: Sequence[Any]
) -> SaveStory:
    """Put the button on the page, hidden until `offer` shows it.

    Args:
        coach: whose stories they are.
        name: begins the ids of its elements (`NAME-story` is the button), unique on the page.
        draft: makes the story of the values of `inputs`; raises CoachError where there is none, which is shown.
        inputs: components that say what is to be saved.
    """
    import gradio as gr

    button, panel, titled = (
        switch(f"{name}-story"),
        switch(f"{name}-story-panel"),
        switch(f"{name}-story-title", on=True),
    )
    with gr.Column(elem_classes="save-story"):
        with gr.Row(elem_classes="buttons"):
            begin = gr.Button("Save as a story", elem_id=f"{name}-story")
        with gr.Column(elem_id=f"{name}-story-panel"):
            which = gr.Dropdown(
                [("A new story", NEW)], value=NEW, label="Save it as", elem_id=f"{name}-story-which"
            )
            title = gr.Textbox(label="Title", lines=1, max_lines=1, elem_id=f"{name}-story-title")
            with gr.Row(elem_classes="buttons", elem_id=f"{name}-story-buttons"):
                save = gr.Button("Save", variant="primary", elem_id=f"{name}-story-save")
                leave = gr.Button("Not now", elem_classes="quiet", elem_id=f"{name}-story-leave")
        said = markup(elem_id=f"{name}-story-said")
    offered = SaveStory(button, panel, said)

    def ask(*values: Any) -> Updates:
        try:
            made, stories = draft(*values), Shelf(coach.interviews.store.database).list()
        except CoachError as error:
            return {said: render.problem(str(error))}
        known = _known(coach, made, stories)
        choices = [("A new story", NEW), *((f"A new version of: {one.title}", one.id) for one in stories)]
        return {
            said: "",
            which: gr.update(choices=choices, value=known),
            title: made.title,
            **titled.turn(known == NEW),
            **panel.turn(True),
            **button.turn(False),
        }

    def keep(chosen: str, named: str, *values: Any) -> Updates:
        try:
            text = kept(Shelf(coach.interviews.store.database), draft(*values), chosen, named)
        except CoachError as error:
            return {said: render.problem(str(error))}
        return {**offered.offer(False), said: render_stories.said(text)}

    changing = [*offered.parts, which, title, titled.part]
    # Not to the panel: its first field would open its list.
    focus = f"() => coachShow('{name}-story-buttons', true)"
    begin.click(ask, list(inputs), changing, **QUIET).then(None, js=focus, **QUIET)
    which.change(lambda chosen: titled.turn(chosen == NEW), which, [titled.part], **QUIET)
    save.click(keep, [which, title, *inputs], changing, **QUIET)
    leave.click(lambda: offered.offer(True), None, offered.parts, **QUIET)
    return offered


def kept(shelf: Shelf, draft: Draft, chosen: str, title: str) -> str:
    """Keep a draft as a new story, or as the next version of story `chosen`, and say so.

    Raises:
        CoachError: it can't be kept; nothing was then.
    """
    if chosen == NEW:
        story = shelf.save(draft.model_copy(update={"title": title}))
        return f"Saved as “{story.title}”. The Stories page asks for what it still lacks."
    story = shelf.get(chosen)
    if not story.pending:  # they would count as told in this version
        for fact in draft.facts:
            story = shelf.add_fact(story, fact)
        story = shelf.add_version(story, draft.text, draft.feedback, facts=len(story.facts))
    else:
        story = shelf.add_version(story, draft.text, draft.feedback)
    return f"Saved as version {story.latest.number} of “{story.title}”."


def _known(coach: Coach, draft: Draft, stories: Sequence[Story]) -> str:
    """The story that this answer tells again, if any."""
    try:
        return told_in([draft.text], stories, coach.assessor.embedder)[0] or NEW
    except ModelMissing:
        return NEW
