"""Run a candidate's code against the cases of its task, each case in a new process that can do little else.

What holds on every platform: the process runs in isolated mode in an empty folder that is thrown away, without
environment and installed packages (numpy where the task asks for it), and is killed with its whole group when the
clock runs out; an audit hook refuses files, sockets, processes and the modules that lead to them (`audit.py`). POSIX
adds limits on processor time, file size and processes. On Linux there is more: memory is limited, and the kernel itself
takes away network, files, processes and signals (`linux.py`), so code that gets around Python still meets a wall.

What falls away: on macOS the limit of memory, which its kernel does not hold to, and all that `linux.py` does; on
Windows also processor time (the clock remains) and the process group (there is no second process to kill, since the
hook lets none start). There the hook alone stands between the code and the machine: enough for one's own mistakes and
for what one pastes in without reading, not for someone who means harm and knows Python's inside.

The expected result never leaves this process, and what comes back is compared here: see `compare.py`.
"""

import importlib.util
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Generator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from coach.coding.compare import NotPlain, cut, decode, same, shown
from coach.coding.results import LIMITS, CaseResult, Limits, Outcome, RunResult
from coach.coding.sorts import sort_of
from coach.errors import AnswerRefused
from coach.interview.questions import CodingCase, CodingQuestion

_ROOT = str(Path(__file__).parents[2])
_BOOT = "import sys; sys.path.insert(0, {root!r}); from coach.coding.child import main; main({root!r})"
_MOST_BYTES = 8_000_000
_GRACE, _GLANCE = 1.0, 0.05
# The clock would be unfair to code that waits for other code: as many processes at a time as there are processors.
_AT_ONCE = threading.BoundedSemaphore(os.cpu_count() or 1)


def run(
    code: str, question: CodingQuestion, limits: Limits = LIMITS, stop: threading.Event | None = None
) -> RunResult:
    """Run all cases of a task and return what came of them; takes up to `limits.total_seconds`.

    Args:
        code: Python that defines `question.function`.
        question: the task, with its visible and hidden cases.
        limits: what the code may use.
        stop: set it from another thread to stop within moments; the result then has what was finished.

    Raises:
        AnswerRefused: the code is longer than the coach runs.
    """
    cases = tuple(run_each(code, question, limits, stop))
    return RunResult(cases=cases, stopped=len(cases) < len(question.examples) + len(question.hidden))


def run_each(
    code: str, question: CodingQuestion, limits: Limits = LIMITS, stop: threading.Event | None = None
) -> Generator[CaseResult, None, None]:
    """Run the cases one after the other, as `run` does, and yield each result at once.

    Raises:
        AnswerRefused: the code is longer than the coach runs.
    """
    if len(code) > limits.code:
        raise AnswerRefused(f"The code has {len(code):,} characters; the coach runs up to {limits.code:,}.")
    stop = stop or threading.Event()
    left = limits.total_seconds
    numbered = enumerate([*question.examples, *question.hidden], start=1)
    for number, case in numbered:
        if left <= 0:
            heard = _Heard("timed_out", "not run: the time for all cases together was up")
        else:
            with _AT_ONCE:
                begun = time.monotonic()
                heard = _run_case(code, question, case, limits, min(left, limits.wall_seconds), stop)
                left -= time.monotonic() - begun
        if stop.is_set():
            return
        yield _result(number, case, heard, limits, hidden=number > len(question.examples))


def walls(limits: Limits = LIMITS) -> tuple[str, ...]:
    """Return the names of what holds on this machine beside clock and audit hook; empty: nothing does."""
    job = {
        "code": "def f(): pass",
        "function": "f",
        "arguments": "()",
        "numpy": None,
        "limits": asdict(limits),
    }
    said, _ = _speak(job, limits.wall_seconds, threading.Event())
    return tuple(map(str, _last(said).get("walls", ())))


@dataclass(frozen=True)
class _Heard:
    """What one process had to say: a value only where the outcome is `passed`, which then is yet to be seen."""

    outcome: Outcome
    message: str | None = None
    line: int | None = None
    value: Any = None
    printed: str = ""


def _result(number: int, case: CodingCase, heard: _Heard, limits: Limits, *, hidden: bool) -> CaseResult:
    outcome, got = heard.outcome, None
    if outcome == "passed":
        try:
            value = decode(heard.value)
            got = shown(value, limits.shown)
            outcome = "passed" if same(value, case.expected) else "wrong"
        except NotPlain as error:
            outcome, got = "wrong", str(error)
        except RecursionError:
            outcome, got = "wrong", "a value nested too deeply"
    sort = sort_of(case.arguments)
    if hidden:
        outcome = "passed" if outcome == "passed" else "failed"
        return CaseResult(number=number, hidden=True, outcome=outcome, sort=sort)
    return CaseResult(
        number=number,
        hidden=False,
        outcome=outcome,
        sort=sort,
        input=cut(case.input, limits.shown),
        expected=cut(case.output, limits.shown),
        got=got,
        message=heard.message and cut(heard.message, limits.shown),
        line=heard.line,
        printed=heard.printed,
    )


