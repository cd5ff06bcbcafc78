"""The scripted model, which other wings' tests build on."""

import pytest
from pydantic import BaseModel

from coach.errors import BadModelOutput, StreamBroken, UsageError
from coach.models.chat import ChatModel, Message
from coach.models.scripted import Call, ScriptedModel

ASK = [Message("user", "Well?")]


class Grade(BaseModel):
    points: int


def test_it_is_a_chat_model() -> None:
    model: ChatModel = ScriptedModel()
    assert model.name == "scripted"


def test_the_queue_in_order_and_the_history() -> None:
    model = ScriptedModel(["Tell me  more.\n", Grade(points=3), {"points": 4}, {"yes": 3, "no": 1}, "no"])
    assert list(model.stream(ASK)) == ["Tell", " me", "  more.", "\n"]
    assert model.structured(ASK, Grade) == Grade(points=3)
    assert model.structured(ASK, Grade) == Grade(points=4)
    assert model.decide(ASK, ["yes", "no"]) == {"yes": 0.75, "no": 0.25}
    assert model.decide(ASK, ["yes", "no"]) == {"yes": 0.0, "no": 1.0}
    assert [call.verb for call in model.history] == ["stream", "structured", "structured", "decide", "decide"]
    assert model.history[-1] == Call("decide", tuple(ASK), options=("yes", "no"))


def test_a_function_of_the_call() -> None:
    model = ScriptedModel(lambda call: call.messages[-1].content.upper())
    assert "".join(model.stream(ASK)) == "WELL?"


def test_data_streams_as_json() -> None:
    model = ScriptedModel([Grade(points=3)])
    assert Grade.model_validate_json("".join(model.stream(ASK, schema=Grade))) == Grade(points=3)


def test_an_exception_is_raised() -> None:
    with pytest.raises(StreamBroken, match="half-way"):
        list(ScriptedModel([StreamBroken("half-way")]).stream(ASK))


def test_an_empty_queue_says_which_call_it_was() -> None:
    model = ScriptedModel(["one"])
    list(model.stream(ASK))
    with pytest.raises(UsageError, match="call 2, a `decide`"):
        model.decide(ASK, ["yes", "no"])


def test_answers_that_do_not_fit_are_refused() -> None:
    with pytest.raises(BadModelOutput):
        ScriptedModel(["prose"]).structured(ASK, Grade)
    for answer in ("maybe", {"maybe": 1.0}, {"yes": 0.0}, Grade(points=1)):
        with pytest.raises(UsageError):
            ScriptedModel([answer]).decide(ASK, ["yes", "no"])


def test_close_twice() -> None:
    model = ScriptedModel()
    model.close()
    model.close()
    assert model.closed
