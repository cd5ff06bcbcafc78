"""Cite the guide or the principle's note that explains an answer's most important gap."""

from collections.abc import Iterator, Mapping, Sequence

from coach.feedback.feedback import Asked, Citation, Criterion, Gap
from coach.library.ask import Searcher
from coach.library.retrieval import Hit
from coach.library.within import NEAR_ENOUGH

_LOOKED_AT = 20
# What to look for, and the section of the coach's own guides that is meant. Where that isn't in the library, the
# nearest passage serves.
_EXPLAINED_BY: Mapping[Criterion, tuple[str, str]] = {
    "situation": (
        "STAR proportions: the Situation with who, what, when and how big",
        "STAR proportions",
    ),
    "task": (
        "the missing Task in a STAR answer: what you had to reach and why it mattered",
        "the missing Task",
    ),
    "action": ("STAR proportions: most of the answer is Action, your own steps in order", "STAR proportions"),
    "result": ("the vague result of a STAR answer: what changed, seen from outside", "the vague result"),
    "ownership": ("saying I instead of we in a STAR answer", "I versus we"),
    "relevance": (
        "the wrong question answered: picking a story that answers the question",
        "the wrong question",
    ),
    "measured": ("numbers for the result when you have none", "when you have no numbers"),
    "reflection": ("How to close a behavioral answer: what you changed afterwards", "How to close"),
    "hypothetical": (
        "telling one real event instead of what you would do or always do",
        "the hypothetical answer",
    ),
    "key_point": ("", ""),
}


def cite(library: Searcher, asked: Asked, gaps: Sequence[Gap]) -> tuple[Citation, ...]:
    """Return at most two passages: on the first gap, and on how answers about the asked principle fail.

    Raises:
        LibraryError: the library can't be searched.
    """
    found: dict[str, Hit] = {}
    for query, section in _queries(asked, gaps):
        near = [hit for hit in library.search(query, _LOOKED_AT) if (hit.cosine or 0.0) >= NEAR_ENOUGH]
        meant = [hit for hit in near if section and section in hit.heading]
        for hit in (meant or near)[:1]:
            found.setdefault(hit.passage_id, hit)
    return tuple(Citation(source=hit.source, heading=hit.heading, quote=hit.text) for hit in found.values())


def _queries(asked: Asked, gaps: Sequence[Gap]) -> Iterator[tuple[str, str]]:
    for gap in gaps[:1]:
        query, section = _EXPLAINED_BY[gap.criterion]
        yield query or gap.text, section
    if asked.principle:
        section = f"How answers about {asked.principle} fail"
        yield section, section
