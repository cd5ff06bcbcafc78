"""Values that a process sent are rebuilt and compared as the tasks mean it."""

from typing import Any

import pytest

from coach.coding.child import _encoder
from coach.coding.compare import NotPlain, cut, decode, same, shown

VALUES: list[Any] = [
    None, True, False, 0, -(10**5000), 1.5, -0.0, float("inf"), "", "é\n", b"\x00", [], [1, [2, (3,)]], (1, "a"),
    {1, 2}, {"a": [1], (1, 2): None},
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
def test_a_value_comes_back_as_it_was(value: Any) -> None:
    back = decode(_encoder(None)(value))
    assert back == value
    assert type(back) is type(value) or isinstance(value, set)


@pytest.mark.parametrize(
    "sent", [None, 3, [], ["x", 1], ["i", "z"], ["f", "q"], ["l", 3], ["e", [["l", []]]], ["d", [1]]]
)
def test_what_is_malformed_is_refused(sent: Any) -> None:
    with pytest.raises(NotPlain):
        decode(sent)


@pytest.mark.parametrize(
    ("got", "expected", "equal"),
    [
        (1, 1.0, True),
        (1.0000001, 1, True),
        (1.00001, 1, False),
        (1e-12, 0.0, True),
        (float("nan"), float("nan"), True),
        (float("inf"), 1e308, False),
        (10**400, 1.0, False),
        (10**15 + 1, 10**15, False),
        ((1, [2]), [1, (2,)], True),
        ([1], [1, 2], False),
        ("1", 1, False),
        (None, 0, False),
        ({"a": 1.0}, {"a": 1}, True),
        ({"a": 1}, {"b": 1}, False),
        ({1}, [1], False),
        (frozenset({1}), {1}, True),
    ],
)
def test_same(got: Any, expected: Any, equal: bool) -> None:
    assert same(got, expected) is equal


def test_shown_is_short_and_keeps_both_ends() -> None:
    text = shown(list(range(1000)), 100)
    assert len(text) <= 100
    assert text.startswith("[0, 1")
    assert text.endswith("999]")
    assert shown(10**5000, 100) == "a number too long to show"
    assert cut("short", 100) == "short"