def _run_case(
    code: str,
    question: CodingQuestion,
    case: CodingCase,
    limits: Limits,
    seconds: float,
    stop: threading.Event,
) -> _Heard:
    job = {
        "code": code,
        "function": question.function,
        "arguments": case.input,
        "numpy": _numpy_folder() if "numpy" in question.task else None,
        "limits": asdict(limits),
    }
    begun = time.monotonic()
    said, ended = _speak(job, seconds, stop)
    spent = time.monotonic() - begun
    last = _last(said)
    printed = _printed(said, limits)
    line = last.get("line")
    line = line if isinstance(line, int) else None
    message = str(last.get("message") or "") or None
    match last.get("outcome"):
        case "returned":
            return _Heard("passed", value=last.get("value"), printed=printed)
        case "raised":
            return _Heard("raised", message, line, printed=printed)
        case "out_of_memory":
            return _Heard("out_of_memory", f"more than {limits.memory_mb} MB", printed=printed)
        case "no_such_function":
            there = f"; it defines {message}" if message else ""
            return _Heard(
                "no_such_function",
                f"the code defines no function {question.function}{there}",
                printed=printed,
            )
    return _without_a_word(ended, spent, limits, printed)


def _without_a_word(ended: int | None, spent: float, limits: Limits, printed: str) -> _Heard:
    """What happened to a process that ended without a result: `ended` as Popen has it, None: the clock."""
    killed = {-int(getattr(signal, name)) for name in ("SIGXCPU", "SIGKILL") if hasattr(signal, name)}
    if ended is None or (ended in killed and spent >= limits.cpu_seconds):
        return _Heard("timed_out", f"more than {limits.cpu_seconds} seconds", printed=printed)
    if ended in killed:
        return _Heard("out_of_memory", "the system ended it", printed=printed)
    if ended < 0:
        return _Heard("raised", f"the interpreter crashed (signal {-ended})", printed=printed)
    return _Heard("raised", "the code ended its process before it returned", printed=printed)


def _numpy_folder() -> str | None:
    found = importlib.util.find_spec("numpy")
    return str(Path(found.origin).parents[1]) if found and found.origin else None


def _speak(job: dict[str, Any], seconds: float, stop: threading.Event) -> tuple[bytes, int | None]:
    """Run one job and return all that its process wrote, with its exit code; None where it had to be killed."""
    with (
        tempfile.TemporaryDirectory(prefix="coach-case-", ignore_cleanup_errors=True) as folder,
        tempfile.TemporaryFile() as asked,
    ):
        asked.write(json.dumps(job).encode())
        asked.seek(0)
        with _start(folder, asked) as process:
            try:
                return _listen(process, seconds, stop)
            finally:
                _kill(process)


def _start(folder: str, asked: IO[bytes]) -> subprocess.Popen[bytes]:
    """An empty environment: nothing in it is the candidate's business. Windows starts no process without its own."""
    flags = 0
    environment: dict[str, str] = {}
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW
        environment = {"SYSTEMROOT": os.environ["SYSTEMROOT"]}
    return subprocess.Popen(  # noqa: S603 (our own interpreter; the code goes in as data)
        [sys.executable, "-I", "-S", "-B", "-X", "utf8", "-W", "ignore", "-c", _BOOT.format(root=_ROOT)],
        stdin=asked,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment,
        start_new_session=True,
        creationflags=flags,
    )


def _listen(
    process: subprocess.Popen[bytes], seconds: float, stop: threading.Event
) -> tuple[bytes, int | None]:
    heard, ended = bytearray(), threading.Event()
    stream: Any = process.stdout

    def listen() -> None:
        while len(heard) < _MOST_BYTES and (some := stream.read1(65536)):
            heard.extend(some)
        ended.set()

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    deadline = time.monotonic() + seconds
    while not ended.wait(_GLANCE) and time.monotonic() < deadline and not stop.is_set():
        pass
    code: int | None = None
    if ended.is_set():
        with suppress(subprocess.TimeoutExpired):
            code = process.wait(_GRACE)
    _kill(process)
    listener.join(_GRACE)
    return bytes(heard), code


def _kill(process: subprocess.Popen[bytes]) -> None:
    """The process and all that it may have started."""
    if sys.platform != "win32":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def _last(said: bytes) -> dict[str, Any]:
    """The message with the outcome; empty where there is none, or none that can be read."""
    for line in reversed(said.splitlines()[-3:]):
        with suppress(ValueError, RecursionError):
            message = json.loads(line)
            if isinstance(message, dict) and "outcome" in message:
                return message
    return {}


def _printed(said: bytes, limits: Limits) -> str:
    pieces = []
    for line in said.splitlines():
        with suppress(ValueError, RecursionError):
            message = json.loads(line)
            if isinstance(message, dict) and isinstance(message.get("printed"), str):
                pieces.append(message["printed"])
    return "".join(pieces)[: limits.printed + 40]
