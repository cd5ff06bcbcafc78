"""Have a model write one short text in a form, and read the text while it grows."""

from collections.abc import Generator, Sequence
from contextlib import closing

from pydantic import BaseModel
from pydantic_core import from_json

from coach.errors import BadModelOutput
from coach.models.chat import ChatModel, Message


class OneText(BaseModel):
    """A form that is one text; the forms built on it say by a pattern what the text may be."""

    text: str


def growing_text(
    model: ChatModel, messages: Sequence[Message], form: type[OneText], *, max_tokens: int, what: str
) -> Generator[str, None, None]:
    """Yield the text again and again, each time with more of it; the last one is whole and follows the form.

    Closing the iterator stops the model.

    Args:
        model: who writes it.
        messages: what is asked for.
        form: what the text has to follow.
        max_tokens: how long it may become.
        what: what the error calls it, such as "advice".

    Raises:
        BadModelOutput: it doesn't have the form asked for.
        ModelError: the model failed.
    """
    raw = ""
    with closing(model.stream(messages, schema=form, max_tokens=max_tokens)) as pieces:
        for piece in pieces:
            raw += piece
            if text := _so_far(raw):
                yield text
    try:
        yield form.model_validate_json(raw).text
    except ValueError:
        raise BadModelOutput(f"The model's {what} was not in the form asked for.") from None


def _so_far(raw: str) -> str:
    try:
        read = from_json(raw, allow_partial="trailing-strings")
    except ValueError:
        return ""
    text = read.get("text") if isinstance(read, dict) else None
    return text if isinstance(text, str) else ""
