"""The buttons that start the exercises of a debrief.

A debrief is HTML, and so are the buttons in it; a button of gradio stands out of sight for each, and exercise.js
presses it.
"""

from functools import partial
from typing import Any

from coach.interview.debrief.exercises import MOST


def exercise_buttons(page: str) -> list[Any]:
    """Put them on the page with this name, one for each exercise in its order."""
    import gradio as gr

    hidden = partial(gr.Button, visible="hidden", elem_classes="switch")
    return [hidden(f"Exercise {n + 1}", elem_id=f"{page}-exercise-{n}") for n in range(MOST)]


def start_button(number: int) -> str:
    """Return the button in a debrief for exercise `number` (from 0)."""
    return f'<button type="button" class="start-exercise" data-exercise="{number:d}">Start this exercise</button>'
