"""The app on a free port, for as long as a block lasts."""

import gc
import socket
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from coach.coach import Coach
from coach.ui.launch import serve


@contextmanager
def served(coach: Coach) -> Iterator[str]:
    """Serve a coach, or one that behaves like it; gives the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    blocks = serve(coach, "127.0.0.1", port, wait=False)
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        blocks.close(verbose=False)
        with warnings.catch_warnings():
            # Gradio leaves event loops open; they are collected here, or a later test would be blamed for them.
            warnings.simplefilter("ignore", ResourceWarning)
            del blocks
            gc.collect()
