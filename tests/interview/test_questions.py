"""The real bank keeps its promises, and `QuestionBank` picks from it as it says."""

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from coach.errors import UsageError
from coach.interview.questions import (
    PRINCIPLES,
    CodingQuestion,
    Question,
    QuestionBank,
    load_questions,
    principle_named,
)

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


def entry(**changes: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "id": "technical-leakage-01",
        "kind": "technical",
        "topic": "leakage",
        "level": ["mid"],
        "question": "What is leakage?",
        "key_points": ["a", "b", "c", "d"],
        "mistakes": ["a", "b"],
        "probes": ["a", "b", "c"],
        "passages": [{"source": "corpus/guides/x.md", "heading": "Leakage"}],
    }
    return {name: value for name, value in (fields | changes).items() if value is not None}


def bank_of(*entries: dict[str, Any]) -> QuestionBank:
    return QuestionBank(tuple(Question.model_validate(fields) for fields in entries))


@pytest.fixture
def small() -> QuestionBank:
    """Twelve questions on leakage, one on AUC at another level, and one behavioral."""
    return bank_of(
        *(entry(id=f"technical-leakage-{number:02}") for number in range(12)),
        entry(id="technical-roc-auc-01", topic="ROC AUC", level=["senior", "principal"]),
        entry(id="behavioral-dive-deep-01", kind="behavioral", topic=None, principle="Dive Deep"),
    )


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


def test_a_seed_gives_the_same_question_and_seeds_differ(small: QuestionBank) -> None:
    assert small.select(seed=7) == small.select(seed=7)
    assert len({small.select(seed=seed).id for seed in range(40)}) > 5


def test_excluding_what_was_asked_goes_through_the_questions_in_the_seeds_order(small: QuestionBank) -> None:
    def order(skipped: frozenset[str]) -> Sequence[str]:
        asked: list[str] = []
        while len(asked) < len(small.questions) - len(skipped):
            asked.append(small.select(seed=3, exclude=skipped | set(asked)).id)
        return asked

    whole = order(frozenset())
    assert sorted(whole) == sorted(question.id for question in small.questions)
    assert order(frozenset({whole[2]})) == [name for name in whole if name != whole[2]]


def test_nothing_left_is_said(small: QuestionBank) -> None:
    everything = {question.id for question in small.questions}
    with pytest.raises(UsageError, match="Nothing is left to ask with kind 'technical'"):
        small.select(kind="technical", exclude=everything)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"kind": "behavioral"}, "behavioral-dive-deep-01"),
        ({"principle": "dive deep LP"}, "behavioral-dive-deep-01"),
        ({"topic": "DIVE"}, "behavioral-dive-deep-01"),
        ({"topic": " auc"}, "technical-roc-auc-01"),
        ({"topic": "Roc-AUC"}, "technical-roc-auc-01"),
        ({"kind": "Technical", "level": "SENIOR"}, "technical-roc-auc-01"),
    ],
)
def test_selection_is_forgiving(small: QuestionBank, wanted: dict[str, str], found: str) -> None:
    assert {small.select(**wanted, seed=seed).id for seed in range(5)} == {found}


def test_kinds_may_be_written_with_a_space_or_a_hyphen() -> None:
    assert {BANK.select(kind=kind, seed=1).kind for kind in ("system design", "system-design")} == {
        "system_design"
    }


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"kind": "quiz"}, "choose from: technical; behavioral"),
        ({"topic": "svm"}, "choose from: leakage; roc auc; Dive Deep"),
        ({"kind": "technical", "topic": "leak", "level": "principal"}, "topic 'leak' with level 'principal'"),
        ({"kind": "technical", "principle": "Dive Deep"}, "leave out the principle"),
        ({"principle": "Frugality"}, "choose from: Dive Deep"),
        ({"principle": "dive dep"}, "did you mean Dive Deep"),
    ],
)
def test_what_does_not_exist_is_answered_with_what_does(
    small: QuestionBank, wanted: dict[str, str], said: str
) -> None:
    with pytest.raises(UsageError, match=re.escape(said)):
        small.select(**wanted)  # type: ignore[arg-type]


def test_a_question_is_found_by_its_id(small: QuestionBank) -> None:
    assert small.by_id("technical-roc-auc-01").topic == "roc auc"
    with pytest.raises(UsageError, match="did you mean technical-roc-auc-01"):
        small.by_id("technical-roc-auc-1")


def test_a_question_is_found_by_its_words(small: QuestionBank) -> None:
    assert small.by_text(" what is LEAKAGE") == small.questions[0]
    assert small.by_text("What is leakage in a pipe?") is None


