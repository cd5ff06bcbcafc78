"""The line in front of the model: who needs it waits here for their turn, and can be told their place."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_AT_ONCE = 2  # a local model writes for one; the second one's prompt is ready when the first is done
_AGAIN = 1.0  # seconds; how soon somebody who waits notices that they left the page


class Line:
    """First come, first served; `at_once` are served at a time. Safe to use from several threads."""

    def __init__(self, at_once: int = _AT_ONCE, again: float = _AGAIN) -> None:
        """Open a line that tells everybody's place at least every `again` seconds."""
        self._at_once, self._again = at_once, again
        self._tickets: list[object] = []
        self._moved = threading.Condition()

    @contextmanager
    def join(self) -> Iterator[Iterator[int]]:
        """Stand in line; gives one's places (1 is next) until it is one's turn, which ends with the block."""
        ticket = object()
        with self._moved:
            self._tickets.append(ticket)
        try:
            yield self._places(ticket)
        finally:
            with self._moved:
                self._tickets.remove(ticket)
                self._moved.notify_all()

    def _places(self, ticket: object) -> Iterator[int]:
        while (place := self._place(ticket)) > 0:
            yield place
            with self._moved:
                self._moved.wait_for(lambda seen=place: self._place(ticket) != seen, self._again)  # type: ignore[misc]

    def _place(self, ticket: object) -> int:
        with self._moved:
            return self._tickets.index(ticket) - self._at_once + 1
