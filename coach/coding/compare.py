"""Rebuild what a candidate's function returned from the text that its process sent, and compare it.

The comparison happens in the coach's own process on values that the coach made, so no object of the candidate's
has a say in it; and the expected value never leaves the coach, so there is nothing to cheat with.
"""

import math
from typing import Any

_NESTED = 100
_RELATIVE, _ABSOLUTE = 1e-6, 1e-9


class NotPlain(Exception):
    """It is not made of plain values; the message says what it is instead."""


def decode(sent: Any, depth: int = 0) -> Any:
    """Return the value that `child.encode` sent: a tree of [letter, content].

    Raises:
        NotPlain: it holds an object that is no plain value, or is malformed or nested too deeply.
    """
    if depth > _NESTED:
        raise NotPlain("a value nested too deeply")
    try:
        letter, content = sent
        return _decode(letter, content, depth)
    except (TypeError, ValueError, OverflowError):
        raise NotPlain("something that can't be read") from None


def _decode(letter: Any, content: Any, depth: int) -> Any:
    match letter:
        case "n":
            return None
        case "b":
            return bool(content)
        case "i":
            return int(content, 16)
        case "f":
            return float.fromhex(content)
        case "s":
            return str(content)
        case "y":
            return bytes.fromhex(content)
        case "l" | "t" | "e":
            items = [decode(item, depth + 1) for item in content]
            return items if letter == "l" else tuple(items) if letter == "t" else frozenset(items)
        case "d":
            return {decode(key, depth + 1): decode(value, depth + 1) for key, value in content}
        case "o":
            raise NotPlain(str(content)[:80])
    raise ValueError


def same(got: Any, expected: Any) -> bool:
    """Whether two plain values are equal: numbers within 1e-6 of each other, relative, if one is a float.

    A list equals a tuple with the same items.
    """
    if isinstance(got, (int, float)) and isinstance(expected, (int, float)):
        return _same_number(got, expected)
    if isinstance(got, (list, tuple)) and isinstance(expected, (list, tuple)):
        return len(got) == len(expected) and all(map(same, got, expected))
    if isinstance(got, dict) and isinstance(expected, dict):
        return got.keys() == expected.keys() and all(same(got[key], expected[key]) for key in expected)
    if isinstance(got, (set, frozenset)) and isinstance(expected, (set, frozenset)):
        return got == expected
    return type(got) is type(expected) and bool(got == expected)


def _same_number(got: float, expected: float) -> bool:
    if isinstance(got, int) and isinstance(expected, int):
        return got == expected
    try:
        if math.isnan(got) or math.isnan(expected):
            return math.isnan(got) and math.isnan(expected)
        return math.isclose(got, expected, rel_tol=_RELATIVE, abs_tol=_ABSOLUTE)
    except OverflowError:  # an integer beyond every float
        return False


def shown(value: Any, most: int) -> str:
    """Return a value's literal, cut in the middle to at most `most` characters."""
    try:
        return cut(repr(value), most)
    except ValueError:  # Python writes no integer of more than some thousand digits
        return "a number too long to show"


def cut(text: str, most: int) -> str:
    """Return a text of at most `most` characters: its begin and its end, with the number left out between."""
    if len(text) <= most:
        return text
    kept = max(most - 40, 2)
    return f"{text[: kept - kept // 3]} ... {len(text) - kept} characters ... {text[-(kept // 3) :]}"
