"""The advice suite on feedback whose faults are known."""

from collections.abc import Sequence
from typing import Any

import pytest

from coach.errors import UsageError
from coach.evals.advice import STRONG, Said, advice, evaluate
from coach.evals.checks import contradicted, fits_only_here, inventions, points_right, sentences_of
from coach.evals.planted import NAMED_BY, Subject, load_subjects
from coach.evals.result import Context, Row, SuiteResult
from coach.feedback.faithful import given_by
from coach.feedback.feedback import Criterion, Feedback, FollowUp, Gap, Rewrite, Strength, TaggedSentence
from coach.feedback.sentences import split_sentences
from coach.feedback.wording import gap_text
from coach.settings import Settings

SUBJECTS = load_subjects(None)


def told(subject: Subject, criteria: Sequence[Criterion], **changed: Any) -> Feedback:
    """A feedback in the coach's own words that names these gaps at the first sentence."""
    sentences = tuple(
        TaggedSentence(index=s.index, start=s.start, end=s.end, text=s.text, tag="A", confidence=0.9)
        for s in split_sentences(subject.rated.answer)
    )
    gaps = [Gap(criterion=c, text=gap_text(c, (0,), sentences), sentences=(0,)) for c in criteria]
    return Feedback(
        question=subject.rated.question, kind="behavioral", graded=True, sentences=sentences, gaps=tuple(gaps)
    ).model_copy(update=changed)


def named(subject: Subject) -> list[Criterion]:
    """The gaps that a perfect coach would name."""
    mean = subject.rated.mean.numbers
    found = [min(NAMED_BY[flaw], key=lambda one: contradicted(one, mean)) for flaw in subject.nameable]
    return sorted(found, key=lambda one: contradicted(one, mean))[: 2 if mean["overall"] < STRONG else 1]


def suite(feedback: Sequence[Feedback], **changed: Any) -> SuiteResult:
    said = [
        (subject, Said(assessed=one, final=one.model_copy(update=changed)))
        for subject, one in zip(SUBJECTS, feedback, strict=False)
    ]
    return evaluate(said, "none")


def row(result: SuiteResult, metric: str, subset: str = "own") -> Row:
    return next(one for one in result.rows if (one.metric, one.subset) == (metric, subset))


def test_every_flaw_of_our_answers_is_known() -> None:
    assert sum(bool(subject.flaws) for subject in SUBJECTS) >= 80
    assert {flaw for subject in SUBJECTS for flaw in subject.flaws} == NAMED_BY.keys()


def test_a_flaw_that_nobody_knows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(NAMED_BY, "off_topic")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="off_topic"):
        load_subjects(None)


def test_a_perfect_coach_scores_one_everywhere() -> None:
    result = suite([told(subject, named(subject)) for subject in SUBJECTS])
    for metric in ("flaw in first two", "no false alarm", "pointers valid", "nothing invented"):
        assert row(result, metric).value == 1.0
    assert row(result, "flaw in first two").n == sum(bool(subject.nameable) for subject in SUBJECTS)
    assert row(result, "no false alarm").n == sum(s.rated.mean.numbers["overall"] >= STRONG for s in SUBJECTS)
    assert row(result, "fits only here").value > 0.9


def test_a_coach_that_says_the_same_of_every_answer_is_found_out() -> None:
    result = suite([told(subject, ("task", "reflection", "result")) for subject in SUBJECTS])
    assert row(result, "flaw in first two").value < 0.3
    assert row(result, "no false alarm").value < 0.3
    assert row(result, "gaps not contradicted").value < 0.7


def test_words_that_fit_any_answer_are_found_out() -> None:
    gap = Gap(
        criterion="result", text="The result is vague. Say what changed and how you know.", sentences=(0,)
    )
    result = suite([told(subject, ()) for subject in SUBJECTS], gaps=(gap,))
    assert row(result, "fits only here").value == 0.0


def test_the_order_counts() -> None:
    late = [told(subject, ("reflection", "task", *named(subject))) for subject in SUBJECTS]
    assert row(suite(late), "flaw in first two").value < 0.5
    assert (
        row(suite(late), "flaw in first 3", "every flaw").value
        > row(suite(late), "flaw in first 2", "every flaw").value
    )


def test_what_was_refused_is_counted() -> None:
    one = told(SUBJECTS[0], named(SUBJECTS[0]))
    result = suite([one], refused={"form": 2, "adds": 1})
    assert result.facts["texts refused, form"] == 2
    assert row(result, "schema kept").value == 0.0
    assert row(result, "worded by the model").value == 0.0


