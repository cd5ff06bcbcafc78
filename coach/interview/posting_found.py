"""What is found in a job posting, each with the sentences that it was found in."""

import re
from typing import Literal

from pydantic import BaseModel, ConfigDict

from coach.interview.posting_parts import Part, Piece
from coach.interview.questions import Level, QuestionKind

Wanted = Literal["required", "preferred", "duty", "mentioned"]
How = Literal["name", "meaning", "own words"]

WANTED: tuple[Wanted, ...] = ("required", "preferred", "duty", "mentioned")
_WANTED: dict[Part, Wanted] = {
    "required": "required",
    "preferred": "preferred",
    "duties": "duty",
    "other": "duty",
}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Quote(_Part):
    """A verbatim part of a posting: `posting[start:end] == text`."""

    start: int
    end: int
    text: str


class Skill(_Part):
    """Something that the candidate should be able to do.

    `topics` are parts of the question bank's topics; `sure` runs from 0 to 1. `how` it was found: by its name, by the
    meaning of its sentence, or as the posting's own word that our list does not have.
    """

    name: str
    wanted: Wanted
    sure: float
    how: How
    topics: tuple[str, ...]
    kinds: tuple[QuestionKind, ...]
    about: str
    quotes: tuple[Quote, ...]


class Duty(_Part):
    """What the candidate would do, in one sentence of the posting."""

    quote: Quote
    sure: float


class Value(_Part):
    """A principle that the posting names or speaks of."""

    principle: str
    named: bool
    sure: float
    quotes: tuple[Quote, ...]


class Seniority(_Part):
    """The level of the question bank that fits; None: the posting doesn't say. `years` is what it demands."""

    level: Level | None
    years: int | None
    sure: float
    why: str
    quotes: tuple[Quote, ...]


class Posting(_Part):
    """All that was found in a posting; the offsets of every quote are those of the text that was read.

    `unknown` are the sentences of its qualifications in which no skill was found.
    """

    title: str
    seniority: Seniority
    skills: tuple[Skill, ...]
    duties: tuple[Duty, ...]
    values: tuple[Value, ...]
    unknown: tuple[Quote, ...]


def reworded(piece: Piece, plain: str) -> Piece:
    """The same piece with its words as they are searched, without the marks of Markdown."""
    return Piece(piece.start, piece.end, plain[piece.start : piece.end], piece.part)


def quote(text: str, piece: Piece) -> Quote:
    """A piece in the posting's own words."""
    return Quote(start=piece.start, end=piece.end, text=text[piece.start : piece.end])


def wanted_of(piece: Piece) -> Wanted:
    """Whether a sentence demands or wishes: its part says so, and its own words say it better."""
    wanted = _WANTED.get(piece.part, "mentioned")
    if wanted != "mentioned" and re.search(
        r"\b(?:nice to have|a plus|is a bonus|preferred|preferably|ideally|desirable|would be great)\b",
        piece.text,
        re.IGNORECASE,
    ):
        return "preferred"
    if wanted == "duty" and re.search(
        r"\b(?:must have|required|years? of|experience (?:with|in)|proficien\w+|you have)\b",
        piece.text,
        re.IGNORECASE,
    ):
        return "required"
    return wanted
