from datetime import timedelta

from coach.interview.questions import PRINCIPLES
from coach.progress.skills import misses_points, skills, weak_criteria

from .builders import TODAY, record, row


def test_every_principle_and_every_other_kind_is_a_skill() -> None:
    found = skills([])
    assert [skill.principle for skill in found if skill.kind == "behavioral"] == list(PRINCIPLES)
    assert {skill.name for skill in found if skill.principle is None} == {
        "technical", "system design", "coding", "case",
    }  # fmt: skip
    assert all(skill.level is None and skill.due() < TODAY for skill in found)
    assert {skill.kind for skill in skills([], kinds=("coding",))} == {"coding"}


def test_what_goes_well_comes_again_ever_later_and_what_does_not_the_next_day() -> None:
    expected = {(4.0,): 2, (4.0, 4.0): 4, (4.0,) * 9: 16, (4.0, 4.0, 2.0): 1, (2.0, 4.0): 2}
    for scores, days in expected.items():
        skill = next(one for one in skills(row(list(scores))) if one.principle == "Dive Deep")
        assert skill.last == TODAY - timedelta(days=1)
        assert skill.due() == skill.last + timedelta(days=days)
        assert skill.due(longest=1) == TODAY


def test_a_skill_is_as_good_as_its_last_answers() -> None:
    skill = next(one for one in skills(row([1.0, 4.0, 4.0, 4.0])) if one.principle == "Dive Deep")
    assert (skill.level, skill.weak) == (4.0, False)
    skill = next(one for one in skills(row([2.0])) if one.principle == "Dive Deep")
    assert skill.weak


def test_criteria_are_weak_by_their_last_values_the_weakest_first() -> None:
    practised = [
        record(3.0, action=1.8, result=0.2, measured=0.0, hypothetical=1.0, task=1.0) for _ in range(3)
    ]
    assert weak_criteria(practised) == ("measured", "hypothetical", "result", "task")
    better = practised + [record(3.0, result=2.0) for _ in range(5)]
    assert "result" not in weak_criteria(better)
    assert weak_criteria([]) == ()


def test_missed_key_points_are_of_one_kind() -> None:
    practised = [record(3.0, "technical", "trees", key_points=0.25), record(3.0, "case", "x", key_points=0.9)]
    assert misses_points(practised, "technical")
    assert not misses_points(practised, "case")
    assert not misses_points(practised, "coding")
