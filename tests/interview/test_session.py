from itertools import pairwise

import pytest

from coach.errors import UsageError
from coach.feedback.feedback import Asked, Feedback
from coach.feedback.followup import SoFar
from coach.interview.debrief.making import debrief
from coach.interview.events import (
    Answered,
    AskedQuestion,
    Assessed,
    Closed,
    Event,
    FollowedUp,
    Skipped,
    Started,
)
from coach.interview.fold import apply, fold
from coach.interview.session import MAX_DEPTH, InterviewState, asked_of, so_far, told

from .fakes import feedback_on

FEEDBACK = feedback_on(Asked(question="Why?"), "Because.")
STARTED = Started(kind=None, principle=None, level=None, seed=1)
ANSWERED = Answered(answer="Because.")
FOLLOWED = FollowedUp(question="By how much?", criterion="measured", sentences=(0,))


def asked(number: int = 1, kind: str = "behavioral") -> AskedQuestion:
    return AskedQuestion.model_validate(
        {
            "question_id": f"q-{number:02}",
            "question": f"Question {number}?",
            "kind": kind,
            "principle": "Dive Deep",
            "topic": None,
            "key_points": ("one", "two"),
        }
    )


def assessed(turn: int = 0, *, complete: bool = True, feedback: Feedback = FEEDBACK) -> Assessed:
    return Assessed(turn=turn, feedback=feedback, complete=complete)


WHOLE: list[Event] = [
    STARTED,
    asked(1),
    ANSWERED,
    assessed(0, complete=False),
    assessed(0),
    FOLLOWED,
    ANSWERED,
    assessed(1),
    asked(2),
    Skipped(),
    asked(3),
    Closed(reason="enough"),
]


def test_the_state_holds_all_that_happened() -> None:
    state = fold("i", WHOLE)
    first, follow_up, skipped, unanswered = state.turns
    assert (first.question_id, first.answer, first.feedback, first.complete) == (
        "q-01",
        "Because.",
        FEEDBACK,
        True,
    )
    assert (follow_up.question_id, follow_up.follow_up_depth, follow_up.aims_at) == (None, 1, "measured")
    assert (follow_up.kind, follow_up.principle) == (first.kind, first.principle)
    assert skipped.skipped
    assert skipped.answer is None
    assert unanswered.waiting
    assert state.closed
    assert state.closed_because == "enough"
    assert state.current is None
    assert state.answered == 2
    assert state.overall == 3.0


@pytest.mark.parametrize("cut", range(1, len(WHOLE)))
def test_folding_in_two_parts_gives_the_same(cut: int) -> None:
    state = fold("i", WHOLE[:cut])
    for event in WHOLE[cut:]:
        state = apply(state, event)
    assert state == fold("i", WHOLE)


def test_a_later_event_leaves_the_earlier_state_as_it_was() -> None:
    states = [fold("i", WHOLE[:end]) for end in range(1, len(WHOLE) + 1)]
    copies = [state.model_dump() for state in states]
    for state, event in zip(states, WHOLE[1:], strict=False):
        apply(state, event)
    assert [state.model_dump() for state in states] == copies
    assert all(before != after for before, after in pairwise(states))


ASKED_STATE = [STARTED, asked()]
ANSWERED_STATE = [*ASKED_STATE, ANSWERED]
SKIPPED_STATE = [*ASKED_STATE, Skipped()]
CLOSED_STATE = [*ANSWERED_STATE, Closed()]


@pytest.mark.parametrize(
    ("before", "event", "words"),
    [
        ([], ANSWERED, "not started"),
        ([], asked(), "not started"),
        ([STARTED], STARTED, "already started"),
        ([STARTED], ANSWERED, "No question is waiting"),
        ([STARTED], Skipped(), "No question is waiting"),
        ([STARTED], FOLLOWED, "no answer to follow up"),
        ([STARTED], assessed(), "no answer to assess"),
        (ASKED_STATE, asked(2), "waiting for an answer"),
        (ASKED_STATE, FOLLOWED, "waiting for an answer"),
        (ASKED_STATE, assessed(), "no answer to assess"),
        (ASKED_STATE, STARTED, "already started"),
        (ANSWERED_STATE, ANSWERED, "already been answered"),
        (ANSWERED_STATE, Skipped(), "already been answered"),
        (ANSWERED_STATE, assessed(1), "no answer to assess"),
        (ANSWERED_STATE, assessed(-1), "no answer to assess"),
        (ANSWERED_STATE, asked(1), "asked before"),
        (SKIPPED_STATE, ANSWERED, "No question is waiting"),
        (SKIPPED_STATE, Skipped(), "No question is waiting"),
        (SKIPPED_STATE, FOLLOWED, "no answer to follow up"),
        (SKIPPED_STATE, assessed(), "no answer to assess"),
        ([*ANSWERED_STATE, *[FOLLOWED, ANSWERED] * MAX_DEPTH], FOLLOWED, "3 times"),
        *[
            (CLOSED_STATE, event, "is closed")
            for event in (ANSWERED, asked(2), FOLLOWED, Skipped(), Closed())
        ],
        ([*ASKED_STATE, Closed()], ANSWERED, "is closed"),
        ([*ASKED_STATE, Closed()], assessed(), "no answer to assess"),
    ],
)
def test_what_is_not_possible_is_refused_in_one_line(before: list[Event], event: Event, words: str) -> None:
    with pytest.raises(UsageError, match=words) as caught:
        fold("i", [*before, event])
    assert "\n" not in str(caught.value)
    assert "Because" not in str(caught.value)


