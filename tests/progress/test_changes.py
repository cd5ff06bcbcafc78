import pytest

from coach.progress.changes import ENOUGH_TO_TELL, by_kind, by_principle, change, changes

from .builders import record, row


@pytest.mark.parametrize("count", [0, 1, 3])
def test_below_four_answers_it_is_not_enough_yet(count: int) -> None:
    found = change(row([1.0, 3.0, 5.0][:count]), "overall")
    assert (found.verdict, found.answers, found.needed) == ("not enough yet", count, 4 - count)
    assert found.before is found.after is found.chance is found.difference is None


def test_a_steady_rise_is_an_improvement() -> None:
    found = change(row([1.0, 1.5, 2.0, 2.0, 3.0, 3.5, 4.0, 4.0]), "overall")
    assert found.verdict == "improved"
    assert found.before == pytest.approx(1.625)
    assert found.after == pytest.approx(3.625)
    assert found.difference == pytest.approx(2.0)
    assert found.chance == pytest.approx(1 / 16)
    assert found.low is not None
    assert found.high is not None
    assert found.low <= 2.0 <= found.high


def test_a_fall_is_worse() -> None:
    found = change(row([4.0] * 5 + [2.0] * 5), "overall")
    assert (found.verdict, found.chance) == ("worse", pytest.approx(1 / 32))


@pytest.mark.parametrize(
    "scores", [[3.0] * 12, [1.0, 5.0] * 6, [2.0, 2.0, 4.0, 4.0], [5.0, 1.0, 2.0, 4.0, 3.0]]
)
def test_what_may_be_chance_is_no_clear_change(scores: list[float]) -> None:
    assert change(row(scores), "overall").verdict == "no clear change"


def test_eight_answers_are_the_fewest_that_can_tell() -> None:
    for count in range(4, 12):
        scores = [1.0] * (count // 2) + [5.0] * (count - count // 2)
        told = change(row(scores), "overall").verdict == "improved"
        assert told == (count >= ENOUGH_TO_TELL)


def test_fewer_hypothetical_answers_are_an_improvement() -> None:
    practised = [record(3.0, hypothetical=value) for value in [1.0] * 5 + [0.0] * 5]
    assert change(practised, "hypothetical").verdict == "improved"


def test_kinds_are_not_compared_with_each_other() -> None:
    """Easy technical questions first, hard behavioral ones then: nothing has changed."""
    practised = row([5.0] * 6, kind="technical", subject="trees") + row([2.0] * 6)
    assert change(practised, "overall").verdict == "no clear change"
    assert change(practised, "overall").difference == 0


def test_many_answers_are_told_the_same_each_time() -> None:
    practised = row([2.0 + place * 0.02 for place in range(60)])
    assert change(practised, "overall") == change(practised, "overall")
    assert change(practised, "overall").verdict == "improved"


def test_each_measure_kind_and_principle_is_told_apart() -> None:
    practised = row([1.0] * 4 + [4.0] * 4) + row([3.0] * 2, subject="Ownership")
    practised += row([3.0] * 8, kind="technical", subject="trees")
    assert [one.measure for one in changes(practised)] == ["overall"]
    assert by_kind(practised)["technical"].verdict == "no clear change"
    assert by_principle(practised)["Dive Deep"].verdict == "improved"
    assert by_principle(practised)["Ownership"].verdict == "not enough yet"
    assert set(by_principle(practised)) == {"Dive Deep", "Ownership"}
