"""The guides page: ask the library, or look passages up in it."""

from collections.abc import Iterator

from coach.coach import Coach
from coach.errors import CoachError, IndexMissing
from coach.ui import render, render_guides
from coach.ui.markup import MODEL, QUIET, Updates, adding_up, markup, shown
from coach.ui.pace import paced

_TOP = 6
_IDEAS = (
    "What happens in the loop, and who decides?",
    "How do I tell a failure without blaming anyone?",
    "When does accuracy mislead?",
)


def guides_page(coach: Coach) -> None:
    """Build the page inside the tab that is open."""
    import gradio as gr

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
            stop = gr.Button("Stop", visible=False, elem_classes="quiet", elem_id="guides-stop")
        with gr.Row(elem_classes="ideas") as ideas:
            for idea in _IDEAS:
                one = gr.Button(idea, size="sm", elem_classes="idea")
                one.click(lambda text=idea: text, None, box, **QUIET)
        problem = markup(elem_id="guides-problem")
        results = markup(elem_id="guides-answer", elem_classes="results")

    changing = [results, problem, stop, ideas]

    @adding_up
    def answer(question: str) -> Iterator[Updates]:
        if not question.strip():
            yield {problem: shown(render.problem("Write a question first."))}
            return
        waiting = shown(
            '<div class="skeleton" role="status" aria-label="Reading your guides"><span></span></div>'
        )
        yield {
            stop: gr.update(visible=True),
            ideas: gr.update(visible=False),
            problem: shown(""),
            results: waiting,
        }
        try:
            for said in paced(coach.ask(question)):
                yield {results: shown(render_guides.reply(said))}
        except CoachError as error:
            yield _failed(error)
        yield {stop: gr.update(visible=False)}

    def search(query: str) -> Updates:
        if not query.strip():
            return {problem: shown(render.problem("Write what you are looking for first."))}
        try:
            found = coach.search(query, _TOP, "fused")
        except CoachError as error:
            return _failed(error)
        return {
            results: shown(render_guides.hits(found)),
            problem: shown(""),
            ideas: gr.update(visible=False),
        }

    def _failed(error: CoachError) -> Updates:
        if isinstance(error, IndexMissing):
            return {results: shown(render_guides.empty_library()), problem: shown("")}
        return {results: shown(""), problem: shown(render.problem(str(error)))}

    asking = gr.on(
        [ask.click, box.submit],
        answer,
        box,
        changing,
        **MODEL,
        api_name="ask",
        show_progress="hidden",
    )
    find.click(
        search,
        box,
        changing,
        cancels=[asking],
        concurrency_limit=4,
        api_name="search",
        show_progress="hidden",
    )
    stop.click(
        lambda: gr.update(visible=False),
        None,
        stop,
        cancels=[asking],
        show_progress="hidden",
        api_visibility="private",
    )
