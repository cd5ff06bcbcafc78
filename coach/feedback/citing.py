"""Cite the guide or the principle's note that explains an answer's most important gap."""

from collections.abc import Mapping, Sequence

from coach.feedback.feedback import Asked, Citation, Criterion, Gap
from coach.library.ask import NEAR_ENOUGH, Searcher
from coach.library.retrieval import Hit

_LOOKED_AT = 5
_EXPLAINED_BY: Mapping[Criterion, str] = {
    "situation": "how to open a STAR answer: setting the situation with who, when and how big",
    "task": "the task in a STAR answer: what you had to reach and why it mattered",
    "action": "the action part of a STAR answer: your own steps, concrete and in order",
    "result": "the result of a STAR answer: what changed, seen from outside",
    "ownership": "saying I instead of we in a STAR answer",
    "relevance": "picking a story that answers the question",
    "measured": "numbers for the result when you have none",
    "reflection": "what you learned from a failure and do differently since",
    "hypothetical": "telling one real event instead of what you would do or always do",
    "key_point": "",
}


def cite(library: Searcher, asked: Asked, gaps: Sequence[Gap]) -> tuple[Citation, ...]:
    """Return at most two passages: on the first gap, and on how answers about the asked principle fail.

    Raises:
        LibraryError: the library can't be searched.
    """
    found: dict[str, Hit] = {}
    for query in _queries(asked, gaps):
        near = [hit for hit in library.search(query, _LOOKED_AT) if (hit.cosine or 0.0) >= NEAR_ENOUGH]
        # A note has a section of the very name of the second query; without it, the nearest passage serves.
        named = [hit for hit in near if query in hit.heading]
        for hit in (named or near)[:1]:
            found.setdefault(hit.passage_id, hit)
    return tuple(Citation(source=hit.source, heading=hit.heading, quote=hit.text) for hit in found.values())


def _queries(asked: Asked, gaps: Sequence[Gap]) -> list[str]:
    queries = [_EXPLAINED_BY[gap.criterion] or gap.text for gap in gaps[:1]]
    if asked.principle:
        queries.append(f"How answers about {asked.principle} fail")
    return queries
