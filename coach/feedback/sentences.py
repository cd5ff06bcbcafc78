"""Cut an answer into numbered sentences whose offsets are exact.

Answers are typed in a hurry or come from a speech recogniser, so a run of words without a full stop is
cut as well: at the words with which people begin the next step ("so then", "after that", "in the end").
"""

import re
from dataclasses import dataclass

# A run longer than this many words, without an end mark, is cut at its connectives.
_LONG_RUN = 40
_SHORTEST_PIECE = 6

_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|approx|dr|mr|mrs|ms|prof|inc|ltd|co|no|fig|dept|est|jr|sr|st)|\b[A-Z]|\b[ap]\.m)\.$",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|\n\s*\n|\n(?=\s*(?:[-*•]|\d+[.)])\s)")
_CONNECTIVE = re.compile(
    r"\s+(?=(?:and |so |but )?(?:then|after that|afterwards|eventually|finally|in the end|as a result|"
    r"because of that|the result|so i|so we|and i|and we|but i|but we|i learned|since then|my task|my job)\b)",
    re.IGNORECASE,
)
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
    spans = [
        piece
        for start, end in _ended_spans(answer)
        for piece in _cut_long_run(answer, start, end)
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
        spans.append(_trimmed(text, begin, mark.end()))
        begin = mark.end()
    spans.append(_trimmed(text, begin, len(text)))
    return [(start, end) for start, end in spans if end > start]


def _cut_long_run(text: str, start: int, end: int) -> list[tuple[int, int]]:
    if len(text[start:end].split()) <= _LONG_RUN:
        return [(start, end)]
    pieces: list[tuple[int, int]] = []
    begin = start
    for cut in _CONNECTIVE.finditer(text, start, end):
        before, after = text[begin : cut.start()], text[cut.end() : end]
        if min(len(before.split()), len(after.split())) >= _SHORTEST_PIECE:
            pieces.append(_trimmed(text, begin, cut.start()))
            begin = cut.end()
    pieces.append(_trimmed(text, begin, end))
    return pieces


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    bullet = _BULLET.match(text, start, end)
    if bullet:
        start = bullet.end()
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
