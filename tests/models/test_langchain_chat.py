"""LangChain's models behind our border: its OpenAI integration against the server on loopback."""

from collections.abc import Iterator
from typing import Literal

import pytest
from pydantic import BaseModel

from coach.errors import BadModelOutput, ModelBusy, ModelError, ModelRefused, ModelUnreachable
from coach.models.langchain_chat import LangChainChat
from tests.models.asking import ASK
from tests.models.fake_server import FakeServer, error, plain, said


class Grade(BaseModel):
    verdict: Literal["hit", "miss"]


@pytest.fixture
def chat(server: FakeServer) -> Iterator[LangChainChat]:
    import httpx2
    from langchain.chat_models import init_chat_model

    with httpx2.Client(trust_env=False) as http:
        model = init_chat_model(
            "openai:gpt-x", base_url=server.url, api_key="k", max_retries=0, temperature=0, http_client=http
        )
        yield LangChainChat("openai:gpt-x", model)


def text(body: str) -> object:
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": body}}
    return {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}


def test_stream(server: FakeServer, chat: LangChainChat) -> None:
    server.will(said("hello"))
    assert list(chat.stream(ASK)) == list("hello")
    assert [turn["role"] for turn in server.requests[0]["messages"]] == ["system", "user"]


def test_structured_and_its_stream(server: FakeServer, chat: LangChainChat) -> None:
    server.will(plain(200, text('{"verdict": "hit"}')))
    assert chat.structured(ASK, Grade) == Grade(verdict="hit")
    assert Grade.model_validate_json("".join(chat.stream(ASK, schema=Grade))) == Grade(verdict="hit")


def test_broken_data_is_asked_for_once_more(server: FakeServer, chat: LangChainChat) -> None:
    server.will(plain(200, text('{"verdict": "led it"}')))
    with pytest.raises(BadModelOutput) as caught:
        chat.structured(ASK, Grade)
    assert "led it" not in str(caught.value)
    assert len(server.requests) == 2


def test_decide_picks_one(server: FakeServer, chat: LangChainChat) -> None:
    server.will(plain(200, text('{"answer": "no"}')))
    assert chat.decide(ASK, ["yes", "no"]) == {"yes": 0.0, "no": 1.0}


@pytest.mark.parametrize(
    ("status", "family"),
    [(401, ModelRefused), (404, ModelRefused), (429, ModelBusy), (503, ModelBusy), (418, ModelRefused)],
)
def test_errors_become_ours_and_quote_nothing(
    server: FakeServer, chat: LangChainChat, status: int, family: type[ModelError]
) -> None:
    server.will(error(status, "you sent 'I led it'"))
    for verb in (lambda: list(chat.stream(ASK)), lambda: chat.structured(ASK, Grade)):
        with pytest.raises(family) as caught:
            verb()
        assert "led it" not in str(caught.value)


def test_nobody_there() -> None:
    from langchain.chat_models import init_chat_model

    model = init_chat_model("openai:gpt-x", base_url="http://127.0.0.1:9/v1", api_key="k", max_retries=0)
    with pytest.raises(ModelUnreachable):
        list(LangChainChat("openai:gpt-x", model).stream(ASK))
