"""How an OpenAI-compatible server's failures become ours, and how long we wait for one that is busy."""

import email.utils
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from coach.errors import ModelBusy, ModelError, ModelRefused, ModelTimeout, ModelUnreachable, StreamBroken

if TYPE_CHECKING:
    import openai

Answer = TypeVar("Answer")

_TRIES = 4
_PATIENCE = 60.0  # seconds, all waits of one request together
_BUSY = {429, 503}


def patiently(call: Callable[[], Answer]) -> Answer:
    """Return what `call` returns; while the server is busy, ask again when it says, a few times.

    Raises:
        ModelBusy: it was busy each time, or wants us to wait longer than we are ready to.
    """
    import openai

    give_up = time.monotonic() + _PATIENCE
    for attempt in range(_TRIES):
        try:
            return call()
        except openai.APIStatusError as error:
            if error.status_code not in _BUSY or error.code == "insufficient_quota":
                raise
            wait = _retry_after(error.response.headers.get("retry-after", ""), otherwise=0.5 * 2**attempt)
            if attempt == _TRIES - 1 or time.monotonic() + wait > give_up:
                break
            time.sleep(wait)
    raise ModelBusy("The model's server is busy: try again in a minute, or choose another model.")


def _retry_after(value: str, otherwise: float) -> float:
    """Read a Retry-After header: seconds or a date."""
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    except ValueError:
        return otherwise


@contextmanager
def translated(who: str, key_hint: str) -> Iterator[None]:
    """Turn what openai and httpx raise into our own errors. Servers echo requests: their words stay out.

    Args:
        who: the model and where it is, for people.
        key_hint: what to mend when the key is not accepted.
    """
    import httpx2
    import openai

    try:
        yield
    except (openai.APITimeoutError, httpx2.TimeoutException) as error:
        if isinstance(error.__cause__ or error, httpx2.ConnectTimeout):
            raise ModelUnreachable(f"{who} can't be reached: is its server running?") from error
        raise ModelTimeout(f"{who} took too long: try again, or raise COACH_MODEL_TIMEOUT.") from error
    except openai.APIStatusError as error:
        raise _refusal(who, key_hint, error) from None
    except openai.APIConnectionError as error:
        raise ModelUnreachable(f"{who} can't be reached: is its server running?") from error
    except (openai.APIError, httpx2.TransportError, ValueError) as error:
        # ValueError: an event of the stream that is no JSON.
        raise StreamBroken(f"{who} stopped half-way ({type(error).__name__}): try again.") from None


def _refusal(who: str, key_hint: str, error: "openai.APIStatusError") -> ModelError:
    status = error.status_code
    what = ", ".join(part for part in (error.code, error.type, error.param) if isinstance(part, str))
    match status:
        case 401 | 403:
            return ModelRefused(f"{who} does not accept the key: {key_hint}.")
        case 404:
            return ModelRefused(f"{who} does not exist there: check the name and the address.")
        case 408 | 504:
            return ModelTimeout(f"{who} took too long (HTTP {status}): try again.")
        case 429:
            return ModelRefused(f"{who} has no quota left: look at the account's billing.")
        case _ if "context" in what:
            return ModelRefused(f"{who} can't read that much at once: shorten it, or choose another model.")
        case _:
            return ModelRefused(f"{who} refused the request (HTTP {status}{f', {what}' if what else ''}).")
