import json
from dataclasses import asdict
from pathlib import Path

import pytest

from coach.feedback.telling import Telling, covered, load_telling
from coach.feedback.words import stem

KNOWN = Telling(rarity={stem("model"): 3.0, stem("the"): 0.5, stem("is"): 1.0}, unknown=6.0, common=1.0)


def test_a_rare_word_says_more_and_an_unknown_one_most() -> None:
    assert KNOWN.weights("The model regresses") == {stem("model"): 2.0, stem("regresses"): 5.0}


def test_everyday_words_say_nothing() -> None:
    assert KNOWN.weights("the the is") == {}


def test_forms_of_a_word_and_its_repetition_count_once() -> None:
    assert KNOWN.weights("models model Model's") == {stem("model"): 2.0}


def test_words_of_two_letters_count_and_single_letters_and_numbers_do_not() -> None:
    assert KNOWN.weights("a 42 x ML") == {stem("ml"): 5.0}


def test_what_was_stored_is_read(tmp_path: Path) -> None:
    (tmp_path / "telling.json").write_text(json.dumps(asdict(KNOWN)))
    assert load_telling(tmp_path / "telling.json") == KNOWN


def test_the_share_is_by_weight() -> None:
    wanted = {"bia": 6.0, "varianc": 2.0}
    assert covered(wanted, {"bia", "varianc", "other"}) == 1.0
    assert covered(wanted, {"bia"}) == pytest.approx(0.75)
    assert covered(wanted, {"varianc"}) == pytest.approx(0.25)
    assert covered(wanted, set()) == 0.0


def test_more_of_other_words_changes_nothing() -> None:
    wanted = {"bia": 6.0, "varianc": 6.0}
    assert covered(wanted, {"bia"}) == covered(wanted, {"bia", "many", "other", "words"})


def test_long_words_of_one_beginning_belong_together_and_short_ones_do_not() -> None:
    wanted = {"convolu": 10.0}
    assert covered(wanted, {"convolv"}) == 1.0
    assert covered(wanted, {"convoy"}) == 1.0
    assert covered(wanted, {"conv"}) == 0.0
    assert covered({"net": 10.0}, {"network"}) == 0.0


def test_a_few_wanted_words_are_never_the_whole() -> None:
    assert covered({"rate": 4.0}, {"rate"}) == pytest.approx(0.5)
    assert covered({}, {"rate"}) == 0.0
