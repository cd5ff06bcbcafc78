"""Answer a question from the library: the model points at passages, the program quotes them.

A statement without a passage is dropped. Where nothing in the library comes close to the question, the
answer is that it isn't there, whatever the model would say.
"""

import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from typing import Protocol

from coach.errors import ModelError
from coach.library.disagreement import disagreements
from coach.library.reply import PASSAGES, Reply, not_here, quoted
from coach.library.retrieval import Hit, Mode
from coach.library.within import within
from coach.models.chat import ChatModel
from coach.prompts import Prompt

# How a model puts an answer together from what was found; the last reply is whole. May raise any `ModelError`.
Answerer = Callable[[ChatModel, Prompt, str, Sequence[Hit]], Generator[Reply, None, None]]


class Searcher(Protocol):
    """What an answer needs of the library."""

    def search(self, query: str, top: int = 5, mode: Mode = "fused") -> Sequence[Hit]: ...


def answer_from(
    library: Searcher, question: str, model: ChatModel | None, prompt: Prompt, answer: Answerer
) -> Generator[Reply, None, None]:
    """Yield the reply as it grows; the last one is done.

    Args:
        library: where to look.
        question: what is asked.
        model: the language model; None answers with the best passages themselves.
        prompt: what `answer` asks the model with.
        answer: how the model answers: `state` or `pick`.

    Raises:
        LibraryError: the library can't be searched.
    """
    begun = time.perf_counter()

    def elapsed() -> int:
        return round(1000 * (time.perf_counter() - begun))

    hits = tuple(library.search(question, PASSAGES))
    times = {"retrieval": elapsed()}
    if not within(question, hits):
        yield not_here(question, hits).model_copy(
            update={"timings_ms": times | {"total": elapsed()}, "done": True}
        )
        return
    differ = disagreements(question, hits)
    plain = quoted(question, hits).model_copy(update={"timings_ms": dict(times), "notes": differ})
    if model is None:
        yield plain.model_copy(update={"timings_ms": times | {"total": elapsed()}, "done": True})
        return
    yield plain.model_copy(update={"answer": "", "citations": ()})
    reply = plain
    try:
        with closing(answer(model, prompt, question, hits)) as growing:
            for reply in growing:
                times.setdefault("first_statement", elapsed())
                made_by = {"model": model.name, "prompts": {prompt.id: prompt.stamp}}
                notes = () if reply.abstained else differ
                reply = reply.model_copy(update={**made_by, "timings_ms": dict(times), "notes": notes})
                yield reply
        if not reply.abstained and not reply.citations:
            note = "The model pointed at no passage. These are the passages themselves."
            reply = plain.model_copy(update={"notes": (note, *differ)})
    except ModelError as error:
        note = f"{error} These are the passages themselves."
        reply = plain.model_copy(update={"notes": (note, *differ)})
    yield reply.model_copy(update={"timings_ms": times | {"total": elapsed()}, "done": True})
