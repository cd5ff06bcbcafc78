from collections.abc import Callable, Iterator

import pytest
from pydantic import BaseModel

from coach.errors import UsageError
from coach.interview.debrief.making import debrief
from coach.interview.debrief.model import Code, Debrief, Line, Moment
from coach.interview.session import InterviewState

from .builders import GREAT, STORIES, Script, assessed, loop, pointed, refused
from .candidates import ALL, TREES, astray, half, one_story, silent, strong, thin, we_only


def line(lines: tuple[Line, ...], name: str) -> Line:
    return next(one for one in lines if one.name == name)


def moments(part: object) -> Iterator[Moment]:
    """Every moment anywhere in a debrief."""
    if isinstance(part, Moment):
        yield part
    elif isinstance(part, BaseModel):
        for _, value in part:
            yield from moments(value)
    elif isinstance(part, tuple):
        for value in part:
            yield from moments(value)


@pytest.mark.parametrize("candidate", ALL)
def test_every_quote_is_verbatim_and_the_json_comes_back(candidate: Callable[[], InterviewState]) -> None:
    state = candidate()
    for number in (None, *(one.number for one in state.rounds)):
        made = debrief(state, number)
        assert Debrief.model_validate_json(made.model_dump_json()) == made
        assert made == debrief(state, number)
        for one in moments(made):
            turn = state.turns[one.turn]
            said = turn.answer if one.aside is None else turn.asides[one.aside].said
            assert said is not None
            assert one.quote
            assert said[one.start : one.end] == one.quote
            assert one.question == turn.question


@pytest.mark.parametrize("candidate", ALL)
def test_there_are_three_things_to_work_on_each_with_an_exercise(
    candidate: Callable[[], InterviewState],
) -> None:
    items = debrief(candidate()).work_on
    assert len(items) == 3
    assert len({one.title for one in items}) == 3
    for one in items:
        assert one.exercise.text
        assert one.exercise.kind


def test_who_is_strong_is_inclined_to_and_principles_with_one_story_stay_open() -> None:
    made = debrief(strong())
    assert made.inclination.lean == "inclined"
    assert made.inclination.sure == "very sure"
    assert made.inclination.changes
    for one in made.principles:
        assert (one.verdict, one.leans, one.answers) == ("not enough evidence", "strong", 1)
        assert one.sure is None
    assert line(made.criteria, "action").verdict == "strong"
    assert {one.counts for one in moments(made)} == {"for"}
    assert all("second story" in one.title or one.exercise.kind == "technical" for one in made.work_on)


def test_who_is_thin_is_not_and_hears_what_to_do_first() -> None:
    made = debrief(thin())
    assert made.inclination.lean == "not inclined"
    assert line(made.criteria, "result").verdict == "below"
    assert line(made.criteria, "ownership").verdict == "meets"
    first = made.work_on[0]
    assert first.exercise.criterion == "result"
    assert first.exercise.question in {turn.question for turn in thin().turns}
    assert first.moments
    assert first.moments[0].why == "the story stops here: what came of it is not told"
    known = line(made.kinds, "technical")
    assert [point.verdict for point in known.points] == ["miss", "wrong"] * 2
    assert any(moment.why.startswith("not right") for moment in known.moments)


def test_who_says_we_is_below_in_ownership_alone() -> None:
    made = debrief(we_only())
    assert made.inclination.lean == "not inclined"
    assert [one.name for one in made.criteria if one.verdict == "below"] == ["ownership"]
    assert made.work_on[0].exercise.criterion == "ownership"
    assert "We " in made.work_on[0].moments[0].quote or "we " in made.work_on[0].moments[0].quote
    assert any(one.name == "ownership" for one in made.inclination.changes)


def test_who_is_off_the_topic_is_below_in_relevance() -> None:
    made = debrief(astray())
    assert line(made.criteria, "relevance").verdict == "below"
    assert line(made.criteria, "action").verdict == "strong"
    assert made.work_on[0].exercise.criterion == "relevance"


def test_one_great_story_for_everything_counts_once() -> None:
    made = debrief(one_story())
    assert made.inclination.lean == "not enough evidence"
    assert made.inclination.leans == "inclined"
    assert [one.turns for one in made.reused] == [(0, 1, 4, 5)]
    assert line(made.criteria, "action").answers == 1
    assert made.work_on[0].title == "Have more than one story"
    assert made.inclination.changes[0].sort == "stories"
    assert made.bar_raiser is not None
    assert made.bar_raiser.inclination.lean == "not enough evidence"


def test_who_is_silent_shows_nothing_and_is_told_so() -> None:
    made = debrief(silent())
    assert made.inclination.lean == "not enough evidence"
    assert made.tally.model_dump(include={"passed", "timed_out", "skipped", "left", "answered"}) == {
        "passed": 1,
        "timed_out": 1,
        "skipped": 1,
        "left": 1,
        "answered": 0,
    }
    assert line(made.principles, "Ownership").leans == "below"
    assert line(made.principles, "Dive Deep").leans is None
    assert any("passed (Ownership)" in one for one in made.inclination.reasons)
    assert any("no evidence either way" in one for one in made.inclination.reasons)


