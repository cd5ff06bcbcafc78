"""The one way to put HTML on a page: rendered by this package, styled by its own sheet."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, ParamSpec

P = ParamSpec("P")
Updates = dict[Any, Any]

# Events that show no spinner over the page (it tells in words what it does) and are no public endpoint.
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
# The model is one: what needs it waits for its turn here, and nothing else does.
MODEL: dict[str, Any] = {"concurrency_id": "model", "concurrency_limit": 2}


def markup(value: str = "", **more: Any) -> Any:
    """Return a component for HTML that was escaped where it had to be; invisible while empty."""
    import gradio as gr

    return gr.HTML(value, apply_default_css=False, visible=bool(value), **more)


def shown(text: str) -> Any:
    """Return the update that shows this HTML, or hides the component when there is none."""
    import gradio as gr

    return gr.update(value=text, visible=bool(text))


def adding_up(handler: Callable[P, Iterator[Updates]]) -> Callable[P, Iterator[Updates]]:
    """Make each step of a handler repeat what the steps before it changed.

    The page takes steps that arrive together as one, and of a component it then knows only the last step:
    what an earlier one had said about it, and the last one hadn't, would be lost.
    """

    @wraps(handler)
    def repeating(*args: P.args, **kwargs: P.kwargs) -> Iterator[Updates]:
        told: Updates = {}
        for step in handler(*args, **kwargs):
            told = {**told, **step}
            yield told

    return repeating
