"""A small real server on loopback that answers as each test tells it to."""

import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

Reply = Callable[[BaseHTTPRequestHandler], None]


def plain(status: int, body: object, **headers: str) -> Reply:
    """A whole answer: text as it is, everything else as JSON."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        handler.send_response(status)
        kind = "text/html" if isinstance(body, str) else "application/json"
        for name, value in {"Content-Type": kind, "Content-Length": str(len(data)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)

    return reply


def error(status: int, message: str = "no", *, headers: dict[str, str] | None = None, **fields: str) -> Reply:
    """An error as OpenAI words it."""
    return plain(status, {"error": {"message": message, **fields}}, **(headers or {}))


def events(*lines: str) -> Reply:
    """A stream of these lines, then the end of the connection."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.send_header("Connection", "close")
        handler.end_headers()
        for line in lines:
            handler.wfile.write(f"data: {line}\n\n".encode())
            handler.wfile.flush()
        handler.close_connection = True

    return reply


def piece(text: str | None, finish: str | None = None) -> str:
    """One event of a stream."""
    choice = {"index": 0, "delta": {"content": text} if text else {}, "finish_reason": finish}
    return json.dumps(
        {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
    )


def said(text: str, finish: str = "stop") -> Reply:
    """A whole stream that says the text."""
    return events(*(piece(word) for word in text), piece(None, finish), "[DONE]")


def whole(text: str, top: dict[str, float] | None = None) -> Reply:
    """An answer in one piece, with the log probabilities of its first token if given."""
    choice: dict[str, Any] = {
        "index": 0,
        "finish_reason": "length",
        "message": {"role": "assistant", "content": text},
    }
    if top is not None:
        tokens = [{"token": token, "logprob": value, "bytes": None} for token, value in top.items()]
        choice["logprobs"] = {"content": [{**tokens[0], "top_logprobs": tokens}]}
    usage: dict[str, Any] = {"prompt_tokens": 9, "completion_tokens": 1, "total_tokens": 10}
    usage |= {"prompt_tokens_details": {"cached_tokens": 5}}
    body = {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
    return plain(200, body | {"usage": usage})


@dataclass
class FakeServer:
    """Gives the replies in order, the last one for ever; `requests` has the bodies that came."""

    replies: deque[Reply] = field(default_factory=deque)
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    url: str = ""

    def will(self, *replies: Reply) -> None:
        self.replies.extend(replies)
