"""What the coach says of an answer, and who words it."""

import threading
from pathlib import Path
from typing import Any, get_args

import pytest

from coach.errors import ModelTimeout, UsageError
from coach.feedback.assessor import Assessor
from coach.feedback.feedback import Asked, Criterion, Feedback
from coach.feedback.followup import SoFar
from coach.models.scripted import ScriptedModel

from .wording import ANSWER, ASKED, SAID, Build, texts_for


def test_without_a_model_the_assessment_is_all(build: Build) -> None:
    (only,) = build(None).feedback(ASKED, ANSWER)
    assert only.graded
    assert only.model is None
    assert only.gaps[0].criterion == "result"
    assert only.timings_ms.keys() == {"assessment", "total"}
    assert only.notes == ()


def test_the_assessment_comes_first_then_the_models_words(build: Build) -> None:
    model = ScriptedModel(texts_for, name="writer")
    coach = build(model)
    shown = list(coach.feedback(ASKED, ANSWER))
    first, last = shown[0], shown[-1]
    assert first.model is None
    assert first.gaps[0].text != last.gaps[0].text
    assert last.gaps[0].text.endswith(SAID)
    assert (last.model, last.prompts) == ("writer", {"critique": coach.prompts["critique"].stamp})
    assert last.timings_ms.keys() == {"assessment", "first_word", "total"}
    assert "total" not in first.timings_ms
    same: dict[str, Any] = {"gaps": (), "follow_ups": (), "model": None, "prompts": {}, "timings_ms": {}}
    same["refused"] = {}
    assert last.model_copy(update=same) == first.model_copy(update=same)


def test_a_model_that_words_nothing_names_the_story_in_the_next_question(build: Build) -> None:
    coach = build(ScriptedModel([{"text": "the fraud model"}], name="small"), words_freely=False)
    plain = next(build(None).feedback(ASKED, ANSWER))
    others = tuple(aim for aim in get_args(Criterion) if aim != "reflection")
    last = list(coach.advise(ASKED, plain, SoFar(aims=others)))[-1]
    assert last.gaps == plain.gaps
    assert "the fraud model" in last.follow_ups[0].question
    assert (last.model, last.prompts) == ("small", {"topic": coach.advice_prompt.stamp})
    assert last.timings_ms.keys() == {"assessment", "first_word", "total"}


def test_who_words_freely_sums_up(build: Build) -> None:
    assert build(ScriptedModel([])).interviews.sum_up is not None
    assert build(ScriptedModel([]), words_freely=False).interviews.sum_up is None
    assert build(None).interviews.sum_up is None


def test_fast_does_not_ask_the_model(build: Build) -> None:
    model = ScriptedModel([])
    (only,) = build(model).feedback(ASKED, ANSWER, fast=True)
    assert (only.model, model.history) == (None, [])


def test_what_is_not_graded_is_not_advised_on(build: Build) -> None:
    model = ScriptedModel([])
    (only,) = build(model).feedback(ASKED, "I don't know.")
    assert (only.graded, only.citations, model.history) == (False, (), [])


def test_a_model_that_fails_leaves_the_assessment_and_a_note(build: Build) -> None:
    coach = build(ScriptedModel([ModelTimeout("It took too long.")]))
    plain = next(build(None).feedback(ASKED, ANSWER))
    last = list(coach.feedback(ASKED, ANSWER))[-1]
    assert (last.gaps, last.follow_ups) == (plain.gaps, plain.follow_ups)
    assert (last.model, last.prompts, last.refused) == (None, {}, {})
    assert len(last.notes) == 1
    assert "assessment's own words stand" in last.notes[0]
    assert "total" in last.timings_ms


@pytest.mark.parametrize("answer", ["no JSON", '{"text": "Say what', '{"text": "Bravo!"}', "{}"])
def test_output_that_breaks_its_form_costs_nothing_and_is_counted(build: Build, answer: str) -> None:
    coach = build(ScriptedModel(lambda call: answer))
    plain = next(build(None).feedback(ASKED, ANSWER))
    last = list(coach.feedback(ASKED, ANSWER))[-1]
    assert last.refused == {"form": len(coach.model.history)}  # type: ignore[union-attr]
    same: dict[str, Any] = {"refused": {}, "timings_ms": {}}
    assert last.model_copy(update=same) == plain.model_copy(update=same)


