"""Every task of the bank can be solved, and runner and bank agree on what solves it."""

import pytest

from tests.coding.solutions import fifth, first, fourth, second, third
from tests.coding.solutions.kinds import Wrong
from tests.coding.tasks import CODING, run_all

RIGHT = first.RIGHT | second.RIGHT | third.RIGHT | fourth.RIGHT | fifth.RIGHT
WRONG = (*first.WRONG, *second.WRONG, *third.WRONG, *fourth.WRONG, *fifth.WRONG)


def test_every_task_has_an_answer_of_ours_and_one_in_five_a_wrong_one() -> None:
    assert set(RIGHT) == set(CODING)
    assert len({wrong.task for wrong in WRONG}) * 5 >= len(CODING)


@pytest.mark.parametrize("name", sorted(CODING))
def test_a_right_answer_passes_every_case(name: str) -> None:
    result = run_all(RIGHT[name], CODING[name])
    assert [case for case in result.cases if not case.passed] == []
    assert result.solved
    assert len(result.cases) == len(CODING[name].examples) + len(CODING[name].hidden)


@pytest.mark.parametrize("name", sorted(CODING))
def test_the_bank_s_own_solution_passes_every_case(name: str) -> None:
    assert run_all(CODING[name].solution, CODING[name]).solved


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: f"{wrong.task}: {wrong.why}")
def test_a_typical_wrong_answer_fails_a_hidden_case(wrong: Wrong) -> None:
    result = run_all(wrong.code, CODING[wrong.task])
    assert not result.solved
    assert any(case.outcome == "failed" for case in result.hidden)


@pytest.mark.parametrize("name", sorted(CODING))
def test_returning_nothing_solves_no_task(name: str) -> None:
    question = CODING[name]
    assert not run_all(f"def {question.function}(*given):\n    return None\n", question).solved
