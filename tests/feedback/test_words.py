import pytest

from coach.feedback.words import stem, stems, telling


@pytest.mark.parametrize(
    "forms",
    [
        "deploy deployed deployment deploys deploying",
        "measure measured measurement measures",
        "plan planned planning",
        "study studied studies",
        "write wrote written",
        "build built",
        "customer customers",
        "child children",
        "use used using",
    ],
)
def test_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(word) for word in forms.split()}) == 1


@pytest.mark.parametrize("pair", ["late latency", "order other", "train trust", "recall record"])
def test_other_words_have_another(pair: str) -> None:
    one, other = pair.split()
    assert stem(one) != stem(other)


def test_numbers_and_short_words_are_left_out() -> None:
    assert stems("In 2023 the p95 of it rose") == {stem("rose")}


def test_words_of_every_answer_tell_nothing() -> None:
    assert telling("The situation and the result of what we did at that time") == set()
    assert telling("The sepsis alert") == {stem("sepsis"), stem("alert")}
