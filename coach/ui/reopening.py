"""From another page to the interview page: what the browser keeps for it, it opens when the page loads."""

from typing import Any

from coach.ui.markup import QUIET

# Goes before the handler that gives an `Opened.kept` to the component; without it, a change only stays in the browser.
GOING: dict[str, Any] = {"js": "(...given) => { coachReopening(); return given; }"}


def reopening() -> Any:
    """Put the entry on the page in which the interview page keeps what it has open."""
    import gradio as gr

    opened = gr.BrowserState(None, storage_key="coach-open-interview", secret="interview-id")  # noqa: S106
    opened.change(None, js="() => coachReopened()", **QUIET)
    return opened
