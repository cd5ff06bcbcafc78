"""A model that says what it is told to: for tests, demonstrations, and for trying prompts without a model."""

import json
import re
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ValidationError

from coach.errors import BadModelOutput, UsageError
from coach.models.chat import Message, Schema

# What a `decide` is given is a mapping of options to probabilities; data for the other verbs may be one too.
Answer = str | BaseModel | Mapping[str, object] | Exception


@dataclass(frozen=True)
class Call:
    """One call: the verb, what it was given, and the schema or the options if there were any."""

    verb: str
    messages: tuple[Message, ...]
    schema: type[BaseModel] | None = None
    options: tuple[str, ...] = ()


class ScriptedModel:
    """A `ChatModel` that takes its answers from a queue, or from a function of the messages.

        model = ScriptedModel(["Tell me more.", {"yes": 0.9, "no": 0.1}, StreamBroken("half-way")])

    An answer is a text, data (a pydantic object or a mapping) or an exception, which is raised. Asking more
    often than there are answers raises `UsageError`.
    """

    def __init__(
        self, answers: Iterable[Answer] | Callable[[Call], Answer] = (), *, name: str = "scripted"
    ) -> None:
        """Prepare the answers; `history` then has every call in order."""
        self._answers = answers if callable(answers) else deque(answers)
        self._name = name
        self._lock = threading.Lock()
        self.history: list[Call] = []
        self.closed = False

    @property
    def name(self) -> str:
        """What people call it."""
        return self._name

    def stream(
        self, messages: Sequence[Message], *, schema: type[BaseModel] | None = None, max_tokens: int = 600
    ) -> Generator[str, None, None]:
        """See `ChatModel`: word by word, spaces included; `max_tokens` is not enforced."""
        yield from re.findall(r"\s*\S+|\s+$", _text(self._next(Call("stream", tuple(messages), schema))))

    def structured(
        self, messages: Sequence[Message], schema: type[Schema], *, max_tokens: int = 600
    ) -> Schema:
        """See `ChatModel`."""
        answer = self._next(Call("structured", tuple(messages), schema))
        try:
            return schema.model_validate_json(_text(answer))
        except ValidationError as error:
            raise BadModelOutput(f"The script's answer is no {schema.__name__}: {error}") from None

    def decide(self, messages: Sequence[Message], options: Sequence[str]) -> Mapping[str, float]:
        """See `ChatModel`: a mapping is normalised over the options; a text that is one of them gets 1.0."""
        answer = self._next(Call("decide", tuple(messages), options=tuple(options)))
        if isinstance(answer, str):
            answer = {answer: 1.0}
        if not isinstance(answer, Mapping) or not set(answer) <= set(options):
            raise UsageError(f"The script's answer does not decide among {', '.join(options)}: {answer!r}")
        shares = {option: float(str(answer.get(option, 0.0))) for option in options}
        total = sum(shares.values())
        if total <= 0:
            raise UsageError(f"The script's answer gives no option a probability: {answer!r}")
        return {option: share / total for option, share in shares.items()}

    def close(self) -> None:
        """Remember that it was closed."""
        self.closed = True

    def _next(self, call: Call) -> str | BaseModel | Mapping[str, object]:
        with self._lock:
            self.history.append(call)
            if callable(self._answers):
                answer = self._answers(call)
            elif self._answers:
                answer = self._answers.popleft()
            else:
                raise UsageError(f"The script has no answer for call {len(self.history)}, a `{call.verb}`.")
        if isinstance(answer, Exception):
            raise answer
        return answer


def _text(answer: str | BaseModel | Mapping[str, object]) -> str:
    if isinstance(answer, BaseModel):
        return answer.model_dump_json()
    return answer if isinstance(answer, str) else json.dumps(answer)
