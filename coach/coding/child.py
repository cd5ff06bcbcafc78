"""Run one case of a candidate's code: `runner.py` starts this in a process of its own; nothing else calls it.

stdin: one JSON object: code, function, arguments (a literal), numpy (the folder that holds it, or null) and limits.
stdout: JSON lines: {"printed": text} while the code runs, and at the end one with an `outcome`: `returned` with a
`value`, `raised` with `message` and `line`, `out_of_memory`, or `no_such_function` with a `message`.
The walls go up before the first line of the candidate's code; the expected result never comes here.
"""

import ast
import faulthandler
import gc
import io
import json
import math
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from types import ModuleType, TracebackType
from typing import Any

from coach.coding import audit

FILE = "<your code>"
_NESTED, _ITEMS = 60, 100_000
_NO_MEMORY = b'{"outcome": "out_of_memory"}\n'


def main(root: str) -> None:
    """Run the case on stdin and end the process; `root` is the folder in which this package was found."""
    job: dict[str, Any] = json.loads(sys.stdin.buffer.read())
    limits = job["limits"]
    wire = os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    sys.path.remove(root)
    readable = [path for path in sys.path if path]
    numpy = _load_numpy(job["numpy"]) if job["numpy"] else None
    arguments = ast.literal_eval(job["arguments"])
    walls = _limit(limits)
    packages = [os.path.join(job["numpy"], name) for name in ("numpy", "numpy.libs")] if numpy else []  # noqa: PTH118
    walls += _kernel_walls(readable, packages)
    faulthandler.dump_traceback_later(limits["wall_seconds"] + 2, exit=True, file=nowhere)
    if "seccomp" not in walls:
        walls += _no_more_processes()
    tell = _teller(wire)
    sys.stdout = sys.stderr = _Printed(tell, limits["printed"])
    sys.argv = [""]
    os.environ.clear()
    for name in list(sys.modules):
        if name.partition(".")[0] in ("ctypes", "_ctypes", "resource", "faulthandler", "coach"):
            del sys.modules[name]
    # The hook lets packages be read below its last two roots only.
    audit.install([*readable, *(packages or ["\0", "\0"])], () if numpy else ("numpy",))
    said = _run(job["code"], job["function"], arguments, _encoder(numpy))
    with suppress(BaseException):
        tell(said | {"walls": walls})
        os._exit(0)
    os.write(wire, _NO_MEMORY)
    os._exit(0)


def _run(
    code: str, function: str, arguments: tuple[Any, ...], encode: Callable[[Any], Any]
) -> dict[str, object]:
    module = ModuleType("candidate")
    sys.modules["candidate"] = module
    try:
        exec(compile(code, FILE, "exec", dont_inherit=True), module.__dict__)  # noqa: S102 (what this is for)
        called = module.__dict__.get(function)
        if not callable(called):
            return {"outcome": "no_such_function", "message": _defined(module)}
        return {"outcome": "returned", "value": encode(called(*arguments))}
    except MemoryError:
        module.__dict__.clear()
        arguments = ()
        gc.collect()
        return {"outcome": "out_of_memory"}
    except BaseException as error:  # the candidate's code may raise anything, `SystemExit` too
        return {"outcome": "raised", "message": _last_line(error), "line": _line(error)}


def _defined(module: ModuleType) -> str:
    return ", ".join(name for name, value in list(module.__dict__.items()) if type(value) is type(_defined))[
        :200
    ]


def _last_line(error: BaseException) -> str:
    try:
        name = type(error).__name__
        text = str(error.msg) if isinstance(error, SyntaxError) else str(error)
        return f"{name}: {text}"[:2000] if text else name
    except BaseException:  # its own `__str__` may do the same
        return "an exception that can't be shown, since showing it raised another"


