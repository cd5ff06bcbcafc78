"""What the library says to a question: words with numbers, and the sources that the numbers stand for."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from coach.library.retrieval import Hit

PASSAGES = 5  # how many are looked at for an answer
NOT_HERE = "That is not in my material."


class Cited(BaseModel):
    """A verbatim part of a source."""

    model_config = ConfigDict(frozen=True)

    source: str
    heading: str
    quote: str


class Reply(BaseModel):
    """An answer from the library. `[n]` in `answer` is the n-th of `citations`, from 1.

    `passages` are what was found, best first; `verbatim` says whether the answer's sentences are theirs, word for word;
    `done` whether more of it is to come.
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
    verbatim: bool = False
    done: bool = False


def quoted(question: str, hits: Sequence[Hit]) -> Reply:
    """Return the answer without a model: the best passages themselves."""
    best = hits[:2]
    answer = "\n\n".join(f"{hit.text.strip()} [{number}]" for number, hit in enumerate(best, 1))
    return Reply(
        question=question,
        answer=answer,
        abstained=False,
        citations=tuple(cited(hit) for hit in best),
        passages=tuple(hits),
        verbatim=True,
    )


def not_here(question: str, hits: Sequence[Hit]) -> Reply:
    """Return the answer where the library has none: what comes nearest."""
    nearest = f' The nearest thing in it is "{hits[0].heading}" in {hits[0].source}.' if hits else ""
    return Reply(question=question, answer=NOT_HERE + nearest, abstained=True, passages=tuple(hits))


def cited(hit: Hit) -> Cited:
    """Return a passage as a citation."""
    return Cited(source=hit.source, heading=hit.heading, quote=hit.text)
