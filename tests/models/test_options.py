"""Token probabilities to option probabilities."""

import math

import pytest

from coach.models.options import spread


def logs(**tokens: float) -> list[tuple[str, float]]:
    return [(token, math.log(p)) for token, p in tokens.items()]


def test_spellings_of_an_option_add_up() -> None:
    tokens = [
        (" yes", math.log(0.3)),
        ("YES", math.log(0.1)),
        ("Yes\n", math.log(0.2)),
        ("no", math.log(0.2)),
    ]
    assert spread(tokens, ["yes", "no"]) == pytest.approx({"yes": 0.75, "no": 0.25})


def test_a_piece_of_an_option_counts_and_a_single_letter_of_it_does_not() -> None:
    shares = spread(logs(part=0.3, p=0.5, miss=0.1), ["partial", "miss"])
    assert shares == pytest.approx({"partial": 0.75, "miss": 0.25})


def test_single_letters_can_be_options() -> None:
    assert spread(logs(A=0.2, b=0.6), ["A", "B"]) == pytest.approx({"A": 0.25, "B": 0.75})


def test_a_longer_word_is_another_word() -> None:
    assert spread(logs(not_=0.5, nothing=0.3, yes=0.1), ["yes", "no"]) == {"yes": 1.0, "no": 0.0}


def test_a_token_that_begins_two_options_speaks_for_neither() -> None:
    shares = spread(logs(st=0.5, strong=0.1, stale=0.3), ["strong", "stale"])
    assert shares == pytest.approx({"strong": 0.25, "stale": 0.75})


@pytest.mark.parametrize("tokens", [[], [("", 0.0)], [("Well", -0.01), ("yes", -9.0)]])
def test_tokens_that_say_nothing(tokens: list[tuple[str, float]]) -> None:
    assert spread(tokens, ["yes", "no"]) is None
