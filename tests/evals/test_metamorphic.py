from pathlib import Path

from coach.coach import Coach
from coach.evals.metamorphic import evaluate
from coach.evals.metamorphic_cases import load_lines, load_strong
from coach.evals.result import Context, SuiteResult
from coach.feedback.feedback import Asked, Feedback
from coach.settings import Settings

SOME = load_strong()[:3]
THEIRS = [line for line in load_lines() if getattr(line, "of", SOME[0].id) in {rated.id for rated in SOME}]


def by_length(asked: Asked, answer: str) -> Feedback:
    """An assessment that does what it must not: it counts words."""
    words = len(answer.split())
    if words < 20:
        return Feedback(question=asked.question, kind=asked.kind, graded=False, why_not="too short")
    overall = round(min(1 + words / 50, 5), 1)
    return Feedback(
        question=asked.question,
        kind=asked.kind,
        graded=True,
        overall=overall,
        components=dict.fromkeys(("situation", "task", "action", "result"), round(overall / 2.5, 2)),
        ownership=1.5,
        relevance=2.0,
        measured=False,
    )


def result(tmp_path: Path) -> SuiteResult:
    def no_coach() -> Coach:
        raise AssertionError("evaluating needs no coach")

    return evaluate(Context(Settings(home=tmp_path), "none", None, no_coach), by_length, SOME, THEIRS)


def test_each_relation_has_its_share_with_n_and_interval(tmp_path: Path) -> None:
    rows = {(row.metric, row.subset): row for row in result(tmp_path).rows if row.system == "holds"}
    fluff = rows["fluff: overall not up", "all"]
    assert fluff.n == len(SOME)
    assert fluff.value < 1
    assert fluff.low is not None
    assert rows["typos: overall within 0.25", "all"].value == 1
    assert rows["elsewhere: overall at most 2.5", "all"].value < 1
    assert rows["deleted: it falls by 0.7", "action"].n == len(SOME)


def test_the_worst_come_first_with_what_was_seen(tmp_path: Path) -> None:
    cases = result(tmp_path).cases
    failed = [case.detail["failed"] is not None for case in cases]
    assert failed == sorted(failed, reverse=True)
    assert "overall" in str(cases[0].detail["evidence"]) or "->" in str(cases[0].detail["evidence"])


def test_what_can_not_be_judged_is_counted_and_scores_nothing(tmp_path: Path) -> None:
    found = result(tmp_path)
    assert found.unscored["metric deleted: not measured before"] >= 1
    assert sum(not case.scores for case in found.cases) == sum(found.unscored.values())
    assert found.unscored["polish: not graded before (too short)"] >= 1


def test_guarded_names_are_scores_of_cases(tmp_path: Path) -> None:
    found = result(tmp_path)
    assert set(found.guarded) == {name for case in found.cases for name in case.scores}
