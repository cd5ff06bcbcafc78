from itertools import pairwise
from pathlib import Path

import pytest

from coach.feedback.clauses import LONGEST, Clauses, cut_run, gap_features, load_clauses


def words_of(cuts: list[int], words: list[str]) -> list[str]:
    return [words[cut] for cut in cuts]


def test_a_run_is_cut_where_new_sentences_begin() -> None:
    words = (
        "our model was slow last spring i looked at the traces and found one query i cached it since then "
        "the latency is half of what it was"
    ).split()
    cuts = cut_run(words, [False] * len(words))
    assert "i" in words_of(cuts, words)
    assert cuts == sorted(set(cuts))
    assert all(0 < cut < len(words) for cut in cuts)


def test_no_piece_is_longer_than_the_longest() -> None:
    words = ["of"] * 200
    cuts = [0, *cut_run(words, [False] * 200), 200]
    assert max(end - begin for begin, end in pairwise(cuts)) <= LONGEST


def test_where_some_places_are_marked_cuts_prefer_them() -> None:
    words = ["we", "went", "home", "and", "they", "stayed", "there", "for", "a", "week"] * 3
    marked = [at == 15 for at in range(30)]
    flat = Clauses(bias=0.0, weights={}, cost=0.0, length=2.7, spread=0.5)
    assert cut_run(words, marked, flat) == [15]


@pytest.mark.parametrize("words", [[], ["one"]])
def test_next_to_nothing_is_not_cut(words: list[str]) -> None:
    assert cut_run(words, [False] * len(words)) == []


def test_a_gap_is_known_by_the_words_around_it() -> None:
    features = set(gap_features(["we", "left", "i", "stayed"], 2))
    assert {"-1 left", "0 i", "1 stayed", "0 i stayed", "-2 we"} <= features
    assert "-2 " in set(gap_features(["we", "left"], 1))


def test_the_weights_that_come_with_the_coach_hold_no_long_text() -> None:
    known = load_clauses(Path(__file__).parents[2] / "coach" / "feedback" / "weights" / "clauses.json")
    assert known.weights
    assert max(len(name.split()) for name in known.weights) <= 3
