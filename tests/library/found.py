"""Passages as a library finds them, made up."""

from collections.abc import Sequence

from coach.library.reply import Reply
from coach.library.retrieval import Hit, Mode

TEXTS = (
    "Precision is how much of what was flagged was right.",
    "Recall is how much of what there was we found.",
    "A threshold trades one for the other.",
)


def hits(
    *texts: str, cosine: float | None = 0.6, covered: float = 0.3, questioned: bool = False
) -> tuple[Hit, ...]:
    return tuple(
        Hit(
            n,
            1 / n,
            f"guide-{n}.md",
            f"Heading {n}",
            f"Guide {n}",
            text,
            0,
            len(text),
            str(n),
            cosine,
            covered=covered,
            questioned=questioned,
        )
        for n, text in enumerate(texts, 1)
    )


class Shelf:
    """A library that always finds the same."""

    def __init__(self, found: Sequence[Hit]) -> None:
        self.found = found

    def search(self, query: str, top: int = 5, mode: Mode = "fused") -> Sequence[Hit]:
        return self.found[:top]


def check_quotes(reply: Reply, found: Sequence[Hit]) -> None:
    """Every citation is a passage, word for word; every number in the answer is a citation's."""
    sources = {(hit.source, hit.heading, hit.text) for hit in found}
    assert {(one.source, one.heading, one.quote) for one in reply.citations} <= sources
    assert f"[{len(reply.citations) + 1}]" not in reply.answer
