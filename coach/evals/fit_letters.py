"""Count which letters follow each other in the corpus: `python -m coach.evals.fit_letters OUT`."""

import json
import math
import re
import sys
from collections import Counter
from pathlib import Path

from coach.feedback.noise import letter_pairs
from coach.settings import DATA

_SMOOTHING = 0.5
_LETTERS = 27  # a to z and the end of a word


def main(out: Path) -> str:
    """Write the log-probability of each pair of letters, given its first, to `out`."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((DATA / "corpus").rglob("*.md"))]
    words = re.findall(r"[a-z]+", " ".join(texts).lower())
    pairs = Counter(pair for word in words for pair in letter_pairs(word))
    firsts: Counter[str] = Counter()
    for pair, count in pairs.items():
        firsts[pair[0]] += count

    def chance(count: float, first: float) -> float:
        return round(math.log((count + _SMOOTHING) / (first + _SMOOTHING * _LETTERS)), 2)

    table = {pair: chance(count, firsts[pair[0]]) for pair, count in sorted(pairs.items())}
    table[""] = chance(0, sum(firsts.values()) / _LETTERS)
    out.write_text(json.dumps(table, separators=(",", ":")) + "\n", encoding="utf-8")
    return f"{len(table)} pairs in {len(words):,} words\n"


if __name__ == "__main__":
    sys.stdout.write(main(Path(sys.argv[1])))
