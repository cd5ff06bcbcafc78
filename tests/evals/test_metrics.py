"""Numbers that can be worked out by hand."""

import pytest

from coach.evals.metrics import bootstrap_mean, paired_difference, recall_at, reciprocal_rank


@pytest.mark.parametrize(
    ("rank", "k", "expected"), [(1, 1, 1.0), (2, 1, 0.0), (5, 5, 1.0), (6, 5, 0.0), (None, 10, 0.0)]
)
def test_recall_at_k_asks_whether_the_first_right_result_is_among_k(
    rank: int | None, k: int, expected: float
) -> None:
    assert recall_at(rank, k) == expected


def test_reciprocal_ranks_of_1_3_and_never_have_the_mean_four_ninths() -> None:
    ranks = [reciprocal_rank(rank) for rank in (1, 3, None)]
    assert sum(ranks) / 3 == pytest.approx(4 / 9)


def test_the_interval_of_equal_values_is_the_value() -> None:
    mean = bootstrap_mean([0.25] * 8, list("aabbccdd"))
    assert (mean.value, mean.low, mean.high, mean.n) == (0.25, 0.25, 0.25, 8)


def test_two_clusters_give_the_interval_from_one_to_the_other() -> None:
    # Two draws of two clusters: both the first (1/4), both the second (1/4), one of each (1/2).
    # 2.5% at either end lie well inside those quarters.
    mean = bootstrap_mean([0.0, 0.0, 1.0, 1.0], ["a", "a", "b", "b"])
    assert (mean.value, mean.low, mean.high) == (0.5, 0.0, 1.0)


def test_a_drawn_cluster_counts_with_its_size() -> None:
    # One of each: (3*0 + 1*1)/4; never the mean of the clusters' means, 1/2.
    means = {
        bootstrap_mean([0.0, 0.0, 0.0, 1.0], ["a", "a", "a", "b"], draws=1, seed=seed).low
        for seed in range(40)
    }
    assert means == {0.0, 0.25, 1.0}


def test_values_that_hang_together_give_a_wider_interval_than_independent_ones() -> None:
    values = [0.0] * 10 + [1.0] * 10
    together = bootstrap_mean(values, [f"file {index // 5}" for index in range(20)])
    alone = bootstrap_mean(values, [str(index) for index in range(20)])
    assert together.high - together.low > 1.5 * (alone.high - alone.low)


def test_the_same_values_give_the_same_interval() -> None:
    values, clusters = [0.1, 0.9, 0.4, 0.7], list("abcd")
    assert bootstrap_mean(values, clusters) == bootstrap_mean(values, clusters)


def test_a_paired_difference_cancels_what_is_hard_for_both() -> None:
    old = [0.0, 0.3, 0.6, 0.9]
    new = [one + 0.1 for one in old]
    gain = paired_difference(new, old, list("abcd"))
    assert gain.low == pytest.approx(0.1)
    assert gain.high == pytest.approx(0.1)


def test_pairs_must_match() -> None:
    with pytest.raises(ValueError, match="shorter"):
        paired_difference([1.0, 2.0], [1.0], ["a", "b"])
    with pytest.raises(ValueError, match="1 values and 2"):
        bootstrap_mean([1.0], ["a", "b"])
    with pytest.raises(ValueError, match="0 values"):
        bootstrap_mean([], [])
