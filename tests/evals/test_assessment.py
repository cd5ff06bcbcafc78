"""The assessment suite on assessors whose faults are known."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from coach.errors import AnswerRefused
from coach.evals.assessment import FITTED, assessment
from coach.evals.journal import Journal
from coach.evals.rated import GRADED, QUALITIES, Rated, load_rated
from coach.evals.result import Context, Row, SuiteResult
from coach.feedback.feedback import Asked, Feedback, TaggedSentence
from coach.feedback.rubric import COMPONENTS, TAGS
from coach.settings import Settings

RATED = load_rated(None)
Assess = Callable[[Asked, str], Feedback]


def right(rated: Rated, **changed: Any) -> Feedback:
    """The feedback that agrees with the raters in everything, but for what is changed."""
    numbers, sentences, begin = rated.mean.numbers, [], 0
    for index, (text, tag) in enumerate(zip(rated.sentences, rated.mean.tags, strict=True)):
        start = rated.answer.index(text, begin)
        begin = start + len(text)
        sentences.append(
            TaggedSentence(index=index, start=start, end=begin, text=text, tag=tag, confidence=0.9)  # type: ignore[arg-type]
        )
    return Feedback(
        question=rated.question,
        kind="behavioral",
        graded=True,
        overall=numbers["overall"],
        low=numbers["overall"] - 0.5,
        high=numbers["overall"] + 0.5,
        components={name: numbers[name] for name in COMPONENTS},
        ownership=numbers["ownership"],
        relevance=numbers["relevance"],
        sentences=tuple(sentences),
        **{name: numbers[name] >= 0.5 for name in QUALITIES},
    ).model_copy(update=changed)


def suite(says: Callable[[Rated], Feedback], journal: Journal | None = None) -> SuiteResult:
    by_answer = {rated.answer: rated for rated in RATED}

    def assess(asked: Asked, answer: str) -> Feedback:
        assert asked.question == by_answer[answer].question
        return says(by_answer[answer])

    coach: Any = SimpleNamespace(assessor=SimpleNamespace(assess=assess))
    context = Context(Settings(), "none", None, lambda: coach, journal=journal or Journal())
    return assessment(context)


@pytest.fixture(scope="module")
def perfect() -> SuiteResult:
    return suite(right)


def row(result: SuiteResult, metric: str, system: str = "coach") -> Row:
    (one,) = [one for one in result.rows if (one.metric, one.system) == (metric, system)]
    return one


def test_who_rates_as_the_raters_do_agrees_with_them(perfect: SuiteResult) -> None:
    for name in GRADED:
        assert row(perfect, f"{name} rho").value == pytest.approx(1.0)
        assert row(perfect, f"{name} bias").value == pytest.approx(0.0)
    for name in QUALITIES:
        assert (row(perfect, f"{name} F1").value, row(perfect, f"{name} kappa").value) == (1.0, 1.0)
    for tag in TAGS:
        assert row(perfect, f"tag {tag} F1").value == 1.0
    assert row(perfect, "80% interval covers").value == 1.0
    assert row(perfect, "same twice").value == 1.0
    assert row(perfect, "overall rho").n == len(RATED)
    assert row(perfect, "tags kappa").n == sum(len(rated.sentences) for rated in RATED)
    assert all(score == 1.0 for case in perfect.cases for score in case.scores.values())


def test_beside_every_agreement_stand_the_word_count_and_the_raters(perfect: SuiteResult) -> None:
    for metric in {
        one.metric for one in perfect.rows if one.metric.endswith((" rho", " qwk", " F1", " kappa"))
    }:
        word_count, raters = row(perfect, metric, "word count"), row(perfect, metric, "raters")
        assert word_count.value < 0.6 < raters.value, metric
        assert word_count.low is not None
        assert word_count.n == raters.n == row(perfect, metric).n


def test_that_the_weights_have_seen_these_answers_is_said_first(perfect: SuiteResult) -> None:
    assert next(iter(perfect.facts.items())) == ("held out", FITTED)


def test_a_lenient_rater_has_the_right_order_and_a_bias() -> None:
    result = suite(lambda rated: right(rated, overall=rated.mean.numbers["overall"] + 1))
    assert row(result, "overall rho").value == pytest.approx(1.0)
    assert row(result, "overall bias").value == pytest.approx(1.0)
    assert row(result, "overall qwk").value < 0.9
    assert row(result, "overall error").value == pytest.approx(1.0)


def test_an_interval_covers_where_the_rating_lies_in_it() -> None:
    halves = {rated.id: place % 2 == 0 for place, rated in enumerate(RATED)}

    def says(rated: Rated) -> Feedback:
        overall = rated.mean.numbers["overall"]
        return right(rated, low=overall - 0.5, high=overall if halves[rated.id] else overall - 0.1)

    assert row(suite(says), "80% interval covers").value == pytest.approx(0.5)


def test_one_tag_for_everything_has_no_kappa_to_speak_of() -> None:
    def says(rated: Rated) -> Feedback:
        same = right(rated).sentences
        return right(rated, sentences=tuple(one.model_copy(update={"tag": "A"}) for one in same))

    result = suite(says)
    assert row(result, "tags kappa").value == 0.0
    assert row(result, "tag S F1").value == 0.0
    assert row(result, "tag A F1").value > 0.4
    assert row(result, "tags macro-F1").value == pytest.approx(row(result, "tag A F1").value / len(TAGS))


def test_answers_that_are_not_graded_are_counted_and_are_not_zero() -> None:
    first, second, third = (rated.id for rated in RATED[:3])

    def says(rated: Rated) -> Feedback:
        if rated.id == third:
            raise AnswerRefused("The answer is too long: cut it.")
        if rated.id in (first, second):
            return Feedback(question=rated.question, kind="behavioral", graded=False, why_not="too short")
        return right(rated)

    result = suite(says)
    assert result.unscored == {"answers: too short": 2, "answers: refused": 1}
    assert row(result, "overall rho").n == len(RATED) - 3
    (case,) = [case for case in result.cases if case.id == first]
    assert "overall closeness" not in case.scores
    assert case.detail["scored"] == "not graded: too short"


def test_a_sentence_that_the_coach_has_not_is_counted() -> None:
    result = suite(lambda rated: right(rated, sentences=right(rated).sentences[:-1]))
    assert result.unscored == {"sentences: the coach has none there": len(RATED)}


def test_an_assessor_with_moods_is_found_out() -> None:
    chance = np.random.default_rng(1)
    result = suite(lambda rated: right(rated, ownership=float(chance.random())))
    assert row(result, "same twice").value == 0.0
    assert row(result, "same twice").n >= 30


def test_the_worst_case_comes_first_with_its_evidence() -> None:
    last = RATED[-1]

    def says(rated: Rated) -> Feedback:
        far = 1.0 if last.mean.numbers["overall"] > 3 else 5.0
        return right(rated, overall=far, ownership=0.5) if rated is last else right(rated)

    worst = suite(says).cases[0]
    assert worst.id == last.id
    assert worst.detail["question"] == last.question
    assert f"ownership 0.5 for {last.mean.numbers['ownership']:.3g}" in str(
        worst.detail["off by half or more"]
    )


def test_an_interrupted_run_assesses_the_rest_only(tmp_path: Path) -> None:
    seen: list[str] = []

    def says(rated: Rated) -> Feedback:
        if rated is RATED[20] and len(seen) < 50:
            seen.extend(["stopped"] * 50)
            raise KeyboardInterrupt
        seen.append(rated.id)
        return right(rated)

    with pytest.raises(KeyboardInterrupt):
        suite(says, Journal(tmp_path))
    suite(says, Journal(tmp_path))
    assert list(dict.fromkeys(one for one in seen if one != "stopped")) == [rated.id for rated in RATED]
    assert seen.count(RATED[0].id) == 2, "asked twice, and not again in the second run"
    assert seen.count(RATED[1].id) == 1


def test_its_pictures_show_every_answer(perfect: SuiteResult) -> None:
    scatter = perfect.plots[0]
    assert [len(series.points) for series in scatter.series] == [len(RATED)]
    assert {plot.kind for plot in perfect.plots} == {"scatter", "calibration", "bars", "histogram"}
