import numpy as np
import pytest

from coach.evals.agreement import agreement, f1


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
