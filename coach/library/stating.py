"""Have a language model answer in its own words, each statement with the passage that holds it.

The program keeps the statements whose words stand in the passage that they point at, and quotes the passage.
"""

import re
from collections.abc import Generator, Sequence
from contextlib import closing

from pydantic import BaseModel, Field
from pydantic_core import from_json

from coach.library.reply import PASSAGES, Reply, cited, not_here
from coach.library.retrieval import Hit
from coach.models.chat import ChatModel
from coach.prompts import Prompt, fence


class _Statement(BaseModel):
    text: str = Field(min_length=1, max_length=300)
    passage: int = Field(ge=1, le=PASSAGES)


class _Written(BaseModel):
    answered: bool
    statements: list[_Statement] = Field(max_length=5)


def state(
    model: ChatModel, prompt: Prompt, question: str, hits: Sequence[Hit]
) -> Generator[Reply, None, None]:
    """Yield the answer with each statement that the model has finished.

    Raises:
        ModelError: the model failed.
    """
    with closing(_written(model, prompt, question, hits)) as growing:
        for written in growing:
            yield _resolved(question, hits, written)


def _written(
    model: ChatModel, prompt: Prompt, question: str, hits: Sequence[Hit]
) -> Generator[_Written, None, None]:
    passages = "\n\n".join(
        f"[{number}] {fence(hit.title)} > {fence(hit.heading)}\n{fence(hit.text)}"
        for number, hit in enumerate(hits, 1)
    )
    said, count = "", 0
    messages = prompt.messages(passages=passages, question=fence(question))
    with closing(model.stream(messages, schema=_Written, max_tokens=500)) as pieces:
        for piece in pieces:
            said += piece
            partial = _complete_statements(said)
            if len(partial.statements) > count:
                count = len(partial.statements)
                yield partial
    yield _complete_statements(said)


def _complete_statements(said: str) -> _Written:
    try:
        read = from_json(said, allow_partial=True)
    except ValueError:
        read = {}
    read = read if isinstance(read, dict) else {}
    listed = read.get("statements")
    statements = []
    for one in listed if isinstance(listed, list) else []:
        text, passage = (one.get("text"), one.get("passage")) if isinstance(one, dict) else (None, None)
        if isinstance(text, str) and text.strip() and type(passage) is int:
            statements.append(_Statement.model_construct(text=text, passage=passage))
    return _Written.model_construct(answered=read.get("answered") is not False, statements=statements)


def _resolved(question: str, hits: Sequence[Hit], written: _Written) -> Reply:
    """Put the passages' words to the numbers; what points nowhere, or isn't in its passage, is dropped."""
    if not written.answered:
        return not_here(question, hits)
    pointed: list[_Statement] = []
    for statement in written.statements:
        said_before = any(_plain(statement.text) == _plain(one.text) for one in pointed)
        real = 1 <= statement.passage <= len(hits)
        if real and not said_before and _stands_in(statement.text, hits[statement.passage - 1]):
            pointed.append(statement)
    order = list(dict.fromkeys(s.passage for s in pointed))
    sentences = [f"{_without_numbers(s.text)} [{order.index(s.passage) + 1}]" for s in pointed]
    return Reply(
        question=question,
        answer=" ".join(sentences),
        abstained=False,
        citations=tuple(cited(hits[number - 1]) for number in order),
        passages=tuple(hits),
    )


def _stands_in(statement: str, hit: Hit) -> bool:
    """Whether a passage has at least half of a statement's longer words, by their first letters."""
    said, there = (
        {word[:5] for word in re.findall(r"[^\W_]{4,}", text.casefold())}
        for text in (statement, f"{hit.title} {hit.heading} {hit.text}")
    )
    return len(said & there) >= len(said) / 2


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", _without_numbers(text).casefold()))


def _without_numbers(text: str) -> str:
    return re.sub(r"\s*\[\d+(?:, ?\d+)*\]", "", text).strip()
