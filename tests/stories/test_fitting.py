from pathlib import Path

import pytest

from coach.errors import UsageError
from coach.interview.questions import PRINCIPLES
from coach.library.embedder import HashedWords, MiniLM
from coach.settings import DATA
from coach.stories.fitting import best_stories, load_meanings

from .builders import story

MEANINGS = {"Dive Deep": "look at raw records and details", "Frugality": "do more with less money"}


def test_the_corpus_says_what_each_principle_means() -> None:
    found = load_meanings(DATA / "corpus" / "principles")
    assert set(found) == set(PRINCIPLES)
    assert all(20 < len(text.split()) < 150 and "#" not in text for text in found.values())


def test_a_folder_without_notes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no notes"):
        load_meanings(tmp_path)


def test_a_known_principle_decides() -> None:
    near = story("near", "money money money budget", {"Dive Deep": 1.2})
    strong = story("strong", "unrelated words here", {"Frugality": 2.0})
    weaker = story("weaker", "unrelated words here", {"Frugality": 1.0})
    found = best_stories("money budget?", [near, weaker, strong], HashedWords(), MEANINGS, "frugality")
    assert [fit.story.id for fit in found] == ["strong", "weaker", "near"]
    assert [(fit.principle, fit.strength) for fit in found] == [
        ("Frugality", 2.0),
        ("Frugality", 1.0),
        (None, None),
    ]


def test_without_a_principle_text_and_meaning_decide() -> None:
    about = story("about", "I looked at the raw records one by one.", {"Dive Deep": 1.8})
    other = story("other", "We had a party.", {"Frugality": 1.8})
    found = best_stories(
        "When did you look at raw records in detail?", [other, about], HashedWords(), MEANINGS
    )
    assert [fit.story.id for fit in found] == ["about", "other"]
    assert found[0].principle == "Dive Deep"
    assert found[0].score > found[1].score


def test_the_nearest_sentence_is_the_storys_own() -> None:
    one = story("a", "It rained. I looked at the raw records. We ate.", {"Dive Deep": 1.0})
    two = story("b", "Nothing happened. Nobody came.", None)
    found = best_stories("raw records?", [one, two], HashedWords(), MEANINGS)
    assert found[0].sentence == "I looked at the raw records."
    assert found[1].sentence in two.text


def test_a_tag_that_nobody_has_judged_counts_a_little() -> None:
    tagged = story("tagged", "x y z", None, "Frugality")
    bare = story("bare", "x y z")
    found = best_stories("q?", [bare, tagged], HashedWords(), MEANINGS, "Frugality")
    assert [fit.story.id for fit in found] == ["tagged", "bare"]
    assert (found[0].principle, found[0].strength) == ("Frugality", None)


def test_there_may_be_no_stories_and_no_such_principle() -> None:
    assert best_stories("q?", [], HashedWords(), MEANINGS) == ()
    with pytest.raises(UsageError):
        best_stories("q?", [], HashedWords(), MEANINGS, "Patience")


def test_with_the_real_embedder_the_story_that_fits_comes_first(minilm: MiniLM) -> None:
    meanings = load_meanings(DATA / "corpus" / "principles")
    cheap = story(
        "cheap",
        "Our training bill was too high. I moved jobs to spare machines and cut the cost from $40k to $9k.",
        {"Frugality": 1.8},
    )
    quarrel = story(
        "quarrel",
        "My director wanted to ship the model. I disagreed openly and showed the numbers, then helped to launch it.",
        {"Have Backbone; Disagree and Commit": 1.8},
    )
    stories = [cheap, quarrel]
    asked = {
        "Tell me about a time you did more with a small budget.": "cheap",
        "When did you stand up to your manager?": "quarrel",
    }
    for question, wanted in asked.items():
        assert best_stories(question, stories, minilm, meanings)[0].story.id == wanted
