import json
from pathlib import Path
from typing import Any, get_args

import pytest

from coach.errors import UsageError
from coach.evals.technical_cases import RANKS, Level, TechnicalCase, load_technical, load_wordings
from coach.feedback.feedback import Asked, Verdict
from coach.interview.questions import QuestionBank, load_questions
from tests.interview.fakes import small_bank

BANK = load_questions(Path(__file__).parents[2] / "corpus" / "questions")
ROW: dict[str, Any] = {
    "id": "trees-weak",
    "question_id": "technical-trees-01",
    "level": "weak",
    "answer": "They split.",
    "verdicts": ["hit", "miss", "wrong", "partial"],
}
WORDING: dict[str, Any] = {"id": "w1", "question": "Why trees?", "kind": "technical", "means": None}


def read(folder: Path, *rows: dict[str, Any], bank: QuestionBank | None = None) -> list[TechnicalCase]:
    (folder / "mine.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return load_technical(bank or small_bank(), folder / "mine.jsonl")


def test_our_own_answers_fit_the_bank_and_hold_every_level_and_verdict() -> None:
    cases = load_technical(BANK)
    assert len({case.id for case in cases}) == len(cases) >= 20
    for case in cases:
        question = BANK.by_id(case.cluster)
        assert (case.asked.question, len(case.verdicts)) == (question.question, len(question.key_points))
        assert case.grade is None
    assert {case.level for case in cases} == set(get_args(Level)) == set(RANKS)
    assert {verdict for case in cases for verdict in case.verdicts} == set(get_args(Verdict))


def test_levels_go_with_the_verdicts() -> None:
    made: dict[int, list[float]] = {}
    for case in load_technical(BANK):
        assert case.level is not None
        assert not (case.level == "strong" and "wrong" in case.verdicts)
        made.setdefault(RANKS[case.level], []).append(case.verdicts.count("hit") / len(case.verdicts))
    means = [sum(made[rank]) / len(made[rank]) for rank in sorted(made)]
    assert means == sorted(set(means))


def test_other_ways_to_ask_mean_a_question_that_is_there_and_are_not_in_the_bank_themselves() -> None:
    wordings = load_wordings()
    assert len({one.id for one in wordings}) == len(wordings) >= 40
    known = {text.casefold() for one in BANK.questions for text in (one.question, *one.asked_as)}
    assert {one.question.casefold() for one in wordings}.isdisjoint(known)
    assert all(BANK.by_id(one.means).kind == one.kind for one in wordings if one.means)
    assert sum(one.means is None for one in wordings) >= 10


def test_a_row_becomes_a_case(tmp_path: Path) -> None:
    (case,) = read(tmp_path, ROW)
    question = small_bank().by_id("technical-trees-01")
    assert case == TechnicalCase(
        id="trees-weak",
        cluster=question.id,
        asked=Asked(question=question.question, kind="technical"),
        answer="They split.",
        verdicts=("hit", "miss", "wrong", "partial"),
        level="weak",
    )
    assert case.words == 2


def test_a_recruiters_question_is_judged_as_a_case(tmp_path: Path) -> None:
    (case,) = read(tmp_path, ROW | {"question_id": "recruiter-motivation-01"})
    assert case.asked.kind == "case"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"verdicts": ["hit"]}, "trees-weak has not one verdict for each key point"),
        ({"verdicts": ["hit", "hit", "hit", "good"]}, "Mend the line"),
        ({"level": "fair"}, "Mend the line"),
        ({"grade": 2}, "Extra inputs"),
        ({"answer": None}, "Mend the line"),
        ({"question_id": "technical-trees-77"}, "technical-trees-77"),
    ],
)
def test_a_wrong_line_is_refused(tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read(tmp_path, ROW | {"id": "other"}, ROW | changes)


@pytest.mark.parametrize("line", [json.dumps(WORDING | {"kind": "riddle"}), "{", json.dumps([1])])
def test_a_wrong_wording_is_refused_with_its_file(tmp_path: Path, line: str) -> None:
    (tmp_path / "ways.jsonl").write_text(f"{json.dumps(WORDING)}\n{line}\n")
    with pytest.raises(UsageError, match=r"^ways\.jsonl: "):
        load_wordings(tmp_path / "ways.jsonl")
