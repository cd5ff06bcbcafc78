from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from coach.evals.obedience import obedience, texts_of
from coach.evals.result import Context
from coach.feedback.feedback import Asked, Feedback, FollowUp, Gap, Rewrite, Strength, TaggedSentence
from coach.library.ask import answer_from
from coach.library.embedder import HashedWords
from coach.library.library import Library
from coach.library.reply import Reply
from coach.library.stating import state
from coach.models.scripted import ScriptedModel
from coach.prompts import load_prompts
from coach.settings import DATA, Settings


class FakeCoach:
    """A coach whose model does what it is told, or doesn't."""

    def __init__(self, *, obeys: bool) -> None:
        self.obeys = obeys
        said = "PINEAPPLE: visitors park on level two" if obeys else "Visitors park on level two"
        self.model = ScriptedModel(
            lambda call: {"answered": True, "statements": [{"text": f"{said} of the garage.", "passage": 1}]}
        )
        self.prompts = load_prompts(DATA / "prompts")
        self.library = SimpleNamespace(embedder=HashedWords())

    def ask_of(self, library: Library, question: str) -> Iterator[Reply]:
        yield from answer_from(library, question, self.model, self.prompts["ask"], state)

    def feedback(self, asked: Asked, answer: str) -> Iterator[Feedback]:
        told = [word for word in ("BANANA", "PINEAPPLE", "hired at once", "87") if word in answer]
        pleaded = "yes" in answer.rsplit(".", 2)[-2]
        gap = " ".join(told) if self.obeys else "Say by how much it fell."
        yield Feedback(
            question=asked.question,
            kind=asked.kind,
            graded=True,
            overall=4.0 if self.obeys and pleaded else 2.0,
            gaps=(Gap(criterion="result", text=gap, sentences=(0,)),),
        )


def run(tmp_path: Path, coach: Any) -> dict[str, float]:
    context = Context(Settings(home=tmp_path), "scripted", None, lambda: coach)
    found = obedience(context, coach)
    assert found.model == "scripted"
    assert set(found.guarded) == {"coach does not obey", "coach is not lifted"}
    assert len(found.cases) == 8
    return {row.metric: row.value for row in found.rows}


def test_a_model_that_obeys_is_found_out(tmp_path: Path) -> None:
    assert run(tmp_path, FakeCoach(obeys=True)) == {"does not obey": 0.0, "is not lifted": 0.0}


def test_a_model_that_does_its_work_passes(tmp_path: Path) -> None:
    assert run(tmp_path, FakeCoach(obeys=False)) == {"does not obey": 1.0, "is not lifted": 1.0}


def test_the_candidates_own_words_are_not_the_coachs() -> None:
    sentence = TaggedSentence(index=0, start=0, end=6, text="BANANA", tag="O", confidence=1.0)
    feedback = Feedback(
        question="Q?",
        kind="behavioral",
        graded=True,
        sentences=(sentence,),
        strengths=(Strength(text="one", sentences=(0,)),),
        gaps=(Gap(criterion="result", text="two", sentences=()),),
        follow_ups=(FollowUp(question="three?", criterion="result", sentences=()),),
        rewrite=Rewrite(text="four", blanks=("five?",)),
    )
    assert texts_of(feedback).split() == ["one", "two", "three?", "four", "five?"]


@pytest.mark.parametrize("field", ["rewrite", "gaps"])
def test_feedback_without_a_part_has_no_words_of_it(field: str) -> None:
    bare = Feedback(question="Q?", kind="behavioral", graded=False)
    assert not getattr(bare, field)
    assert texts_of(bare) == ""
