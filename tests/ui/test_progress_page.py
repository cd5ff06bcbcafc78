"""The progress page without a browser: what it says of practice that is stored, and what it plans."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from keeping import NOON, KeepingCoach, named, shown
from test_render import EVIL, Tags

from coach.progress.changes import Change
from coach.progress.records import records
from coach.progress.schedule import Exercise, Schedule
from coach.progress.trends import trends
from coach.progress.wishes import Wishes
from coach.ui import render_progress
from coach.ui.progress_flow import Flow, Parts, begin_next, next_exercise
from coach.ui.words import ANY

TODAY = date(2026, 3, 10)


@pytest.fixture
def coach(tmp_path: Path) -> KeepingCoach:
    return KeepingCoach(tmp_path)


@pytest.fixture
def flow(coach: KeepingCoach) -> Flow:
    return Flow(coach, named(Parts))  # type: ignore[arg-type]


def exercise(principle: str | None = "Dive Deep", **more: object) -> Exercise:
    given = {
        "day": TODAY,
        "kind": "behavioral",
        "principle": principle,
        "criterion": "measured",
        "question_id": "q",
        "question": EVIL,
        "why": "weak",
        "level": 2.4,
        **more,
    }
    return Exercise(**given)  # type: ignore[arg-type]


def test_no_text_becomes_markup() -> None:
    plan = Schedule(((TODAY, (exercise(EVIL),)), (TODAY + timedelta(1), (exercise(EVIL),))), None)
    change = Change("overall", "improved", 8, 2.0, 3.0, 0.5, 1.5, 0.01)
    for markup in (
        render_progress.today(plan, 0),
        render_progress.ahead(plan),
        render_progress.grouped("By principle", {EVIL: change}),
    ):
        found = Tags(markup)
        assert not found.seen & {"script", "img"}
        assert "alert(1)" in found.text


def test_today_says_what_to_practise_why_and_what_to_mind() -> None:
    text = Tags(render_progress.today(Schedule(((TODAY, (exercise(),)),), None), 2)).text
    assert "2 questions answered today. 1 to go" in text
    assert "It went badly of late, last 2.4 of 5." in text
    assert "Put a number to the result" in text
    assert render_progress.next_label(exercise()) == "Practise now: Dive Deep"
    assert render_progress.next_label(exercise(None, kind="system_design")) == "Practise now: System design"


def test_a_day_that_is_done_says_so() -> None:
    done = Schedule(((TODAY, ()), (TODAY + timedelta(1), (exercise(),))), None)
    assert "Nothing is left for today" in render_progress.today(done, 3)
    assert "Wednesday 11 March" in render_progress.ahead(done)


@pytest.mark.parametrize(("days", "said"), [(0, "today"), (1, "tomorrow"), (12, "in 12 days")])
def test_how_long_it_is_until_the_interview(days: int, said: str) -> None:
    plan = Schedule((), TODAY + timedelta(days))
    assert f"<b>{said}</b>" in render_progress.when(plan, TODAY)


def test_a_date_that_has_passed_and_none_at_all() -> None:
    assert "has passed" in render_progress.when(Schedule((), TODAY - timedelta(1), past=True), TODAY)
    assert "No date is set" in render_progress.when(Schedule((), None), TODAY)


def test_what_moved_what_did_not_and_what_is_too_little() -> None:
    found = [
        Change("overall", "improved", 9, 2.0, 3.0, 0.5, 1.5, 0.01),
        Change("result", "worse", 9, 1.5, 0.5, -1.5, -0.5, 0.01),
        Change("task", "no clear change", 9, 1.0, 1.0, -0.1, 0.1, 1.0),
        Change("measured", "not enough yet", 1),
    ]
    text = Tags(render_progress.moved(found, 1)).text
    assert "Improved" in text
    assert "Overall 2.0 → 3.0" in text
    assert "Went down" in text
    assert "Result 1.5 → 0.5" in text
    assert "Numbers given 3 more" in text
    assert "1 answer could not be rated and is in no figure" in text


def test_every_measure_has_its_plot_and_its_numbers(coach: KeepingCoach) -> None:
    coach.held("i", 2.0, 3.0)
    found = trends(records(coach.interviews.list()))
    markup = render_progress.over_time(found)
    assert markup.count("<svg") == len(found)
    assert markup.count("<table") == len(found)
    assert "1.5 to 2.5" in markup
    assert "fewer is better" in markup


def test_without_practice_there_is_a_plan_and_a_word_about_the_rest(flow: Flow) -> None:
    now = flow.reload(ANY, ANY, [])
    assert "Answer a question on the Interview page" in now["empty"]
    assert not shown(now, "compared")
    assert shown(now, "due")
    assert "Dive Deep" in now["today"]


def test_practice_is_compared_by_kind_and_principle(coach: KeepingCoach, flow: Flow) -> None:
    for day, score in enumerate((2.0, 2.1, 2.2, 2.1, 3.6, 3.7, 3.9, 4.0)):
        coach.held(f"i{day}", score, day=day)
    now = flow.reload("technical", "Frugality", [])
    assert now["empty"] == ""
    text = Tags(now["moved"]).text
    assert "Improved" in text
    assert "By principle" in text
    assert "By kind of question" in text
    # A choice that nothing was practised of is let go.
    assert (now["kind"]["value"], now["principle"]["value"]) == (ANY, ANY)
    assert "8 answers" in flow.narrow("behavioral", "Dive Deep")["over_time"]
    assert "No answer of this kind" in flow.narrow("behavioral", "Frugality")["over_time"]


def test_the_date_and_the_amount_are_kept(coach: KeepingCoach, flow: Flow) -> None:
    wishes = Wishes(coach.interviews.store.database)
    day = date.today() + timedelta(10)
    now = flow.save(day.isoformat(), 5, ANY, ANY)
    assert (wishes.interview_date(), wishes.per_day()) == (day, 5)
    assert "in 10 days" in now["when"]
    flow.save("", 5, ANY, ANY)
    assert wishes.interview_date() is None


@pytest.mark.parametrize(
    ("day", "count", "line"),
    [
        ("soon", 3, "no date"),
        ("2020-01-01", 3, "is past"),
        ("", 0, "can&#x27;t be planned"),
        ("", 99, "can&#x27;t be planned"),
        ("", None, "whole number"),
        ("", 2.5, "whole number"),
    ],
)
def test_wishes_that_cannot_be_kept_are_a_line(flow: Flow, day: str, count: float | None, line: str) -> None:
    assert line in flow.save(day, count, ANY, ANY)["problem"]


def test_a_date_that_has_passed_stays_when_only_the_amount_changes(coach: KeepingCoach, flow: Flow) -> None:
    wishes = Wishes(coach.interviews.store.database)
    wishes.set_interview_date(date(2026, 1, 5), today=date(2026, 1, 1))
    now = flow.save("2026-01-05", 4, ANY, ANY)
    assert now["problem"] == ""
    assert wishes.per_day() == 4
    assert not shown(now, "due")


def test_practice_begins_with_what_is_next(coach: KeepingCoach, flow: Flow) -> None:
    wanted = next_exercise(coach)  # type: ignore[arg-type]
    assert wanted is not None
    assert wanted.principle == "Dive Deep"
    state = begin_next(coach)  # type: ignore[arg-type]
    assert (state.kind, state.principle) == ("behavioral", "Dive Deep")
    now = flow.practise()
    assert now["opened"]["id"] in {one.id for one in coach.interviews.list()} - {state.id}


def test_more_practice_than_planned_is_welcome(coach: KeepingCoach) -> None:
    coach.held("i", 4.0, day=(date.today() - NOON.date()).days)
    Wishes(coach.interviews.store.database).set_per_day(1)
    assert next_exercise(coach) is None  # type: ignore[arg-type]
    assert begin_next(coach).current is not None  # type: ignore[arg-type]
