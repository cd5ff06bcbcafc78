"""The embedded model as a `ChatModel` whose decisions are the same to the last bit, whatever came before.

llama.cpp keeps what it has read and goes on from the longest beginning that a new prompt shares with it.
That saves seconds, but a prompt read in other portions rounds otherwise: measured on the default model, the
probability of "yes" moved by up to 0.03, depending on which question had been asked before. So:

- The stable beginning (all messages but the last) is first read by itself, from nothing.
- Each decision starts from exactly its end. The question before it has to be out of the way for that, as it
  may share its first words; a question that begins with another letter does that by itself, else a
  placeholder of one letter pushes it out (0.1 to 0.2 s on two cores).

Writing verbs follow the same way when the beginning is the one that decisions were made on. Otherwise they
take whatever saves time: there a different rounding could at most choose a different word.
"""

import hashlib
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.models.chat import Message
from coach.models.local import LocalServer, State
from coach.models.openai_chat import Endpoint, OpenAIChat, Usage
from coach.models.patience import translated


@dataclass(frozen=True)
class _Read:
    """What the server has read: a fingerprint of the stable beginning, the first letter of what followed."""

    beginning: bytes
    letter: str


class LocalChat(OpenAIChat):
    """A GGUF file on this machine; loaded at the first call or by `warm_up`."""

    def __init__(
        self,
        name: str,
        path: Callable[[], Path],
        *,
        timeout: float = 120.0,
        on_usage: Callable[[Usage], None] | None = None,
    ) -> None:
        """See `OpenAIChat` and `LocalServer`; nothing is loaded yet."""
        self._server = LocalServer(path)
        self._order = threading.Lock()
        self._read: _Read | None = None
        super().__init__(name, name, self._server.start, timeout=timeout, on_usage=on_usage)

    @property
    def state(self) -> State:
        """Whether it is `cold`, `loading`, `ready` or `failed`; answers at once."""
        return self._server.state

    def warm_up(self, beginning: Sequence[Message] = ()) -> None:
        """Load the model now, read what the first prompt will begin with, and return when it can answer."""
        endpoint = self._server.start()
        if beginning:
            # A server that is stopped meanwhile, or dies, is told of in our own errors here as elsewhere.
            with self._order, translated(self._who(endpoint), endpoint.key_hint):
                self._read = None
                super()._ask(endpoint, [*beginning, Message("user", "x")], {"max_tokens": 1})

    def close(self) -> None:
        """Stop the server and free its memory."""
        super().close()
        self._server.close()

    def _ask(
        self, endpoint: Endpoint, messages: Sequence[Message], request: dict[str, Any], *, exact: bool = False
    ) -> Any:
        # One at a time, since the server has one memory; a stream has left the lock when its words come.
        with self._order:
            before, self._read = self._read, None  # what a failing request leaves behind is unknown
            read = _Read(_fingerprint(endpoint, messages[:-1]), messages[-1].content[:1])
            known = before is not None and before.beginning == read.beginning
            if known and before == read:
                self._push_out(endpoint, messages, {})
            elif exact and not known:
                self._push_out(endpoint, messages, {"cache_prompt": False})
            answer = super()._ask(endpoint, messages, request)
            self._read = read if known or exact else None
            return answer

    def _push_out(self, endpoint: Endpoint, messages: Sequence[Message], options: dict[str, Any]) -> None:
        """Leave the server with the stable beginning, and a letter that the last message lacks there."""
        letter = "y" if messages[-1].content.startswith("x") else "x"
        placeholder = Message(messages[-1].role, letter)
        super()._ask(endpoint, [*messages[:-1], placeholder], {"max_tokens": 1, "extra_body": options})


def _fingerprint(endpoint: Endpoint, messages: Sequence[Message]) -> bytes:
    """A hash, so that nobody's answer is kept; with the key, since a server started anew has read nothing."""
    return hashlib.sha256(repr((endpoint.key, messages)).encode()).digest()
