"""The border to language models: three verbs are all that the coach needs of one."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from pydantic import BaseModel

Schema = TypeVar("Schema", bound=BaseModel)


@dataclass(frozen=True)
class Message:
    """One turn of a conversation with a model."""

    role: Literal["system", "user", "assistant"]
    content: str


class ChatModel(Protocol):
    """A language model. Every verb may raise any `ModelError`; none of them keeps the messages."""

    @property
    def name(self) -> str:
        """What people call it, as in `--model`."""
        ...

    def stream(
        self, messages: Sequence[Message], *, schema: type[BaseModel] | None = None, max_tokens: int = 600
    ) -> Generator[str, None, None]:
        """Yield the answer piece by piece; with a schema, the pieces join to JSON that follows it.

        Closing the iterator stops the model. A stream that ends early raises `StreamBroken`.
        """
        ...

    def structured(
        self, messages: Sequence[Message], schema: type[Schema], *, max_tokens: int = 600
    ) -> Schema:
        """Return data that follows the schema, or raise `BadModelOutput`."""
        ...

    def decide(self, messages: Sequence[Message], options: Sequence[str]) -> Mapping[str, float]:
        """Return a probability for each option (they sum to 1): how likely the model answers with it.

        The messages should ask for one of the options; options should differ in their first letters. What
        several decisions have in common belongs in all messages but the last: it is then read only once.
        """
        ...

    def close(self) -> None:
        """Let go of what the model holds; safe to call twice."""
        ...
