import math
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from coach.interview.lookup import SAME_QUESTION, QuestionFinder
from coach.interview.questions import Question, QuestionBank
from coach.library.embedder import HashedWords, MiniLM, Progress, Vectors

from .fakes import question, small_bank


class Counting(HashedWords):
    def __init__(self) -> None:
        self.texts: list[str] = []
        self._lock = threading.Lock()

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        with self._lock:
            self.texts += texts
        return super().embed(texts, progress)


class Angles(HashedWords):
    """A text lies in the direction whose cosine with the first axis it is told to have."""

    def __init__(self, **cosines: float) -> None:
        self._cosines = cosines

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        near = [self._cosines[text] for text in texts]
        return np.array([[one, math.sqrt(1 - one**2)] for one in near], dtype=np.float32).reshape(-1, 2)


def worded(number: int, text: str, *others: str, kind: str = "technical") -> Question:
    return question(number, "trees", kind, "mid").model_copy(update={"question": text, "asked_as": others})


def finder(*questions: Question) -> QuestionFinder:
    return QuestionFinder(QuestionBank(questions), HashedWords())


LEAKAGE = worded(1, "What is leakage?", "How does the target slip into the features?")
BOOSTING = worded(2, "Explain boosting.", "Why do weak learners in a row get strong?")


def test_the_same_words_find_it_whatever_case_and_marks_and_nothing_is_embedded() -> None:
    embedder = Counting()
    known = QuestionFinder(QuestionBank((LEAKAGE, BOOSTING)), embedder)
    assert known.find("  explain BOOSTING", "technical") == BOOSTING
    assert embedder.texts == []


def test_each_way_to_ask_finds_its_own_question() -> None:
    known = finder(LEAKAGE, BOOSTING)
    for one in (LEAKAGE, BOOSTING):
        for text in one.asked_as:
            assert known.find(text, "technical") == one


@pytest.mark.parametrize(("off", "is_found"), [(0.01, True), (-0.01, False)])
def test_what_is_only_related_is_not_taken_for_the_same(off: float, is_found: bool) -> None:
    bank = QuestionBank((worded(1, "here"),))
    known = QuestionFinder(bank, Angles(here=1.0, asked=SAME_QUESTION + off))
    assert (known.find("asked", "technical") is not None) is is_found


def test_the_nearest_of_several_wins() -> None:
    first, second = worded(1, "first", "far"), worded(2, "second", "near")
    embedder = Angles(first=0.8, far=0.1, second=0.2, near=0.98, asked=1.0)
    assert QuestionFinder(QuestionBank((first, second)), embedder).find("asked", "technical") == second


def test_other_words_find_only_questions_of_their_kind_and_the_same_words_those_of_any() -> None:
    design = worded(1, "Design a feed for a shop", kind="system_design")
    recruiter = worded(1, "Why this company?", kind="recruiter")
    known = finder(LEAKAGE, design, recruiter)
    assert known.find("For a shop, design a feed", "system_design") == design
    assert known.find("For a shop, design a feed", "technical") is None
    assert known.find("why this company", "case") == recruiter


def test_a_behavioral_question_is_not_what_another_kind_asks_for() -> None:
    known = QuestionFinder(small_bank(), HashedWords())
    story = next(one for one in known.bank.questions if one.kind == "behavioral")
    assert known.find(story.question, "coding") is None


@pytest.mark.parametrize("text", ["", "  \n", "?"])
def test_no_words_find_nothing(text: str) -> None:
    assert finder(LEAKAGE, BOOSTING).find(text, "technical") is None


def test_a_kind_without_questions_has_none() -> None:
    assert finder(LEAKAGE).find("anything", "coding") is None


def test_key_points_find_their_question_only_when_all_are_there_in_order() -> None:
    other = LEAKAGE.model_copy(update={"key_points": ("a", "b", "c", "d")})
    known = finder(BOOSTING, other)
    assert known.with_points(["a", "b", "c", "d"]) == other
    assert known.with_points(["b", "a", "c", "d"]) is None
    assert known.with_points(["a", "b", "c"]) is None


def test_after_warming_up_only_what_is_asked_is_embedded() -> None:
    embedder = Counting()
    known = QuestionFinder(small_bank(), embedder)
    known.warm_up()
    technical = {one.question for one in known.bank.questions if one.kind == "technical"}
    assert technical <= set(embedder.texts)
    assert not any(one.question in embedder.texts for one in known.bank.questions if one.kind == "behavioral")
    embedder.texts.clear()
    known.find("Something else entirely", "technical")
    assert embedder.texts == ["Something else entirely"]


def test_many_threads_at_once_embed_a_bank_once() -> None:
    embedder = Counting()
    known = QuestionFinder(QuestionBank((LEAKAGE, BOOSTING)), embedder)
    together = threading.Barrier(8)

    def ask(number: int) -> Question | None:
        together.wait()
        return known.find(BOOSTING.asked_as[0] if number % 2 else LEAKAGE.asked_as[0], "technical")

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, range(8)))
    assert found == [LEAKAGE, BOOSTING] * 4
    assert embedder.texts.count(BOOSTING.question) == 1


def test_it_goes_by_meaning(minilm: MiniLM) -> None:
    overfitting = worded(1, "What is overfitting, and how do you fight it?")
    trees = worded(2, "How does a decision tree choose its splits?")
    known = QuestionFinder(QuestionBank((overfitting, trees)), minilm)
    assert known.find("Explain overfitting and ways to prevent it", "technical") == overfitting
    assert known.find("How are splits chosen in decision trees?", "technical") == trees
    assert known.find("What is a random forest?", "technical") is None
