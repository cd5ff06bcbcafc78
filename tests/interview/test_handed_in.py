"""Code and explanation as one answer, and back."""

import pytest

from coach.interview.handed_in import HandedIn, handed_in, spoken


@pytest.mark.parametrize(
    "one",
    [
        HandedIn("def f(a):\n    return a"),
        HandedIn("def f(a):\n    return a", "It returns what it gets.\n\nLinear."),
        HandedIn("def f(a):\n    return a", "It returns what it gets.", 4, 7),
        HandedIn('def f(a):\n    """```python\n```"""\n    return "````"', "Cases passed: 9 of 9.", 0, 7),
        HandedIn("", "I could not write it."),
    ],
)
def test_what_was_handed_in_is_read_back(one: HandedIn) -> None:
    assert handed_in(one.text) == one


def test_what_is_said_is_without_the_code() -> None:
    one = HandedIn("def f(a):\n    return a", "It returns what it gets.", 4, 7)
    assert spoken(one.text) == "It returns what it gets."
    assert spoken("I would sort first.") == "I would sort first."
    bare = HandedIn("def f(a):\n    return a").text
    assert spoken(bare) == bare


def test_words_with_a_fence_in_the_middle_are_words() -> None:
    assert handed_in("First this:\n\n```python\nx = 1\n```") is None
