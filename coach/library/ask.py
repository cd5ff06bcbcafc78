"""Answer a question from the library: the model points at passages, the program quotes them.

A statement without a passage is dropped. Where nothing in the library comes close to the question, the
answer is that it isn't there, whatever the model would say.
"""

import math
import re
import time
from collections.abc import Generator, Sequence
from contextlib import closing
from typing import Protocol

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import from_json

from coach.errors import ModelError
from coach.library.disagreement import disagreements
from coach.library.lexical import words
from coach.library.personal import asks_for_own_facts
from coach.library.retrieval import Hit, Mode
from coach.models.chat import ChatModel
from coach.prompts import Prompt, fence

# The cosine of MiniLM below which a passage is about something else: nothing is cited from it.
NEAR_ENOUGH = 0.35
# A question's `likeness` below which the library doesn't have the answer. This and the weights in `likeness` were
# chosen on half of the golden and the unanswerable questions, see docs/retrieval.md.
_LIKE_ENOUGH = 1.04
# The same for `plain_likeness`: alone, and beside passages with questions. There a word of the query is in some
# passage more often, so it takes more.
_PLAIN_ENOUGH, _PLAIN_BESIDE = 0.83, 1.0
# The cosine of a question that a passage answers from which on it is what was asked, personal as it may sound.
_SAME_ASKED = 0.8
# An invitation or a letter among somebody's own files may know what no book can: it has an address, a number, an hour.
_LETTER = re.compile(
    r"\w@\w|\+\d[\d ()-]{7,}|\(\d{3}\) ?\d{3}-\d{4}|\b\d{3}-\d{3}-\d{4}\b|\b\d\d?:\d\d\b|\b\d\d? ?[ap]\.?m\b|"
    r"\b(?:Dear|Hi|Hello) [A-Z]",
)
# What the library tells of one employer is no answer about another, however alike the questions are.
_EMPLOYERS = re.compile(
    r"\b(adobe|airbnb|anthropic|apple|bytedance|databricks|facebook|google\w*|ibm|jane street|linkedin|"
    r"meta(?![ -]?(?:analy|data|feat|heur|learn))|microsoft|netflix|nvidia|openai|oracle|"
    r"salesforce|spotify|stripe|tesla|tiktok|uber)\b",
    re.IGNORECASE,
)
PASSAGES = 5  # how many are looked at for an answer
NOT_HERE = "That is not in my material."


class Searcher(Protocol):
    """What an answer needs of the library."""

    def search(self, query: str, top: int = 5, mode: Mode = "fused") -> Sequence[Hit]: ...


class Cited(BaseModel):
    """A verbatim part of a source."""

    model_config = ConfigDict(frozen=True)

    source: str
    heading: str
    quote: str


class Reply(BaseModel):
    """An answer from the library. `[n]` in `answer` is the n-th of `citations`, from 1.

    `passages` are what was found, best first; `done` says whether more of the answer is to come.
    """

    model_config = ConfigDict(frozen=True)

    id: str | None = None
    question: str
    answer: str
    abstained: bool
    citations: tuple[Cited, ...] = ()
    model: str | None = None
    prompts: dict[str, str] = Field(default_factory=dict)
    notes: tuple[str, ...] = ()
    timings_ms: dict[str, int] = Field(default_factory=dict)
    passages: tuple[Hit, ...] = ()
    done: bool = False


class _Statement(BaseModel):
    text: str = Field(min_length=1, max_length=300)
    passage: int = Field(ge=1, le=PASSAGES)


class _Written(BaseModel):
    answered: bool
    statements: list[_Statement] = Field(max_length=5)


