import pytest

from coach.evals import swaps


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("She asked me, and I told her.", "He asked me, and I told him."),
        ("I read her report to him.", "I read his report to her."),
        ("He did it himself; the idea was his.", "She did it herself; the idea was hers."),
        ("I called her the same day.", "I called him the same day."),
        ("A woman and her daughter came.", "A man and his son came."),
        ("His plan won. Her plan lost.", "Her plan won. His plan lost."),
        ("They said it was theirs.", "They said it was theirs."),
        ("She's late and he'd left.", "He's late and she'd left."),
    ],
)
def test_genders_are_swapped(before: str, after: str) -> None:
    assert swaps.genders_swapped(before) == after


def test_swapping_twice_gives_back_plain_pronouns() -> None:
    said = "She gave him the key and he thanked her for it."
    assert swaps.genders_swapped(swaps.genders_swapped(said)) == said


def test_known_names_are_swapped() -> None:
    assert swaps.names_swapped("Peter and Sarah met Thompson.") == "Priya and Rajesh met Thompson."


def test_somebody_with_a_role_gets_a_name_once() -> None:
    assert (
        swaps.with_name("My manager left. My manager came.", "Mei") == "My manager Mei left. My manager came."
    )
    assert swaps.with_name("The boss's car and the head of sales.", "Mei") == (
        "The boss's car and the head of sales Mei."
    )
    assert swaps.with_name("Nobody was there.", "Mei") == "Nobody was there."
