"""How senior a posting's role is: from its title, and from the years that it asks for."""

import re
from collections.abc import Sequence

from coach.interview.posting_found import Quote, Seniority
from coach.interview.posting_parts import Piece
from coach.interview.questions import Level

_ROLE = r"(?:Engineer|Scientist|Developer|Analyst|Architect|Researcher|Programmer|Intern)"
_TITLE = re.compile(
    r"\b(?:(?:Senior|Sr\.?|Staff|Principal|Distinguished|Lead|Junior|Jr\.?|Associate|Graduate|Entry[- ]Level"
    r"|Mid[- ]Level"
    r"|Software|Machine|Learning|Applied|Research|Data|Development|Deep|AI|ML|NLP|Computer|Vision|Backend|Platform"
    r"|Full[- ]Stack|Infrastructure|Generative|AI/ML|ML/AI|MLOps|Robotics|Cloud|Systems?|Language|Analytics"
    r"|Quantitative)[ /]){1,6}"
    rf"{_ROLE}\b(?!s)(?:[ ,(-]{{1,3}}(?:IV|I{{1,3}}|V|[1-6]|L[3-8])\b)?"
)
_STEPS: tuple[tuple[Level, str], ...] = (
    ("principal", r"\b(?:Principal|Staff|Distinguished)\b|\bL[78]\b"),
    ("senior", r"\b(?:Senior|Sr|Lead)\b|\b(?:III|IV|V)\b|\bL6\b| [3-6]\b"),
    ("mid", r"\bII\b|\bMid[- ]Level\b|\bL5\b| 2\b"),
    ("entry", r"\b(?:Junior|Jr|Associate|Graduate|Entry[- ]Level|Intern)\b|\bI\b|\bL[34]\b| 1\b"),
)
_YEARS = re.compile(
    r"\b(\d{1,2})\s*\+?\s*(?:(?:-|–|to)\s*\d{1,2}\s*\+?\s*)?(?:or more )?years?\b", re.IGNORECASE
)
_FROM_YEARS: tuple[tuple[int, Level], ...] = ((10, "principal"), (5, "senior"), (2, "mid"), (0, "entry"))


def title_of(text: str, plain: str) -> str:
    """The role's title as the posting has it, with its level where it is told; empty: none was found."""
    found = [one for one in _titles(plain) if _told(one.group())] or _titles(plain)
    return " ".join(text[found[0].start() : found[0].end()].split()) if found else ""


def seniority_of(text: str, plain: str, pieces: Sequence[Piece]) -> Seniority:
    """Tell the level from the title, else from the most years among what is demanded; where both agree it is surer."""
    by_title = next(((one, level) for one in _titles(plain) if (level := _told(one.group()))), None)
    demanded = [
        (int(told[1]), piece)
        for piece in pieces
        if piece.part != "preferred"
        and (told := _YEARS.search(piece.text))
        and "experience" in piece.text.lower()
    ]
    years, piece = max(demanded, key=lambda one: one[0], default=(None, None))
    quotes = []
    if by_title:
        at = by_title[0]
        quotes.append(Quote(start=at.start(), end=at.end(), text=text[at.start() : at.end()]))
    if piece:
        quotes.append(Quote(start=piece.start, end=piece.end, text=text[piece.start : piece.end]))
    from_years = None if years is None else next(level for least, level in _FROM_YEARS if years >= least)
    level, sure, why = from_years, 0.6, "the years that it demands"
    if by_title:
        level = by_title[1]
        sure, why = (0.95, "its title and its years") if level == from_years else (0.8, "its title")
    if level is None:
        sure, why = 0.0, "neither title nor years are told"
    return Seniority(level=level, years=years, sure=sure, why=why, quotes=tuple(quotes))


def _titles(plain: str) -> list[re.Match[str]]:
    return list(_TITLE.finditer(plain))


def _told(title: str) -> Level | None:
    # The prefix "AI" and "ML" hold an I, but not as a word of its own.
    return next((level for level, words in _STEPS if re.search(words, title)), None)
