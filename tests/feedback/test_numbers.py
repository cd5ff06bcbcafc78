import pytest

from coach.feedback.numbers import Number, numbers_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("from 61% to 84 percent", [(61.0, "%"), (84.0, "%")]),
        ("losses of $90k a month", [(90_000.0, "dollar")]),
        ("ninety thousand dollars", [(90_000.0, "dollar")]),
        ("90 thousand rows and 1,000 files", [(90_000.0, None), (1_000.0, None)]),
        ("2,5 million or 2.5 million", [(2.5e6, None), (2.5e6, None)]),
        ("three weeks and twenty-five minutes", [(3.0, "week"), (25.0, "minute")]),
        ("one hundred and twenty people", [(120.0, None)]),
        ("we cut it by half", [(0.5, None)]),
        ("it doubled, then rose fivefold", [(2.0, None), (5.0, None)]),
        ("two thirds of the users, by a third", [(2 / 3, None), (1 / 3, None)]),
        ("a dozen calls, hundreds of orders", [(12.0, None), (100.0, None)]),
        ("40ms, 40 ms and 3x", [(40.0, "ms"), (40.0, "ms"), (3.0, "times")]),
        ("in 2023.", [(2023.0, None)]),
        ("one week later", [(1.0, "week")]),
    ],
)
def test_numbers_are_read_in_digits_and_in_words(text: str, found: list[tuple[float, str | None]]) -> None:
    assert [number.unit for number in numbers_in(text)] == [unit for _, unit in found]
    assert [number.value for number in numbers_in(text)] == pytest.approx([value for value, _ in found])


@pytest.mark.parametrize(
    "text", ["one of them", "the third week", "last quarter", "p95", "once upon a time", ""]
)
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert numbers_in(text) == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("90k", "ninety thousand", True),
        ("half", "50%", True),
        ("3", "three weeks", True),
        ("3 weeks", "three months", False),
        ("40 ms", "40 seconds", False),
        ("61%", "84%", False),
        ("twice", "doubled", True),
    ],
)
def test_the_same_number_said_otherwise(one: str, other: str, same: bool) -> None:
    (first,), (second,) = numbers_in(one), numbers_in(other)
    assert first.same(second) is second.same(first) is same


def test_the_text_is_as_it_stands() -> None:
    assert numbers_in("It took Three weeks.") == (Number(3.0, "week", "Three"),)
