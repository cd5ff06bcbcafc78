"""Whether a text is a job posting at all; a recipe, three words, a book or a CV is told so in one line."""

import re
from collections.abc import Sequence

from coach.errors import UsageError
from coach.interview.posting_parts import Piece

FEWEST_WORDS, MOST_WORDS = 40, 6_000

_ROLE = (
    r"(?:engineer|scientist|developer|analyst|architect|researcher|manager|programmer|specialist|intern)s?"
)
_SIGNS = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (
        r"\b(?:as an?|this|our|hiring an?|looking for an?|seeking an?|join\b.{0,40} as)\s"
        rf"(?:[\w/+.&-]+\s){{0,5}}{_ROLE}\b"
        rf"|^.{{0,60}}\b{_ROLE}\b.{{0,40}}$",
        r"\b\d+\s*\+?\s*(?:-|–|to)?\s*\d*\s*\+?\s*years?\b|\byears? of\b.{0,40}\bexperience\b",
        r"\bexperience (?:with|in|of|building|working|designing|using|implementing)\b"
        r"|\b(?:proficien|knowledge|familiarity|expertise|fluen)\w* (?:with|in|of)\b",
        r"\b(?:you will|you'll|you are|you have|you bring|the candidate|the successful candidate"
        r"|we are looking|we're looking"
        r"|we seek|we are hiring|we're hiring|join (?:our|us|the))\b",
        r"\b(?:qualifications?|requirements?|responsibilities|must have|nice to have|preferred)\b",
        r"\b(?:bachelor|master|ph\.?d|degree)\w*\b",
        r"\b(?:salary|compensation|benefits|equal opportunity|apply|full[- ]time|remote|hybrid|relocat\w+)\b",
    )
)  # fmt: skip
_FIRST_PERSON = re.compile(r"\b(?:I|I'm|I've|[Mm]y|me)\b")
_ADDRESSED = re.compile(r"\b(?:you|you'll|your|we|our|the candidate)\b", re.IGNORECASE)


def refuse_other_lengths(plain: str) -> None:
    """Let a text pass that has the length of a posting.

    Raises:
        UsageError: it is far too short or too long.
    """
    words = len(plain.split())
    if words < FEWEST_WORDS:
        raise UsageError(f"This has {words} words, too few for a job posting: give the whole posting.")
    if words > MOST_WORDS:
        raise UsageError(
            f"This has {words:,} words, and a job posting has some hundreds: give the posting alone."
        )


def refuse_what_is_no_posting(plain: str, pieces: Sequence[Piece]) -> None:
    """Let a posting pass.

    Raises:
        UsageError: it is something else; the message says what is missing.
    """
    body = "\n".join(one.text for one in pieces)
    seen = [any(sign.search(line) for line in plain.splitlines()) for sign in _SIGNS]
    asking = sum(bool(sign.search(one.text)) for one in pieces for sign in _SIGNS[1:3])
    headed = any(one.part in ("required", "preferred", "duties") for one in pieces)
    # A guide about interviews has all the words of a posting, and this one besides; a posting has it in passing.
    about_interviews = len(re.findall(r"\binterview", body, re.IGNORECASE)) > max(4, len(body.split()) / 100)
    # A CV tells of itself, and asks nobody for anything.
    own_life = len(_FIRST_PERSON.findall(body)) > len(_ADDRESSED.findall(body))
    asks = (headed and asking >= 1) or asking >= 3
    if not seen[0] or not asks or not (seen[3] or headed) or sum(seen) < 4 or about_interviews or own_life:
        raise UsageError(
            "This doesn't read like a job posting in English: it should name a role, what one does in it and what is "
            "asked for."
        )
