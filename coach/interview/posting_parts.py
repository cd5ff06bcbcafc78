"""A posting's text in pieces: its sentences with exact offsets, and the part of the posting that each stands in.

Parts are told by their headings. What a job board adds behind a posting (the market, other jobs) is not part of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

Part = Literal["required", "preferred", "duties", "about", "aside", "other"]

_HEADINGS: tuple[tuple[Part, str], ...] = (
    (
        "aside",
        r"benefits?|perks|compensation|salary|pay( range)?|what we offer|we offer"
        r"|equal opportunity|eeo|how to apply|apply( now)?|the process|hiring process|location"
        r"|contact|legal|disclaimer|accommodations?",
    ),
    (
        "preferred",
        r"preferred|nice to haves?|bonus( points)?|desired|desirable|plus(es)?|good to have"
        r"|ideally|extra credit|optional",
    ),
    (
        "required",
        r"(basic|minimum|required|key|core|essential)? ?(qualifications?|requirements?)"
        r"|must haves?|required|basic|minimum|skills?( required)?|required skills"
        r"|skills (and|&) \w+|what you.{0,3}ll need|what you (need|bring|have)"
        r"|what you.{0,3}ll bring|who you are|about you|your (profile|background|skills)"
        r"|what we.{0,3}re looking for|you (have|bring|should have)|experience",
    ),
    (
        "duties",
        r"(key )?(job )?(responsibilities|duties)|what you.{0,3}ll (do|be doing|work on)"
        r"|what you will (do|be doing|work on)|the (role|job|work|position)"
        r"|about (the|this) (role|job|position)|your (role|tasks|mission|responsibilities)"
        r"|a day in the life|day to day|in this role.*|(job )?description|role|job summary|summary"
        r"|overview|you will",
    ),
    (
        "about",
        r"about (us|the (team|company|organi[sz]ation)|[a-z]+)|who we are|why .+"
        r"|our (team|culture|values|mission|principles)|(the )?team|culture|values"
        r"|leadership principles|company|work life balance|mentorship and career growth"
        r"|inclusive (team )?culture|diverse experiences|diversity.*",
    ),
)
_PARTS = tuple((part, re.compile(rf"(?:{words})", re.IGNORECASE)) for part, words in _HEADINGS)
# With one of these, the posting is over and the job board speaks.
_BOARD = re.compile(
    r"(salary context|compensation benchmarks?|location context|career path|similar (jobs|roles|openings).*"
    r"|related (jobs|searches).*|people also viewed.*|more jobs.*|jobs you (may|might) like.*|.*market (today|overview)"
    r"|.*hiring overview|frequently asked questions|what to expect in interviews|explore .*jobs.*|recommended jobs.*)",
    re.IGNORECASE,
)
# Behind the qualifications, these begin what every posting of the company says.
_LEGAL = re.compile(
    r"equal opportunity|protected veteran|accommodations?\b|base (salary|pay)|salary range|pay range|parental leave"
    r"|401\(k\)|health insurance|total compensation|compensation will",
    re.IGNORECASE,
)
_LONGEST_HEADING = 8  # words
_MARKS = re.compile(r"^[\s#>*_=•-]+|[\s*_:#=]+$")
_BULLET = re.compile(r"[ \t]*(?:(?:[-*+•·▪◦‣–—]|\d{1,2}[.)])[ \t]+)(?:\*(?=\s)[ \t]*)?")
_END = re.compile(r"(?<=[.!?])[\"')”’]*\s+(?=[\"'(“‘]?[A-Z0-9])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|incl|approx|min|Sr|Jr|Dr|St|Inc|Ltd|Co|U\.S)|\b[A-Z])\.\s*$"
)
_RULE = re.compile(r"\s*[-=_*~]{3,}\s*")
_WIDEST_WRAP = 130  # characters; nobody wraps text wider


@dataclass(frozen=True)
class Piece:
    """One sentence or item: `posting[start:end] == text`, in `part` of the posting."""

    start: int
    end: int
    text: str
    part: Part


def readable(text: str) -> str:
    """The text as it is searched: of the same length, so that offsets are the same, without Markdown's escapes."""
    return re.sub(r"\\(?=[^\w\s])", " ", text).replace("\u00a0", " ").replace("’", "'").replace("‑", "-")


