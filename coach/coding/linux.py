"""The walls that the Linux kernel holds, without any privilege: around this process, once and for good.

Namespaces take the network away, Landlock the files, seccomp the system calls that start or signal processes, open
sockets or change files. Each is put up where the kernel has it; a container may forbid some.
"""

import ctypes
import os
import platform
import struct
from collections.abc import Iterable, Sequence
from contextlib import suppress

_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_CLONE_NEWUSER, _CLONE_NEWNET, _CLONE_THREAD = 0x10000000, 0x40000000, 0x10000
_SIGKILL = 9
# Landlock's calls have the same numbers on every machine.
_CREATE, _ADD, _RESTRICT = 444, 445, 446
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
# How many rights over files each version of Landlock knows, the first version first.
_RIGHTS = (13, 14, 15, 15, 16)

_EPERM, _ENOSYS = 1, 38
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
# By machine: the number of its architecture, of `clone`, and of the calls that are refused: sockets (the first row),
# programs and processes, signals and groups, other processes' memory, namespaces and mounts, keys and the kernel,
# shared memory, and names, rights and sizes of files.
_MACHINES: dict[str, tuple[int, int, str]] = {
    "x86_64": (
        0xC000003E,
        56,
        "41 42 43 44 46 49 50 53 288 57 58 59 322 62 129 200 234 297 424 434 438 109 112 141 157 101 310 311 "
        "272 308 155 161 165 166 428 429 430 431 432 442 303 304 248 249 250 175 176 313 246 320 169 167 168 298 321 "
        "323 425 29 30 64 68 240 253 294 300 "
        "76 77 82 83 84 85 86 87 88 90 91 92 93 94 132 133 188 189 190 197 198 199 235 258 259 260 261 263 264 265 266 "
        "268 280 316 452 463",
    ),
    "aarch64": (
        0xC00000B7,
        220,
        "198 199 200 201 202 203 206 211 242 221 281 129 130 131 138 240 424 434 438 154 157 140 167 117 270 271 "
        "97 268 41 51 39 40 428 429 430 431 432 442 264 265 217 218 219 105 106 273 104 294 142 224 225 241 280 "
        "282 425 194 196 190 186 180 26 262 "
        "45 46 38 34 35 36 37 33 52 53 54 55 5 6 7 14 15 16 88 276 452 463",
    ),
}
_CLONE3 = 435


def build(readable: Sequence[str]) -> list[str]:
    """Put up what this kernel allows and return the names: `network namespace`, `landlock`, `seccomp`.

    From here on the process ends when the thread that started it does.

    Args:
        readable: files and folders that may still be read, all below them too.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL)
    built = []
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0 or libc.unshare(_CLONE_NEWNET) == 0:
        built.append("network namespace")
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return built
    if _landlock(libc, readable):
        built.append("landlock")
    if _seccomp(libc):
        built.append("seccomp")
    return built


def _landlock(libc: ctypes.CDLL, readable: Iterable[str]) -> bool:
    version = libc.syscall(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint(1))
    if version < 1:
        return False
    rights = (1 << _RIGHTS[min(version, len(_RIGHTS)) - 1]) - 1
    network = 0b11 if version >= 4 else 0
    scoped = 0b11 if version >= 6 else 0
    fields = struct.pack("=QQQ", rights, network, scoped)[: 8 if version < 4 else 16 if version < 6 else 24]
    ruleset = libc.syscall(_CREATE, fields, ctypes.c_size_t(len(fields)), ctypes.c_uint(0))
    if ruleset < 0:
        return False
    for path in readable:
        with suppress(OSError):
            _let_read(libc, ruleset, path)
    done = libc.syscall(_RESTRICT, ctypes.c_int(ruleset), ctypes.c_uint(0))
    os.close(ruleset)
    return bool(done == 0)


def _let_read(libc: ctypes.CDLL, ruleset: int, path: str) -> None:
    handle = os.open(path, getattr(os, "O_PATH", 0) | os.O_CLOEXEC)
    try:
        rights = _READ_FILE | (_READ_DIR if os.path.isdir(path) else 0)  # noqa: PTH112 (pathlib is slow to load)
        rule = struct.pack("=Qi", rights, handle)
        libc.syscall(_ADD, ctypes.c_int(ruleset), ctypes.c_int(1), rule, ctypes.c_uint(0))
    finally:
        os.close(handle)


def _seccomp(libc: ctypes.CDLL) -> bool:
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        return False
    architecture, clone, refused = machine
    no = _step(_RETURN, _ERRNO | _EPERM)
    steps = [_step(_LOAD, 4), _step(_EQUAL, architecture, 1, 0), no, _step(_LOAD, 0)]
    steps += [_step(_AT_LEAST, 0x40000000, 0, 1), no]  # the other numbers that x86_64 has for the same calls
    for number in refused.split():
        steps += [_step(_EQUAL, int(number), 0, 1), no]
    # glibc starts threads by the old call where it hears that the new one, whose flags can't be seen, does not exist.
    steps += [_step(_EQUAL, _CLONE3, 0, 1), _step(_RETURN, _ERRNO | _ENOSYS)]
    steps += [_step(_EQUAL, clone, 0, 3), _step(_LOAD, 16), _step(_ANY_BIT, _CLONE_THREAD, 1, 0), no]
    steps += [_step(_RETURN, _ALLOW)]
    program = ctypes.create_string_buffer(b"".join(steps))
    described = struct.pack("@HxxxxxxP", len(steps), ctypes.addressof(program))
    return bool(libc.prctl(_PR_SET_SECCOMP, 2, described, 0, 0) == 0)


def _step(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
    """One instruction of the filter: what to do, how many to skip if so and if not, and its number."""
    return struct.pack("=HBBI", code, yes, no, value)
