"""Serve one GGUF file with llama.cpp on loopback: run by `local.py` as a script, never imported.

A process of its own, since loading holds Python's lock from the first to the last second (7 s for the 1.5B:
a web page in the same process would stand still), and since llama.cpp ends the process that it runs in when
something goes badly wrong.

stdin: one line of JSON, {"path", "key", "n_ctx"}; its end is the sign to stop, so that a parent that is
killed takes this process along. stdout: one line of JSON, {"url"} once the model can answer, or {"error"}.
"""

import json
import os
import signal
import sys
from typing import Any


def main() -> int:
    """Serve until stdin ends, and return the exit code."""
    # Ctrl-C in a terminal reaches the whole group; the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    wanted: dict[str, Any] = json.loads(sys.stdin.readline())
    try:
        server = _serve(**wanted)
    except RuntimeError:
        # llama.cpp has no better reason than "check the input params".
        _tell({"error": "llama.cpp can't load it: is it a whole GGUF file, and is enough memory free?"})
        return 1
    _tell({"url": server.listening_address})
    sys.stdin.read()
    # A destructor would first finish the answer at hand, which nobody is waiting for.
    os._exit(0)


def _serve(path: str, key: str, n_ctx: int) -> Any:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = path
    params.n_ctx = n_ctx
    params.api_keys = [key]
    # One request at a time: two at once would share batches, and the numbers would depend on the company.
    params.n_parallel = 1
    # Old prompts come back from there by rules of their own; `local_chat.py` must know what has been read.
    params.cache_ram_mib = 0
    params.verbosity = -1
    params.ui = False
    params.endpoint_slots = False
    params.endpoint_metrics = False
    params.cors_origins = ""
    return xllamacpp.Server(params)


def _tell(message: dict[str, str]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
