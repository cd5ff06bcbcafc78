"""A Document becomes Passages: pieces small enough for the embedder to read whole.

No passage reaches across sections, with one exception: a section of a few words ("Example questions:"
and two of them) joins the last passage of the section that it is a part of, when both fit.
Neighbours on the same level never join, or the heading of a passage would be wrong for half of it.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from coach.library.documents import Document
from coach.library.sections import trimmed

PASSAGE_TOKENS = 200  # with the prefix; 200 retrieved best, and MiniLM silently cuts at 256
PREFIX_TOKENS = 60  # a longer title and heading path is cut
TINY_TOKENS = 20
_SPECIAL_TOKENS = 2  # an embedder's own, at the begin and end of a text
CHUNKER = f"1:{PASSAGE_TOKENS}:{PREFIX_TOKENS}:{TINY_TOKENS}"  # count up the 1 when the code below changes

CountTokens = Callable[[str], int]


@dataclass(frozen=True)
class Passage:
    """`text` is `[start:end]` of its source's text. `heading` is the heading path, or else the title."""

    id: str
    source: str
    title: str
    heading: str
    prefix: str
    text: str
    start: int
    end: int

    @property
    def indexed(self) -> str:
        """What is embedded and searched: the title and the headings tell what a passage is about."""
        return f"{self.prefix}\n{self.text}"

    @property
    def key(self) -> str:
        """The same for two passages that are indexed with the same words."""
        return hashlib.sha256(self.indexed.encode()).hexdigest()


@dataclass(frozen=True)
class _Piece:
    start: int
    end: int
    tokens: int


@dataclass(frozen=True)
class _Draft:
    path: tuple[str, ...]
    piece: _Piece
    room: int


def passages_of(document: Document, count: CountTokens) -> list[Passage]:
    """Cut a document into passages of at most PASSAGE_TOKENS, in order, without overlap or gaps.

    `count` tells how many tokens a text has for the embedder, its special tokens not counted.
    """
    drafts: list[_Draft] = []
    for section in document.sections:
        room = PASSAGE_TOKENS - _SPECIAL_TOKENS - count(_prefix(document.title, section.path, count))
        pieces = list(_pieces(document.text, section.start, section.end, room, count))
        if drafts and (joined := _joined(document.text, drafts[-1], section.path, pieces, count)):
            drafts[-1] = joined
        else:
            drafts += [_Draft(section.path, piece, room) for piece in _packed(pieces, room)]
    # A line of dashes alone says nothing.
    worded = (one for one in drafts if re.search(r"\w", document.text[one.piece.start : one.piece.end]))
    return [_passage(document, draft, count) for draft in worded]


def _passage(document: Document, draft: _Draft, count: CountTokens) -> Passage:
    start, end = draft.piece.start, draft.piece.end
    text = document.text[start:end]
    identity = f"{document.source}\0{start}\0{end}\0{text}"
    return Passage(
        id=hashlib.sha256(identity.encode()).hexdigest()[:16],
        source=document.source,
        title=document.title,
        heading=" > ".join(draft.path) or document.title,
        prefix=_prefix(document.title, draft.path, count),
        text=text,
        start=start,
        end=end,
    )


def _prefix(title: str, path: tuple[str, ...], count: CountTokens) -> str:
    words = " > ".join((title, *path)).split()
    while count(prefix := " ".join(words)) > PREFIX_TOKENS:
        words = words[: len(words) // 2] if len(words) > 1 else [words[0][: len(words[0]) // 2]]
    return prefix


def _joined(
    text: str, last: _Draft, path: tuple[str, ...], pieces: list[_Piece], count: CountTokens
) -> _Draft | None:
    """The last passage with a tiny section that is a part of its own; None when they stay apart."""
    is_part = 0 < len(last.path) < len(path) and path[: len(last.path)] == last.path
    if not is_part or sum(piece.tokens for piece in pieces) >= TINY_TOKENS:
        return None
    end = pieces[-1].end if pieces else last.piece.end
    tokens = last.piece.tokens + count(text[last.piece.end : end])
    if tokens > last.room:
        return None
    return _Draft(last.path, _Piece(last.piece.start, end, tokens), last.room)


# Where a text may be cut, best first; what is too long even between these is cut in half.
_INTRODUCES = r"(?<!:)(?<!:\r)"  # a line that ends in a colon stays with what it announces
_CUTS = [
    re.compile(_INTRODUCES + r"\n[ \t\r]*\n\s*"),
    re.compile(_INTRODUCES + r"\n(?=[ \t]*(?:[-*+•·–▪◦‣]|\d{1,3}[.)])[ \t])"),
    re.compile(r"""(?<=[.!?;])["')\]”’»]*[ \t\r]*\n\s*"""),
    re.compile(r"""(?<=[.!?])["')\]”’»]*\s+|(?<=[。！？])"""),
    re.compile(r"\n\s*"),
]
_LONGEST_TOKEN = 100  # characters


def _pieces(
    text: str, start: int, end: int, room: int, count: CountTokens, cuts: list[re.Pattern[str]] = _CUTS
) -> Iterator[_Piece]:
    """Pieces that fit, cut no finer than they must be."""
    start, end = trimmed(text, start, end)
    if start == end:
        return
    body = text[start:end]
    # Counting is what takes time: a long text is not counted only to learn that it is long.
    if len(body) <= room * _LONGEST_TOKEN and (tokens := count(body)) <= room:
        yield _Piece(start, end, tokens)
        return
    inner = [match.end() for match in cuts[0].finditer(body)] if cuts else [_middle(body)]
    for left, right in pairwise([0, *inner, len(body)]):
        yield from _pieces(text, start + left, start + right, room, count, cuts[1:])


def _middle(body: str) -> int:
    """The first space after the middle of a trimmed text, or else the last one before it, or the middle."""
    middle = len(body) // 2
    if space := re.compile(r"\s").search(body, middle):
        return space.start()
    words = body.rsplit(maxsplit=1)
    return len(words[0]) if len(words) > 1 else middle


def _packed(pieces: list[_Piece], room: int) -> Iterator[_Piece]:
    """Join neighbours while they fit, without leaving a tiny rest at the end."""
    groups: list[list[_Piece]] = []
    for piece in pieces:
        if groups and _tokens(groups[-1]) + piece.tokens <= room:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    if len(groups) > 1 and len(groups[-2]) > 1 and _tokens(groups[-1]) < TINY_TOKENS:
        borrowed = groups[-2][-1]
        if borrowed.tokens + _tokens(groups[-1]) <= room:
            groups[-1].insert(0, groups[-2].pop())
    return (_Piece(group[0].start, group[-1].end, _tokens(group)) for group in groups)


def _tokens(group: list[_Piece]) -> int:
    return sum(piece.tokens for piece in group)
