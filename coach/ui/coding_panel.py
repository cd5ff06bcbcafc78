"""The editor of a coding round, with its examples and what came of running the code."""

from dataclasses import dataclass
from typing import Any

from coach.ui.markup import markup

# Code runs in a queue of its own: a long run holds up no page and no model.
SANDBOX: dict[str, Any] = {"concurrency_id": "sandbox", "concurrency_limit": 2}


@dataclass(frozen=True)
class Panel:
    """Its components."""

    examples: Any
    code: Any
    run: Any
    running: Any
    stop: Any
    results: Any


def coding_panel() -> Panel:
    """Put it on the page."""
    import gradio as gr

    with gr.Column(elem_id="coding"):
        examples = markup()
        code = gr.Code(
            language="python",
            label="Your code",
            lines=12,
            max_lines=28,
            interactive=True,
            elem_id="coding-code",
            buttons=[],
        )
        with gr.Row(elem_classes="working"):
            run = gr.Button("Run the examples", elem_id="coding-run")
            running = markup()
            stop = gr.Button("Stop", size="sm", elem_id="coding-stop")
        markup(
            '<p class="small">In the editor Ctrl+Enter runs the examples; Escape and then Tab leaves it.</p>'
        )
        results = markup(elem_id="coding-results")
    return Panel(examples, code, run, running, stop, results)
