"""llama.cpp's own server for one GGUF file: a child process on loopback, with a random port and key.

Why a child and not a thread: see `_server_child.py`. It dies with its parent, however that ends.
"""

import atexit
import json
import os
import secrets
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from coach.errors import ModelMissing, ModelUnreachable
from coach.models.openai_chat import Endpoint

State = Literal["cold", "loading", "ready", "failed"]

_CHILD = Path(__file__).with_name("_server_child.py")
_STOP_SECONDS = 5.0
# By default llama.cpp's threads spin while they wait for each other. As soon as anything else wants a core,
# they wait for a thread that isn't running, and the default model writes up to ten times slower. Spinning
# briefly, then sleeping: 10.4 tokens a second on two quiet cores and 6.4 beside one busy process, where sleeping at
# once gives 8.3 and 6.8, and spinning a hundred times longer 12.5 and 3.8.
_CALM = {"GOMP_SPINCOUNT": "1000"}


class LocalServer:
    """Started by the first `start`, stopped by `close` or the end of this process. Safe in threads."""

    def __init__(self, path: Callable[[], Path], n_ctx: int = 8192) -> None:
        """Remember what to serve.

        Args:
            path: where the GGUF file is; asked when loading begins, since making sure may take seconds.
            n_ctx: how many tokens of prompt and answer together it can hold; a model trained on fewer, fewer.
        """
        self._path = path
        self._n_ctx = n_ctx
        self._starting = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._endpoint: Endpoint | None = None
        self._state: State = "cold"

    @property
    def state(self) -> State:
        """`cold` before the first use and after `close`; `loading`; `ready`; `failed` if it ended itself."""
        if self._state == "ready" and self._process and self._process.poll() is not None:
            return "failed"
        return self._state

    def start(self) -> Endpoint:
        """Return where the model answers, starting it if it isn't running; other threads wait meanwhile.

        Raises:
            ModelMissing: the file is not there.
            ModelUnreachable: llama.cpp can't load it, or ended while it did.
        """
        with self._starting:
            if self._endpoint and self.state == "ready":
                return self._endpoint
            self._stop()  # what is left of one that ended by itself
            self._state = "loading"
            try:
                self._endpoint = self._launch()
            except BaseException:
                self._stop()
                self._state = "failed"
                raise
            self._state = "ready"
            return self._endpoint

    def close(self) -> None:
        """Stop the server, also one that is still loading; `start` would start it again."""
        if self._process:
            self._process.kill()
        with self._starting:
            self._stop()
            self._state = "cold"

    def _launch(self) -> Endpoint:
        path = self._path()
        if not path.is_file():
            raise ModelMissing(f"There is no model file {path}: check the path.")
        key = secrets.token_urlsafe(32)
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and script
            [sys.executable, "-P", str(_CHILD)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=_CALM | os.environ,
        )
        self._process = process
        atexit.register(self.close)
        assert process.stdin is not None
        assert process.stdout is not None
        # Through the pipe and not the command line, where every user of the machine could read the key.
        try:
            process.stdin.write(json.dumps({"path": str(path), "key": key, "n_ctx": self._n_ctx}) + "\n")
            process.stdin.flush()
            told: dict[str, str] = json.loads(process.stdout.readline() or "{}")
        except OSError:
            told = {}
        if "url" not in told:
            reason = (
                told.get("error") or f"llama.cpp ended with code {process.wait()}; is enough memory free?"
            )
            raise ModelUnreachable(f"{path.name} can't be served: {reason}")
        return Endpoint(told["url"] + "/v1", key)

    def _stop(self) -> None:
        process, self._process, self._endpoint = self._process, None, None
        atexit.unregister(self.close)
        if process is None:
            return
        process.kill()
        process.wait(_STOP_SECONDS)
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()
