"""What of a page its handlers change, listed as gradio wants it."""

from typing import Any

from coach.ui.markup import Switch


class PageParts:
    """For a page's dataclass of components and switches: its fields are all that the handlers change."""

    @property
    def components(self) -> list[Any]:
        """All of them, in the order of the fields; of a switch, the component that it turns."""
        return [part.part if isinstance(part, Switch) else part for part in vars(self).values()]