def heading_part(line: str) -> Part | None:
    """The part that a line opens, when it is a heading that postings have; None: it is no such heading."""
    words = _MARKS.sub("", line).strip()
    if not words or len(words.split()) > _LONGEST_HEADING or words.endswith((".", ",", ";")):
        return None
    plain = " ".join(re.sub(r"[/–—-]", " ", words).replace("’", "'").split())
    if any(known.fullmatch(plain) for _, known in _PARTS):
        return next(part for part, known in _PARTS if known.fullmatch(plain))
    # "Minimum qualifications we look for", "Preferred skills": a known word opens or closes it.
    if re.search(
        r"\b(qualifications?|requirements?|must haves?)\b|^(\S+ ){1,3}skills$", plain, re.IGNORECASE
    ):
        return (
            "preferred"
            if re.search(r"\b(preferred|desired|bonus|nice)\b", plain, re.IGNORECASE)
            else "required"
        )
    if re.search(r"\b(responsibilities|duties)\b", plain, re.IGNORECASE):
        return "duties"
    return None


def is_board(line: str) -> bool:
    """Whether this line heads what a job board adds behind a posting."""
    words = _MARKS.sub("", line).strip()
    return 0 < len(words.split()) <= _LONGEST_HEADING and bool(_BOARD.fullmatch(words))


def pieces_of(text: str) -> tuple[Piece, ...]:
    """The sentences and items of a posting in order, each with the part that it stands in; no headings."""
    part: Part = "other"
    depth = 0  # of the Markdown heading that opened the part; 0: it was none
    found: list[Piece] = []
    for start, end in _paragraphs(text):
        line = text[start:end]
        if is_board(line):
            break
        if "\n" not in line and (opened := heading_part(line)):
            part, depth = opened, _depth(line)
            continue
        if 0 < _depth(line) <= (depth or 6):
            part, depth = "other", _depth(line)
            continue
        # "Requirements: Python, SQL": the heading and what is below it on one line.
        label = re.match(r"\s*([^:\n]{3,50}):\s+(?=\S)", line)
        if label and (opened := heading_part(label[1])):
            part = opened
            start += label.end()
        for a, b in _sentences(text, start, end):
            if part in ("required", "preferred") and _LEGAL.search(text, a, b):
                part = "aside"
            found.append(Piece(a, b, text[a:b], part))
    return tuple(found)


def _depth(line: str) -> int:
    return len(mark[1]) if (mark := re.match(r" {0,3}(#{1,6}) ", line)) else 0


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The spans of items and paragraphs: a line, or several that were one before the text was wrapped."""
    lines, at = [], 0
    for raw in text.splitlines(keepends=True):
        lines.append((at, at + len(raw.rstrip())))
        at += len(raw)
    kept = [(start, end) for start, end in lines if not _RULE.fullmatch(text[start:end])]
    for blank, group in groupby(kept, key=lambda span: not text[slice(*span)].strip()):
        if blank:
            continue
        block = list(group)
        width = _wrapped_at(text, block)
        begin = 0
        for number in range(1, len(block) + 1):
            if number == len(block) or not _goes_on(text, block[number - 1], block[number], width):
                yield block[begin][0], block[number - 1][1]
                begin = number


def _wrapped_at(text: str, block: list[tuple[int, int]]) -> int:
    """The width at which a block of lines was wrapped; 0: it wasn't."""
    lengths = [end - start for start, end in block]
    width = max(lengths)
    inner = [length for (_, length), (after, _) in pairwise(zip(block, lengths, strict=True))
             if not _BULLET.match(text, after[0])]  # fmt: skip
    full = sum(length >= width - 15 for length in inner)
    return width if 40 <= width <= _WIDEST_WRAP and len(inner) >= 2 and full >= 0.6 * len(inner) else 0


def _goes_on(text: str, above: tuple[int, int], below: tuple[int, int], width: int) -> bool:
    first, second = text[slice(*above)], text[slice(*below)]
    if (
        _BULLET.match(second)
        or heading_part(first)
        or heading_part(second)
        or is_board(first)
        or is_board(second)
    ):
        return False
    word = second.split()[0]
    if word[0].islower() and first.rstrip()[-1] not in ".!?:" and len(first) >= 25:
        return True
    return bool(width) and first.rstrip()[-1] not in ".!?:" and len(first) + 1 + len(word) > width


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for mark in _END.finditer(text, start, end):
        if _ABBREVIATED.search(text[begin : mark.start()]):
            continue
        yield from _trimmed(text, begin, mark.start() + len(mark.group().rstrip()))
        begin = mark.end()
    yield from _trimmed(text, begin, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if bullet := _BULLET.match(text, start, end):
        start = bullet.end()
    while start < end and (text[start].isspace() or text[start] == "\\" or text[start] in "*#>"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if re.search(r"\w", text[start:end]):
        yield start, end