def test_half_a_loop_has_a_view_of_its_round_and_none_of_the_whole() -> None:
    state = half()
    made = debrief(state)
    assert made.inclination.lean == "not enough evidence"
    assert {one.name for one in made.inclination.changes if one.sort == "round"} == {
        "Knowledge",
        "Bar raiser",
    }
    assert "2 of 3 rounds were begun." in made.notes
    assert debrief(state, 0).inclination.lean == "inclined"
    assert [one.inclination.lean for one in made.rounds] == ["inclined", "not enough evidence"]
    assert line(made.principles, "Earn Trust").text == "Nothing was asked about it."


def test_two_stories_decide_about_a_principle() -> None:
    state = Script().story("Ownership", 0).story("Ownership", 1).state()
    one = line(debrief(state).principles, "Ownership")
    assert (one.verdict, one.answers) == ("strong", 2)
    assert one.sure
    told_again = Script().story("Ownership", 0).story("Ownership", 0).state()
    assert line(debrief(told_again).principles, "Ownership").verdict == "not enough evidence"


def test_to_have_nothing_to_tell_counts_as_a_story_that_was_not_there() -> None:
    one = line(
        debrief(Script().story("Ownership", 0).asked("Ownership").passed().state()).principles, "Ownership"
    )
    assert one.answers == 2
    assert one.score == 2.75
    assert "I don't know." in [moment.quote for moment in one.moments]


def test_without_a_plan_there_is_a_debrief_too() -> None:
    script = Script().story("Ownership", 0).story("Dive Deep", 1)
    assert debrief(script.state()).inclination.lean == "not enough evidence"
    made = debrief(script.story("Earn Trust", 2).closed().state())
    assert made.title == "Mock interview"
    assert made.inclination.lean == "inclined"
    assert made.bar_raiser is None
    assert made.rounds == ()


def test_an_interview_without_an_answer() -> None:
    made = debrief(Script().asked("Ownership").state())
    assert made.inclination.lean == "not enough evidence"
    assert made.inclination.score is None
    assert made.work_on


def test_the_last_feedback_of_a_thread_counts_and_quotes_come_from_where_they_were_said() -> None:
    more = "The rate of complaints fell by 40% in May."
    state = Script().story("Ownership", 0).followed_up(more, f"{STORIES[0]}\n\n{more}", GREAT).state()
    made = debrief(state)
    assert line(made.principles, "Ownership").answers == 1
    assert made.tally.follow_ups == 1
    found = [one for one in moments(made) if one.turn == 1]
    assert found
    assert found[0].quote == more
    assert found[0].question == "By how much?"


def test_what_could_not_be_judged_is_no_evidence() -> None:
    made = debrief(Script().asked("Ownership").told("Gut, danke.", refused("another language")).state())
    assert made.tally.not_graded == 1
    assert "another language" in line(made.principles, "Ownership").text
    assert any("another language" in one for one in made.inclination.reasons)
    assert made.work_on[0].title == "Answer so that it can be judged"


def test_an_answer_without_assessment_is_waited_for() -> None:
    made = debrief(Script().asked("Ownership").told("A story.", None).state())
    assert made.tally.not_assessed == 1
    assert any("not been assessed yet" in one for one in made.notes)


def test_stages_that_were_never_raised_and_code_that_was_run() -> None:
    design = "The requirements are clear. I put a queue, a cache and a database behind an api."
    state = (
        Script()
        .asked("a feed", "system_design")
        .told(design, pointed(design, 3.2, ("hit", "miss"), "system_design"))
        .asked("heaps", "coding")
        .told(TREES, pointed(TREES, 3.0, ("hit", "miss"), "coding"))
        .state()
    )
    made = debrief(state, code=(Code(turn=1, passed=7, cases=9, text="Fails on an empty list."),))
    found = line(made.kinds, "system_design")
    assert found.verdict == "not enough evidence"
    assert {"estimates", "failure"} <= set(found.never_raised[0].stages)
    assert "requirements" not in found.never_raised[0].stages
    assert "Never raised for a feed" in found.text
    assert "passed 7 of 9 cases" in line(made.kinds, "coding").text


def test_the_bar_raiser_weighs_principles_across_rounds() -> None:
    script = Script(loop()).round(0)
    script.story("Ownership", 0, near=("Earn Trust",)).story("Dive Deep", 1).over(0).round(1)
    script.asked("trees", "technical").told(TREES, pointed(TREES, 4.4, ("hit", "hit"))).over(1).round(2)
    made = debrief(script.story("Earn Trust", 2).asked("Deliver Results").passed().over(2).closed().state())
    view = made.bar_raiser
    assert view is not None
    assert view.round == 2
    trust = next(one for one in view.principles if one.principle == "Earn Trust")
    assert (trust.asked_in, trust.near_in) == ((2,), (0,))
    assert "weakest Deliver Results (1.0)" in view.text
    assert "The rounds differ" in view.text
    assert [one.bar_raiser for one in made.rounds] == [False, False, True]


def test_a_round_that_has_not_begun_has_no_debrief() -> None:
    with pytest.raises(UsageError, match="no such round"):
        debrief(Script(loop()).round(0).state(), 1)


def test_what_says_nothing_at_all_of_the_criteria_has_no_line() -> None:
    feedback = assessed(STORIES[0], GREAT).model_copy(update={"reflection": None})
    made = debrief(Script().asked("Ownership").told(STORIES[0], feedback).state())
    assert "reflection" not in {one.name for one in made.criteria}
