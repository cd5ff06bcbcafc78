"""Code that means harm: it is refused or ended, nothing outside notices, and nothing passes by a trick."""

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from coach.coding.results import Limits
from coach.coding.runner import walls
from tests.coding.tasks import answered, body, run_one

linux = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's walls are Linux's")
HERE = Path(__file__)
ROOT = HERE.parents[2]


@pytest.fixture(scope="module")
def standing() -> tuple[str, ...]:
    return walls()


def test_an_infinite_loop_is_timed_out_and_its_prints_are_kept() -> None:
    case = run_one(body("print('begun')", "while True:", "    pass"))
    assert case.outcome == "timed_out"
    assert case.printed == "begun\n"


def test_sleeping_costs_no_processor_time_and_is_timed_out_all_the_same() -> None:
    limits = Limits(cpu_seconds=1, wall_seconds=1.0)
    assert run_one(body("import time", "time.sleep(1000)"), limits=limits).outcome == "timed_out"


def test_code_that_ignores_the_signal_is_timed_out() -> None:
    code = body("import signal", "signal.signal(signal.SIGXCPU, signal.SIG_IGN)", "while True: pass")
    assert run_one(code).outcome == "timed_out"


@pytest.mark.parametrize(
    "line",
    ["[0] * (10 * 1024**3 // 8)", "list(range(10**9))", "'x' * (10 * 1024**3)", "bytearray(10 * 1024**3)"],
)
@linux
def test_ten_gigabytes_are_out_of_memory(line: str) -> None:
    assert run_one(answered(line)).outcome == "out_of_memory"


@linux
def test_memory_kept_in_a_global_is_out_of_memory() -> None:
    code = "kept = []\n" + body("while True:", "    kept.append(bytes(10**6))")
    assert run_one(code).outcome == "out_of_memory"


@pytest.mark.parametrize(
    "lines",
    [
        ["import os", "os.fork()"],
        ["import os", "while True:", "    os.fork()"],
        ["import os", "os.posix_spawn('/bin/true', ['true'], {})"],
        ["import os", "os.system('true')"],
        ["import os", "os.execv('/bin/true', ['true'])"],
        ["import os", "os.popen('true')"],
        ["import subprocess", "subprocess.run(['true'])"],
        ["import multiprocessing", "multiprocessing.Process(target=print).start()"],
        ["import ctypes", "ctypes.CDLL(None).fork()"],
        ["import pty", "pty.fork()"],
        ["import _posixsubprocess"],
        ["import concurrent.futures as c", "c.ProcessPoolExecutor().submit(print).result()"],
        ["import os, signal", "os.kill(os.getppid(), signal.SIGKILL)"],
        ["import os, signal", "os.killpg(0, signal.SIGKILL)"],
    ],
)
def test_no_process_is_started_or_signalled(lines: list[str]) -> None:
    case = run_one(body(*lines, "return 3"))
    assert case.outcome == "raised"
    assert "coding round" in (case.message or "")


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        str(HERE),
        str(ROOT / "corpus/questions/coding.yaml"),
        str(Path.home()),
        "/proc/self/environ",
    ],
)
@pytest.mark.parametrize(
    "how",
    [
        "open({!r}).read()",
        "__import__('os').open({!r}, 0)",
        "__import__('io').FileIO({!r})",
        "__import__('pathlib').Path({!r}).read_text()",
        "__import__('os').listdir({!r})",
    ],
)
def test_no_file_is_read(path: str, how: str) -> None:
    case = run_one(answered(how.format(path)))
    assert case.outcome == "raised"
    assert case.got is None
    assert "coding round" in (case.message or "")


def test_the_way_out_of_an_allowed_folder_is_closed() -> None:
    code = body(
        "import os",
        "inside = os.path.dirname(os.__file__)",
        "up = '/..' * 20",
        "open(inside + up + '/etc/passwd')",
    )
    assert run_one(code).outcome == "raised"


def test_the_coach_can_not_be_imported() -> None:
    case = run_one(body("import coach.interview.questions"))
    assert case.outcome == "raised"
    assert "not available in a coding round" in (case.message or "")