def answer_from(
    library: Searcher, model: ChatModel | None, prompt: Prompt, question: str
) -> Generator[Reply, None, None]:
    """Yield the reply as it grows; the last one is done.

    Raises:
        LibraryError: the library can't be searched.
    """
    begun = time.perf_counter()

    def elapsed() -> int:
        return round(1000 * (time.perf_counter() - begun))

    hits = tuple(library.search(question, PASSAGES))
    times = {"retrieval": elapsed()}
    if not within(question, hits):
        yield _not_here(question, hits).model_copy(
            update={"timings_ms": times | {"total": elapsed()}, "done": True}
        )
        return
    differ = disagreements(question, hits)
    plain = _quoted(question, hits).model_copy(update={"timings_ms": dict(times), "notes": differ})
    if model is None:
        yield plain.model_copy(update={"timings_ms": times | {"total": elapsed()}, "done": True})
        return
    yield plain.model_copy(update={"answer": "", "citations": ()})
    reply = plain
    try:
        with closing(_written(model, prompt, question, hits)) as growing:
            for written in growing:
                times.setdefault("first_statement", elapsed())
                reply = _resolved(question, hits, written)
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


def within(question: str, hits: Sequence[Hit]) -> bool:
    """Whether what was found, the best few passages, can be the answer."""
    if _of_another_employer(question, hits):
        return False
    if asks_for_own_facts(question):
        letters = [hit for hit in hits if not hit.questioned and _LETTER.search(hit.text)]
        asked = max((hit.asked or 0.0 for hit in hits), default=0.0)
        return asked >= _SAME_ASKED or plain_likeness(letters) >= _PLAIN_ENOUGH
    beside = any(hit.questioned for hit in hits)
    if beside and likeness(question, hits) >= _LIKE_ENOUGH:
        return True
    plain = [hit for hit in hits if not hit.questioned]
    return plain_likeness(plain) >= (_PLAIN_BESIDE if beside else _PLAIN_ENOUGH)


def likeness(question: str, hits: Sequence[Hit]) -> float:
    """How much like the library a question is, about 0.4 to 2: by meaning and by its words.

    The longer a question, the less of it a passage can have that answers it; its length makes up for that.
    """
    near = max((max(hit.cosine or 0.0, hit.asked or 0.0) for hit in hits), default=0.0)
    covered = max((hit.covered for hit in hits), default=0.0)
    return near + 0.7 * covered + 0.2 * math.log(1 + len(words(question)))


def plain_likeness(hits: Sequence[Hit]) -> float:
    """How much like a question passages are whose source has no questions, about 0.2 to 3; 0 without passages.

    Words count far more than meaning here: the cosine of a passage alone hardly tells a short question that it
    answers from one about something else.
    """
    near = max((hit.cosine or 0.0 for hit in hits), default=0.0)
    return near + 4 * max((hit.covered for hit in hits), default=0.0)


def _of_another_employer(question: str, hits: Sequence[Hit]) -> bool:
    """Whether it asks about an employer that no passage names."""
    asked = {name.casefold() for name in _EMPLOYERS.findall(question)}
    named = {name.casefold() for hit in hits for name in _EMPLOYERS.findall(f"{hit.title} {hit.text}")}
    return bool(asked) and not asked & named


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
        return _not_here(question, hits)
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
        citations=tuple(_cite(hits[number - 1]) for number in order),
        passages=tuple(hits),
    )


def _quoted(question: str, hits: Sequence[Hit]) -> Reply:
    """The answer without a model: the best passages themselves."""
    best = hits[:2]
    answer = "\n\n".join(f"{hit.text.strip()} [{number}]" for number, hit in enumerate(best, 1))
    return Reply(
        question=question,
        answer=answer,
        abstained=False,
        citations=tuple(_cite(hit) for hit in best),
        passages=tuple(hits),
    )


def _not_here(question: str, hits: Sequence[Hit]) -> Reply:
    nearest = f' The nearest thing in it is "{hits[0].heading}" in {hits[0].source}.' if hits else ""
    return Reply(question=question, answer=NOT_HERE + nearest, abstained=True, passages=tuple(hits))


def _cite(hit: Hit) -> Cited:
    return Cited(source=hit.source, heading=hit.heading, quote=hit.text)


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
