"""The one way to put HTML on a page: rendered by this package, styled by its own sheet."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec

P = ParamSpec("P")
Updates = dict[Any, Any]

# Events that show no spinner over the page (it tells in words what it does) and are no public endpoint.
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
# The model is one: what needs it waits for its turn in a `Line`, where it can be told its place, and nothing else does.
MODEL: dict[str, Any] = {"concurrency_id": "model", "concurrency_limit": 20}


def markup(value: str = "", **more: Any) -> Any:
    """Return a component for HTML that was escaped where it had to be; empty, it takes no room."""
    import gradio as gr

    classes = ["markup", *more.pop("elem_classes", "").split()]
    return gr.HTML(value, apply_default_css=False, elem_classes=classes, **more)


@dataclass(frozen=True)
class Switch:
    """Shows or hides what has the id `target`.

    Not by gradio's `visible`: a component that it brings back is made anew, and loses what the same step says
    about it. Here everything is there all the time, and `part` holds the rule that hides the target.
    """

    target: str
    part: Any

    def turn(self, on: bool) -> Updates:
        """Return the update that shows the target, or hides it."""
        return {self.part: _rule(self.target, on)}


def switch(target: str, *, on: bool = False) -> Switch:
    """Put a switch on the page for what has, or will have, this id."""
    return Switch(target, markup(_rule(target, on), elem_classes="switch"))


def _rule(target: str, on: bool) -> str:
    return "" if on else f"<style>#{target} {{ display: none !important; }}</style>"


def adding_up(handler: Callable[P, Iterator[Updates]]) -> Callable[P, Iterator[Updates]]:
    """Make each step of a handler repeat what the steps before it changed.

    The page takes steps that arrive together as one, and of a component it then knows only the last step:
    what an earlier one had said about it, and the last one hadn't, would be lost.
    """

    @wraps(handler)
    def repeating(*args: P.args, **kwargs: P.kwargs) -> Iterator[Updates]:
        told: Updates = {}
        with closing(handler(*args, **kwargs)) as steps:  # type: ignore[type-var]
            for step in steps:
                told = {**told, **step}
                yield told

    return repeating
