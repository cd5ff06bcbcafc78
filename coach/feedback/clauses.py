"""Where a new sentence begins in a run of words that has no marks, as a speech recogniser writes it.

Each gap between two words gets a score from the words around it (a sparse logistic regression, learned by
`coach.evals.fit_clauses` on answers whose marks were taken away). The cuts are then those that have the
best sum of scores and of how usual the lengths of the pieces are.
"""

import json
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_WEIGHTS = Path(__file__).parent / "weights" / "clauses.json"
LONGEST = 45  # words in a piece
_MARK, _NO_MARK = (
    1.5,
    -2.0,
)  # what a comma or the like before a gap adds, and its absence where there are some
# With these a new step of a story begins, also behind an "and", which in writing is no new sentence.
_OPENERS = re.compile(
    r"(?:and |but |so )?(?:then|after that|afterwards|eventually|finally|in the end|at the end|as a result|"
    r"because of that|the result|since then|ever since|my task|my job|these days)\b(?! (?:of|on|that|the)\b)"
)
_JOINS = ("and", "but", "so")
_OPENS = 2.0


@dataclass(frozen=True)
class Clauses:
    """`weights` by feature; `cost` of a cut; pieces are usually exp(`length`) words, give or take `spread`."""

    bias: float
    weights: dict[str, float]
    cost: float
    length: float
    spread: float


def gap_features(words: Sequence[str], at: int) -> Iterable[str]:
    """What is known about the gap before word number `at` (from 1): the words around it, and their ends."""
    last, word, after, later, before_last = (
        words[place] if 0 <= place < len(words) else "" for place in (at - 1, at, at + 1, at + 2, at - 2)
    )
    return (
        f"-2 {before_last}",
        f"-1 {last}",
        f"0 {word}",
        f"1 {after}",
        f"2 {later}",
        f"0 {word} {after}",
        f"-1 *{last[-3:]}",
        f"0 *{word[-2:]}",
        f"1 *{after[-2:]}",
    )


def cut_run(words: Sequence[str], marked: Sequence[bool], clauses: Clauses | None = None) -> list[int]:
    """Return the numbers of the words that begin a new sentence, 0 not among them.

    Args:
        words: lower-cased, without marks around them.
        marked: for each word whether a comma or the like stands before it.
        clauses: the weights, by default those that come with the coach.
    """
    known = clauses or load_clauses()
    no_mark = _NO_MARK if any(marked) else 0.0
    scores = [0.0] + [
        known.bias
        + sum(known.weights.get(feature, 0.0) for feature in gap_features(words, at))
        + (_MARK if marked[at] else no_mark)
        + (_OPENS if _OPENERS.match(" ".join(words[at : at + 4])) and words[at - 1] not in _JOINS else 0.0)
        - known.cost
        for at in range(1, len(words))
    ]
    usual = [0.0] + [
        -(((math.log(count) - known.length) / known.spread) ** 2) / 4 for count in range(1, LONGEST + 1)
    ]
    best, begun = [0.0], [0]
    for end in range(1, len(words) + 1):
        sums = [
            (best[begin] + scores[begin] + usual[end - begin], begin)
            for begin in range(max(0, end - LONGEST), end)
        ]
        most, begin = max(sums)
        best.append(most)
        begun.append(begin)
    cuts, at = [], len(words)
    while at:
        at = begun[at]
        cuts.append(at)
    return [cut for cut in reversed(cuts) if cut]


@cache
def load_clauses(path: Path = _WEIGHTS) -> Clauses:
    """Read the weights that `coach.evals.fit_clauses` wrote."""
    return Clauses(**json.loads(path.read_text(encoding="utf-8")))
