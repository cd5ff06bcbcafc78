"""What a wrong answer is."""

from typing import NamedTuple


class Wrong(NamedTuple):
    """An answer to the question `task` that fails, and why it does."""

    task: str
    why: str
    code: str
