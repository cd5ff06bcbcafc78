"""From a name, as in `--model` and COACH_MODEL, to the model that it means."""

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from coach.errors import ModelMissing, ModelRefused, ModelUnknown
from coach.models.catalog import CATALOG, find, path_of
from coach.models.chat import ChatModel, Message
from coach.models.langchain_chat import open_langchain
from coach.models.local import State
from coach.models.local_chat import LocalChat
from coach.models.openai_chat import Endpoint, OpenAIChat, Usage
from coach.models.verify import require
from coach.settings import Settings

_OPENAI = "https://api.openai.com/v1"
_OLLAMA = "127.0.0.1:11434"


def connect(
    name: str, settings: Settings, on_usage: Callable[[Usage], None] | None = None
) -> ChatModel | None:
    """Return the model of this name; None for `none`. Fast: nothing is loaded, no connection opened.

    Args:
        name: a catalog name, `local:PATH`, `ollama:NAME`, `openai:NAME`, `URL#NAME`, LangChain's
            `PROVIDER:NAME`, or `none`.
        settings: for the folder of the models, the time limit, and the key of a `URL#NAME` model.
        on_usage: hears the tokens of each call; not for `PROVIDER:NAME`.

    Raises:
        ModelUnknown: the name means nothing; the line lists what could be meant.
        ModelMissing: its file is not on this machine.
        ModelRefused: a key or a package is missing.
    """
    timeout = settings.model_timeout
    kind, _, rest = name.partition(":")
    if name == "none":
        return None
    if name in {model.name for model in CATALOG if model.role == "chat"}:
        model = find(name)
        if not path_of(model, settings.models).is_file():
            raise ModelMissing(f"{name} is not on this machine: run `coach models pull {name}`.")
        return LocalChat(name, partial(require, model, settings.models), timeout=timeout, on_usage=on_usage)
    if kind == "local" and rest:
        path = Path(rest).expanduser()
        if not path.is_file():
            raise ModelMissing(f"There is no model file {path}: check the path.")
        return LocalChat(name, lambda: path, timeout=timeout, on_usage=on_usage)
    if kind == "ollama" and rest:
        endpoint = Endpoint(_ollama(os.environ.get("OLLAMA_HOST") or _OLLAMA), "ollama", "Ollama wants none")
        return OpenAIChat(name, rest, lambda: endpoint, timeout=timeout, on_usage=on_usage)
    if kind == "openai" and rest:
        key = os.environ.get("OPENAI_API_KEY")
        if not key:
            raise ModelRefused(f"{name} needs a key: set OPENAI_API_KEY.")
        endpoint = Endpoint(os.environ.get("OPENAI_BASE_URL") or _OPENAI, key, "check OPENAI_API_KEY")
        return OpenAIChat(name, rest, lambda: endpoint, timeout=timeout, on_usage=on_usage)
    if kind in {"http", "https"}:
        return _by_url(name, settings, on_usage)
    if kind and rest:
        return open_langchain(name, timeout=timeout)
    known = ", ".join(model.name for model in CATALOG if model.role == "chat")
    raise ModelUnknown(
        f"No model is called {name!r}. It could be {known}, local:/path/file.gguf, ollama:NAME, openai:NAME, "
        "http://HOST:PORT/v1#NAME, PROVIDER:NAME, or none."
    )


def words_freely(name: str) -> bool:
    """Whether the model of this name may word advice itself; a small one of the catalog only names things."""
    return all(model.words_freely for model in CATALOG if model.name == name)


def state_of(model: ChatModel) -> State:
    """Whether the model can answer at once. Only an embedded one is ever anything but `ready`."""
    return model.state if isinstance(model, LocalChat) else "ready"


def warm_up(model: ChatModel, beginning: Sequence[Message] = ()) -> None:
    """Load the model if it is an embedded one, and return when it can answer; may raise any `ModelError`.

    `beginning` is what the first prompt will begin with: an embedded model reads it ahead.
    """
    if isinstance(model, LocalChat):
        model.warm_up(beginning)


def _by_url(name: str, settings: Settings, on_usage: Callable[[Usage], None] | None) -> ChatModel:
    url, _, model = name.partition("#")
    if not model or not urlsplit(url).hostname:
        raise ModelUnknown("A model behind an address is written http://HOST:PORT/v1#NAME.")
    # The client insists on some key; servers that want none ignore it.
    key = settings.model_key.get_secret_value() if settings.model_key else "none"
    endpoint = Endpoint(url, key, "check COACH_MODEL_KEY")
    return OpenAIChat(name, model, lambda: endpoint, timeout=settings.model_timeout, on_usage=on_usage)


def _ollama(host: str) -> str:
    """Read OLLAMA_HOST as Ollama does: scheme and port may be missing, 0.0.0.0 is where it listens."""
    parts = urlsplit(host if "://" in host else f"http://{host}")
    name = {"0.0.0.0": "127.0.0.1", None: "127.0.0.1"}.get(parts.hostname, parts.hostname)  # noqa: S104
    return f"{parts.scheme}://{name}:{parts.port or 11434}/v1"
