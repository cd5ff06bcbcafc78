"""What an explanation says of the time its code takes, so that the code can be held against it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coach.feedback.sentences import Sentence

_BIG_O = re.compile(r"\b[OΘθ]\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_SPACE = re.compile(r"\b(?:space|memory|storage)\b", re.I)
_WORDS: tuple[tuple[re.Pattern[str], tuple[int, int]], ...] = tuple(
    (re.compile(rf"\b(?:{words})\b", re.I), rank)
    for words, rank in (
        (r"cubic", (3, 0)),
        (r"quadratic|n squared", (2, 0)),
        (r"n log n|linearithmic", (1, 1)),
        (r"linear(?: time)?", (1, 0)),
        (r"logarithmic", (0, 1)),
        (r"constant[- ]time", (0, 0)),
    )
)


@dataclass(frozen=True)
class Claim:
    """A sentence (from 0) that names a time: how many sizes are multiplied, and how many logarithms."""

    sentence: int
    said: str
    rank: tuple[int, int]


def claims_of_time(sentences: Sequence[Sentence]) -> tuple[Claim, ...]:
    """Return every claim about time; a part of a sentence that speaks of space makes none."""
    return tuple(claim for sentence in sentences for claim in _claims(sentence))


def _claims(sentence: Sentence) -> Iterator[Claim]:
    for part in re.split(r"[;,]|\band\b|\bwith\b", sentence.text):
        if _SPACE.search(part):
            continue
        found = [Claim(sentence.index, one.group(0), _rank(one.group(1))) for one in _BIG_O.finditer(part)]
        for pattern, rank in () if found else _WORDS:
            if match := pattern.search(part):
                found.append(Claim(sentence.index, match.group(0), rank))
                break
        yield from found


def _rank(inside: str) -> tuple[int, int]:
    """Take `n log n` for (1, 1), `n * m` and `n^2` for (2, 0), and the largest of a sum."""
    return max(_product(term) for term in inside.split("+"))


def _product(term: str) -> tuple[int, int]:
    logs = len(re.findall(r"\blog", term, re.I))
    bare = re.sub(r"\blog(?:_?2)?\s*(?:\([^()]*\)|\w+)", " ", term, flags=re.I)
    power = 0
    for _, exponent in re.findall(r"([^\W\d]\w*)\s*(?:(?:\^|\*\*)\s*(\d)|²)?", bare):
        power += int(exponent or 1)
    return power + bare.count("²") + 2 * bare.count("³"), logs
