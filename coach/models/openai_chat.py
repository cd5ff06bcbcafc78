"""A chat model behind an OpenAI-compatible address: llama.cpp, Ollama, LM Studio, vLLM, OpenAI and others."""

import logging
import threading
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ValidationError

from coach.errors import BadModelOutput, ModelRefused, StreamBroken
from coach.models.chat import Message, Schema
from coach.models.options import spread
from coach.models.patience import patiently, translated
from coach.models.schema import choice_of, response_format

if TYPE_CHECKING:
    import openai
    from openai.types.chat import ChatCompletion

_SEED = 7
_CONNECT_SECONDS = 5.0
_TOP_TOKENS = 20  # the most that OpenAI gives
# What a server may turn down without harm: the request is sent again without it, now and ever after.
_OPTIONAL = {"temperature", "seed", "logprobs", "top_logprobs", "max_tokens", "stream_options"}


@dataclass(frozen=True)
class Endpoint:
    """Where a model answers; `key_hint` says what to mend when the key is not accepted."""

    base_url: str
    key: str = field(repr=False)
    key_hint: str = "check it"


@dataclass(frozen=True)
class Usage:
    """Tokens of one call: of the prompt, how many of those the server had read before, and of the answer."""

    prompt: int
    cached: int
    answer: int


class OpenAIChat:
    """A `ChatModel` on any OpenAI-compatible server. Same input, same output: temperature 0, a fixed seed.

    May be used from several threads. No connection is opened before the first call.
    """

    def __init__(
        self,
        name: str,
        model: str,
        endpoint: Callable[[], Endpoint],
        *,
        timeout: float = 120.0,
        on_usage: Callable[[Usage], None] | None = None,
    ) -> None:
        """Remember where the model is.

        Args:
            name: what people call it.
            model: what the server calls it.
            endpoint: asked before each request, so that a server can be started late or anew.
            timeout: seconds to wait for the next word.
            on_usage: called after each answer, from the thread that asked.
        """
        self._name = name
        self._model = model
        self._endpoint = endpoint
        self._timeout = timeout
        self._on_usage = on_usage
        self._lock = threading.Lock()
        self._client: tuple[Endpoint, openai.OpenAI] | None = None
        self._declined: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._name!r})"

    @property
    def name(self) -> str:
        """What people call it, as in `--model`."""
        return self._name

    def stream(
        self, messages: Sequence[Message], *, schema: type[BaseModel] | None = None, max_tokens: int = 600
    ) -> Generator[str, None, None]:
        """See `ChatModel`. Closing the iterator closes the connection, which stops the server's work."""
        return self._stream(messages, schema, max_tokens)

    def structured(
        self, messages: Sequence[Message], schema: type[Schema], *, max_tokens: int = 600
    ) -> Schema:
        """See `ChatModel`. An answer that doesn't follow the schema is asked for once more."""
        try:
            return self._parsed(messages, schema, max_tokens)
        except BadModelOutput:
            # The very same request would bring the very same answer.
            return self._parsed(messages, schema, max_tokens, temperature=0.4)

    def decide(self, messages: Sequence[Message], options: Sequence[str]) -> Mapping[str, float]:
        """See `ChatModel`. Read from the probabilities of the first token, before any sampling.

        The answer is not constrained to the options: in our measurements the default model puts 99.8 % on
        them anyway when asked for them, and a constraint would move the probabilities of what starts
        otherwise to the options' less natural spellings. A server that tells no probabilities picks one
        option, which then gets 1.0.
        """
        if not {"logprobs", "top_logprobs"} & self._declined:
            answer = self._whole(messages, max_tokens=1, logprobs=True, top_logprobs=_TOP_TOKENS)
            content = answer.choices[0].logprobs and answer.choices[0].logprobs.content
            tokens = [(top.token, top.logprob) for top in content[0].top_logprobs] if content else []
            if (shares := spread(tokens, options)) is not None:
                return shares
        picked = self.structured(messages, choice_of(options), max_tokens=60).model_dump()["answer"]
        return {option: float(option == picked) for option in options}

    def close(self) -> None:
        """Close the connections."""
        with self._lock:
            client, self._client = self._client, None
        if client:
            client[1].close()

    def _parsed(
        self, messages: Sequence[Message], schema: type[Schema], max_tokens: int, temperature: float = 0.0
    ) -> Schema:
        text = "".join(self._stream(messages, schema, max_tokens, temperature))
        try:
            return schema.model_validate_json(text)
        except ValidationError as error:
            first = error.errors(include_input=False)[0]
            where = ".".join(map(str, first["loc"])) or "the whole"
            raise BadModelOutput(
                f"{self._name} gave no {schema.__name__} ({where}: {first['type']}): try another model."
            ) from None

    def _stream(
        self,
        messages: Sequence[Message],
        schema: type[BaseModel] | None,
        max_tokens: int,
        temperature: float = 0.0,
    ) -> Generator[str, None, None]:
        request: dict[str, Any] = {"max_tokens": max_tokens, "temperature": temperature, "stream": True}
        request["stream_options"] = {"include_usage": True}
        if schema:
            request["response_format"] = response_format(schema)
        endpoint = self._endpoint()
        who = self._who(endpoint)
        finish = None
        with translated(who, endpoint.key_hint), self._ask(endpoint, messages, request) as chunks:
            for chunk in chunks:
                self._note(chunk.usage)
                for choice in chunk.choices:
                    finish = choice.finish_reason or finish
                    if choice.delta.content:
                        yield choice.delta.content
        if finish is None:
            raise StreamBroken(f"{who} stopped half-way: try again.")
        if finish == "content_filter":
            raise ModelRefused(f"{who} refused to answer: a content filter stepped in.")
        if finish == "length" and schema:
            raise BadModelOutput(f"{self._name} did not finish within {max_tokens} tokens.")

    def _whole(self, messages: Sequence[Message], **request: Any) -> "ChatCompletion":
        """Ask for an answer in one piece."""
        endpoint = self._endpoint()
        with translated(self._who(endpoint), endpoint.key_hint):
            answer: ChatCompletion = self._ask(
                endpoint, messages, {"temperature": 0.0, **request}, exact=True
            )
        if not getattr(answer, "choices", None):  # a page of HTML comes through as a text
            raise BadModelOutput(f"{self._who(endpoint)} doesn't speak OpenAI's language: check the address.")
        self._note(answer.usage)
        return answer

    def _ask(
        self, endpoint: Endpoint, messages: Sequence[Message], request: dict[str, Any], *, exact: bool = False
    ) -> Any:
        """Send the request, without what the server has turned down before.

        `exact` wants an answer that depends on the messages alone, to the last bit, where that has a price.
        """
        import openai

        turns = [{"role": message.role, "content": message.content} for message in messages]
        create: Callable[..., Any] = self._connected(endpoint).chat.completions.create
        while True:
            kept = {key: value for key, value in request.items() if key not in self._declined}
            if "max_tokens" in request and "max_tokens" not in kept:
                kept["max_completion_tokens"] = request["max_tokens"]
            if "temperature" in kept:
                kept |= {} if "seed" in self._declined else {"seed": _SEED}
            try:
                return patiently(partial(create, model=self._model, messages=turns, **kept))
            except openai.BadRequestError as error:
                if error.param not in _OPTIONAL - self._declined:
                    raise
                self._declined |= {error.param}

    def _connected(self, endpoint: Endpoint) -> "openai.OpenAI":
        import httpx2
        import openai

        with self._lock:
            if self._client is None or self._client[0] != endpoint:
                # At DEBUG the client logs whole requests, people's answers with them.
                logging.getLogger("openai").setLevel(logging.INFO)
                http = openai.DefaultHttpxClient(
                    timeout=httpx2.Timeout(self._timeout, connect=_CONNECT_SECONDS),
                    # A proxy from the environment has no business with what stays on this machine.
                    trust_env=urlsplit(endpoint.base_url).hostname not in {"127.0.0.1", "localhost", "::1"},
                )
                client = openai.OpenAI(
                    api_key=endpoint.key, base_url=endpoint.base_url, max_retries=0, http_client=http
                )
                self._client = (endpoint, client)
            return self._client[1]

    def _note(self, usage: Any) -> None:
        if usage and self._on_usage:
            details = usage.prompt_tokens_details
            cached = (details.cached_tokens if details else 0) or 0
            self._on_usage(Usage(usage.prompt_tokens, cached, usage.completion_tokens))

    def _who(self, endpoint: Endpoint) -> str:
        return f"{self._name} at {urlsplit(endpoint.base_url).netloc.rpartition('@')[2]}"
