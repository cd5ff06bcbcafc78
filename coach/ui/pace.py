"""Streams as the pages want them: the first item alone, or down to what an eye can follow."""

import time
from collections.abc import Iterator
from contextlib import closing
from typing import TypeVar

T = TypeVar("T")


def paced(stream: Iterator[T], seconds: float = 0.12) -> Iterator[T]:
    """Yield the first and the last of `stream`, and of those between one in `seconds`.

    Closing this iterator closes `stream`.
    """
    with closing(stream):  # type: ignore[type-var]
        held: list[T] = []
        due = 0.0
        for one in stream:
            held = [one]
            if time.monotonic() >= due:
                yield held.pop()
                due = time.monotonic() + seconds
        yield from held


def first_of(stream: Iterator[T]) -> T:
    """Return the first item of `stream`, which has one, and close it."""
    with closing(stream):  # type: ignore[type-var]
        return next(stream)
