import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from coach.feedback.assessor import WEIGHTS, Assessor
from coach.feedback.encoding import DIMENSION, LAYERS, Encoded
from coach.feedback.reader import Reading
from coach.feedback.rubric import COMPONENTS
from coach.feedback.scoring import (
    ASTRAY_AT_MOST,
    ASTRAY_RELEVANCE,
    Arithmetic,
    Belonging,
    Target,
    interpolated,
    load_arithmetic,
)
from tests.feedback.builders import STRONG

TWO = Target(bias=1.0, weights={"result": 2.0, "match": -1.0}, low=1.0, high=5.0, threshold=None)
YES_NO = Target(bias=0.0, weights={"measured": 1.0}, low=0.0, high=1.0, threshold=0.3)
BARS = Belonging(astray=-0.1)
SPREAD = [(2.0, 0.4), (3.0, 0.8), (5.0, 0.2)]
GRADED = dict.fromkeys((*COMPONENTS, "ownership", "relevance"), (0.0, 2.0)) | {"overall": (1.0, 5.0)}
QUALITIES = ("measured", "reflection", "hypothetical")


def reading(match: float = 0.0, **scores: float) -> Reading:
    blank = np.zeros((1, len(LAYERS), DIMENSION), dtype=np.float32)
    return Reading(
        cues=[],
        encoded=Encoded(blank[0], blank),
        tags=np.zeros((1, 6), dtype=np.float32),
        scores=scores,
        evidence={},
        match=match,
    )


def test_a_score_is_the_weighted_sum() -> None:
    assert TWO.score({"result": 0.75, "match": 0.25, "other": 9.0}) == pytest.approx(2.25)


@pytest.mark.parametrize(("result", "score"), [(-9.0, 1.0), (9.0, 5.0)])
def test_a_score_stays_in_its_range(result: float, score: float) -> None:
    assert TWO.score({"result": result, "match": 0.0}) == score


def test_a_reading_that_is_missing_is_no_zero() -> None:
    with pytest.raises(KeyError, match="match"):
        TWO.score({"result": 0.5})


def test_only_a_yes_no_quality_says_yes() -> None:
    assert YES_NO.says_yes(0.3)
    assert not YES_NO.says_yes(0.29)
    with pytest.raises(TypeError, match="threshold"):
        TWO.says_yes(3.0)


def test_every_target_is_scored_also_from_how_well_the_question_fits() -> None:
    arithmetic = Arithmetic({"overall": TWO, "measured": YES_NO}, SPREAD, BARS)
    scores = arithmetic.scores(reading(match=0.5, result=1.0, measured=0.25))
    assert scores == {"overall": 2.5, "measured": 0.25}


@pytest.mark.parametrize(
    ("at", "width"), [(1.0, 0.4), (2.0, 0.4), (2.5, 0.6), (3.0, 0.8), (4.0, 0.5), (5.0, 0.2), (9.0, 0.2)]
)
def test_the_width_is_interpolated_and_flat_beyond_the_ends(at: float, width: float) -> None:
    assert interpolated(SPREAD, at) == pytest.approx(width)


def test_one_width_holds_everywhere() -> None:
    assert [interpolated([(3.0, 0.5)], at) for at in (1.0, 3.0, 5.0)] == [0.5] * 3


@pytest.mark.parametrize(("overall", "low", "high"), [(1.0, 1.0, 1.4), (2.5, 1.9, 3.1), (5.0, 4.8, 5.0)])
def test_the_interval_stays_within_the_scale(overall: float, low: float, high: float) -> None:
    assert Arithmetic({}, SPREAD, BARS).interval(overall) == pytest.approx((low, high))


def test_the_arithmetic_is_read_from_a_file(tmp_path: Path) -> None:
    stored = {"bias": 1.0, "weights": {"x": 1.0}, "low": 0.0, "high": 2.0, "threshold": 0.5}
    whole = {"answers": 3, "targets": {"measured": stored}, "spread": SPREAD, "belonging": asdict(BARS)}
    (tmp_path / "scores.json").write_text(json.dumps(whole), encoding="utf-8")
    arithmetic = load_arithmetic(tmp_path / "scores.json")
    assert arithmetic.targets["measured"].score({"x": 0.25}) == 1.25
    assert arithmetic.targets["measured"].says_yes(0.5)
    assert arithmetic.interval(2.5) == pytest.approx((1.9, 3.1))
    assert arithmetic.belonging == BARS


def test_the_coachs_own_arithmetic_fits_the_rubric() -> None:
    arithmetic = load_arithmetic(WEIGHTS / "scores.json")
    assert arithmetic.targets.keys() == {*GRADED, *QUALITIES}
    for name, (low, high) in GRADED.items():
        target = arithmetic.targets[name]
        assert (target.low, target.high, target.threshold) == (low, high, None)
    for name in QUALITIES:
        target = arithmetic.targets[name]
        assert target.threshold is not None
        assert (target.low, target.high) == (0.0, 1.0)
        assert 0 < target.threshold < 1
    places = [place for place, _ in arithmetic.spread]
    assert places == sorted(set(places))
    assert all(0 < half < 2 for _, half in arithmetic.spread)


def test_each_number_follows_from_its_own_reading_action_from_intentions_too_and_relevance_from_all(
    assessor: Assessor,
) -> None:
    read = assessor.reader.read("Why?", ["I ran it."]).scores
    of = {"relevance": {*read, "match"}, "action": {"action", "hypothetical"}}
    targets = assessor.arithmetic.targets
    for name, target in targets.items():
        assert set(target.weights) == of.get(name, {name})
        assert target.weights[name] > 0
    assert targets["action"].weights["hypothetical"] < 0


def test_an_answer_to_another_question_is_capped_within_the_scale() -> None:
    assert 1.0 < ASTRAY_AT_MOST < 5.0
    assert 0.0 <= ASTRAY_RELEVANCE < 1.0


def test_a_story_without_its_result_scores_lower(assessor: Assessor) -> None:
    def scored(*gone: str) -> dict[str, float]:
        told = [text for tag, text in STRONG if tag not in gone]
        return assessor.arithmetic.scores(
            assessor.reader.read("Tell me about a hard problem that you solved.", told)
        )

    whole, broken_off = scored(), scored("R")
    assert whole["result"] - broken_off["result"] >= 0.7
    assert whole["measured"] - broken_off["measured"] >= 0.5
    assert whole["overall"] > broken_off["overall"] + 0.3