@pytest.mark.parametrize(
    "line",
    [
        "open('mine.txt', 'w').write('x')",
        "open('mine.txt', 'r+')",
        "__import__('os').open('mine.txt', 65)",
        "__import__('os').mkdir('mine')",
        "__import__('os').remove({victim!r})",
        "__import__('shutil').rmtree({folder!r})",
        "__import__('os').rename({victim!r}, 'mine')",
        "__import__('os').truncate({victim!r}, 0)",
        "__import__('os').chmod({victim!r}, 0)",
        "__import__('os').symlink({victim!r}, 'mine')",
        "__import__('tempfile').mkdtemp()",
    ],
)
def test_nothing_is_written_changed_or_deleted(line: str, tmp_path: Path) -> None:
    victim = tmp_path / "victim.txt"
    victim.write_text("whole", encoding="utf-8")
    case = run_one(answered(line.format(victim=str(victim), folder=str(tmp_path))))
    assert case.outcome == "raised"
    assert victim.read_text(encoding="utf-8") == "whole"


@pytest.mark.parametrize(
    "line",
    [
        "__import__('socket').create_connection(('127.0.0.1', {port}))",
        "__import__('_socket').socket()",
        "__import__('urllib.request').request.urlopen('http://127.0.0.1:{port}')",
        "__import__('http.client').client.HTTPConnection('127.0.0.1', {port}).request('GET', '/')",
        "__import__('asyncio').open_connection('127.0.0.1', {port})",
    ],
)
def test_no_socket_is_opened(line: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        case = run_one(answered(line.format(port=server.getsockname()[1])))
        with pytest.raises(TimeoutError):
            server.accept()
    assert case.outcome == "raised"


def test_the_environment_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "not-for-you")
    case = run_one(answered("dict(__import__('os').environ)"))
    assert case.got == "{}"


def test_a_hundred_megabytes_of_print_are_cut() -> None:
    case = run_one(body("for _ in range(100):", "    print('x' * 10**6)", "return 3"))
    assert case.outcome == "passed"
    assert len(case.printed) < 5000
    assert "left out" in case.printed


def test_the_hook_can_not_be_disarmed_through_a_traceback() -> None:
    code = body(
        "try:",
        "    open('/etc/passwd')",
        "except PermissionError as error:",
        "    trace = error.__traceback__",
        "    while trace.tb_next: trace = trace.tb_next",
        "    frame = trace.tb_frame",
        "    import builtins",
        "    for name in ('len', 'type', 'isinstance', 'PermissionError'): setattr(builtins, name, lambda *a: False)",
        "    frame.f_globals.clear()",
        "    for name in list(frame.f_locals):",
        "        try: frame.f_locals[name] = ('/',)",
        "        except BaseException: pass",
        "return open('/etc/passwd').read()",
    )  # fmt: skip
    case = run_one(code)
    assert case.outcome == "raised"
    assert "root" not in (case.got or "") + (case.message or "")


@linux
def test_what_gets_around_python_meets_the_kernel(standing: tuple[str, ...]) -> None:
    """The same walls with no hook before them: a child that is fenced by `linux.build` alone tries by libc."""
    if not {"landlock", "seccomp"} <= set(standing):
        pytest.skip("this kernel, or the container, has no Landlock or seccomp")
    code = (
        "import ctypes, os, json, sys, threading\n"
        f"sys.path.insert(0, {str(ROOT)!r})\n"
        "from coach.coding import linux\n"
        "linux.build([])\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        "tried = {'fork': libc.fork(), 'socket': libc.socket(2, 1, 0), 'open': libc.open(b'/etc/passwd', 0),\n"
        "  'execv': libc.execv(b'/bin/true', None), 'kill': libc.kill(os.getppid(), 0),\n"
        "  'chmod': libc.chmod(b'/tmp', 0o777), 'unlink': libc.unlink(b'/nowhere'),\n"
        "  'creat': libc.creat(b'/tmp/coach-test', 0o600), 'ptrace': libc.ptrace(0, 0, 0, 0)}\n"
        "t = threading.Thread(target=lambda: tried.update(thread=0)); t.start(); t.join()\n"
        "print(json.dumps(tried))\n"
    )  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    tried = json.loads(done.stdout)
    assert tried.pop("thread") == 0
    assert set(tried.values()) == {-1}
