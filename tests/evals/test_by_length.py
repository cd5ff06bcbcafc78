import numpy as np
import pytest

from coach.evals.agreement import once, spearman
from coach.evals.by_length import flags_by_length, labels_by_length, scores_by_length

CLUSTERS = [str(place) for place in range(60)]
WORDS = list(range(20, 320, 5))


def test_what_follows_from_the_length_is_found_in_the_length() -> None:
    ratings = np.log1p(np.array(WORDS))
    assert scores_by_length(WORDS, ratings, CLUSTERS) == pytest.approx(ratings, abs=0.25)


def test_a_guess_stays_in_the_range_of_the_ratings() -> None:
    guessed = scores_by_length([*WORDS[:-1], 100_000], np.log1p(np.array(WORDS)), CLUSTERS)
    assert guessed[-1] <= np.log1p(WORDS[-1])


def test_nothing_is_learned_from_the_row_itself_or_its_cluster() -> None:
    ratings = np.random.default_rng(2).normal(size=60)
    before = scores_by_length(WORDS, ratings, ["a", "a", *CLUSTERS[2:]])
    ratings[0] += 100
    after = scores_by_length(WORDS, ratings, ["a", "a", *CLUSTERS[2:]])
    assert after[:2] == pytest.approx(before[:2])
    assert abs(after[2:] - before[2:]).max() > 0.5


def test_noise_is_not_found_in_the_length() -> None:
    ratings = np.random.default_rng(8).normal(size=60)
    assert abs(once(spearman, scores_by_length(WORDS, ratings, CLUSTERS), ratings)) < 0.4


@pytest.mark.parametrize("sign", [1, -1])
def test_flags_are_given_to_the_longest_or_to_the_shortest(sign: int) -> None:
    yes = sign * np.array(WORDS) > sign * 170
    guessed = flags_by_length(WORDS, yes, CLUSTERS)
    assert (guessed == yes).mean() > 0.95


def test_what_is_never_true_is_never_guessed() -> None:
    assert not flags_by_length(WORDS, np.zeros(60, dtype=bool), CLUSTERS).any()


def test_labels_are_the_commonest_of_the_same_length() -> None:
    words = [4, 30] * 30
    true = np.array([5, 2] * 30)
    true[0] = 1
    assert labels_by_length(words, true, CLUSTERS).tolist() == [5, 2] * 30
    alone = labels_by_length([1, 100, 100, 100, 100], np.array([3, 2, 2, 2, 2]), list("abcde"))
    assert alone[0] == 2, "nothing of its length was seen: the commonest of all"
