"""Streams on their way to the page."""

from collections.abc import Iterator

from coach.ui.markup import adding_up
from coach.ui.pace import first_of, paced


class Source:
    def __init__(self) -> None:
        self.closed = False

    def items(self, count: int) -> Iterator[int]:
        try:
            yield from range(count)
        finally:
            self.closed = True


def test_the_first_and_the_last_always_come() -> None:
    assert list(paced(iter(Source().items(50)), seconds=60)) == [0, 49]
    assert list(paced(iter(Source().items(1)), seconds=60)) == [0]
    assert list(paced(iter(Source().items(0)), seconds=60)) == []
    assert list(paced(iter(Source().items(4)), seconds=0)) == [0, 1, 2, 3]


def test_closing_reaches_the_source() -> None:
    source = Source()
    stream = paced(source.items(50), seconds=0)
    next(stream)
    assert not source.closed
    stream.close()  # type: ignore[attr-defined]
    assert source.closed


def test_the_first_alone_closes_the_source() -> None:
    source = Source()
    assert first_of(source.items(50)) == 0
    assert source.closed


def test_each_step_repeats_the_steps_before_it() -> None:
    assert list(adding_up(_three)()) == [{"a": 1}, {"a": 1, "b": 2}, {"a": 3, "b": 2}]


def _three() -> Iterator[dict[str, int]]:
    yield {"a": 1}
    yield {"b": 2}
    yield {"a": 3}
