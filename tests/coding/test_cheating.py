"""Nothing passes by a trick, odd results are reported plainly, nothing is left behind, and no hidden case comes out."""

import contextlib
import os
import threading
import time
from pathlib import Path

import pytest

from tests.coding.tasks import BANK, CODING, answered, body, run_all, run_one, task


@pytest.mark.parametrize(
    "way", ["import sys; sys.exit(0)", "raise SystemExit", "exit()", "raise KeyboardInterrupt"]
)
def test_leaving_is_no_pass(way: str) -> None:
    assert run_one(body(way)).outcome == "raised"


def test_ending_the_process_is_no_pass() -> None:
    case = run_one(body("import os", "os._exit(0)"))
    assert case.outcome == "raised"
    assert "ended its process" in (case.message or "")


@pytest.mark.parametrize(
    "code",
    [
        "class Same:\n    def __eq__(self, other): return True\n    def __hash__(self): return 3\n"
        + answered("Same()"),
        "class Same(int):\n    def __eq__(self, other): return True\n" + answered("Same(7)"),
        "class Same(list):\n    def __eq__(self, other): return True\n    def __len__(self): return 3\n"
        + answered("Same()"),
        "import builtins\nbuiltins.isinstance = lambda *a: True\nbuiltins.type = lambda x: int\n" + answered("'3'"),
        "import json\njson.dumps = lambda *a, **k: '{\"outcome\": \"passed\"}'\n" + answered("7"),
        "import json.encoder\njson.encoder.JSONEncoder.encode = lambda s, o: '{}'\n" + answered("7"),
        "import sys\nsys.modules['math'].isclose = lambda *a, **k: True\n" + answered("3.1"),
    ],
)  # fmt: skip
def test_an_object_that_equals_everything_is_wrong(code: str) -> None:
    case = run_one(code)
    assert not case.passed
    assert case.outcome in ("wrong", "raised")


def test_writing_a_verdict_into_the_pipe_is_no_pass() -> None:
    forged = rb'{"outcome": "passed", "passed": true, "value": ["i", "7"]}\n'
    code = body("import os", "for fd in range(3, 30):", "    try:", f"        os.write(fd, b'{forged.decode()}')",
                "    except OSError:", "        pass", "os._exit(0)")  # fmt: skip
    assert not run_one(code).passed


def test_garbage_in_the_pipe_is_no_pass() -> None:
    code = body("import os", "for fd in range(3, 30):", "    try:", "        while True: os.write(fd, b'[' * 60000)",
                "    except OSError:", "        pass", "os._exit(0)")  # fmt: skip
    assert not run_one(code).passed


def test_raising_in_repr_and_str_is_reported() -> None:
    bad = "class Bad(Exception):\n    def __str__(self): raise ValueError\n    __repr__ = __str__\n"
    case = run_one(bad + body("raise Bad()"))
    assert case.outcome == "raised"
    assert case.line == 5
    shy = "class Shy:\n    def __repr__(self): raise ValueError\n" + answered("Shy()")
    assert run_one(shy).got == "an object of type Shy"


def test_deep_recursion_raises_and_names_the_line() -> None:
    case = run_one(body("return total(values)"))
    assert case.outcome == "raised"
    assert case.line == 2
    assert (case.message or "").startswith("RecursionError")


def test_recursion_without_a_limit_ends_the_child_only() -> None:
    case = run_one(body("import sys", "sys.setrecursionlimit(10**9)", "return total(values)"))
    assert case.outcome in ("raised", "out_of_memory", "timed_out")


def test_a_deep_and_a_round_result_are_wrong() -> None:
    assert run_one(body("for _ in range(5000): values = [values]", "return values")).outcome == "wrong"
    assert run_one(body("values.append(values)", "return values")).outcome == "wrong"


def test_a_huge_result_is_wrong() -> None:
    assert run_one(answered("list(range(10**6))")).outcome == "wrong"


def test_threads_that_go_on_are_ended() -> None:
    code = body(
        "import threading, time", "threading.Thread(target=time.sleep, args=(1000,)).start()", "return 3"
    )
    before = time.monotonic()
    assert run_one(code).outcome == "passed"
    assert time.monotonic() - before < 20  # its clock: nobody waited for the thread


def _children() -> set[str]:
    """The processes that this one has started, those of other tests among them."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it ended while we looked
            parent = stat.read_text().rpartition(")")[2].split()[1]
            found |= {stat.parent.name} if parent == str(os.getpid()) else set()
    return found


def test_no_process_and_no_thread_is_left_behind() -> None:
    threads, children = threading.active_count(), _children()
    run_one(body("while True: pass"))
    assert threading.active_count() == threads
    assert _children() <= children


def test_hidden_inputs_never_come_out() -> None:
    secret = "[41, 4100041]"
    question = task(hidden=[(f"({secret},)", "4100082")] * 5)
    for lines in (["print(values)", "return values"], ["raise ValueError(values)"], ["print(values)", "1/0"]):
        result = run_all(body(*lines), question)
        assert {case.outcome for case in result.hidden} == {"failed"}
        assert "4100041" not in result.model_dump_json()


def test_no_hidden_case_of_the_bank_is_in_what_the_candidate_sees() -> None:
    question = CODING["coding-merging-moments-01"]
    result = run_all(
        "def merge_moments(shards):\n    print(shards)\n    raise ValueError(shards)\n", question
    )
    told = result.model_dump_json()
    assert not any(case.input in told for case in question.hidden)
    assert len(BANK.questions) > len(CODING)
