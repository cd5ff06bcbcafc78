import numpy as np

from coach.evals.ridge import held_out, ridge


def line(rows: int) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    values = np.random.default_rng(3).normal(size=(rows, 2)).astype(np.float32)
    return values, (1.0 + 2.0 * values[:, 0] - 0.5 * values[:, 1]).astype(np.float32)


def test_finds_the_line_that_the_targets_lie_on() -> None:
    values, targets = line(2000)
    coefficients, bias = ridge(values, targets, np.ones(2000, dtype=np.float32))
    assert np.allclose(coefficients, [2.0, -0.5], atol=0.01)
    assert abs(bias - 1.0) < 0.01


def test_a_row_without_weight_counts_for_nothing() -> None:
    values, targets = line(200)
    spoiled = np.concatenate([targets, np.full(50, 99.0, dtype=np.float32)])
    weights = np.concatenate([np.ones(200), np.zeros(50)]).astype(np.float32)
    both = np.concatenate([values, values[:50]])
    clean, _ = ridge(values, targets, np.ones(200, dtype=np.float32))
    assert np.allclose(ridge(both, spoiled, weights)[0], clean, atol=1e-4)


def test_no_row_is_predicted_by_a_fit_that_saw_its_group() -> None:
    values, targets = line(100)
    groups = [f"g{i // 20}" for i in range(100)]
    weights = np.ones(100, dtype=np.float32)
    before = held_out(values, targets, weights, groups)
    moved = targets.copy()
    moved[:20] += 50
    assert np.allclose(held_out(values, moved, weights, groups)[:20], before[:20])
    assert not np.allclose(held_out(values, moved, weights, groups)[20:], before[20:])
