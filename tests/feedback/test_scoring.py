import json
from pathlib import Path

import pytest

from coach.feedback.assessor import WEIGHTS
from coach.feedback.evidence import Check
from coach.feedback.rubric import COMPONENTS
from coach.feedback.scoring import Target, load_targets, score_all
from tests.feedback.builders import STRONG, evidence

TWO_CHECKS = Target(
    bias=1.0, weights={"setting": 2.0, "steps": -1.0}, low=1.0, high=5.0, spread=0.5, threshold=None
)


def test_a_score_is_the_weighted_sum() -> None:
    assert TWO_CHECKS.score({"setting": 0.75, "steps": 0.25, "other": 9.0}) == pytest.approx(2.25)


@pytest.mark.parametrize(("setting", "score"), [(-9.0, 1.0), (9.0, 5.0)])
def test_a_score_stays_in_its_range(setting: float, score: float) -> None:
    assert TWO_CHECKS.score({"setting": setting, "steps": 0.0}) == score


def test_a_check_that_is_missing_is_no_zero() -> None:
    with pytest.raises(KeyError, match="steps"):
        TWO_CHECKS.score({"setting": 0.5})


def test_every_target_is_scored() -> None:
    scores = score_all(
        {"a": TWO_CHECKS, "b": TWO_CHECKS}, [Check("setting", 1.0, ()), Check("steps", 1.0, ())]
    )
    assert scores == {"a": 2.0, "b": 2.0}


def test_targets_are_read_from_a_file(tmp_path: Path) -> None:
    stored = {"bias": 1.0, "weights": {"x": 1.0}, "low": 0.0, "high": 2.0, "spread": 0.3, "threshold": 0.5}
    (tmp_path / "scores.json").write_text(json.dumps({"targets": {"measured": stored}}), encoding="utf-8")
    target = load_targets(tmp_path / "scores.json")["measured"]
    assert (target.threshold, target.score({"x": 0.25})) == (0.5, 1.25)


def test_the_coachs_own_targets_fit_the_rubric_and_the_checks() -> None:
    targets = load_targets(WEIGHTS / "scores.json")
    graded = dict.fromkeys((*COMPONENTS, "ownership", "relevance"), (0.0, 2.0)) | {"overall": (1.0, 5.0)}
    for name, (low, high) in graded.items():
        assert (targets[name].low, targets[name].high) == (low, high)
        assert 0 < targets[name].spread < (high - low) / 2
    assert all(targets[name].threshold is not None for name in ("measured", "reflection", "hypothetical"))
    checks = evidence(*STRONG)
    assert all(target.weights.keys() <= checks.keys() for target in targets.values())


def test_a_story_without_its_result_scores_lower() -> None:
    targets = load_targets(WEIGHTS / "scores.json")
    whole = score_all(targets, list(evidence(*STRONG).values()))
    broken_off = score_all(targets, list(evidence(*STRONG[:4]).values()))
    assert whole["result"] - broken_off["result"] > 1.0
    assert whole["overall"] > broken_off["overall"]
