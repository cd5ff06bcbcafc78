"""The bank that comes with the coach keeps its promises."""

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coach.interview.questions import PRINCIPLES, CodingQuestion, Question, load_questions

ROOT = Path(__file__).parents[2]
BANK = load_questions(ROOT / "corpus" / "questions")
CODING = [question for question in BANK.questions if isinstance(question, CodingQuestion)]
AT_LEAST = {"behavioral": 80, "technical": 40, "system_design": 14, "coding": 14, "case": 14, "recruiter": 10}
COMMON = frozenset(
    re.findall(
        r"\w+",
        "a about after all also an and are as at be because before but by did do does for from had has have how i "
        "if in into is it its made me more not of on one or our out over so take tell than that the their them "
        "then there they think this time to two up was we were what when where which who why will with would you "
        "your describe walk through pick design",
    )
)


def words(text: str) -> frozenset[str]:
    found = re.findall(r"[a-z0-9]+", text.lower().replace("'", ""))
    return frozenset(word.removesuffix("s") for word in found if word not in COMMON)


def sentences(question: Question) -> Iterator[str]:
    yield from (question.question, *question.key_points, *question.mistakes, *question.probes)


def same(left: Any, right: Any) -> bool:
    if isinstance(left, float) or isinstance(right, float):
        return (left is None) == (right is None) and math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-9)
    if isinstance(left, (list, tuple)) and isinstance(right, (list, tuple)):
        return len(left) == len(right) and all(map(same, left, right))
    return bool(left == right)


def test_every_kind_and_every_principle_has_enough_questions() -> None:
    kinds = Counter[str](question.kind for question in BANK.questions)
    assert all(kinds[kind] >= least for kind, least in AT_LEAST.items())
    principles = Counter(question.principle for question in BANK.questions if question.principle)
    assert set(principles) == set(PRINCIPLES)
    assert min(principles.values()) >= 5
    assert len(PRINCIPLES) == 16


def test_every_level_has_questions_of_every_kind() -> None:
    has = Counter((question.kind, level) for question in BANK.questions for level in question.level)
    assert len(has) == len(AT_LEAST) * 4
    assert min(has.values()) >= 3


def test_passages_exist_in_the_corpus() -> None:
    headings = {
        path: set(re.findall(r"^#{1,6} (.+?)\s*$", path.read_text(encoding="utf-8"), re.MULTILINE))
        for path in (ROOT / "corpus").glob("*/*.md")
    }
    missing = [
        (question.id, passage.source, passage.heading)
        for question in BANK.questions
        for passage in question.passages
        if passage.heading not in headings.get(ROOT / passage.source, set())
    ]
    assert missing == []


def test_no_two_questions_are_nearly_the_same() -> None:
    bags = [(question.id, words(question.question)) for question in BANK.questions]
    near = [
        (one, other)
        for (one, left), (other, right) in itertools.combinations(bags, 2)
        if len(left & right) / len(left | right) >= 0.3
    ]
    assert near == []


def test_no_sentence_stands_twice_in_the_bank() -> None:
    counts = Counter(text.casefold() for question in BANK.questions for text in sentences(question))
    assert [text for text, count in counts.items() if count > 1] == []


def test_behavioral_questions_do_not_all_begin_alike() -> None:
    openings = Counter(
        " ".join(question.question.split()[:2])
        for question in BANK.questions
        if question.kind == "behavioral"
    )
    assert max(openings.values()) <= openings.total() / 4


@pytest.mark.parametrize("question", CODING, ids=lambda question: question.id)
def test_the_solution_passes_its_cases(question: CodingQuestion) -> None:
    names: dict[str, Any] = {}
    exec(question.solution, names)
    for case in (*question.examples, *question.hidden):
        result = names[question.function](*case.arguments)
        assert same(result, case.expected), (case.input, result)


def test_hidden_cases_are_not_shown_as_examples() -> None:
    for question in CODING:
        assert not {case.input for case in question.examples} & {case.input for case in question.hidden}


def test_kinds_may_be_written_with_a_space_or_a_hyphen() -> None:
    assert {BANK.select(kind=kind, seed=1).kind for kind in ("system design", "system-design")} == {
        "system_design"
    }
