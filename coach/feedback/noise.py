"""Tell keyboard noise from words: by which letters follow each other, and by words that say nothing together."""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

from coach.feedback.tongue import english_share, other_language

_WEIGHTS = Path(__file__).parent / "weights" / "letters.json"
# The mean log-probability of a letter after the one before it: English answers stay above -2.7, keyboard
# noise below -4.5; names and abbreviations come in between, so it takes few common words as well.
_NOISE, _DOUBTFUL = -4.4, -3.4
_DOUBTFUL_SHARE = 0.15
_LONG_WORD = 20  # a key held down, or a hash pasted in: one such word must not outweigh an answer
_FEW_KINDS, _ENOUGH_WORDS, _MANY_WORDS = 3, 6, 60


def is_noise(text: str) -> bool:
    """Return whether a text is keyboard noise, the same words again and again, or words without a sentence."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    if not words:
        return False
    usual, share = letters(text), english_share(text)
    if not "".join(words).isascii():
        return False
    if usual < _NOISE or (usual < _DOUBTFUL and share < _DOUBTFUL_SHARE):
        return True
    kinds = len(Counter(words))
    if len(words) >= _ENOUGH_WORDS and kinds <= max(_FEW_KINDS, len(words) / 4) and len(words) <= _MANY_WORDS:
        return True
    no_sentence = share == 0 and not re.search(r"\d|(?:ed|ing)\b", text.lower())
    return no_sentence and len(words) >= _ENOUGH_WORDS and not other_language(text)


def letters(text: str) -> float:
    """Return the mean log-probability of each letter after the one before it; 0 without a to z."""
    table = _table()
    sums = [
        table.get(pair, table[""])
        for word in re.findall(r"[a-z]+", text.lower())
        for pair in letter_pairs(word)[:_LONG_WORD]
    ]
    return sum(sums) / len(sums) if sums else 0.0


def letter_pairs(word: str) -> list[str]:
    """The pairs of neighbouring letters in a word; ^ stands before it and $ behind."""
    framed = f"^{word}$"
    return [framed[at : at + 2] for at in range(len(framed) - 1)]


@cache
def _table() -> dict[str, float]:
    """Log-probabilities by pair, "" for pairs that never occur; `coach.evals.fit_letters` wrote them."""
    table: dict[str, float] = json.loads(_WEIGHTS.read_text(encoding="utf-8"))
    return table
