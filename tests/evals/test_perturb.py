import re

import pytest

from coach.evals import perturb

SENTENCES = ("Last May I ran the shop.", "I cut waste by 30%, and the owner thanked me.", "We kept it.")
ANSWER = "Last May I ran the shop. I cut waste by 30%, and the owner thanked me.\n\nWe kept it."


def test_deleted_sentences_are_gone_and_the_others_stay() -> None:
    assert (
        perturb.without(ANSWER, SENTENCES, {0})
        == "I cut waste by 30%, and the owner thanked me.\n\nWe kept it."
    )
    assert perturb.without(ANSWER, SENTENCES, {1}) == "Last May I ran the shop.\n\nWe kept it."
    assert perturb.without(ANSWER, SENTENCES, {0, 1, 2}) == ""


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("I was sure, and I'm glad.", "We were sure, and we're glad."),
        ("It was my idea and they gave it to me.", "It was our idea and they gave it to us."),
        ("i did it myself", "we did it ourselves"),
        ("Was it mine? I've kept it.", "Was it ours? We've kept it."),
        ("We asked her.", "We asked her."),
    ],
)
def test_i_becomes_we(one: str, many: str) -> None:
    assert perturb.i_to_we(one) == many


def test_quantities_go_with_their_clause_or_their_sentence() -> None:
    assert perturb.without_quantities(ANSWER, SENTENCES, {1}) == (
        "Last May I ran the shop. The owner thanked me.\n\nWe kept it."
    )
    short = ("It fell to 3%.", "We left.")
    assert perturb.without_quantities(" ".join(short), short, {0}) == "We left."


def test_quantities_elsewhere_stay() -> None:
    said = ("We were 12 people.", "It fell by half.")
    assert perturb.without_quantities(" ".join(said), said, {1}) == "We were 12 people."


@pytest.mark.parametrize("text", ["it fell by 3", "twice as fast", "two thirds", "it halved", "one in three"])
def test_quantities_are_found(text: str) -> None:
    assert perturb.has_quantity(text)


def test_fluff_is_a_quarter_more_and_all_else_stays() -> None:
    told = perturb.with_fluff(" ".join(["I fixed it at once."] * 40), ["I fixed it at once."] * 40, "seed")
    assert 1.2 <= len(told.split()) / 200 <= 1.35
    assert told.count("I fixed it at once.") == 40
    assert told == perturb.with_fluff("x " * 200, ["I fixed it at once."] * 40, "seed")


def test_a_speech_recogniser_knows_no_marks_but_those_in_numbers() -> None:
    heard = perturb.as_heard(
        "He said \"no\", so I rang: 3.5% of 1,200 at 5:30!\n\nIt's John's (the cook's) well-known cake."
    )
    assert heard == "he said no so i rang 3.5% of 1,200 at 5:30 it's john's the cook's well-known cake"


def test_typos_are_few_and_always_the_same() -> None:
    words = "someone quietly changed these words without telling anybody about them at all".split() * 4
    told = perturb.with_typos(" ".join(words), "seed").split(" ")
    changed = sum(one != other for one, other in zip(words, told, strict=True))
    assert 2 <= changed <= 3
    assert told == perturb.with_typos(" ".join(words), "seed").split(" ")


def test_typos_leave_names_and_numbers_alone() -> None:
    told = perturb.with_typos("Anna paid 4000 for nothing whatever.", "x")
    assert told.startswith("Anna paid") or re.match(r"Anna \w+ 4000", told)
    assert "4000" in told


def test_shuffled_sentences_are_the_same_ones_in_another_order() -> None:
    told = perturb.shuffled(SENTENCES, "seed")
    assert told != " ".join(SENTENCES)
    assert sorted(told.split()) == sorted(" ".join(SENTENCES).split())
    assert perturb.shuffled(("Only one.",), "seed") == "Only one."
