"""The guides page: ask the library, look passages up in it, and add to it."""

from collections.abc import Iterator
from typing import Any

from coach.coach import Coach
from coach.errors import CoachError, IndexMissing
from coach.ui import render, render_guides, render_interview
from coach.ui.line import Line
from coach.ui.markup import MODEL, QUIET, Updates, adding_up, markup, switch
from coach.ui.material_page import material_part
from coach.ui.pace import paced

_TOP = 6
_IDEAS = (
    "What happens in the loop, and who decides?",
    "How do I tell a failure without blaming anyone?",
    "When does accuracy mislead?",
)


def guides_page(coach: Coach, line: Line) -> None:
    """Build the page inside the tab that is open; `line` is that for the model."""
    import gradio as gr

    running, ideas = switch("guides-stop"), switch("guides-ideas", on=True)
    with gr.Column(elem_classes="page"):
        markup(
            '<div class="intro"><h2>Ask your guides</h2><p>Answers come from your own material only, each with '
            "the passage that it rests on. What is not in there, the coach says so.</p></div>"
        )
        box = gr.Textbox(
            label="Your question", lines=1, max_lines=4, elem_id="guides-question", placeholder=_IDEAS[0]
        )
        with gr.Row(elem_classes="buttons"):
            ask = gr.Button("Ask", variant="primary", elem_id="guides-ask")
            find = gr.Button("Find passages", elem_id="guides-search")
            stop = gr.Button("Stop", elem_classes="quiet", elem_id="guides-stop")
        with gr.Row(elem_classes="ideas", elem_id="guides-ideas"):
            for idea in _IDEAS:
                one = gr.Button(idea, size="sm", elem_classes="idea")
                one.click(lambda text=idea: text, None, box, **QUIET)
        problem = markup(elem_id="guides-problem")
        results = markup(elem_id="guides-answer", elem_classes="results")
        material_part(coach)

    changing = [results, problem, running.part, ideas.part]

    @adding_up
    def answer(question: str) -> Iterator[Updates]:
        if not question.strip():
            yield {problem: render.problem("Write a question first.")}
            return
        yield {
            **running.turn(True),
            **ideas.turn(False),
            problem: "",
            results: render_guides.waiting(),
        }
        try:
            with line.join() as places:
                for place in places:
                    yield {results: render_interview.in_line(place)}
                for said in paced(coach.ask(question)):
                    yield {results: render_guides.reply(said)}
        except CoachError as error:
            yield _failed(error)
        yield {**running.turn(False)}

    def search(query: str) -> Updates:
        if not query.strip():
            return {problem: render.problem("Write what you are looking for first.")}
        try:
            found = coach.search(query, _TOP, "fused")
        except CoachError as error:
            return _failed(error)
        return {
            results: render_guides.hits(found),
            problem: "",
            **ideas.turn(False),
        }

    def _failed(error: CoachError) -> Updates:
        if isinstance(error, IndexMissing):
            return {results: render_guides.empty_library(), problem: ""}
        return {results: "", problem: render.problem(str(error))}

    asking = gr.on(
        [ask.click, box.submit],
        answer,
        box,
        changing,
        **MODEL,
        api_name="ask",
        show_progress="hidden",
    )
    # A question that is still being answered would write over what was found.
    find_options: dict[str, Any] = {"concurrency_limit": 4, "api_name": "search", "show_progress": "hidden"}
    find.click(None, cancels=[asking], **QUIET).then(search, box, changing, **find_options)
    stop.click(None, cancels=[asking], **QUIET).then(lambda: running.turn(False), None, changing, **QUIET)
