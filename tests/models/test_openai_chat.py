"""The OpenAI-compatible client against a real server on loopback that behaves well."""

import logging
import math
import threading
from http.server import BaseHTTPRequestHandler
from typing import Literal

import pytest
from pydantic import BaseModel

from coach.errors import BadModelOutput
from coach.models.openai_chat import Endpoint, OpenAIChat, Usage
from tests.models.asking import ASK, KEY
from tests.models.fake_server import FakeServer, error, events, piece, said, whole


class Grade(BaseModel):
    verdict: Literal["hit", "miss"]
    note: str = ""


def test_a_stream_arrives_in_pieces(server: FakeServer, chat: OpenAIChat) -> None:
    server.will(said("hello"))
    assert list(chat.stream(ASK)) == list("hello")


def test_the_same_request_goes_out_each_time(server: FakeServer, chat: OpenAIChat) -> None:
    server.will(said("hello"))
    for _ in range(2):
        list(chat.stream(ASK, max_tokens=7))
    assert server.requests[0] == server.requests[1]
    sent = server.requests[0]
    assert (sent["temperature"], sent["max_tokens"], sent["model"]) == (0.0, 7, "m")
    assert isinstance(sent["seed"], int)
    assert sent["messages"][1] == {"role": "user", "content": "My answer: I led it."}


def test_a_schema_is_sent_strictly_and_comes_back_as_data(server: FakeServer, chat: OpenAIChat) -> None:
    server.will(said('{"verdict": "hit", "note": "n"}'))
    assert chat.structured(ASK, Grade) == Grade(verdict="hit", note="n")
    wanted = server.requests[0]["response_format"]["json_schema"]
    assert wanted["strict"] is True
    assert wanted["schema"]["required"] == ["verdict", "note"]
    assert wanted["schema"]["additionalProperties"] is False
    assert "default" not in wanted["schema"]["properties"]["note"]


def test_broken_data_is_asked_for_once_more_in_another_way(server: FakeServer, chat: OpenAIChat) -> None:
    server.will(said('{"verdict": "perhaps"'), said('{"verdict": "miss"}'))
    assert chat.structured(ASK, Grade).verdict == "miss"
    assert server.requests[0]["temperature"] != server.requests[1]["temperature"]


def test_data_that_stays_broken_is_an_error_that_quotes_nothing(server: FakeServer, chat: OpenAIChat) -> None:
    server.will(said('{"verdict": "led it", "note": 3}'))
    with pytest.raises(BadModelOutput, match="Grade") as caught:
        chat.structured(ASK, Grade)
    assert "led it" not in str(caught.value)
    assert len(server.requests) == 2


def test_data_that_is_cut_off_is_bad_output(server: FakeServer, chat: OpenAIChat) -> None:
    server.will(said('{"verdict"', finish="length"))
    with pytest.raises(BadModelOutput, match="9 tokens"):
        list(chat.stream(ASK, schema=Grade, max_tokens=9))


def test_text_that_reaches_its_limit_is_fine(server: FakeServer, chat: OpenAIChat) -> None:
    server.will(said("one two", finish="length"))
    assert "".join(chat.stream(ASK)) == "one two"


def test_closing_the_stream_closes_the_connection(server: FakeServer, chat: OpenAIChat) -> None:
    hung_up = threading.Event()

    def endless(handler: BaseHTTPRequestHandler) -> None:
        events()(handler)
        try:
            while True:
                handler.wfile.write(f"data: {piece('more ')}\n\n".encode())
        except OSError:
            hung_up.set()

    server.will(endless)
    stream = chat.stream(ASK)
    next(stream)
    stream.close()
    assert hung_up.wait(10)


def test_decide_reads_the_probabilities(server: FakeServer, chat: OpenAIChat) -> None:
    top = {"Yes": math.log(0.4), " yes": math.log(0.2), "No": math.log(0.2), "Perhaps": math.log(0.2)}
    server.will(whole("Yes", top))
    shares = chat.decide(ASK, ["yes", "no"])
    assert shares == pytest.approx({"yes": 0.75, "no": 0.25})
    assert server.requests[0]["top_logprobs"] == 20
    assert server.requests[0]["max_tokens"] == 1


@pytest.mark.parametrize("top", [None, {"<think>": -0.0001, "no": -9.0}], ids=["none", "something else"])
def test_decide_without_useful_probabilities_lets_the_model_pick(
    server: FakeServer, chat: OpenAIChat, top: dict[str, float] | None
) -> None:
    server.will(whole("no", top), said('{"answer": "no"}'))
    assert chat.decide(ASK, ["yes", "no"]) == {"yes": 0.0, "no": 1.0}
    assert server.requests[1]["response_format"]["json_schema"]["schema"]["properties"]["answer"]["enum"] == [
        "yes",
        "no",
    ]


def test_what_a_server_turns_down_is_left_out_from_then_on(server: FakeServer, chat: OpenAIChat) -> None:
    server.will(
        error(400, param="max_tokens", code="unsupported_parameter"),
        error(400, param="temperature", code="unsupported_value"),
        said("ok"),
    )
    assert "".join(chat.stream(ASK, max_tokens=5)) == "ok"
    assert "".join(chat.stream(ASK, max_tokens=5)) == "ok"
    assert len(server.requests) == 4
    assert server.requests[-1]["max_completion_tokens"] == 5
    assert not {"temperature", "max_tokens"} & set(server.requests[-1])


def test_a_server_without_logprobs_is_asked_for_them_once(server: FakeServer, chat: OpenAIChat) -> None:
    server.will(error(400, param="logprobs"), whole("no"), said('{"answer": "no"}'))
    chat.decide(ASK, ["yes", "no"])
    asked = len(server.requests)
    chat.decide(ASK, ["yes", "no"])
    assert len(server.requests) == asked + 1


def test_usage_is_told(server: FakeServer) -> None:
    heard: list[Usage] = []
    chat = OpenAIChat("test", "m", lambda: Endpoint(server.url, KEY), on_usage=heard.append)
    server.will(whole("yes", {"yes": -0.1}))
    chat.decide(ASK, ["yes", "no"])
    chat.close()
    assert heard == [Usage(prompt=9, cached=5, answer=1)]


def test_neither_key_nor_answer_is_ever_logged_or_shown(
    server: FakeServer, chat: OpenAIChat, caplog: pytest.LogCaptureFixture
) -> None:
    server.will(said("hello"))
    with caplog.at_level(logging.DEBUG):
        list(chat.stream(ASK))
    assert server.keys == [f"Bearer {KEY}"]
    for text in (caplog.text, repr(chat), repr(Endpoint(server.url, KEY))):
        assert KEY not in text
        assert "led it" not in text


def test_a_proxy_from_the_environment_never_sees_loopback(
    server: FakeServer, chat: OpenAIChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    server.will(said("ok"))
    assert "".join(chat.stream(ASK)) == "ok"


def test_threads_share_one_model(server: FakeServer, chat: OpenAIChat) -> None:
    server.will(said("hello"))
    got: list[str] = []
    threads = [threading.Thread(target=lambda: got.append("".join(chat.stream(ASK)))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert got == ["hello"] * 8


def test_close_twice_and_use_again(server: FakeServer, chat: OpenAIChat) -> None:
    chat.close()
    chat.close()
    server.will(said("ok"))
    assert "".join(chat.stream(ASK)) == "ok"
