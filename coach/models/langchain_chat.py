"""A chat model of any provider that LangChain knows: Anthropic, Bedrock, Google, Mistral, and so on."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from coach.errors import (
    BadModelOutput,
    ModelBusy,
    ModelError,
    ModelRefused,
    ModelTimeout,
    ModelUnknown,
    ModelUnreachable,
)
from coach.models.chat import Message, Schema
from coach.models.schema import choice_of

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


class LangChainChat:
    """A `ChatModel` on LangChain's `init_chat_model`; keys come from the provider's own variables."""

    def __init__(self, name: str, chat: "BaseChatModel") -> None:
        """Wrap LangChain's model; `name` is what people call it."""
        self._name = name
        self._chat = chat

    def __repr__(self) -> str:
        return f"LangChainChat({self._name!r})"

    @property
    def name(self) -> str:
        """What people call it, as in `--model`."""
        return self._name

    def stream(
        self, messages: Sequence[Message], *, schema: type[BaseModel] | None = None, max_tokens: int = 600
    ) -> Generator[str, None, None]:
        """See `ChatModel`. With a schema all comes in one piece: not every provider streams data."""
        if schema:
            yield self.structured(messages, schema, max_tokens=max_tokens).model_dump_json()
            return
        with _translated(self._name):
            for chunk in self._chat.stream(_turns(messages), max_tokens=max_tokens):
                if text := chunk.text:
                    yield str(text)

    def structured(
        self, messages: Sequence[Message], schema: type[Schema], *, max_tokens: int = 600
    ) -> Schema:
        """See `ChatModel`. An answer that doesn't follow the schema is asked for once more.

        `max_tokens` is left to the provider: cutting data short only spoils it.
        """
        try:
            return self._structured(messages, schema)
        except BadModelOutput:
            return self._structured(messages, schema)

    def decide(self, messages: Sequence[Message], options: Sequence[str]) -> Mapping[str, float]:
        """See `ChatModel`. Most providers tell no probabilities, so the option that it picks gets 1.0."""
        picked = self.structured(messages, choice_of(options)).model_dump()["answer"]
        return {option: float(option == picked) for option in options}

    def close(self) -> None:
        """Nothing to let go of: LangChain's models keep no handle that we could close."""

    def _structured(self, messages: Sequence[Message], schema: type[Schema]) -> Schema:
        with _translated(self._name):
            answer = self._chat.with_structured_output(schema).invoke(_turns(messages))
        if not isinstance(answer, schema):
            raise BadModelOutput(f"{self._name} gave no {schema.__name__}: try again or another model.")
        return answer


def open_langchain(name: str, *, timeout: float) -> LangChainChat:
    """Open `PROVIDER:NAME`.

    Raises:
        ModelUnknown: LangChain knows no such provider.
        ModelRefused: the provider's package or key is missing; the line says which.
    """
    from langchain.chat_models import init_chat_model

    try:
        return LangChainChat(name, init_chat_model(name, temperature=0, timeout=timeout))
    except ImportError as error:
        # LangChain's own line names the package and the pip command.
        raise ModelRefused(f"{name} needs a package more: {_first_line(error)}") from error
    except ValueError as error:
        if "provider" in str(error).lower():
            raise ModelUnknown(f"LangChain knows no provider {name.partition(':')[0]!r}.") from None
        raise ModelRefused(f"{name} can't be set up: check the provider's key and settings.") from None
    except Exception as error:
        # Each provider has its own family of errors; a missing key is the usual cause of any.
        raise _mapped(name, error) from None


def _turns(messages: Sequence[Message]) -> list[tuple[str, str]]:
    return [(message.role, message.content) for message in messages]


@contextmanager
def _translated(name: str) -> Iterator[None]:
    from langchain_core.exceptions import OutputParserException

    try:
        yield
    except ModelError:
        raise
    except (OutputParserException, ValidationError):
        raise BadModelOutput(f"{name} gave data of another form: try again or another model.") from None
    except Exception as error:
        raise _mapped(name, error) from None


def _mapped(name: str, error: Exception) -> ModelError:
    """Providers share no error classes; the HTTP status and the class's name are what they have in common."""
    kind = type(error).__name__
    response = getattr(error, "response", None)
    status: Any = getattr(error, "status_code", None) or getattr(response, "status_code", None)
    if status in {429, 503, 529}:
        return ModelBusy(f"{name} is busy or out of quota: try again in a minute, or choose another model.")
    if status in {401, 403}:
        return ModelRefused(f"{name} does not accept the key: check the provider's key variable.")
    if status == 404:
        return ModelRefused(f"{name} does not exist there: check the name.")
    if isinstance(error, TimeoutError) or "Timeout" in kind:
        return ModelTimeout(f"{name} took too long: try again, or raise COACH_MODEL_TIMEOUT.")
    if isinstance(error, ConnectionError) or "Connect" in kind:
        return ModelUnreachable(f"{name} can't be reached: check the network.")
    reason = f"HTTP {status}, {kind}" if status else kind
    return ModelRefused(f"{name} refused ({reason}): check the provider's key and the name.")


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
