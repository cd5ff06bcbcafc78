"""Passages for a query: by meaning, by words, or both fused."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Mode = Literal["fused", "dense", "lexical"]
Ranked = Sequence[tuple[int, float]]
"""Row numbers with their scores, best first."""

# The words get the rest. On 36 questions to three guides (67 passages) this fusion ranked best between 0.3
# and 0.5: MRR 0.83, against 0.77 by reciprocal ranks, 0.75 by words alone, 0.69 by meaning alone.
DENSE_WEIGHT = 0.7  # chosen by the eval, see docs/retrieval.md; the words get the rest
POOL = 50  # how many of each list are fused


@dataclass(frozen=True)
class Hit:
    """A passage that was found; `text` is `[start:end]` of the source's text.

    `score` is the cosine (-1 to 1) when the mode is "dense", BM25 (above 0, comparable within one search
    only) when it is "lexical", and what `fuse` makes of both (-1 to 1) when it is "fused". `cosine` and `bm25`
    are the scores that it had in the two lists, whatever the mode; None where it was in the other list only.
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
