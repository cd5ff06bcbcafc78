"""Which behavioral question is meant: one of the bank's, or one's own, and the principle that it is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from coach.interview.questions import Question
from coach.ui.markup import QUIET, Updates
from coach.ui.words import ANY, principle_choices


@dataclass(frozen=True)
class QuestionPicker:
    """The fields that say it."""

    question: Any
    principle: Any  # its value is `ANY` for none


def question_picker(bank: Iterable[Question], name: str, label: str) -> QuestionPicker:
    """Put the choice on the page; to pick one of the bank's questions fills the two other fields.

    Args:
        bank: the questions to pick from; others than behavioral ones are left out.
        name: begins the ids of the elements (`NAME-pick`, `NAME-question`, `NAME-principle`), unique on the page.
        label: of the field for the question.
    """
    import gradio as gr

    known = {one.id: one for one in bank if one.kind == "behavioral"}
    choices = [("My own question", ANY), *((one.question, one.id) for one in known.values())]
    pick = gr.Dropdown(choices, value=ANY, label="Pick a question", elem_id=f"{name}-pick")
    question = gr.Textbox(
        label=label,
        lines=1,
        max_lines=4,
        elem_id=f"{name}-question",
        placeholder="Tell me about a time ...",
    )
    principle = gr.Dropdown(
        principle_choices(), value=ANY, label="Leadership principle", elem_id=f"{name}-principle"
    )

    def fill(chosen: str) -> Updates:
        if chosen not in known:
            return {question: gr.skip()}
        return {question: known[chosen].question, principle: known[chosen].principle or ANY}

    pick.change(fill, pick, [question, principle], **QUIET)
    return QuestionPicker(question, principle)
