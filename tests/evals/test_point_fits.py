"""Fits on invented features: each piece has the numbers that a test gives it, and nothing is embedded."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from coach.evals.graded import GradedAnswer
from coach.evals.point_fits import (
    FLOOR,
    TOPIC,
    Example,
    example_of,
    fit_knots,
    fit_mistake,
    fit_point,
    fit_verdicts,
    share_of,
)
from coach.feedback.feedback import Asked, Mistake, Verdict
from coach.feedback.keypoints import Grading, Logistic, PointJudge
from coach.feedback.matching import MISTAKE_FEATURES, POINT_FEATURES, Matched
from coach.feedback.pieces import Piece
from coach.feedback.telling import Telling

Features = Sequence[Sequence[Mapping[str, float]]]
TELLING = Telling(rarity={}, unknown=5.0, common=1.0)
ASKED = Asked(
    question="How?",
    kind="technical",
    key_points=("a", "b"),
    mistakes=(
        Mistake(said="not b", right="b", point=1),
        Mistake(said="not a", right="a", point=0),
        Mistake(said="never b", right="b", point=1),
    ),
)


def matched(points: Features, mistakes: Features = (), topic: float = 0.9) -> Matched:
    """Features as (piece, point) and (piece, mistake); what isn't named is 0."""

    def table(rows: Features, names: Sequence[str]) -> NDArray[np.float32]:
        found = [[[one.get(name, 0.0) for name in names] for one in row] for row in rows]
        return np.array(found, dtype=np.float32).reshape(len(rows), len(rows[0]) if rows else 1, len(names))

    return Matched(
        pieces=tuple(Piece(f"piece {n}", f"piece {n}", n) for n in range(len(points))),
        topic=np.full(len(points), topic, dtype=np.float32),
        points=table(points, POINT_FEATURES),
        mistakes=table(mistakes or [[] for _ in points], MISTAKE_FEATURES),
    )


def answer(
    verdicts: tuple[Verdict, ...], grade: int = 1, asked: Asked = ASKED, name: str = "a"
) -> GradedAnswer:
    return GradedAnswer(name, "s", asked, "words of it", grade, verdicts)


