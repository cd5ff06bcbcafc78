"""The sort of an input, as a hint."""

from typing import Any

import pytest

from coach.coding.results import Sort
from coach.coding.sorts import sort_of


@pytest.mark.parametrize(
    ("arguments", "sort"),
    [
        (([], 3), "empty"),
        (({},), "empty"),
        (([[], ["a"]],), "empty"),
        (([7], 2), "single"),
        (([[1000.0, 0.0]], [1]), "large"),
        ((list(range(1, 2000)),), "large"),
        ((["a", "b"], 0), "zero"),
        (([2, 2, 9], 1), "ties"),
        (([1, 0, 1], [1.5, 2.5, 3.5]), "ordinary"),
        (([-1, 5], 1), "negative"),
        ((["a", "b"], 2), "ordinary"),
    ],
)
def test_sort_of(arguments: tuple[Any, ...], sort: Sort) -> None:
    assert sort_of(arguments) == sort
