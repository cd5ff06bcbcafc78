"""A PostgreSQL server of one's own, on a free port of this machine, gone when the tests are."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

_PLACES = "/usr/lib/postgresql"


@dataclass(frozen=True)
class Cluster:
    """A running server with the role `coach`."""

    folder: Path
    port: int

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://coach:SECRET@127.0.0.1:{self.port}/{database}"


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Make a server, start it, and leave nothing of it behind."""
    binaries = _binaries()
    # Not in pytest's own folder, which root alone may enter: PostgreSQL refuses to run as root.
    folder = Path(tempfile.mkdtemp(prefix="coach-postgres-"))
    user = _unprivileged()
    if user is not None:
        shutil.chown(folder, user)
    try:
        _run(
            user,
            folder,
            binaries / "initdb",
            "-D",
            "data",
            "-U",
            "coach",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
        )
        port = _free_port()
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        start = ("start", "-w", "-t", "60", "-l", "log", "-o", options)
        _run(user, folder, binaries / "pg_ctl", "-D", "data", *start)
        try:
            yield Cluster(folder, port)
        finally:
            _run(user, folder, binaries / "pg_ctl", "-D", "data", "stop", "-m", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> Path:
    versions = sorted(Path(_PLACES).glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    found = str(versions[-1]) if versions else shutil.which("initdb")
    if found is None:
        pytest.fail(
            "this test needs a PostgreSQL server: run `sh tests/interview/postgres.sh`", pytrace=False
        )
    return Path(found).parent


def _unprivileged() -> str | None:
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _run(user: str | None, folder: Path, *command: str | Path) -> None:
    as_whom = {} if user is None else {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        timeout=120,
        **as_whom,
    )
    if done.returncode != 0:
        log = folder / "log"
        said = done.stderr + (log.read_text() if log.exists() else "")
        pytest.fail(f"the PostgreSQL server did not start: {said.strip()[-500:]}", pytrace=False)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
