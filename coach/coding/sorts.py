"""Say what sort of input a case has, so that a hidden case can be spoken of without showing it."""

from collections.abc import Iterator, Sequence
from typing import Any

from coach.coding.results import Sort

_MANY, _LARGE = 1000, 1000
_EMPTY: tuple[Any, ...] = ([], (), {}, set(), "")


def sort_of(arguments: Sequence[Any]) -> Sort:
    """Return the most telling sort of these arguments: an empty input says more than the zero beside it."""
    holding = [value for value in arguments if isinstance(value, (list, tuple, dict, set, frozenset))]
    inside = list(_parts(arguments))
    numbers = [x for x in inside if isinstance(x, (int, float)) and not isinstance(x, bool)]
    items = [item for value in arguments if isinstance(value, (list, tuple)) for item in value]
    if any(value in _EMPTY for value in [*arguments, *items]):
        return "empty"
    if any(abs(x) >= _LARGE for x in numbers) or any(len(value) >= _MANY for value in holding):
        return "large"
    if holding and len(holding[0]) == 1:
        return "single"
    if any(value == 0 for value in arguments if isinstance(value, (int, float))):
        return "zero"
    if any(_repeats(value) for value in inside if isinstance(value, (list, tuple))):
        return "ties"
    return "negative" if any(x < 0 for x in numbers) else "ordinary"


def _parts(value: Any) -> Iterator[Any]:
    """All that a value holds, at any depth, without itself."""
    items = [*value, *value.values()] if isinstance(value, dict) else value
    for item in items:
        yield item
        if isinstance(item, (list, tuple, dict, set, frozenset)):
            yield from _parts(item)


def _repeats(values: Sequence[Any]) -> bool:
    """Whether it holds something twice; among zeros and ones, as labels are, that says nothing."""
    told = [repr(value) for value in values]
    return len(set(told)) < len(told) and not set(told) <= {"0", "1", "True", "False"}
