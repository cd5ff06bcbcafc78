import numpy as np
import pytest
from scipy.stats import spearmanr
from sklearn.metrics import cohen_kappa_score, f1_score

from coach.evals.agreement import (
    agreement,
    f1,
    f1_of,
    interval,
    kappa,
    macro_f1,
    once,
    qwk,
    resampled,
    spearman,
)


def test_the_same_numbers_agree_perfectly() -> None:
    ratings = np.array([1.0, 2.5, 3.0, 5.0], dtype=np.float32)
    found = agreement(ratings, ratings, spread=0.0)
    assert (found.n, found.rho, found.qwk, found.bias, found.within) == (4, 1.0, 1.0, 0.0, 1.0)


def test_bias_is_how_much_higher_the_scores_are_and_costs_kappa_but_not_rank() -> None:
    ratings = np.array([1.0, 2.0, 3.0, 4.0], dtype=np.float32)
    found = agreement(ratings + 1, ratings, spread=0.5)
    assert (found.rho, found.bias, found.within) == (1.0, 1.0, 0.0)
    # By hand: squared half-point differences 4 x 4; expected ones 4 x (mean difference 2 squared + 2 variances of 5).
    assert found.qwk == pytest.approx(1 - 4 / (4 + 5 + 5), abs=0.001)


def test_f1_by_hand() -> None:
    guessed, true = np.array([True, True, False, False]), np.array([True, False, True, False])
    assert f1(guessed, true) == 0.5
    assert f1(np.array([False]), np.array([False])) == 0.0


@pytest.fixture
def halves() -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    """Scores and ratings with many ties and some agreement."""
    chance = np.random.default_rng(5)
    ratings = chance.integers(2, 11, size=80) / 2
    return np.clip(ratings + chance.integers(-3, 4, size=80) / 2, 1, 5), ratings


def test_all_of_them_are_what_others_compute(halves: tuple[np.ndarray, np.ndarray]) -> None:  # type: ignore[type-arg]
    scores, ratings = halves
    ours, theirs = (scores * 2).astype(int), (ratings * 2).astype(int)
    labels = list(range(2, 11))
    assert once(spearman, scores, ratings) == pytest.approx(spearmanr(scores, ratings)[0])
    assert once(kappa, ours, theirs) == pytest.approx(cohen_kappa_score(ours, theirs))
    assert once(qwk, scores, ratings) == pytest.approx(cohen_kappa_score(ours, theirs, weights="quadratic"))
    assert macro_f1(ours, theirs, np.ones((1, 80)), labels)[0] == pytest.approx(
        f1_score(theirs, ours, average="macro", labels=labels)
    )


def test_a_row_that_counts_twice_is_a_row_that_comes_twice(halves: tuple[np.ndarray, np.ndarray]) -> None:  # type: ignore[type-arg]
    scores, ratings = halves
    places = np.random.default_rng(6).integers(80, size=80)
    counts = np.bincount(places, minlength=80)[None, :].astype(float)
    for measure in (spearman, qwk):
        again = once(measure, scores[places], ratings[places])
        assert measure(scores, ratings, counts)[0] == pytest.approx(again)
    labels = (ratings > 3).astype(int), (scores > 3).astype(int)
    for measure in (kappa, f1_of):
        again = once(measure, labels[0][places], labels[1][places])
        assert measure(*labels, counts)[0] == pytest.approx(again)


def test_where_there_is_no_number_there_is_none() -> None:
    same, rising = np.ones(5), np.arange(5.0)
    clusters = list("abcde")
    assert interval(spearman, same, rising, clusters) is None
    assert interval(qwk, same, same, clusters) is None
    assert once(qwk, same, rising) == 0.0


def test_the_interval_holds_the_number_and_is_wider_for_fewer_clusters(
    halves: tuple[np.ndarray, np.ndarray],  # type: ignore[type-arg]
) -> None:
    scores, ratings = halves
    alone = interval(spearman, scores, ratings, [str(place) for place in range(80)])
    order = np.argsort(scores - ratings)  # people whose answers are all missed in the same direction
    together = interval(spearman, scores[order], ratings[order], [str(place // 10) for place in range(80)])
    assert alone is not None
    assert together is not None
    assert alone.low < alone.value < alone.high
    assert alone.value == pytest.approx(together.value)
    assert alone.n == together.n == 80
    assert together.high - together.low > 1.2 * (alone.high - alone.low)


def test_draws_without_a_number_do_not_count() -> None:
    # Half of the draws of two clusters are one of them twice, in which nothing varies.
    found = interval(spearman, np.array([1.0, 2.0]), np.array([1.0, 2.0]), ["a", "b"])
    assert found is not None
    assert (found.value, found.low, found.high) == (1.0, 1.0, 1.0)


def test_a_mean_has_the_interval_that_a_mean_has() -> None:
    values = np.array([0.0, 0.0, 1.0, 1.0])
    found = resampled(lambda counts: counts @ values / counts.sum(axis=1), ["a", "a", "b", "b"])
    assert found is not None
    assert (found.value, found.low, found.high) == (0.5, 0.0, 1.0)
