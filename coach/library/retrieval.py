"""Passages for a query: by meaning, by words, or both fused."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

Mode = Literal["fused", "dense", "lexical"]
Ranked = Sequence[tuple[int, float]]
"""Row numbers with their scores, best first."""

# Both chosen by the eval, see docs/retrieval.md.
DENSE_WEIGHT = 0.6  # the words get the rest
QUESTION_WEIGHT = (
    0.5  # of the nearest question, where one is nearer than the passage; the passage gets the rest
)
# What a source without questions gets beside others that have some, and what more it gets after the best few.
UNASKED, BESIDE = 0.12, 0.05
_BEST = 3  # places that go by the score alone
POOL = 50  # how many passages of each list are fused


@dataclass(frozen=True)
class Hit:
    """A passage that was found; `text` is `[start:end]` of the source's text.

    `score` is the `nearness` (-1 to 1) when the mode is "dense", BM25 (above 0, comparable within one search
    only) when it is "lexical", and what `fuse` makes of both (-1 to 1) when it is "fused". `cosine` is the
    passage's own, None when the mode is "lexical"; `asked` that of the nearest question which it answers, None
    where none is near; `questioned` tells whether its source has questions. `bm25` is None where the passage
    isn't among the best by words; `covered` is its share of the most that the query could reach (0 to 1).
    """

    rank: int
    score: float
    source: str
    heading: str
    title: str
    text: str
    start: int
    end: int
    passage_id: str
    cosine: float | None = None
    bm25: float | None = None
    asked: float | None = None
    covered: float = 0.0
    questioned: bool = False


def nearness(cosine: float, asked: float | None, weight: float = QUESTION_WEIGHT) -> float:
    """How near a passage is by its own cosine and that of the nearest question that it answers, -1 to 1."""
    if asked is None or asked <= cosine:
        return cosine
    return round((1 - weight) * cosine + weight * asked, 5)


def fuse(
    dense: Ranked, lexical: Ranked, ceiling: float, weight: float = DENSE_WEIGHT
) -> list[tuple[int, float]]:
    """Fuse two lists into one: `weight` of the cosine, and the rest of the share of the query's words.

    BM25 counts as its share of `ceiling`, what a passage could reach that has all of the query's words, so
    a match on one common word stays small however poor the others are. A row that is missing in a list
    gets 0 from it. Ties go to the lower row.
    """
    scores: dict[int, float] = {}
    for ranked, share in ((dense, weight), (lexical, (1 - weight) / ceiling)):
        for row, score in ranked:
            scores[row] = scores.get(row, 0.0) + share * score
    return sorted(
        ((row, round(score, 5)) for row, score in scores.items()), key=lambda one: (-one[1], one[0])
    )


def beside(ranked: Ranked, questioned: Callable[[int], bool]) -> Ranked:
    """Let sources without questions into the list: from the fourth place on they pass others that score a little more.

    What somebody added is seldom nearer than the best of a corpus whose every section has questions, yet it may say
    what the corpus doesn't. Where all rows or none are questioned, nothing changes.
    """
    best, rest = ranked[:_BEST], ranked[_BEST:]
    return [*best, *sorted(rest, key=lambda one: -(one[1] + (0.0 if questioned(one[0]) else BESIDE)))]