def test_an_answer_without_feedback_is_unscored_and_not_zero() -> None:
    refused = Feedback(question="q", kind="behavioral", graded=False, why_not="too short")
    said = [
        (SUBJECTS[0], Said(assessed=None, final=None)),
        (SUBJECTS[1], Said(assessed=refused, final=refused)),
        (SUBJECTS[2], Said(assessed=None, final=told(SUBJECTS[2], ()))),
    ]
    result = evaluate(said, "none")
    assert result.unscored == {"refused": 1, "not graded: too short": 1}
    assert len(result.cases) == 1


PLANTED = SUBJECTS[0]
INVENTED: list[dict[str, object]] = [
    {"gaps": (Gap(criterion="result", text="Say why sales rose by 37 percent.", sentences=(0,)),)},
    {"gaps": (Gap(criterion="result", text="You cut it by two thirds. Say how.", sentences=(0,)),)},
    {"gaps": (Gap(criterion="result", text="Say what Priyanka thought of it.", sentences=(0,)),)},
    {"gaps": (Gap(criterion="result", text="Say “we saved the company”.", sentences=(0,)),)},
    {"strengths": (Strength(text="Your mentoring shows.", sentences=(0,)),)},
    {"follow_ups": (FollowUp(question="How did the acquisition go?", criterion="result", sentences=(0,)),)},
    {"rewrite": Rewrite(text="It was a triumph.", blanks=())},
    {"rewrite": Rewrite(text="[how did Kubernetes help?]", blanks=("how did Kubernetes help?",))},
]


@pytest.mark.parametrize("planted", INVENTED)
def test_a_planted_invention_is_found_wherever_it_stands(planted: dict[str, object]) -> None:
    feedback = told(PLANTED, ()).model_copy(update=planted)
    assert inventions(feedback, PLANTED.rated.answer, PLANTED.rated.question)
    assert row(suite([feedback]), "nothing invented").value == 0.0


def test_a_clause_that_the_rewrite_ends_is_no_invention() -> None:
    feedback = told(PLANTED, ())
    first, *_ = feedback.sentences
    cut = first.model_copy(update={"text": "I stood up and said so,"})
    rewrite = Rewrite(text="I stood up and said so. [why did it matter?]", blanks=("why did it matter?",))
    ended = feedback.model_copy(update={"sentences": (cut,), "rewrite": rewrite})
    assert inventions(ended, f"{PLANTED.rated.answer} {cut.text}", PLANTED.rated.question) == ()


@pytest.mark.parametrize("places", [(), (99,), (0, 0), (-1,)])
def test_a_pointer_that_points_nowhere_is_found(places: tuple[int, ...]) -> None:
    gap = Gap(criterion="task", text="...", sentences=places)
    feedback = told(PLANTED, ()).model_copy(update={"gaps": (gap,)})
    assert points_right(feedback, PLANTED.rated.answer) is False


def test_a_missed_key_point_needs_no_pointer() -> None:
    gap = Gap(criterion="key_point", text="Not said: drift", sentences=())
    assert points_right(told(PLANTED, ()).model_copy(update={"gaps": (gap,)}), PLANTED.rated.answer)


def test_the_raters_contradict_what_is_there() -> None:
    mean = dict(SUBJECTS[0].rated.mean.numbers) | {"result": 2.0, "measured": 1.0, "hypothetical": 0.0}
    assert contradicted("result", mean)
    assert contradicted("measured", mean)
    assert contradicted("hypothetical", mean)
    mean |= {"result": 1.0, "measured": 0.0, "hypothetical": 1.0}
    assert not any(contradicted(one, mean) for one in ("result", "measured", "hypothetical", "key_point"))  # type: ignore[arg-type]


def test_quotes_are_no_sentences() -> None:
    assert sentences_of("“I did. It went well! Yes?” is vague. Say more.") == 2


def test_a_text_is_held_against_other_answers() -> None:
    others = [(subject.rated.answer, given_by(subject.rated.answer)) for subject in SUBJECTS[1:40]]
    assert fits_only_here("Say who wrote the manifests of the pallets.", others)
    assert fits_only_here("“it was just on the wrong day” comes without a number.", others)
    assert not fits_only_here("Say what was different afterwards.", others)
    assert not fits_only_here("“it was” comes without a number.", others)


def test_the_suite_asks_the_coach_once_for_every_answer() -> None:
    asked: list[str] = []

    class Coach:
        def assess(self, asked_of: Any, answer: str) -> Feedback:
            asked.append(answer)
            return told(next(s for s in SUBJECTS if s.rated.answer == answer), ())

        def advise(self, asked_of: Any, assessed: Feedback) -> Any:
            yield assessed

    coach: Any = Coach()
    result = advice(Context(Settings(), "none", None, lambda: coach))
    assert (result.name, result.model, result.facts["answers"]) == ("advice", "none", len(SUBJECTS))
    assert asked == [subject.rated.answer for subject in SUBJECTS]
