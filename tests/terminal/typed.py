"""What is left of an interview that was held at a terminal."""

from collections.abc import Callable
from typing import NamedTuple

from coach.interview.session import InterviewState


class Held(NamedTuple):
    out: str
    err: str
    state: InterviewState

    @property
    def talk(self) -> str:
        """What was printed before the debrief, which quotes questions again."""
        return self.out.partition("What it comes to:")[0]


Hold = Callable[..., Held]
