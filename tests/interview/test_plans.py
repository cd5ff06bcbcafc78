import re
from pathlib import Path

import pytest

from coach.errors import UsageError
from coach.interview.plans import PLANS, Plan, load_plans, plan_named
from coach.interview.questions import PRINCIPLES, load_questions
from coach.settings import DATA

WHOLE = """
id: short
title: Short
purpose: To see.
rounds:
  - title: One
    minutes: 10
    interviewer: engineer
    segments:
      - {kind: technical, questions: 1}
"""


def shape(plan: Plan) -> list[tuple[int, list[tuple[str, int]]]]:
    return [(one.minutes, [(part.kind, part.count) for part in one.segments]) for one in plan.rounds]


def test_there_is_a_plan_for_each_part_of_the_way() -> None:
    assert set(load_plans()) == {
        "recruiter-call", "phone-screen", "full-loop", "single-round", "quick-drill", "work-simulation",
    }  # fmt: skip


def test_the_loop_has_four_rounds_of_55_minutes_and_covers_every_principle() -> None:
    loop = load_plans()["full-loop"]
    assert [one.minutes for one in loop.rounds] == [55] * 4
    kinds = [{part.kind for part in one.segments} for one in loop.rounds]
    assert all("behavioral" in found for found in kinds)
    assert sum("system_design" in found for found in kinds) == 1
    assert sum("coding" in found for found in kinds) == 2
    assert sum("bar raiser" in one.interviewer for one in loop.rounds) == 1
    assert sorted(loop.principles) == sorted(PRINCIPLES)
    assert len({name for one in loop.rounds for name in one.principles}) == sum(
        len(one.principles) for one in loop.rounds
    )


def test_the_other_plans_are_as_long_as_they_say() -> None:
    plans = load_plans()
    assert plans["recruiter-call"].minutes == 30
    assert plans["phone-screen"].minutes == 60
    assert {"behavioral", "technical", "coding"} <= {p.kind for p in plans["phone-screen"].rounds[0].segments}
    assert plans["single-round"].minutes == 55
    assert plans["quick-drill"].one_principle
    assert shape(plans["quick-drill"]) == [(20, [("behavioral", 3)])]
    assert [plan.minutes for plan in plans.values()] == sorted(plan.minutes for plan in plans.values())


def test_the_simulation_has_a_peer_a_manager_and_a_stakeholder_who_want_decisions() -> None:
    scenes = load_plans()["work-simulation"].rounds[0].segments[0].scenes
    speakers = {scene.speaker.partition(",")[0] for scene in scenes}
    assert speakers == {"Priya", "Daniel", "Marta"}
    for scene in scenes:
        assert scene.question.startswith(f"{scene.speaker}: “{scene.says}”")
        assert scene.question.endswith(scene.decision)
        assert scene.facts
        assert not [point for point in scene.key_points if point in scene.question]


def test_the_bank_has_enough_for_every_segment() -> None:
    bank = load_questions(DATA / "corpus" / "questions").questions
    for plan in load_plans().values():
        for one in plan.rounds:
            for part in one.segments:
                fitting = [
                    question
                    for question in bank
                    if question.kind == part.kind
                    and (part.kind != "behavioral" or question.principle in (one.principles or PRINCIPLES))
                ]
                assert part.scenes or len(fitting) >= 2 * part.count


@pytest.mark.parametrize("name", ["full-loop", "Full Loop", "full_loop", " full  loop "])
def test_a_plan_is_found_in_any_spelling(name: str) -> None:
    assert plan_named(name).id == "full-loop"


@pytest.mark.parametrize(("name", "hint"), [("full-lop", "did you mean full-loop"), ("xyz", "choose from")])
def test_an_unknown_plan_names_those_there_are(name: str, hint: str) -> None:
    with pytest.raises(UsageError, match=hint) as caught:
        plan_named(name)
    assert all(plan in str(caught.value) for plan in load_plans())


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("minutes: 10", "minutes: 0", "rounds.0.minutes"),
        ("kind: technical", "kind: magic", "rounds.0.segments.0.kind"),
        ("questions: 1", "questions: 0", "either a number of questions or scenes"),
        ("questions: 1", "questions: 1, principles: [Dive Deep]", "only a behavioral segment"),
        ("kind: technical", "kind: behavioral, topic: trees", "principles and no topic"),
        ("minutes: 10", "minutes: 10\n    principles: [Sloth]", "exact name of a principle"),
        ("title: Short", "title: Short\ncolour: red", "colour"),
        ("id: short", "id: long", "not the name of the file"),
        ("id: short", "id: [", "can't be read as YAML"),
        (WHOLE, "- 1", "the plan"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(tmp_path: Path, old: str, new: str, words: str) -> None:
    (tmp_path / "short.yaml").write_text(WHOLE.replace(old, new), encoding="utf-8")
    with pytest.raises(UsageError, match=words) as caught:
        load_plans(tmp_path)
    assert "short.yaml" in str(caught.value)


def test_a_folder_without_plans(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no plans"):
        load_plans(tmp_path)


def test_the_plans_are_part_of_the_corpus() -> None:
    assert PLANS == DATA / "corpus" / "plans"


def test_the_plan_of_the_documentation_can_be_held(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "interviews.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.+?)```", page, re.DOTALL)
    (tmp_path / "two-rounds.yaml").write_text(example, encoding="utf-8")
    plan = plan_named("two-rounds", load_plans(tmp_path))
    assert shape(plan) == [(45, [("behavioral", 3)]), (55, [("behavioral", 1), ("system_design", 1)])]
