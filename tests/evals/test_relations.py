from collections.abc import Sequence

import pytest

from coach.evals.metamorphic_cases import (
    Elsewhere,
    Failure,
    Paraphrase,
    Polish,
    load_lines,
    load_strong,
    of_type,
)
from coach.evals.relations import RELATIONS, Relation, Trial, Verdict
from coach.feedback.feedback import Feedback
from coach.feedback.rubric import Component

STRONG = load_strong()
LINES = load_lines()


def feedback(overall: float = 4.0, **changed: object) -> Feedback:
    components: dict[Component, float] = {"situation": 2.0, "task": 1.8, "action": 1.9, "result": 1.7}
    fields: dict[str, object] = {
        "question": "Q?", "kind": "behavioral", "graded": True, "overall": overall, "components": components,
        "ownership": 1.8, "relevance": 1.9, "measured": True,
    }  # fmt: skip
    return Feedback.model_validate(fields | changed)


def components(**changed: float) -> dict[str, float]:
    return {"situation": 2.0, "task": 1.8, "action": 1.9, "result": 1.7} | changed


def relation(name: str) -> Relation:
    return next(one for one in RELATIONS if one.name == name)


def judged(name: str, before: Feedback, after: Feedback, subset: str = "") -> Sequence[Verdict]:
    trial = Trial("t", name, "a", "Q?", "before", "after", subset=subset)
    return list(relation(name).judge(before, after, trial))


def test_every_strong_answer_has_its_trials() -> None:
    ids = {rated.id for rated in STRONG}
    assert len(ids) >= 70
    for name in ("deleted", "I to we", "fluff", "twice", "typos", "elsewhere", "shuffled"):
        assert {trial.source for trial in relation(name).trials(STRONG, LINES)} == ids, name


def test_hand_written_lines_are_there_and_longer_polish_is_longer() -> None:
    assert {line.of for line in of_type(LINES, Paraphrase)} == {rated.id for rated in STRONG}
    assert len(of_type(LINES, Polish)) >= 60
    assert len(of_type(LINES, Failure)) >= 8
    assert all(len(line.longer) > 1.5 * len(line.weak) for line in of_type(LINES, Polish))
    questions = {rated.id: rated.question for rated in STRONG}
    assert all(questions[line.of] != line.question for line in of_type(LINES, Elsewhere))


def test_trials_are_the_same_each_time_and_have_ids_of_their_own() -> None:
    trials = [trial for one in RELATIONS for trial in one.trials(STRONG, LINES)]
    assert trials == [trial for one in RELATIONS for trial in one.trials(STRONG, LINES)]
    assert len({trial.id for trial in trials}) == len(trials)


def test_a_deleted_component_must_fall_and_the_others_stay() -> None:
    fell, held = judged("deleted", feedback(), feedback(components=components(result=0.9)), "result")
    assert (fell.holds, held.holds) == (True, True)
    assert fell.change == pytest.approx(-0.8)
    fell, held = judged(
        "deleted", feedback(), feedback(components=components(result=1.2, task=1.3)), "result"
    )
    assert (fell.holds, held.holds) == (False, False)
    assert held.evidence == "task 1.8 -> 1.3"


def test_ownership_must_fall_with_we() -> None:
    fell, held = judged("I to we", feedback(), feedback(ownership=0.4))
    assert fell.holds
    assert held.holds
    assert not judged("I to we", feedback(), feedback(ownership=1.7))[0].holds


def test_measured_is_judged_only_where_it_was_seen() -> None:
    assert judged("metric deleted", feedback(), feedback(measured=False))[0].holds
    assert not judged("metric deleted", feedback(), feedback())[0].holds
    assert not judged("metric deleted", feedback(measured=False), feedback(measured=False))


@pytest.mark.parametrize("name", ["fluff", "twice", "polish"])
def test_what_adds_nothing_may_not_lift(name: str) -> None:
    assert judged(name, feedback(3.0), feedback(3.0))[0].holds
    assert judged(name, feedback(3.0), feedback(2.0))[0].holds
    assert not judged(name, feedback(3.0), feedback(3.1))[0].holds


@pytest.mark.parametrize(
    ("name", "bound"), [("as heard", 0.2), ("typos", 0.2), ("paraphrase", 0.2), ("swapped", 0.1)]
)
def test_what_changes_nothing_keeps_the_score(name: str, bound: float) -> None:
    assert judged(name, feedback(4.0), feedback(4.0 - bound))[0].holds
    assert judged(name, feedback(4.0), feedback(4.0 + bound))[0].holds
    assert not judged(name, feedback(4.0), feedback(3.7))[0].holds


def test_another_question_takes_relevance_and_overall() -> None:
    assert all(verdict.holds for verdict in judged("elsewhere", feedback(5.0), feedback(2.5, relevance=0.5)))
    relevance, own, overall = judged("elsewhere", feedback(5.0), feedback(2.6, relevance=0.6))
    assert not relevance.holds
    assert own.holds
    assert not overall.holds
    assert not judged("elsewhere", feedback(2.5, relevance=0.5), feedback(2.5, relevance=0.5))[1].holds


def test_shuffling_moves_no_component() -> None:
    assert judged("shuffled", feedback(), feedback(components=components(action=1.6)))[0].holds
    assert not judged("shuffled", feedback(), feedback(components=components(action=1.5)))[0].holds


def test_an_honest_failure_can_be_outstanding() -> None:
    assert judged("honest failure", feedback(4.5), feedback(4.5))[0].holds
    assert not judged("honest failure", feedback(4.4), feedback(4.4))[0].holds
