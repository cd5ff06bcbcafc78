"""What the library says about a technical question: what explains a gap, and key points where the bank has none."""

import re
from collections.abc import Iterator, Sequence

import numpy as np

from coach.feedback.feedback import Asked, Citation, Feedback, Gap, KeyPoint
from coach.feedback.pleas import is_plea
from coach.feedback.sentences import split_sentences
from coach.library.ask import Searcher
from coach.library.embedder import Embedder
from coach.library.retrieval import Hit
from coach.library.within import NEAR_ENOUGH

_LOOKED_AT = 40
_NEAR_GAP = 0.5  # cosine of MiniLM; below it a passage from elsewhere does not explain a gap
_MOST_CITED = 2
_DRAWN_FROM = 3  # passages
_MOST_POINTS, _FEWEST_POINTS = 5, 2
_FEWEST_WORDS, _MOST_WORDS = 6, 45
_NEAR_QUESTION, _SAME = 0.35, 0.8  # cosines of MiniLM
# Sections about what weak answers say, or what is asked next, hold no key points; nor do orders to whoever rates.
_NOT_POINTS = re.compile(r"\b(?:mistakes?|follow-ups?|questions?|pitfalls?)\b", re.IGNORECASE)
_MARKUP = re.compile(r"\*\*|__|`|^\s*(?:#+|>|[-*+]|\d+[.)])\s+", re.MULTILINE)


def explain(library: Searcher, asked: Asked, feedback: Feedback) -> Feedback:
    """Return the feedback with passages on its first gaps; a gap that corrects a mistake says which one it is.

    Raises:
        LibraryError: the library can't be searched.
    """
    cited: dict[str, Hit] = {}
    gaps = list(feedback.gaps)
    for place, (gap, point) in enumerate(_with_points(feedback)):
        if len(cited) >= _MOST_CITED:
            break
        hit = _best(library, asked, point.right or point.point)
        if hit is not None:
            cited.setdefault(hit.passage_id, hit)
            if point.verdict == "wrong":
                section = hit.heading.split(" > ")[-1]
                gaps[place] = gap.model_copy(update={"text": f"{gap.text} See “{section}” in {hit.source}."})
    citations = tuple(Citation(source=h.source, heading=h.heading, quote=h.text) for h in cited.values())
    return feedback.model_copy(update={"gaps": tuple(gaps), "citations": citations})


def draw_points(library: Searcher, embedder: Embedder, asked: Asked) -> Asked:
    """Return a question that the bank does not have with key points from the passages nearest to it, if there are any.

    A key point is a sentence of theirs that has to do with the question and isn't said by another one.

    Raises:
        LibraryError: the library can't be searched.
        ModelMissing: the embedder's files are not on this machine.
    """
    near = [
        hit
        for hit in library.search(asked.question, _LOOKED_AT)
        if (hit.cosine or 0.0) >= NEAR_ENOUGH and not _NOT_POINTS.search(hit.heading)
    ][:_DRAWN_FROM]
    sentences = list(dict.fromkeys(text for hit in near for text in _statements(hit.text)))
    if len(sentences) < _FEWEST_POINTS:
        return asked
    vectors = embedder.embed([asked.question, *sentences])
    close, same = vectors[1:] @ vectors[0], vectors[1:] @ vectors[1:].T
    chosen: list[int] = []
    for place in map(int, np.argsort(-close, kind="stable")):
        if close[place] >= _NEAR_QUESTION and all(same[place, other] < _SAME for other in chosen):
            chosen.append(place)
    if len(chosen) < _FEWEST_POINTS:
        return asked
    points = tuple(sentences[place] for place in chosen[:_MOST_POINTS])
    passages = tuple(dict.fromkeys((hit.source, hit.heading.split(" > ")[-1]) for hit in near))
    return asked.model_copy(update={"key_points": points, "passages": passages, "drawn": True})


def _with_points(feedback: Feedback) -> Iterator[tuple[Gap, KeyPoint]]:
    """The gaps in order, each with its key point: a gap's text has what is right, or the point, in it."""
    for gap in feedback.gaps:
        for point in feedback.key_points:
            if point.verdict != "hit" and (point.right or point.point).rstrip(".") in gap.text:
                yield gap, point
                break


def _best(library: Searcher, asked: Asked, text: str) -> Hit | None:
    """The passage nearest to a statement, one of the question's own sections before any other."""
    hits = library.search(text, _LOOKED_AT)
    own = [hit for hit in hits if any(_is_in(hit, source, heading) for source, heading in asked.passages)]
    near = [hit for hit in hits if (hit.cosine or 0.0) >= _NEAR_GAP]
    return next(iter(own or near), None)


def _is_in(hit: Hit, source: str, heading: str) -> bool:
    return hit.source == source and heading in hit.heading.split(" > ")


def _statements(text: str) -> Sequence[str]:
    found = [" ".join(sentence.text.split()) for sentence in split_sentences(_MARKUP.sub("", text))]
    return [
        one
        for one in found
        if _FEWEST_WORDS <= len(one.split()) <= _MOST_WORDS
        and not one.endswith(("?", ":"))
        and "|" not in one
        and not is_plea(one)
    ]
