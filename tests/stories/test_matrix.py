import re
from pathlib import Path

from coach.interview.questions import PRINCIPLES
from coach.library.embedder import HashedWords, MiniLM
from coach.settings import DATA
from coach.stories.matrix import matrix, practised_answers, told_in
from coach.stories.story import Version

from .builders import NOON, story
from .test_story import interview


def test_every_principle_has_a_row_and_the_strongest_story_comes_first() -> None:
    found = matrix(
        [story("a", "x", {"Dive Deep": 1.1}), story("b", "x", {"Dive Deep": 1.9, "Frugality": 1.0})]
    )
    assert tuple(found.rows) == PRINCIPLES
    assert [cell.story_id for cell in found.rows["Dive Deep"]] == ["b", "a"]
    cell = found.cell("b", "Frugality")
    assert cell is not None
    assert (cell.strength, cell.shown) == (1.0, True)
    assert found.cell("a", "Frugality") is None


def test_a_gap_is_a_principle_that_no_story_was_found_to_show() -> None:
    weak = story("a", "x", {"Dive Deep": 0.9}, "Dive Deep")
    raw = story("b", "x", None, "Ownership")
    strong = story("c", "x", {"Think Big": 1.0})
    found = matrix([weak, raw, strong])
    assert set(found.gaps) == set(PRINCIPLES) - {"Think Big"}
    assert set(found.claimed) == {"Dive Deep", "Ownership"}


def test_a_tag_that_the_user_took_away_does_not_cover_its_principle() -> None:
    shown = story("a", "x", {"Dive Deep": 2.0, "Frugality": 1.5}, "Frugality")
    assert "Dive Deep" in matrix([shown]).gaps


def test_without_stories_everything_is_a_gap() -> None:
    found = matrix([])
    assert found.gaps == PRINCIPLES
    assert found.overused == ()


def test_a_story_for_more_than_three_principles_is_overused() -> None:
    three, four = PRINCIPLES[:3], PRINCIPLES[:4]
    found = matrix([story("a", "x", None, *three), story("b", "x", None, *four)])
    (one,) = found.overused
    assert (one.story_id, one.too_broad, one.too_often) == ("b", True, False)
    assert one.principles == four


def test_a_story_in_more_than_half_of_the_answers_is_overused() -> None:
    stories = [story("a", "x", None, "Ownership"), story("b", "x", None, "Dive Deep")]
    (one,) = matrix(stories, ["a", "a", "a", "b", None]).overused
    assert (one.story_id, one.told, one.part, one.too_often) == ("a", 3, 0.6, True)
    assert matrix(stories, ["a", "a", "b", None]).overused == ()


def test_of_three_answers_nothing_is_said() -> None:
    assert matrix([story("a", "x", None, "Ownership")], ["a", "a", "a"]).overused == ()


def test_answers_are_told_by_any_version() -> None:
    old = story("a", "we moved the payment table to another region overnight")
    both = old.model_copy(
        update={"versions": (*old.versions, Version(number=2, text="something else entirely now", at=NOON))}
    )
    answers = ["we moved the payment table to another region overnight", "pizza recipes for a rainy evening"]
    assert told_in(answers, [both], HashedWords()) == ("a", None)
    assert told_in(answers, [], HashedWords()) == (None, None)
    assert told_in([], [both], HashedWords()) == ()


def test_practised_answers_are_stories_with_their_follow_ups() -> None:
    assert practised_answers([interview()]) == ("I cut latency.\n\nBy 40%.",)


def examples() -> dict[tuple[str, str], list[str]]:
    """The good and the weak example of each principle in the corpus, sentence by sentence."""
    found = {}
    for path in sorted(Path(DATA / "corpus" / "principles").glob("*.md")):
        for part in re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE):
            if match := re.match(r"A (good|weak) answer", part):
                lines = [line[2:] for line in part.splitlines() if line.startswith("- ")]
                found[path.stem, match[1]] = [re.sub(r"\s*\[[^\]]*\]$", "", line) for line in lines]
    return found


def test_a_story_is_known_again_and_not_taken_for_another(minilm: MiniLM) -> None:
    """Told with a third of the sentences left out and the rest turned round."""
    told = examples()
    assert len(told) == 32
    stories = [story(" ".join(key), " ".join(lines)) for key, lines in told.items()]
    retold = [
        " ".join(reversed([line for place, line in enumerate(lines) if place % 3 != 2]))
        for lines in told.values()
    ]
    own, others = stories[::2], stories[1::2]
    found = told_in(retold[::2], own, minilm)
    assert sum(name == one.id for name, one in zip(found, own, strict=True)) >= 14
    assert told_in(retold[::2], others, minilm) == (None,) * 16
