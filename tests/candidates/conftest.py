"""The real coach with a scripted model: once with the real assessor, once with one that reads nothing into words."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest

from coach.coach import Coach
from coach.feedback.assessor import Assessor, load_assessor
from coach.feedback.encoding import DIMENSION, LAYERS, Encoded
from coach.feedback.feedback import Asked, Feedback
from coach.interview.interviews import Interviews
from coach.interview.questions import QuestionBank, load_questions
from coach.interview.store import open_store
from coach.library.embedder import Embedder, HashedWords
from coach.library.library import Library
from coach.models.scripted import Call, ScriptedModel
from coach.prompts import load_prompts
from coach.settings import DATA, Settings

from .loop import Clock

Ready = tuple[Interviews, Clock]


class Hashed:
    """An encoder without a network: the same words, the same numbers, which mean nothing."""

    def read(self, question: str, sentences: Sequence[str]) -> Encoded:
        return Encoded(question=_row(question), sentences=np.stack([_row(one) for one in sentences]))


@dataclass
class Remembering:
    """An assessor that judges the same answer to the same kind of question once."""

    real: Assessor
    known: dict[tuple[object, ...], Feedback] = field(default_factory=dict)

    @property
    def embedder(self) -> Embedder:
        return self.real.embedder

    def assess(self, asked: Asked, answer: str) -> Feedback:
        key = (asked.kind, asked.key_points, asked.given, answer)
        if key not in self.known:
            self.known[key] = self.real.assess(asked, answer)
        return self.known[key].model_copy(update={"question": asked.question})


@pytest.fixture(scope="session")
def bank() -> QuestionBank:
    return load_questions(DATA / "corpus" / "questions")


@pytest.fixture(scope="session")
def reading_nothing() -> Remembering:
    return Remembering(load_assessor(HashedWords(), Hashed()))


@pytest.fixture(scope="session")
def reading(assessor: Assessor) -> Remembering:
    """The real network; key points are held against words alone, which is enough for who says them."""
    return Remembering(replace(assessor, embedder=HashedWords()))


@pytest.fixture
def make(tmp_path: Path, bank: QuestionBank) -> Iterator[Callable[[Remembering], Ready]]:
    made: list[Coach] = []

    def build(judge: Remembering) -> Ready:
        coach = Coach(
            library=Library(Settings(home=tmp_path / "library"), judge.embedder),
            bank=bank,
            assessor=judge,  # type: ignore[arg-type]
            prompts=load_prompts(DATA / "prompts"),
            model=ScriptedModel(_answers),
            store=open_store(Settings(home=tmp_path / f"home{len(made)}", database_url=None)),
        )
        made.append(coach)
        clock = Clock()
        return replace(coach.interviews, now=clock), clock

    yield build
    for one in made:
        one.close()


@pytest.fixture
def fast(make: Callable[[Remembering], Ready], reading_nothing: Remembering) -> Ready:
    """Interviews where the words don't matter."""
    return make(reading_nothing)


@pytest.fixture
def real(make: Callable[[Remembering], Ready], reading: Remembering) -> Ready:
    """Interviews where they do; one follow-up to each question."""
    interviews, clock = make(reading)
    return replace(interviews, follow_ups=1), clock


def _answers(call: Call) -> Mapping[str, object]:
    if call.verb == "decide":
        return {"yes": 0.95, "no": 0.05}
    wants_gap = "Missing:" in call.messages[-1].content
    return {"text": "Say what was different afterwards." if wants_gap else "What was different afterwards?"}


def _row(text: str) -> np.ndarray:
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
    rows = np.random.default_rng(seed).standard_normal((len(LAYERS), DIMENSION)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


