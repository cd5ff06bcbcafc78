"""One text in a form, read while a model writes it."""

import pytest
from pydantic import Field

from coach.errors import BadModelOutput, StreamBroken
from coach.models.chat import Message
from coach.models.growing import OneText, growing_text
from coach.models.scripted import Answer, ScriptedModel

ASK = [Message("user", "Well?")]


class Said(OneText):
    text: str = Field(pattern=r"^Say .+[.]$")


def texts(answer: Answer) -> list[str]:
    model = ScriptedModel([answer])
    grown = list(growing_text(model, ASK, Said, max_tokens=20, what="advice"))
    assert model.history[0].schema is Said
    return grown


def test_the_text_grows_word_by_word_and_ends_whole() -> None:
    assert texts({"text": "Say how big."}) == ["Say", "Say how", "Say how big.", "Say how big."]


@pytest.mark.parametrize(
    "answer", ['{"text": "Tell it."}', '{"text": "Say more', '{"text": 3}', '["Say it."]', "Say it.", ""]
)
def test_a_text_out_of_form_is_an_error_that_says_whose_it_was(answer: str) -> None:
    with pytest.raises(BadModelOutput, match="The model's advice was not in the form asked for"):
        texts(answer)


def test_what_the_model_raises_comes_through() -> None:
    with pytest.raises(StreamBroken, match="half-way"):
        texts(StreamBroken("half-way"))
