"""Follow-ups in a whole interview, with real assessments of answers from useless to outstanding."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.coach import Coach
from coach.evals.rated import load_rated
from coach.feedback.aim import aims_at, is_answered
from coach.feedback.assessor import Assessor
from coach.feedback.faithful import added, given_by, misquoted
from coach.feedback.quoting import without_quotes
from coach.interview.session import MAX_DEPTH, InterviewState, told
from coach.interview.store import open_store
from coach.library.library import Library
from coach.models.scripted import Call, ScriptedModel
from coach.prompts import load_prompts
from coach.settings import DATA, Settings

from .fakes import small_bank

REPLIES = (
    "It went from nine hours a week to two, and the harbour master counted them for a month.",
    "I don't remember exactly.",
    "I first watched two crossings, then drew the queue on paper and moved the gate myself.",
    "Since then I watch a queue for a whole day before I draw anything.",
    "My manager had asked for it because we were losing two captains a month.",
)
# One of every quality that the gate lets through.
RATED = sorted(load_rated(None), key=lambda rated: (rated.mean.numbers["overall"], rated.id))
ANSWERS = [rated.answer for rated in RATED[20::22]]


@pytest.fixture(params=["none", "model"])
def coach(request: pytest.FixtureRequest, assessor: Assessor, tmp_path: Path) -> Iterator[Coach]:
    settings = Settings(home=tmp_path)
    made = Coach(
        library=Library(settings, assessor.embedder),
        bank=small_bank(),
        assessor=assessor,
        prompts=load_prompts(DATA / "prompts"),
        model=None if request.param == "none" else ScriptedModel(worded),
        store=open_store(settings),
    )
    yield made
    made.close()


def worded(call: Call) -> dict[str, object]:
    """Ask about whatever the model is shown, in its own words; every story belongs to its question."""
    if call.verb == "decide":
        return {"yes": 1.0}
    said = re.findall(r"<said>(.*)</said>", call.messages[-1].content, re.DOTALL)[0]
    thing = max(re.findall(r"[a-z]+", said), key=len)
    return {"text": f"What did you do first, and what was different afterwards, with the {thing}?"}


def hold(coach: Coach) -> InterviewState:
    """Answer every question of an interview with an answer of another quality, and every follow-up somehow."""
    interviews = coach.interviews
    state = interviews.start(kind="behavioral", seed=5)
    replies = iter(REPLIES * len(ANSWERS))
    for answer in ANSWERS:
        for depth in range(MAX_DEPTH + 1):
            said = answer if depth == 0 else next(replies)
            *_, (state, _) = interviews.answer(state.id, said)
            state = interviews.next(state.id)
    return state


def test_three_deep_on_target_and_never_the_same(coach: Coach) -> None:
    state = hold(coach)
    asked = [(n, turn) for n, turn in enumerate(state.turns) if turn.follow_up_depth]
    assert [turn.follow_up_depth for _, turn in asked] == [1, 2, 3] * len(ANSWERS)
    questions = [turn.question for _, turn in asked]
    assert len({question.lower() for question in questions}) == len(questions)
    for number, turn in asked:
        before = state.turns[number - 1]
        story, feedback = told(state, number - 1), before.feedback
        assert turn.aims_at is not None
        assert feedback is not None
        assert aims_at(turn.aims_at, turn.question)
        assert turn.question.endswith("?")
        assert turn.question.count("?") == 1
        assert not misquoted(turn.question, story)
        assert not added(turn.question, given_by(story, state.turns[state.root(number)].question))
        assert not is_answered(turn.question, feedback.sentences)
    for root in range(0, len(asked), MAX_DEPTH):
        thread = [without_quotes(turn.question) for _, turn in asked[root : root + MAX_DEPTH]]
        assert len(set(thread)) == MAX_DEPTH


def test_the_weakest_comes_first_and_what_was_told_is_not_missed(coach: Coach) -> None:
    state = hold(coach)
    for number, turn in enumerate(state.turns):
        if turn.follow_up_depth != 1:
            continue
        before, after = state.turns[number - 1].feedback, turn.feedback
        assert before is not None
        assert after is not None
        if before.gaps:
            assert turn.aims_at == before.gaps[0].criterion
        if turn.answer != REPLIES[1] and turn.aims_at not in ("measured", None):
            assert turn.aims_at not in {gap.criterion for gap in after.gaps}
            assert after.rewrite is None or turn.aims_at not in after.rewrite.asks
