"""The OpenAI-compatible client against servers that refuse, are busy, break off or say nothing."""

import socket
import threading
from http.server import BaseHTTPRequestHandler

import pytest

from coach.errors import (
    BadModelOutput,
    ModelBusy,
    ModelError,
    ModelRefused,
    ModelTimeout,
    ModelUnreachable,
    StreamBroken,
)
from coach.models.openai_chat import Endpoint, OpenAIChat
from tests.models.asking import ASK, KEY
from tests.models.fake_server import FakeServer, error, events, piece, plain, said


@pytest.mark.parametrize(
    "lines",
    [
        [piece("half")],
        [piece("half"), "[DONE]"],
        [piece("half"), '{"error": {"message": "out of memory"}}'],
        [piece("half"), '{"choices": ['],
    ],
    ids=["end", "done", "error", "garbled"],
)
def test_half_a_stream_is_not_taken_for_a_whole_one(
    server: FakeServer, chat: OpenAIChat, lines: list[str]
) -> None:
    server.will(events(*lines))
    stream = chat.stream(ASK)
    assert next(stream) == "half"
    with pytest.raises(StreamBroken):
        next(stream)


@pytest.mark.parametrize(
    ("status", "mend"),
    [
        (401, "set THE_KEY"),
        (403, "set THE_KEY"),
        (404, "check the name"),
        (422, "HTTP 422"),
        (500, "HTTP 500"),
    ],
)
def test_a_refusal_says_what_to_mend_and_echoes_nothing(
    server: FakeServer, chat: OpenAIChat, status: int, mend: str
) -> None:
    server.will(error(status, f"you sent 'I led it' with {KEY}"))
    with pytest.raises(ModelRefused, match=mend) as caught:
        list(chat.stream(ASK))
    assert "led it" not in str(caught.value)
    assert KEY not in str(caught.value)
    assert len(server.requests) == 1


def test_a_prompt_that_is_too_long_is_told_apart(server: FakeServer, chat: OpenAIChat) -> None:
    server.will(error(400, "too long", type="exceed_context_size_error"))
    with pytest.raises(ModelRefused, match="shorten"):
        list(chat.stream(ASK))


def test_busy_for_a_moment(server: FakeServer, chat: OpenAIChat) -> None:
    server.will(
        error(429, headers={"Retry_After": "0"}), error(503, headers={"Retry_After": "0.01"}), said("ok")
    )
    assert "".join(chat.stream(ASK)) == "ok"


@pytest.mark.parametrize("status", [429, 503])
def test_busy_for_ever(server: FakeServer, chat: OpenAIChat, status: int) -> None:
    server.will(error(status, headers={"Retry_After": "0"}))
    with pytest.raises(ModelBusy):
        list(chat.stream(ASK))
    assert 1 < len(server.requests) < 10


@pytest.mark.parametrize("later", ["3600", "Wed, 21 Oct 2099 07:28:00 GMT"])
def test_a_wait_longer_than_our_patience_is_not_begun(
    server: FakeServer, chat: OpenAIChat, later: str
) -> None:
    server.will(error(429, headers={"Retry_After": later}))
    with pytest.raises(ModelBusy):
        list(chat.stream(ASK))
    assert len(server.requests) == 1


def test_an_empty_account_is_not_asked_again(server: FakeServer, chat: OpenAIChat) -> None:
    server.will(error(429, code="insufficient_quota"))
    with pytest.raises(ModelRefused, match="billing"):
        list(chat.stream(ASK))
    assert len(server.requests) == 1


@pytest.mark.parametrize("started", [False, True])
def test_a_server_that_says_nothing_times_out(server: FakeServer, started: bool) -> None:
    over = threading.Event()

    def silent(handler: BaseHTTPRequestHandler) -> None:
        if started:
            events(piece("half"))(handler)
        over.wait(10)

    server.will(silent)
    chat = OpenAIChat("test", "m", lambda: Endpoint(server.url, KEY), timeout=0.2)
    with pytest.raises(ModelTimeout, match="COACH_MODEL_TIMEOUT"):
        list(chat.stream(ASK))
    over.set()
    chat.close()


def test_nobody_at_the_address() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    chat = OpenAIChat("test", "m", lambda: Endpoint(f"http://127.0.0.1:{port}/v1", KEY))
    for verb in (lambda: list(chat.stream(ASK)), lambda: chat.decide(ASK, ["yes", "no"])):
        with pytest.raises(ModelUnreachable, match="is its server running"):
            verb()
    chat.close()


def test_a_web_page_is_no_model(server: FakeServer, chat: OpenAIChat) -> None:
    server.will(plain(200, "<html>welcome</html>"))
    with pytest.raises(BadModelOutput, match="check the address"):
        chat.decide(ASK, ["yes", "no"])
    with pytest.raises(ModelError):
        list(chat.stream(ASK))
