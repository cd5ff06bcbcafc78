import pytest

from coach.progress.trends import WINDOW, trend, trends

from .builders import record, row


def test_the_overall_score_has_its_own_interval_and_the_level_that_of_repeated_practice() -> None:
    found = trend(row([2.0, 3.0, 4.0]), "overall")
    assert (found.lowest, found.highest) == (1.0, 5.0)
    assert [one.value for one in found.points] == [2.0, 3.0, 4.0]
    assert found.points[0].interval == (1.5, 2.5)
    assert found.points[0].spread is None
    assert found.points[2].level == pytest.approx(3.0)
    # Student's t for two degrees of freedom: 1.886 times 1 over the root of 3.
    assert found.points[2].spread == pytest.approx((3 - 1.0889, 3 + 1.0889), abs=1e-3)


def test_components_have_no_interval_of_their_own() -> None:
    found = trend([record(3.0, action=1.0), record(3.0, action=2.0)], "action")
    assert [one.interval for one in found.points] == [None, None]
    assert found.points[1].spread == (0.0, 2.0)  # kept within the range


def test_the_same_again_and_again_is_sure() -> None:
    assert trend(row([3.0] * 4), "overall").points[-1].spread == (3.0, 3.0)


def test_the_level_forgets_old_answers() -> None:
    assert trend(row([1.0] * 9 + [4.0] * WINDOW), "overall").points[-1].level == 4.0


def test_only_what_was_rated_has_a_trend() -> None:
    found = trends([record(3.0, action=1.0), record(2.0)])
    assert [one.measure for one in found] == ["overall", "action"]
    assert [len(one.points) for one in found] == [2, 1]
    assert trends([]) == ()
