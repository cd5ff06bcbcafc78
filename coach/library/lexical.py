"""BM25 over the words of passages. The one place that says what a word is."""

import logging
import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from bm25s import BM25

# A word, with what holds its parts together (A/B, trade-off, don't, R&D, 3.5) and what may end it (C++, C#).
_WORD = re.compile(r"\w+(?:[-/&.,'’]\w+)*(?:\+\+|#)?")
_JOINTS = re.compile(r"[-/&.,'’]")
_STOP = frozenset(
    re.findall(
        r"\w+",
        """a an and are as at be been by do does for from had has have how i if in is it its me my of on or
        our so that the their them there these they this to us was we were what when which who will with you
        your""",
    )
)


def words(text: str) -> list[str]:
    """The words to index or to look for.

    Case, accents' composition and a plural's s don't matter. A compound counts as one word and, where
    they are longer than a letter, by its parts: `A/B` is `ab`, `trade-offs` is `tradeoff`, `trade`, `off`.
    """
    found: list[str] = []
    for match in _WORD.finditer(unicodedata.normalize("NFKC", text).casefold()):
        word = re.sub(r"['’]s$", "", match[0])
        parts = _JOINTS.split(word)
        candidates = ["".join(parts)]
        if len(parts) > 1 and not re.search(r"['’]", word):
            candidates += [part for part in parts if len(part) > 1 and not part.isdigit()]
        found += [_singular(one) for one in candidates if one and one not in _STOP]
    return found


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and re.search(r"(?:ss|sh|ch|x|z)es$", word):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and word[-2] not in "sui":
        return word[:-1]
    return word


@dataclass(frozen=True)
class Lexical:
    """A BM25 index. `count` is how many passages it has; without one word in them, `_bm25` is None."""

    count: int
    _bm25: "BM25 | None"

    def best(self, query: str, limit: int) -> list[tuple[int, float]]:
        """The rows that share words with a query, best first, each with its BM25 score (above 0)."""
        asked = list(dict.fromkeys(words(query)))
        if self._bm25 is None or not asked:
            return []
        scores = np.round(self._bm25.get_scores(asked).astype(float), 5)
        rows = np.flatnonzero(scores > 0)
        if len(rows) > limit:  # sorting all of a large library's would take longer than all else
            least = np.partition(scores[rows], -limit)[-limit]
            rows = rows[scores[rows] >= least]
        order = rows[np.argsort(-scores[rows], kind="stable")][:limit]
        return [(int(row), float(scores[row])) for row in order]

    def ceiling(self, query: str) -> float:
        """The BM25 score (above 0) of a passage that would repeat all words of a query without end.

        It is the sum of their idf, as BM25 in Lucene counts it; a word that no passage has counts most.
        """
        idf = (self._idf(word) for word in set(words(query)))
        return sum(idf) or 1.0

    def _idf(self, word: str) -> float:
        row = self._bm25.vocab_dict.get(word) if self._bm25 else None
        having = 0
        if self._bm25 and row is not None:
            ends = self._bm25.scores["indptr"]
            having = int(ends[row + 1] - ends[row])
        return math.log(1 + (self.count - having + 0.5) / (having + 0.5))


def write_lexical(folder: Path, texts: Sequence[str]) -> None:
    """Build and store the BM25 index of some texts, one row each."""
    import bm25s

    logging.getLogger("bm25s").setLevel(logging.WARNING)  # it sets itself to DEBUG when it is imported
    rows = [words(text) for text in texts]
    if any(rows):
        bm25 = bm25s.BM25()
        bm25.index(rows, show_progress=False)
        bm25.save(folder / "bm25")


def open_lexical(folder: Path, count: int) -> Lexical:
    """Open what `write_lexical` stored."""
    import bm25s

    stored = folder / "bm25"
    return Lexical(count, bm25s.BM25.load(stored) if stored.is_dir() else None)
