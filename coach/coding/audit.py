"""The wall that holds on every platform: an audit hook that refuses what no coding task needs.

Python asks the hook before it opens a file, imports, starts a process or opens a socket, and code can't take the hook
away again. Whatever event is not known to be harmless is refused.
"""

import os
import sys
from collections.abc import Sequence
from typing import Any

_HARMLESS = frozenset(
    "compile exec marshal.loads marshal.load marshal.dumps pickle.find_class builtins.id builtins.input "
    "builtins.input/result object.__getattr__ object.__setattr__ object.__delattr__ sys._getframe "
    "sys._getframemodulename sys.excepthook sys.unraisablehook sys.settrace sys.setprofile pdb.Pdb time.sleep "
    "array.__new__ function.__new__ os.putenv os.unsetenv _thread.start_new_thread "
    "_thread.start_joinable_thread".split()
)
# Some of these reach files or processes through a C library, which Python never hears of.
_CLOSED = frozenset(
    "socket _socket ssl _ssl select subprocess _posixsubprocess _winapi multiprocessing _multiprocessing "
    "_posixshmem ctypes _ctypes pwd grp spwd nis dbm _dbm _gdbm sqlite3 _sqlite3 curses _curses tkinter _tkinter "
    "readline mmap resource fcntl termios winreg msvcrt syslog pty _interpreters _xxsubinterpreters _testcapi "
    "_testinternalcapi ossaudiodev faulthandler coach".split()
)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def install(readable: Sequence[str], closed: Sequence[str]) -> None:
    """Put the hook in place, for good.

    Args:
        readable: folders whose files may be read, for imports; packages that were installed into one may not.
        closed: modules that may not be imported, beyond those that never may.
    """
    roots = tuple(path.rstrip("/\\") + os.sep for path in readable)

    # A refusal's traceback shows this frame to the candidate, and so globals, builtins and closures, which can
    # be changed. So the hook uses none of them: only its own defaults, which can't be reached from there.
    def hook(
        event: str,
        args: tuple[Any, ...],
        harmless: frozenset[str] = _HARMLESS,
        closed: frozenset[str] = _CLOSED | frozenset(closed),
        roots: tuple[str, ...] = roots,
        bare: tuple[str, ...] = tuple(root[:-1] for root in roots),
        writes: int = _WRITES,
        kinds: tuple[type, type, type] = (str, int, type),
        errors: tuple[type[Exception], type[Exception]] = (PermissionError, ImportError),
    ) -> None:
        if event in harmless:
            return
        if event == "import":
            name = args[0]
            if kinds[2](name) is kinds[0] and name.partition(".")[0] in closed:
                raise errors[1](f"{name} is not available in a coding round")
            return
        if event == "open":
            path, mode, flags = args
            reads = not flags & writes if mode is None else not ("w" in mode or "a" in mode or "x" in mode)
            reads = reads and (mode is None or "+" not in mode)
            if kinds[2](path) is kinds[1]:
                return
            if reads and kinds[2](path) is kinds[0] and ".." not in path and path.startswith(roots):
                inner = path.replace("\\", "/")
                packages = "/site-packages/" in inner or "/dist-packages/" in inner
                if not packages or path.startswith(roots[-2:]):
                    return
            raise errors[0]("files can't be opened in a coding round")
        if event == "os.listdir" and kinds[2](args[0]) is kinds[0]:
            path = args[0]
            if ".." not in path and (path in bare or path.startswith(roots)):
                return
        raise errors[0](f"not possible in a coding round: {event}")

    sys.addaudithook(hook)
