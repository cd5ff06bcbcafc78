"""Cut an answer on a technical question into pieces that make one statement each: lines, and clauses of them.

A long sentence that makes three points is close to none of them; its clauses are. Formulas are read aloud first,
since people say "the sum of w times x" and type `\\sum w_i x_i`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

# How a symbol is read aloud, by what it usually stands for.
_SPOKEN = tuple(
    (re.compile(pattern), spoken)
    for pattern, spoken in (
        (r"\\(?:sum|summation)(?:\\limits)?|Σ|∑", " sum of "),
        (r"\\(?:eta)(?![a-zA-Z])|η", " learning rate "),
        (r"\\(?:var)?[pP]hi(?![a-zA-Z])|[φϕΦ]", " activation function "),
        (r"\\nabla(?![a-zA-Z])|∇", " gradient of "),
        (r"\\partial(?![a-zA-Z])|∂", " derivative "),
        (r"\\(?:[dD]elta|bigtriangleup|triangle)(?![a-zA-Z])|[Δδ]", " change of "),
        (r"\\(?:cdot|times)(?![a-zA-Z])|[·×]|(?<=\w)(?:\*| \* )(?=\w)", " times "),
        (r"\\[a-zA-Z]+", " "),
        (r"[$*_{}^#>|~`\\]+", " "),
    )
)
_LINE = re.compile(r"\n+")
_CLAUSE = re.compile(r"[;:()]+|,\s+|\.\s+|\s+(?:and|which|while|whereas|but|then|so that)\s+", re.IGNORECASE)
_EDGES = " .,-+*>•\t"
_FEWEST_WORDS = 2


@dataclass(frozen=True)
class Piece:
    """A statement as it is read aloud, the line that it is part of, and the sentence (its index)."""

    text: str
    line: str
    sentence: int


def cut_pieces(sentences: Sequence[tuple[int, str]]) -> tuple[Piece, ...]:
    """Return the lines of the sentences and their clauses; what is said twice comes once.

    Args:
        sentences: index and text of each.
    """
    found: dict[str, Piece] = {}
    for index, text in sentences:
        for line in _LINE.split(text):
            aloud = read_aloud(line)
            for piece in (aloud, *_CLAUSE.split(aloud)):
                plain = piece.strip(_EDGES)
                if len(re.findall(r"\w+", plain)) >= _FEWEST_WORDS:
                    found.setdefault(plain.casefold(), Piece(plain, aloud.strip(_EDGES), index))
    return tuple(found.values())


def read_aloud(text: str) -> str:
    """Return a text with its formulas in words, as far as their symbols are known, on one line."""
    for pattern, spoken in _SPOKEN:
        text = pattern.sub(spoken, text)
    return " ".join(text.split())