def test_no_events_are_no_interview() -> None:
    with pytest.raises(UsageError, match="not started"):
        fold("i", [])


def test_feedback_on_an_earlier_answer_may_end_after_the_interview_went_on_or_closed() -> None:
    for rest in ([asked(2)], [Closed()]):
        state = fold("i", [*ANSWERED_STATE, *rest, assessed(0)])
        assert state.turns[0].feedback == FEEDBACK


def test_feedback_that_was_broken_off_takes_nothing_from_a_complete_one() -> None:
    poorer = FEEDBACK.model_copy(update={"follow_ups": ()})
    state = fold("i", [*ANSWERED_STATE, assessed(0), assessed(0, complete=False, feedback=poorer)])
    assert state.turns[0].feedback == FEEDBACK
    assert state.turns[0].complete


def test_the_mean_is_of_the_stories_as_finally_told_without_those_that_have_no_grade() -> None:
    better = FEEDBACK.model_copy(update={"overall": 4.0})
    none = Feedback(question="?", kind="behavioral", graded=False, why_not="too short")
    state = fold(
        "i",
        [
            *ANSWERED_STATE,
            assessed(0),
            FOLLOWED,
            ANSWERED,
            assessed(1, feedback=better),
            asked(2),
            ANSWERED,
            assessed(2, feedback=none),
            FollowedUp(question="And then?", criterion="result", sentences=(0,)),
            ANSWERED,
            assessed(3, feedback=none),
            asked(3),
            ANSWERED,
            assessed(4),
        ],
    )
    assert state.overall == 3.5
    weighed = debrief(state).inclination
    assert weighed.score == state.overall
    assert fold("i", ASKED_STATE).overall is None


def test_a_question_is_judged_as_it_was_asked() -> None:
    state = fold("i", ASKED_STATE)
    assert asked_of(state, 0) == Asked(
        question="Question 1?", kind="behavioral", principle="Dive Deep", key_points=("one", "two")
    )


def test_an_answer_to_a_follow_up_is_judged_as_part_of_the_story() -> None:
    begin = [STARTED, asked(5), Skipped(), asked(1, "technical"), ANSWERED, assessed(1), FOLLOWED]
    state = fold("i", [*begin, Answered(answer="By a third.")])
    assert asked_of(state, 1).given == ()
    assert asked_of(state, 2) == asked_of(state, 1).model_copy(update={"given": ("measured",), "messages": 2})
    assert told(state, 1) == ANSWERED.answer
    assert told(state, 2) == f"{ANSWERED.answer}\n\nBy a third."


def test_what_is_new_of_a_story_begins_with_the_answer_to_its_follow_up() -> None:
    begin = [STARTED, asked(1), ANSWERED, assessed(0)]
    assert so_far(fold("i", begin), 0) == SoFar(questions=(asked(1).question,))
    state = fold("i", [*begin, FOLLOWED, Answered(answer="By a third.")])
    found = so_far(state, 1)
    assert found.questions == (asked(1).question, FOLLOWED.question)
    assert found.aims == ("measured",)
    assert told(state, 1)[found.fresh_from :] == "By a third."


def test_a_recruiters_question_is_judged_by_its_key_points() -> None:
    assert asked_of(fold("i", [STARTED, asked(1, "recruiter")]), 0).kind == "case"


def test_the_state_survives_json() -> None:
    state = fold("i", WHOLE)
    assert InterviewState.model_validate_json(state.model_dump_json()) == state