def test_advice_goes_on_from_an_assessment_and_forgets_what_a_model_said(build: Build) -> None:
    coach = build(ScriptedModel(texts_for))
    assessed = coach.assess(ASKED, ANSWER)
    worded = list(coach.advise(ASKED, assessed))[-1]
    assert worded.gaps != assessed.gaps
    broken_off = list(build(ScriptedModel([ModelTimeout("It took too long.")])).advise(ASKED, worded))[-1]
    assert (broken_off.gaps, broken_off.follow_ups) == (assessed.gaps, assessed.follow_ups)
    assert broken_off.model is None


def test_the_answer_is_assessed_once(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    assess = Assessor.assess

    def counting(self: Assessor, asked: Asked, answer: str) -> Feedback:
        calls.append(answer)
        return assess(self, asked, answer)

    monkeypatch.setattr(Assessor, "assess", counting)
    interviews = build(ScriptedModel(texts_for)).interviews
    state = interviews.start(principle="Ownership", seed=1)
    first = interviews.answer(state.id, ANSWER)
    next(first)
    first.close()
    *_, (after, _) = interviews.assess_again(state.id)
    assert after.turns[0].complete
    assert calls == [ANSWER]


def test_filling_the_blanks_completes_the_rewrite_and_is_not_asked_again(build: Build) -> None:
    coach = build(None)
    feedback = coach.assess(ASKED, ANSWER)
    assert feedback.rewrite is not None
    assert "result" in feedback.rewrite.asks
    told = "Recall went from 61% to 84% within two months, and the card team switched the rules off."
    filled = coach.fill(ASKED, feedback, dict.fromkeys(feedback.rewrite.blanks, told))
    assert filled.rewrite is not None
    assert filled.rewrite.blanks == ()
    assert "[" not in filled.rewrite.text
    asked_for = set(feedback.rewrite.asks)
    assert not asked_for & {gap.criterion for gap in filled.gaps}
    assert not asked_for & {one.criterion for one in filled.follow_ups}
    assert told in " ".join(sentence.text for sentence in filled.sentences)


def test_without_a_rewrite_there_is_nothing_to_fill(build: Build) -> None:
    coach = build(None)
    feedback = coach.assess(ASKED, ANSWER).model_copy(update={"rewrite": None})
    with pytest.raises(UsageError, match="nothing to fill"):
        coach.fill(ASKED, feedback, {"by how much?": "By half."})


def test_closing_the_feedback_stops_the_model(build: Build) -> None:
    stopped = threading.Event()

    class Watched(ScriptedModel):
        def stream(self, *args: Any, **options: Any) -> Any:
            try:
                yield from super().stream(*args, **options)
            finally:
                stopped.set()

    growing = build(Watched(texts_for)).feedback(ASKED, ANSWER)
    next(growing)
    next(growing)
    assert not stopped.is_set()
    growing.close()
    assert stopped.is_set()


def test_the_guides_are_cited_word_for_word(build: Build) -> None:
    coach = build(None)
    (only,) = coach.feedback(ASKED, ANSWER)
    assert [one.heading for one in only.citations] == ["The result of a STAR answer"]
    for citation in only.citations:
        assert citation.quote in coach.library.text(citation.source)


def test_without_a_library_the_answer_is_judged_all_the_same(
    assessor: Assessor, build: Any, tmp_path: Path
) -> None:
    (only,) = build(None, tmp_path / "empty").feedback(ASKED, ANSWER)
    assert only.graded
    assert only.citations == ()
    assert "coach ingest" in only.notes[0]


def test_follow_ups_are_not_asked_twice(build: Build) -> None:
    coach = build(None)
    feedback = next(coach.feedback(ASKED, ANSWER))
    asked: tuple[str, ...] = ()
    while (one := coach.follow_up(ASKED, feedback, SoFar(questions=asked))) is not None:
        assert one.question not in asked
        asked += (one.question,)
    assert {one.question for one in feedback.follow_ups} <= set(asked)


def test_interviews_are_judged_by_this_coach(build: Build) -> None:
    interviews = build(None).interviews
    state = interviews.start(principle="Ownership", seed=1)
    told: list[Feedback] = [feedback for _, feedback in interviews.answer(state.id, ANSWER)]
    assert told[-1].overall is not None
    assert interviews.get(state.id).turns[0].complete
