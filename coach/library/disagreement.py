"""Where sources give different numbers for what was asked: pay, durations, years of experience, counts.

The question says which kind of number is wanted. Each source's numbers of that kind are read from the sentences that
have to do with it; two sources disagree when none of the one's numbers fits any of the other's.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coach.library.lexical import words
from coach.library.retrieval import Hit

_SPELLED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBER = rf"(?:\d[\d,]*(?:\.\d+)?|\b(?:{'|'.join(_SPELLED)})\b)"
_SIGN = r"(?:(?:US)?[$€£])"
_RANGE = re.compile(
    rf"(?<![\w.,])(?P<sign>{_SIGN})?\s?(?P<low>{_NUMBER})\s?(?P<lowk>k\b)?"
    rf"(?:\s?(?:-|–|to|or)\s?{_SIGN}?\s?(?P<high>{_NUMBER})\s?(?P<highk>k\b)?)?"
    r"(?P<more>\s?\+|\sor more\b|\sand up\b)?(?=[\s-]?(?P<after>(?:\w+[\s-]?){0,3}))",
    re.IGNORECASE,
)
_PAY = re.compile(r"\b(?:pay|paid|salar\w+|earn\w*|compensation|wages?|base|make|income)\b", re.IGNORECASE)
_YEARS = re.compile(r"\byears\b", re.IGNORECASE)
_LONG = re.compile(
    r"\bhow (?:long|soon|many (minutes|hours|days|weeks|months))\b|\btimeline\b", re.IGNORECASE
)
_COUNT = re.compile(
    r"\bhow many ((?:\w+ ){0,2}?\w+?)s?\b(?= (?:are|is|do|does|will|in|has|have|can|would)\b|\?|$)",
    re.IGNORECASE,
)
_MONEY = re.compile(r"(?:us )?(?:dollars|usd|euros?|eur|pounds|gbp)\b", re.IGNORECASE)
_SCALES = (("day", {"day": 1.0, "week": 7.0, "month": 30.0}), ("minute", {"minute": 1.0, "hour": 60.0}))
_ALIKE = (frozenset({"round", "interview"}), frozenset({"problem", "question", "task"}))
_UNITS = frozenset({"long", "minut", "hour", "day", "week", "month", "year", "many", "much"})
_LEVEL = re.compile(r"\bL\d\b")
_DATE = re.compile(
    r"\b(?:as of|updated|published|posted|read|seen|reported|written|announced|early|late|in)\s(?:on |in )?"
    r"((?:(?:January|February|March|April|May|June|July|August|September|October|November|December)\s)?20\d\d)\b(?!-\d)"
    r"|\b(20\d\d-\d\d-\d\d)\b",
    re.IGNORECASE,
)
_LONGEST = 220  # letters of a sentence that are shown


@dataclass(frozen=True)
class Stated:
    """A number or a range that a passage states, in its unit's own measure; `high` is infinite for "or more"."""

    hit: Hit
    sentence: str
    unit: str
    low: float
    high: float

    def fits(self, other: "Stated") -> bool:
        """Whether both can be the same: equal but for rounding, or a single number within the other's range."""
        if math.isinf(self.high) or math.isinf(other.high):
            return _near(self.low, other.low)
        if _near(self.low, other.low) and _near(self.high, other.high):
            return True
        return any(
            one.low == one.high and two.low <= one.low <= two.high
            for one, two in ((self, other), (other, self))
        )


def disagreements(question: str, hits: Sequence[Hit]) -> tuple[str, ...]:
    """A line for each kind of number asked for on which sources differ, best passages first; mostly there is none."""
    stated = [one for hit in hits for one in _stated(question, hit)]
    lines = []
    for unit in dict.fromkeys(one.unit for one in stated):
        by_source: dict[str, list[Stated]] = {}
        for one in stated:
            if one.unit == unit:
                by_source.setdefault(one.hit.source, []).append(one)
        differing: list[list[Stated]] = []
        for some in by_source.values():
            if not any(one.fits(other) for kept in differing for other in kept for one in some):
                differing.append(some)
        if len(differing) > 1:
            lines.append(f"Sources disagree: {'; '.join(_said(some[0]) for some in differing)}.")
    return tuple(lines)


def date_of(hit: Hit) -> str:
    """The date that a passage, its title or its file's name gives, such as "March 2026" or "2025"; "" without one."""
    for text in (hit.text, hit.title):
        if found := _DATE.search(text):
            return found[1] or found[2]
    named = re.search(r"(?<!\d)20\d\d(?:-\d\d){0,2}(?!\d)", hit.source)
    return named[0] if named else ""


def _stated(question: str, hit: Hit) -> Iterator[Stated]:
    wanted = _beginnings(question) - _UNITS
    levels = set(_LEVEL.findall(question))
    for sentence in _sentences(hit.text.replace("\\", "")):  # job boards escape dashes and points
        about = f"{hit.heading} {sentence}"
        named = set(_LEVEL.findall(about))
        if levels and named and not levels & named:
            continue
        shared = 2 * len(wanted & _beginnings(about)) >= max(1, len(wanted))
        if not (shared or (_PAY.search(question) and _PAY.search(about))):
            continue
        for found in _RANGE.finditer(sentence):
            if read := _read(question, found):
                yield Stated(hit, sentence, *read)


def _read(question: str, found: re.Match[str]) -> tuple[str, float, float] | None:
    """The unit, the least and the most of a number, where it is of the kind that was asked for."""
    after = found["after"].casefold()
    times = 1000.0 if found["lowk"] or found["highk"] else 1.0
    low = _value(found["low"]) * times
    high = _value(found["high"]) * times if found["high"] else low
    unit = after.split()[0].rstrip("s") if after.split() else ""
    if found["sign"] or _MONEY.match(after):
        return ("money", low, high) if _PAY.search(question) and low >= 10_000 else None
    if found["more"]:
        high = math.inf
    if _YEARS.search(question):
        return ("year", low, high) if unit == "year" else None
    if long := _LONG.search(question):
        named = (long[1] or "").casefold().rstrip("s")
        fitting = [one for one in _SCALES if unit in one[1] and (not named or named in one[1])]
        return next(((name, low * sizes[unit], high * sizes[unit]) for name, sizes in fitting), None)
    if asked := _COUNT.search(question):
        noun = asked[1].casefold().split()[-1]
        same = next((some for some in _ALIKE if noun in some), frozenset())
        counted = {word.rstrip("s") for word in re.split(r"[\s-]+", after)}
        return (noun, low, high) if same & counted else None
    return None


def _beginnings(text: str) -> set[str]:
    """The words of a text by their first letters, so that prepare meets preparation."""
    return {word[:5] for word in words(text)}


def _value(number: str) -> float:
    spelled = number.casefold()
    return float(_SPELLED.index(spelled) + 1) if spelled in _SPELLED else float(number.replace(",", ""))


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= 0.02 * max(one, other)


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"(?<=[.!?])\s+(?=[A-Z\"“])|\n+", text) if part.strip()]


def _said(one: Stated) -> str:
    shown = (
        one.sentence if len(one.sentence) <= _LONGEST else one.sentence[:_LONGEST].rsplit(" ", 1)[0] + " …"
    )
    return f"{one.hit.source} ({date_of(one.hit) or 'no date'}) says “{shown.rstrip('.')}”"
