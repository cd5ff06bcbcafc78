"""Read the numbers of a text, in digits or spelled out, each with its unit where it has one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SMALL = {
    word: float(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10.0 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_POWERS = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_SUFFIXES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9}
# Words that are numbers by themselves.
_WHOLE = {
    word: value
    for value, words in {
        0.0: "nil",
        0.25: "quarters",
        1 / 3: "thirds",
        0.5: "half halves halve halved halving",
        2.0: "twice double doubles doubled doubling couple",
        3.0: "thrice triple triples tripled tripling",
        4.0: "quadruple quadrupled",
        12.0: "dozen dozens",
        1e2: "hundreds",
        1e3: "thousands",
        1e6: "millions",
        1e9: "billions",
    }.items()
    for word in words.split()
}
# "the third week" and "last quarter" are no numbers, "a third" and "a quarter" are.
_PART = {"third": 1 / 3, "quarter": 0.25, "fifth": 0.2, "tenth": 0.1}
_UNITS = {
    form: unit
    for unit, forms in {
        "%": "% percent percentage pct",
        "point": "point points",
        "ms": "ms millisecond milliseconds",
        "second": "s sec secs second seconds",
        "minute": "min mins minute minutes",
        "hour": "h hr hrs hour hours",
        "day": "day days",
        "week": "week weeks",
        "month": "month months",
        "year": "year years",
        "dollar": "$ dollar dollars usd",
        "euro": "€ euro euros eur",
        "pound": "£ pound pounds gbp",
        "times": "times x fold",
        "gb": "gb gigabyte gigabytes",
        "tb": "tb terabyte terabytes",
        "mb": "mb megabyte megabytes",
    }.items()
    for form in forms.split()
}
UNIT_WORDS = frozenset(_UNITS)
_WORD = "|".join(sorted([*_SMALL, *_TENS, *_POWERS, *_WHOLE, *_PART], key=len, reverse=True))
_TOKEN = re.compile(
    r"(?P<money>[$€£])?\s?(?<![\w.])(?P<digits>\d+(?:[.,]\d+)*)(?:(?P<stuck>%|ms|s|h|x|gb|tb|mb)|(?P<suffix>k|m|mn|bn))?"
    r"(?!\w)(?:\s(?P<power>hundred|thousand|million|billion)\b)?|"
    rf"\b(?P<words>(?:{_WORD})(?:(?:[ -]|\s+and\s+)(?:{_WORD}))*)(?P<fold>fold)?\b",
    re.IGNORECASE,
)
_NEXT = re.compile(r"[\s-]*(%|[$€£]|[a-z]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Number:
    """A number of a text: `value`, `unit` as one of a few words or None, `text` as it stands there."""

    value: float
    unit: str | None
    text: str

    def same(self, other: "Number") -> bool:
        """Whether both may be the same: "90k" and "ninety thousand" are, "half" and "50%", "3" and "three weeks"."""
        if not any(
            abs(mine - its) <= 1e-9 * max(1.0, abs(mine)) for mine in self._ways() for its in other._ways()
        ):
            return False
        return self.unit is None or other.unit is None or self.unit == other.unit

    def _ways(self) -> tuple[float, ...]:
        return (self.value, self.value / 100) if self.unit == "%" else (self.value,)


def numbers_in(text: str) -> tuple[Number, ...]:
    """Return the numbers of a text in order; "one" is one only before a unit, and "the third" never."""
    return tuple(_numbers(text))


def _numbers(text: str) -> Iterator[Number]:
    for token in _TOKEN.finditer(text):
        following = _NEXT.match(text, token.end())
        unit = _UNITS.get(following[1].lower()) if following else None
        if token["digits"]:
            power = _SUFFIXES.get((token["suffix"] or "").lower()) or _POWERS.get(
                (token["power"] or "").lower()
            )
            unit = _UNITS.get(token["money"] or "") or _UNITS.get((token["stuck"] or "").lower()) or unit
            yield Number(_digits(token["digits"]) * (power or 1.0), unit, token[0].strip())
        else:
            said = token["words"].lower()
            if (value_said := _spelled(said, text[: token.start()], unit)) is not None:
                yield Number(value_said, unit, token[0].strip())


def _digits(text: str) -> float:
    # "1,000" and "1.000.000" are thousands; "0,5" and "99.9" are decimals.
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text):
        return float(text.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}", text):
        return float(text.replace(".", ""))
    parts = text.replace(",", ".").split(".")
    return float(parts[0] + ("." + "".join(parts[1:]) if len(parts) > 1 else ""))


def _spelled(said: str, before: str, unit: str | None) -> float | None:
    words = [word for word in re.split(r"[\s-]+", said) if word != "and"]
    lead = before.lower().rstrip(" -").rsplit(None, 1)[-1:] if before.strip() else []
    if words == ["one"]:
        return 1.0 if unit else None
    if words[-1] in _PART:
        if words[:-1] in ([], ["one"]):
            return _PART[words[-1]] if words[:-1] or lead in (["a"], ["by"]) else None
        return _small(words[:-1]) * _PART[words[-1]]
    if words[-1] in _WHOLE and len(words) > 1:
        return _small(words[:-1]) * _WHOLE[words[-1]]
    return _WHOLE[words[0]] if words[0] in _WHOLE else _small(words)


def _small(words: list[str]) -> float:
    total = part = 0.0
    for word in words:
        if word in _POWERS:
            part = (part or 1.0) * _POWERS[word]
            if _POWERS[word] > 100:
                total, part = total + part, 0.0
        else:
            part += _SMALL.get(word, _TENS.get(word, _WHOLE.get(word, _PART.get(word, 0.0))))
    return total + part
