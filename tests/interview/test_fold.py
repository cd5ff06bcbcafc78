"""What is possible in an interview with rounds, and what is not. Turns by themselves are in test_session.py."""

import pytest

from coach.errors import UsageError
from coach.interview.events import (
    Answered,
    Asided,
    AskedQuestion,
    Closed,
    Event,
    FollowedUp,
    Resumed,
    RoundBegan,
    RoundEnded,
    Skipped,
    Started,
)
from coach.interview.fold import apply, fold
from coach.interview.plans import Plan

PLAN = Plan.model_validate(
    {
        "id": "p",
        "title": "P",
        "purpose": "q",
        "rounds": [
            {
                "title": str(number),
                "minutes": 5,
                "interviewer": "engineer",
                "segments": [{"kind": "technical", "questions": 2}],
            }
            for number in range(2)
        ],
    }
)
FREE = Started(kind=None, principle=None, level=None, seed=1)
STARTED = FREE.model_copy(update={"plan": PLAN})
FOLLOWED = FollowedUp(question="By how much?", criterion="key_point", sentences=(0,))
ASIDE = Asided(what="repeat", said="Again?", reply="Why?")


def asked(number: int = 1) -> AskedQuestion:
    return AskedQuestion(
        question_id=f"q-{number:02}",
        question="Why?",
        kind="technical",
        principle=None,
        topic="trees",
        key_points=("one",),
        segment=0,
    )


def began(number: int = 0) -> RoundBegan:
    return RoundBegan(round=number)


def ended(number: int = 0) -> RoundEnded:
    return RoundEnded(round=number, why="done")


WHOLE: list[Event] = [
    STARTED,
    began(),
    asked(1),
    ASIDE,
    Resumed(),
    Answered(answer="Because."),
    FOLLOWED,
    Skipped(passed=True),
    ended(),
    began(1),
    asked(2),
    ended(1),
    Closed(reason="done"),
]


def test_turns_belong_to_their_rounds() -> None:
    state = fold("i", WHOLE)
    assert [(turn.round, turn.segment) for turn in state.turns] == [(0, 0), (0, 0), (1, 0)]
    assert [one.why for one in state.rounds] == ["done", "done"]
    assert state.turns[0].asides[0].reply == "Why?"
    assert (state.turns[1].skipped, state.turns[1].passed) == (True, True)
    assert state.turns[2].waiting  # the round was over before it was answered
    assert state.current is None
    assert state.planned is None


@pytest.mark.parametrize("cut", range(1, len(WHOLE)))
def test_folding_in_two_parts_gives_the_same(cut: int) -> None:
    state = fold("i", WHOLE[:cut])
    for event in WHOLE[cut:]:
        state = apply(state, event)
    assert state == fold("i", WHOLE)


@pytest.mark.parametrize(
    ("before", "event", "words"),
    [
        ([FREE], began(), "no such round"),
        ([STARTED], began(1), "no such round"),
        ([STARTED, began(), ended(), began(1), ended(1)], began(2), "no such round"),
        ([STARTED, began()], began(1), "A round is going on"),
        ([STARTED], ended(), "not going on"),
        ([STARTED, began()], ended(1), "not going on"),
        ([STARTED, began(), ended()], ended(), "not going on"),
        ([STARTED], asked(), "No round is going on"),
        ([STARTED, began(), ended()], asked(), "No round is going on"),
        ([STARTED, began(), asked(), ended()], Answered(answer="Late."), "No question is waiting"),
        ([STARTED, began(), asked(), ended()], Skipped(), "No question is waiting"),
        ([STARTED, began(), asked(), Answered(answer="So."), ended()], FOLLOWED, "no answer to follow up"),
        ([STARTED, began()], ASIDE, "No question is waiting"),
        ([FREE, asked(), Answered(answer="So.")], ASIDE, "already been answered"),
        *[([STARTED, Closed()], event, "is closed") for event in (began(), ended(), ASIDE, Resumed())],
    ],
)
def test_what_is_not_possible_is_refused_in_one_line(before: list[Event], event: Event, words: str) -> None:
    with pytest.raises(UsageError, match=words) as caught:
        fold("i", [*before, event])
    assert "\n" not in str(caught.value)
