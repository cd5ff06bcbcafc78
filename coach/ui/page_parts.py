"""What of a page its handlers change, listed as gradio wants it."""

from typing import Any

from coach.ui.markup import Switch


class PageParts:
    """For a page's dataclass of components and switches: its fields are all that the handlers change."""

    @property
    def components(self) -> list[Any]:
        """All of them, in the order of the fields; of a switch, the component that it turns."""
        return [part.part if isinstance(part, Switch) else part for part in vars(self).values()]

    @property
    def streamable(self) -> list[Any]:
        """Those that are only looked at, which is what a handler may change that answers in steps.

        Gradio says the last step once more when the handler has ended. In a field, that would undo whatever
        somebody typed or picked in between.
        """
        import gradio as gr

        return [part for part in self.components if isinstance(part, (gr.HTML, gr.State, gr.BrowserState))]