@pytest.mark.parametrize("name", PRINCIPLES)
def test_a_principle_is_known_in_any_spelling(name: str) -> None:
    for text in (name, name.upper(), f" {name} LP", name.replace(",", "").replace(";", ":"), f"{name}."):
        assert principle_named(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("backbone", "Have Backbone; Disagree and Commit"),
        ("disagree & commit", "Have Backbone; Disagree and Commit"),
        ("Earth’s best employer", "Strive to be Earth's Best Employer"),
        ("dive-deep", "Dive Deep"),
        ("ownership leadership principle", "Ownership"),
        ("right a lot", "Are Right, A Lot"),
    ],
)
def test_a_telling_part_of_a_principle_is_enough(text: str, name: str) -> None:
    assert principle_named(text) == name


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Customer Obsesion", "did you mean Customer Obsession"),
        ("best", "Hire and Develop the Best or Strive to be Earth's Best Employer"),
        ("LP", "choose from: Customer Obsession / Ownership"),
        ("", "choose from: Customer Obsession / Ownership"),
    ],
)
def test_an_unclear_principle_is_not_guessed(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        principle_named(text)


CODING_FIELDS: dict[str, Any] = {
    "id": "coding-add-01",
    "kind": "coding",
    "topic": "adding",
    "task": "def add(a, b)\n\nAdd them.",
    "examples": [{"input": "(1, 2)", "output": "3"}],
    "hidden": [{"input": f"({number}, 1)", "output": f"{number + 1}"} for number in range(5)],
    "solution": "def add(a, b):\n    return a + b\n",
    "complexity": "Constant.",
}


def test_a_coding_question_is_read_with_its_task(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(yaml.safe_dump([entry(**CODING_FIELDS)]))
    (question,) = load_questions(tmp_path).questions
    assert isinstance(question, CodingQuestion)
    assert question.function == "add"
    assert (question.examples[0].arguments, question.examples[0].expected) == ((1, 2), 3)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"key_points": None}, "key_points: Field required"),
        ({"key_points": ["one"]}, "key_points: "),
        ({"probes": ["a", "b", " "]}, "probes.2: "),
        ({"kind": "riddle"}, "kind: "),
        ({"level": ["staff"]}, "level.0: "),
        ({"level": []}, "level: "),
        ({"colour": "red"}, "colour: Extra inputs"),
        ({"id": "leakage"}, "id: "),
        ({"id": "case-leakage-01"}, "starts with technical-"),
        ({"principle": "Dive Deep"}, "a behavioral question has a principle"),
        ({"topic": None}, "a behavioral question has a principle"),
        ({"kind": "behavioral", "id": "behavioral-x-01"}, "a behavioral question has a principle"),
        (
            {"kind": "behavioral", "id": "behavioral-x-01", "topic": None, "principle": "dive deep"},
            "not the exact name",
        ),
        ({"passages": []}, "only a recruiter's question"),
        ({"passages": [{"source": "../secret.md", "heading": "x"}]}, "passages.0.source"),
        ({"task": "def f()"}, "task: Extra inputs"),
        ({"kind": "coding", "id": "coding-x-01"}, "task: Field required"),
        (CODING_FIELDS | {"task": "Add two numbers."}, "does not begin with a signature"),
        (CODING_FIELDS | {"solution": "def sub(a, b): ..."}, "does not define add"),
        (CODING_FIELDS | {"hidden": CODING_FIELDS["hidden"][:4]}, "hidden: "),
        (CODING_FIELDS | {"examples": [{"input": "[1, 2]", "output": "3"}]}, "not a tuple"),
        (CODING_FIELDS | {"examples": [{"input": "(1, 2", "output": "3"}]}, "not a Python literal"),
        (CODING_FIELDS | {"examples": [{"input": "(1, 2)", "output": "sum"}]}, "not a Python literal"),
    ],
)
def test_a_wrong_entry_is_named_with_file_and_field(
    tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    wrong = entry(**changes)
    good = entry(id="technical-good-01")
    (tmp_path / "mine.yaml").write_text(yaml.safe_dump([good, wrong]))
    with pytest.raises(UsageError, match=re.escape(said)) as caught:
        load_questions(tmp_path)
    assert str(caught.value).startswith(f"mine.yaml, entry 2 ({wrong['id']})")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id: x", "mine.yaml is not a list"),
        ("", "mine.yaml is not a list"),
        ("- [", "mine.yaml can't be read as YAML"),
        ("- just words", "mine.yaml, entry 1 (no id)"),
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "mine.yaml").write_text(text)
    with pytest.raises(UsageError, match=re.escape(said)) as caught:
        load_questions(tmp_path)
    assert "\n" not in str(caught.value)


def test_an_id_may_be_used_once_in_all_files(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(yaml.safe_dump([entry()]))
    with pytest.raises(UsageError, match=r"b.yaml: technical-leakage-01 is already .* a.yaml"):
        load_questions(tmp_path)


def test_a_folder_with_no_questions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no questions"):
        load_questions(tmp_path)