def _line(error: BaseException) -> int | None:
    """The last line of the candidate's own code that it came through, or that can't be read."""
    line: int | None = None
    if isinstance(error, SyntaxError) and error.filename == FILE:
        line = error.lineno
    trace: TracebackType | None = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == FILE:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _encoder(numpy: Any) -> Callable[[Any], Any]:
    """Return what turns a value into a tree of [letter, content] for `compare.decode`.

    It asks the built-in types and never the object, which may lie: a subclass of a list is a list of its items.
    """
    scalar: tuple[type, ...] = (numpy.generic,) if numpy else ()
    left = _ITEMS

    def whole(value: Any) -> Any:
        try:
            return encode(value, 0)
        except _TooMuch:
            return ["o", "a value too large or nested too deeply"]

    def encode(value: Any, depth: int) -> Any:
        nonlocal left
        left -= 1
        if left < 0 or depth > _NESTED:
            raise _TooMuch
        kind = type(value)
        if value is None or value is True or value is False:
            return ["n", None] if value is None else ["b", value]
        if issubclass(kind, float):
            return ["f", float.hex(value)]
        if scalar and issubclass(kind, scalar):
            return encode(value.item(), depth + 1)
        if issubclass(kind, int):
            return ["i", int.__format__(value, "x")]
        if issubclass(kind, str):
            return ["s", str.__str__(value)]
        if issubclass(kind, bytes):
            return ["y", bytes.hex(value)]
        for base, letter in ((list, "l"), (tuple, "t"), (set, "e"), (frozenset, "e")):
            if issubclass(kind, base):
                return [letter, [encode(item, depth + 1) for item in base.__iter__(value)]]
        if issubclass(kind, dict):
            pairs = dict.items(value)
            return ["d", [[encode(key, depth + 1), encode(item, depth + 1)] for key, item in pairs]]
        return ["o", f"an object of type {kind.__name__}"]

    return whole


class _TooMuch(Exception):
    """More than anybody would compare."""


class _Printed(io.TextIOBase):
    """Sends on what is printed as it comes, up to so many characters, and drops the rest."""

    def __init__(self, tell: Callable[[dict[str, object]], None], most: int) -> None:
        self._tell, self._left = tell, most

    def writable(self) -> bool:
        return True

    def write(self, text: str, /) -> int:
        if self._left > 0 and text:
            self._tell({"printed": text[: self._left]})
            self._left -= len(text)
            if self._left <= 0:
                self._tell({"printed": "\n... the rest is left out ..."})
        return len(text)


def _teller(wire: int) -> Callable[[dict[str, object]], None]:
    dumps, write = json.dumps, os.write

    def tell(message: dict[str, object]) -> None:
        line = dumps(message).encode() + b"\n"
        while line:
            line = line[write(wire, line) :]

    return tell


def _load_numpy(folder: str) -> Any:
    # One thread: more would reserve more memory than the limit has.
    os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    sys.path.append(folder)
    import numpy

    sys.path.remove(folder)
    return numpy


def _limit(limits: dict[str, Any]) -> list[str]:
    """Set what POSIX can limit; macOS does not hold to the one of memory, and Windows has none."""
    if sys.platform == "win32":
        return []
    import resource

    built = []
    cpu = math.ceil(time.process_time() + limits["cpu_seconds"])
    memory = limits["memory_mb"] << 20
    for name, soft, hard in (
        ("RLIMIT_CPU", cpu, cpu + 1),
        ("RLIMIT_AS", memory, memory),
        ("RLIMIT_FSIZE", 0, 0),
        ("RLIMIT_CORE", 0, 0),
    ):
        with suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, name), (soft, hard))
            built.append(name)
    return built


def _no_more_processes() -> list[str]:
    """Let this user start nothing more from here; on Linux that holds for threads too, so only without seccomp."""
    with suppress(ImportError, AttributeError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
        return ["RLIMIT_NPROC"]
    return []


def _kernel_walls(readable: list[str], packages: list[str]) -> list[str]:
    if sys.platform != "linux":
        return []
    from coach.coding import linux

    files = [*packages, "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ld.so.cache"]
    for folder in readable:
        with suppress(OSError), os.scandir(folder) as entries:
            # What others installed there, the coach among it perhaps, is not the candidate's to read.
            files += [entry.path for entry in entries if entry.name not in ("site-packages", "dist-packages")]
    return linux.build(files)
