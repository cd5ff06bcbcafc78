from collections.abc import Sequence

import numpy as np
import pytest

from coach.build import build_bank
from coach.evals.closest import closest, table
from coach.interview.questions import Question
from coach.library.embedder import HashedWords, MiniLM, State, Vectors

# The nearest two of the bank are at 0.674; two wordings of one question are at 0.75 and above.
_TOO_NEAR = 0.70


class Angles:
    """An embedder for which questions lie on a circle, in the order in which they are given."""

    name, dimension = "angles", 2
    state: State = "ready"

    def __init__(self, *degrees: float) -> None:
        self.degrees = degrees

    def embed(self, texts: Sequence[str], progress: object = None) -> Vectors:
        radians = np.radians(self.degrees[: len(texts)])
        return np.stack([np.cos(radians), np.sin(radians)], axis=1).astype(np.float32)

    def tokens(self, text: str) -> int:
        return len(text.split())


def some(count: int) -> Sequence[Question]:
    return build_bank().questions[:count]


def test_each_pair_comes_once_nearest_first() -> None:
    questions = some(4)
    pairs = closest(questions, Angles(0, 90, 10, 30), 10)
    found = [(questions.index(pair.one), questions.index(pair.other)) for pair in pairs]
    assert found == [(0, 2), (2, 3), (0, 3), (1, 3), (1, 2), (0, 1)]
    assert pairs[0].cosine == pytest.approx(np.cos(np.radians(10)), abs=1e-4)
    assert closest(questions, Angles(0, 90, 10, 30), 2) == pairs[:2]
    assert closest(some(1), Angles(0), 10) == []


def test_the_same_words_are_at_one_and_the_table_shows_both() -> None:
    one, other = some(2)
    (pair,) = closest([one, other.model_copy(update={"question": one.question})], HashedWords())
    assert pair.cosine == pytest.approx(1, abs=1e-4)
    assert f"| 1.000 | {one.id}: {one.question} | {other.id}: {one.question} |" in table([pair])


def test_no_two_questions_of_the_bank_say_the_same(minilm: MiniLM) -> None:
    near = [pair for pair in closest(build_bank().questions, minilm) if pair.cosine >= _TOO_NEAR]
    assert near == [], table(near)


def test_a_question_in_other_words_would_be_noticed(minilm: MiniLM) -> None:
    asked = next(one for one in build_bank().questions if one.id == "behavioral-deliver-results-03")
    again = asked.model_copy(
        update={
            "question": "Which important goal have you missed, and when did you know that you would miss it?"
        }
    )
    (pair,) = closest([asked, again], minilm)
    assert pair.cosine >= _TOO_NEAR