def judge(**changes: object) -> PointJudge:
    plain = PointJudge(
        telling=TELLING,
        point=Logistic(bias=-5.0, weights={"closeness": 10.0}),
        mistake=Logistic(bias=-5.0, weights={"closeness": 10.0}),
        topic=TOPIC,
        floor=FLOOR,
        hit=0.7,
        partial=0.3,
        wrong=0.5,
        grading=Grading(knots=((0.0, 1.0), (1.0, 5.0)), mistake=0.25, spread=1.0, spread_drawn=2.0),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_a_point_that_is_wrong_is_put_to_every_mistake_about_it() -> None:
    found = example_of(answer(("hit", "wrong")), matched([[{}, {}]]))
    assert found.verdicts == ("hit", "wrong")
    assert found.mistaken == [True, False, True]


def chance(fitted: Logistic, names: Sequence[str], **features: float) -> float:
    return float(fitted.chance(np.array([[features.get(name, 0.0) for name in names]]), names)[0])


def point_examples(count: int = 200, seed: int = 1) -> list[Example]:
    """One point each: made when some piece has the margin, whatever pieces stand beside it."""
    draw = np.random.default_rng(seed)
    found = []
    for number in range(count):
        made = number % 2 == 0
        pieces = [
            [{"closeness": draw.uniform(0.3, 0.8), "margin": -0.2, "words": draw.uniform(0, 1)}]
            for _ in range(3)
        ]
        if made:
            pieces[int(draw.integers(3))] = [{"closeness": 0.8, "margin": 0.3, "words": draw.uniform(0.5, 1)}]
        found.append(Example(matched(pieces), ["hit" if made else "miss"], []))
    return found


def test_the_piece_that_makes_a_point_is_found_without_being_told() -> None:
    fitted = fit_point(point_examples())
    assert set(fitted.weights) == set(POINT_FEATURES)
    assert chance(fitted, POINT_FEATURES, closeness=0.8, margin=0.3, words=0.75) > 0.9
    assert chance(fitted, POINT_FEATURES, closeness=0.6, margin=-0.2, words=0.75) < 0.1


def test_touched_points_lie_between_made_and_missed_ones() -> None:
    def example(words: float, verdict: Verdict) -> Example:
        return Example(matched([[{"closeness": 0.6, "words": words}]]), [verdict], [])

    cases: list[tuple[float, Verdict]] = [(1.0, "hit"), (0.5, "partial"), (0.0, "miss"), (0.0, "wrong")]
    fitted = fit_point([example(*case) for case in cases] * 20)
    made = [chance(fitted, POINT_FEATURES, closeness=0.6, words=words) for words in (1.0, 0.5, 0.0)]
    assert made[0] > 0.85
    assert made[1] == pytest.approx(0.5, abs=0.15)
    assert made[2] < 0.15


@pytest.mark.parametrize(
    "ignored",
    [
        Example(matched([[{"closeness": FLOOR - 0.01, "margin": 0.3}]]), ["miss"], []),
        Example(matched([[{"closeness": 0.8, "margin": 0.3}]], topic=TOPIC - 0.01), ["miss"], []),
        Example(matched([[{"closeness": 0.8, "margin": 0.3}]]), [None], []),
        Example(matched([]), [], []),
    ],
    ids=["far from the point", "off topic", "no verdict", "nothing said"],
)
def test_pieces_that_say_nothing_of_a_point_teach_nothing(ignored: Example) -> None:
    plain = point_examples(40)
    assert fit_point([*plain, *[ignored] * 40]) == fit_point(plain)
    counted = Example(matched([[{"closeness": 0.8, "margin": 0.3}]]), ["miss"], [])
    assert fit_point([*plain, *[counted] * 40]) != fit_point(plain)


def test_mistakes_are_learned_from_the_piece_that_looks_most_like_one() -> None:
    draw = np.random.default_rng(2)
    examples = []
    for number in range(200):
        wrong = number % 4 == 0
        near = {"closeness": 0.8, "than_any": 0.2 if wrong else -0.3, "own_words": draw.uniform(0, 1)}
        far = {"closeness": draw.uniform(0, 0.4), "than_any": -0.4}
        examples.append(Example(matched([[{}], [{}]], [[far], [near]]), [None], [wrong]))
    examples.append(Example(matched([]), [None], [True]))
    fitted = fit_mistake(examples)
    assert set(fitted.weights) == set(MISTAKE_FEATURES)
    assert chance(fitted, MISTAKE_FEATURES, closeness=0.8, than_any=0.2, own_words=0.5) > 0.8
    assert chance(fitted, MISTAKE_FEATURES, closeness=0.8, than_any=-0.3, own_words=0.5) < 0.1


def test_the_share_counts_what_is_made_less_what_mistakes_cost() -> None:
    said = matched([[{"closeness": 1.0}, {"closeness": 0.5}]], [[{}, {}, {}]])
    first = 1 / (1 + np.exp(-5))
    assert share_of(judge(), answer(("hit", "partial")), said) == pytest.approx((first + 0.5) / 2, abs=1e-4)
    wrong = matched(
        [[{"closeness": 1.0}, {"closeness": 0.5}]], [[{"closeness": 1.0}, {}, {"closeness": 1.0}]]
    )
    assert share_of(judge(), answer(("hit", "wrong")), wrong) == pytest.approx(first / 2 - 0.25, abs=1e-4)


def test_the_knots_give_as_many_of_each_grade_as_there_were() -> None:
    shares = np.random.default_rng(3).permutation(np.linspace(0, 0.8, 101)).astype(np.float32)
    grades = np.repeat([0, 1, 2], [21, 30, 50])
    knots = fit_knots(shares, grades)
    assert [score for _, score in knots] == [1.0, 2.0, 4.0, 5.0]
    assert [share for share, _ in knots] == sorted(share for share, _ in knots)
    scores = np.interp(shares, [share for share, _ in knots], [score for _, score in knots])
    assert (scores < 2).sum() == pytest.approx(21, abs=1)
    assert (scores < 4).sum() == pytest.approx(51, abs=1)
    assert knots[0][0] == 0.0
    assert knots[-1][0] == pytest.approx(0.9)


def test_the_last_knot_stays_above_the_others_where_everybody_makes_all() -> None:
    knots = fit_knots(np.linspace(0.9, 1.0, 50, dtype=np.float32), np.repeat([0, 1, 2], [20, 20, 10]))
    assert knots[-1][0] > knots[-2][0] > 0.9


def test_the_chances_for_hit_and_touched_are_those_that_tell_the_verdicts_apart() -> None:
    made = np.array([0.1, 0.2, 0.3, 0.42, 0.48, 0.5, 0.75, 0.8, 0.9] * 5, dtype=np.float32)
    true: list[Verdict] = ["miss", "wrong", "miss", "partial", "partial", "partial", "hit", "hit", "hit"]
    hit, partial = fit_verdicts(made, true * 5)
    assert 0.5 < hit <= 0.75
    assert 0.3 < partial <= 0.42


def test_touched_stays_apart_from_hit_where_no_point_is_only_touched() -> None:
    hit, partial = fit_verdicts(np.array([0.1, 0.9] * 10, dtype=np.float32), ["miss", "hit"] * 10)
    assert hit - partial >= 0.099
