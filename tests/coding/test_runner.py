"""What a run says of each case."""

import os
import threading

import pytest

from coach.coding.results import CaseResult, Limits, RunResult
from coach.coding.runner import run, run_each, walls
from coach.errors import AnswerRefused
from tests.coding.tasks import CODING, SHORT, body, run_all, run_one, task


def test_right_code_passes_and_its_prints_are_kept() -> None:
    result = run_all(body("print('adding', values)", "return sum(values)"), task())
    assert result.solved
    assert result.visible[0].printed == "adding [1, 2]\n"
    assert all(case.printed == "" for case in result.hidden)


def test_a_wrong_result_is_shown_beside_the_expected_one() -> None:
    case = run_one(body("return values"))
    assert (case.outcome, case.got, case.expected, case.input) == ("wrong", "[1, 2]", "3", "([1, 2],)")


def test_a_long_result_is_cut() -> None:
    case = run_one(body("return 'x' * 10000"))
    assert case.got is not None
    assert len(case.got) <= SHORT.shown


def test_an_exception_has_its_last_line_and_the_candidate_s_line() -> None:
    code = "import json\n\ndef helper(values):\n    return json.loads('{')\n\n" + body(
        "return helper(values)"
    )
    case = run_one(code)
    assert (case.outcome, case.line) == ("raised", 4)
    assert (case.message or "").startswith("JSONDecodeError: ")


@pytest.mark.parametrize(
    ("code", "line"), [("def total(values)\n    return 1\n", 1), ("x = 1\n\ny = = 2\n", 3), ("a\0b", None)]
)
def test_code_that_does_not_parse_names_the_line(code: str, line: int | None) -> None:
    case = run_one(code)
    assert (case.outcome, case.line) == ("raised", line)


@pytest.mark.parametrize("code", ["", "# nothing yet", "total = 3", "def totals(values): return 3"])
def test_a_missing_function_is_named(code: str) -> None:
    case = run_one(code)
    assert case.outcome == "no_such_function"
    assert "no function total" in (case.message or "")
    assert "it defines totals" in (case.message or "") or "totals" not in code


def test_a_failing_test_of_one_s_own_is_reported() -> None:
    case = run_one(body("return 4") + "assert total([1]) == 1, 'one'\n")
    assert (case.outcome, case.line, case.message) == ("raised", 3, "AssertionError: one")


def test_hidden_cases_say_passed_or_failed_and_the_sort_of_input() -> None:
    result = run_all(body("return values[0] + values[1]"), task())
    assert result.visible[0].passed
    assert {case.outcome for case in result.hidden} == {"failed"}
    first = result.hidden[0]
    assert first.hint == "an empty input"
    assert first == CaseResult(number=2, hidden=True, outcome="failed", sort="empty")


def test_cases_do_not_share_anything() -> None:
    code = "calls = []\n" + body("calls.append(1)", "return sum(values) + len(calls) - 1")
    assert run_all(code, task(examples=[("([1],)", "1"), ("([2],)", "2")])).solved


def test_numpy_is_there_for_the_task_that_asks_for_it_and_for_no_other() -> None:
    case = run_one("import numpy\n" + body("return int(numpy.sum(values))"))
    assert case.outcome == "raised"
    wants = task(signature="def total(values: list[int]) -> int\n\nUse numpy.")
    assert run_one("import numpy as np\n" + body("return np.sum(values)"), wants, Limits()).passed
    array = run_one("import numpy as np\n" + body("return np.array(values)"), wants, Limits())
    assert (array.outcome, array.got) == ("wrong", "an object of type ndarray")


def test_what_candidates_use_is_there() -> None:
    code = (
        "import bisect, collections, dataclasses, enum, functools, heapq, itertools, math, random, re\n"
        "import statistics, string\n"
        "import datetime, decimal, doctest, fractions, json, operator, threading, time, typing, unittest, hashlib, os\n"
        "@dataclasses.dataclass(slots=True)\nclass P:\n    x: int = 0\n"
        "class N(typing.NamedTuple):\n    a: int\n"
        "class C(enum.Enum):\n    A = 1\n"
        + body('"""\n    >>> total([1])\n    1\n    """', "lock = threading.Lock()", "return sum(values)")
        + "doctest.run_docstring_examples(total, globals())\n"
        "class T(unittest.TestCase):\n    def test_one(self): self.assertEqual(total([1]), 1)\n"
        "assert unittest.TextTestRunner().run(unittest.defaultTestLoader.loadTestsFromTestCase(T)).wasSuccessful()\n"
    )
    case = run_one(code)
    assert case.passed, case


def test_the_time_for_all_cases_together_is_limited() -> None:
    limits = Limits(cpu_seconds=1, wall_seconds=5, total_seconds=0.5)
    result = run(body("import time", "time.sleep(100)"), task(), limits)
    assert [case.outcome for case in result.cases] == ["timed_out"] + ["failed"] * 5
    assert not result.stopped


def test_a_run_can_be_stopped() -> None:
    stop = threading.Event()
    results = run_each(body("return sum(values)"), task(), SHORT, stop)
    assert next(results).passed
    stop.set()
    assert list(results) == []


def test_stopping_ends_the_case_at_hand() -> None:
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    limits = Limits(wall_seconds=500, total_seconds=500)
    result = run(body("import time", "time.sleep(1000)"), task(), limits, stop)
    assert result == RunResult(cases=(), stopped=True)
    assert not result.solved


def test_code_beyond_the_limit_is_refused() -> None:
    with pytest.raises(AnswerRefused, match="60,000 characters"):
        run("#" * 60_000, task())


def test_runs_at_once_do_not_mix() -> None:
    got: dict[int, str | None] = {}

    def one(number: int) -> None:
        got[number] = run_one(body(f"return {number}")).got

    threads = [threading.Thread(target=one, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == {number: str(number) for number in range(8)}


def test_results_go_through_json() -> None:
    result = run_all(CODING["coding-ndcg-01"].solution, CODING["coding-ndcg-01"])
    assert RunResult.model_validate_json(result.model_dump_json()) == result


def test_walls_names_what_holds_here() -> None:
    names = walls()
    assert os.name == "nt" or "RLIMIT_CPU" in names
