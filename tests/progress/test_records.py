from coach.progress.records import MEASURES, narrowed, records, ungraded

from .builders import interview


def test_graded_answers_before_any_follow_up_are_practice_oldest_first() -> None:
    found = records([interview("late", day=3), interview("early", day=2)])
    assert [(one.interview_id, one.turn) for one in found] == [
        ("early", 0), ("early", 3), ("late", 0), ("late", 3),
    ]  # fmt: skip
    first, second = found[:2]
    assert first.values == {
        "overall": 2.0, "action": 1.5, "ownership": 1.0, "measured": 1.0, "hypothetical": 0.0,
    }  # fmt: skip
    assert (first.kind, first.principle, first.subject) == ("behavioral", "Dive Deep", "Dive Deep")
    assert first.interval == (1.0, 5.0)
    assert second.values == {"overall": 4.0, "key_points": 0.375}
    assert (second.kind, second.topic, second.subject) == ("technical", "trees", "trees")


def test_every_value_has_a_measure() -> None:
    assert all(set(one.values) <= set(MEASURES) for one in records([interview()]))


def test_what_was_not_graded_is_counted_apart() -> None:
    assert ungraded([interview(), interview()]) == 2
    assert records([]) == ()


def test_records_can_be_narrowed() -> None:
    found = records([interview()])
    assert [one.kind for one in narrowed(found, kind="technical")] == ["technical"]
    assert [one.turn for one in narrowed(found, principle="Dive Deep")] == [0]
    assert narrowed(found) == found
