"""Cut an answer into numbered sentences whose offsets are exact.

Answers are typed in a hurry or come from a speech recogniser, so where marks are missing the words
decide (`clauses.py`).
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from coach.feedback.clauses import cut_run

# A run of more words without an end mark is cut; where the answer has no end mark at all, a shorter one is.
_LONG_RUN, _LONG_UNMARKED_RUN = 45, 18

_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|approx|dr|mr|mrs|ms|prof|inc|ltd|co|no|fig|dept|est|jr|sr|st)|\b[A-Z]|\b[ap]\.m)\.$",
    re.IGNORECASE,
)
_END = re.compile(
    r"""[.!?…]+["'”’)\]]*(?=\s|$) | [。！？｡।؟]+ | \n\s*\n | \n
    # Markup is nobody's sentence: it ends before a tag, a field, a fence or a comment, and behind it.
    | \s+(?=<[/|!<\[]|<\w{4,}>|\{\s*"|\[/?[A-Z]+\])
    | (?<=[}`])\s+(?=[A-Z0-9]) | (?<=[\w"/-]>)\s+(?=[A-Z]) | (?<=\])\s+(?=[A-Z][a-z]) | (?:(?<=%%)|(?<=/\*)|(?<=\*/))\s+
    """,
    re.VERBOSE,
)
# A line break ends a sentence behind a short line (a heading, an item) and before an item or markup.
_SHORT_LINE = 6
_NEW_ITEM = re.compile(r'\s*(?:(?:[-*•]|\d+[.)])\s|[<{\[`#|]|---|"?\w+"?\s*[:=]\s*\S{1,12}\s*(?:\n|$))')
_EDGES = re.compile(r"^[^\w$€£]+|[^\w%]+$")
_BULLET = re.compile(r"\s*(?:[-*•]|\d+[.)])\s+")


@dataclass(frozen=True)
class Sentence:
    """One sentence of an answer: `answer[start:end] == text`; `index` counts from 0."""

    index: int
    start: int
    end: int
    text: str


def split_sentences(answer: str) -> tuple[Sentence, ...]:
    """Return the sentences of an answer in order, without the white space between them."""
    longest = _LONG_RUN if re.search(r"[.!?…](?=\s|$)", answer) else _LONG_UNMARKED_RUN
    spans = [
        piece
        for start, end in _ended_spans(answer)
        for piece in _cut_long_run(answer, start, end, longest)
        if re.search(r"\w", answer[piece[0] : piece[1]])
    ]
    return tuple(Sentence(i, start, end, answer[start:end]) for i, (start, end) in enumerate(spans))


def _ended_spans(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    begin = 0
    for mark in _END.finditer(text):
        if mark.group().startswith(".") and _ABBREVIATION.search(text[begin : mark.start() + 1]):
            rest = text[mark.end() :].lstrip()
            if not (mark.end() == len(text) or rest[:1].isupper()) or not mark.group().endswith("."):
                continue
            # "e.g. Python", "Dr. Lee": only a common word with a capital begins a new sentence here.
            if not re.match(
                r"(?:I|We|The|This|That|It|My|Our|After|So|Then|In|As|But|And|When|For|Also|Finally|However|Once|To|At)\b",
                rest,
            ):
                continue
        if mark.group() == "\n":
            line = text[text.rfind("\n", 0, mark.start()) + 1 : mark.start()]
            if len(line.split()) > _SHORT_LINE and not _NEW_ITEM.match(text, mark.end()):
                continue
        spans.append(_trimmed(text, begin, mark.end()))
        begin = mark.end()
    spans.append(_trimmed(text, begin, len(text)))
    return [(start, end) for start, end in spans if end > start]


def _cut_long_run(text: str, start: int, end: int, longest: int) -> list[tuple[int, int]]:
    words = [found.span() for found in re.finditer(r"\S*\w\S*", text[start:end])]
    if len(words) <= longest:
        return [(start, end)]
    plain = [_EDGES.sub("", text[start + a : start + b].lower().replace("’", "'")) for a, b in words]
    marked = [False] + [
        bool(re.search(r"[,;:)–—-]", text[start + a : start + b]))
        for a, b in ((before - 1, after) for (_, before), (after, _) in pairwise(words))
    ]
    begins = [start, *(start + words[number][0] for number in cut_run(plain, marked)), end]
    return [_trimmed(text, begin, stop) for begin, stop in pairwise(begins)]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    bullet = _BULLET.match(text, start, end)
    if bullet:
        start = bullet.end()
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
