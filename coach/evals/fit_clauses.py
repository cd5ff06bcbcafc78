"""Learn where sentences begin when nothing marks them: `python -m coach.evals.fit_clauses OUT`.

From the practice answers: those with proper marks are taken, their sentences are where the marks
say, and then the marks and capitals go. Our own rated answers are not learned from: they measure it.
"""

import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from coach.evals.golden import CASES
from coach.evals.perturb import as_heard
from coach.evals.rated import load_rated
from coach.feedback.clauses import Clauses, cut_run, gap_features
from coach.feedback.sentences import split_sentences

_SEEN_AT_LEAST = 15
_STRENGTH = 0.3  # inverse of the L1 penalty
_COST = -1.0  # of a cut: gives pieces nearly as long as sentences are
Run = tuple[list[str], set[int]]


def runs(answers: Sequence[str]) -> Iterator[Run]:
    """The words of each answer with proper marks, as heard, and the numbers of those that begin a sentence."""
    for answer in answers:
        marks = len(re.findall(r"[.!?]+(?=\s|$|[\"”)])", answer))
        capitals = len(re.findall(r"(?:^|[.!?]\s)[A-Z]", answer))
        if not marks or len(answer.split()) / marks >= 30 or capitals < 0.6 * marks:
            continue
        words: list[str] = []
        begins: set[int] = set()
        for sentence in split_sentences(answer):
            begins.add(len(words))
            words += as_heard(sentence.text).split()
        yield words, begins - {0, len(words)}


def learn(learned_from: Sequence[Run]) -> Clauses:
    """Fit the sparse logistic regression on every gap, and the usual length of a sentence."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    gaps = [
        (tuple(gap_features(w, at)), at in begins) for w, begins in learned_from for at in range(1, len(w))
    ]
    counts = Counter(feature for features, _ in gaps for feature in features)
    names = sorted(name for name, count in counts.items() if count >= _SEEN_AT_LEAST)
    place = {name: number for number, name in enumerate(names)}
    rows, columns = zip(
        *((row, place[name]) for row, (features, _) in enumerate(gaps) for name in features if name in place),
        strict=True,
    )
    ones = np.ones(len(rows), dtype=np.float32)
    matrix = csr_matrix((ones, (rows, columns)), shape=(len(gaps), len(names)))
    fitted = LogisticRegression(
        C=_STRENGTH, l1_ratio=1, solver="liblinear", max_iter=500, random_state=0
    ).fit(matrix, [begins for _, begins in gaps])
    lengths = [
        math.log(end - begin)
        for words, begins in learned_from
        for begin, end in zip([0, *sorted(begins)], [*sorted(begins), len(words)], strict=True)
    ]
    return Clauses(
        bias=round(float(fitted.intercept_[0]), 2),
        weights={
            name: round(float(w), 2) for name, w in zip(names, fitted.coef_[0], strict=True) if abs(w) >= 0.05
        },
        cost=_COST,
        length=round(float(np.mean(lengths)), 3),
        spread=round(float(np.std(lengths)), 3),
    )


def agreement(clauses: Clauses, measured: Sequence[Run]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the cuts against where the sentences really begin."""
    right = wrong = missed = 0
    for words, begins in measured:
        cuts = set(cut_run(words, [False] * len(words), clauses))
        right, wrong, missed = (
            right + len(cuts & begins),
            wrong + len(cuts - begins),
            missed + len(begins - cuts),
        )
    return right / (right + wrong), right / (right + missed), 2 * right / (2 * right + wrong + missed)


def main(out: Path, answers: Path = CASES / "practice.jsonl") -> str:
    """Learn from a file of answers, write the weights to `out`, and say how well they do on our own rated answers."""
    lines = answers.read_text(encoding="utf-8").splitlines()
    learned = learn(list(runs([json.loads(line)["answer"] for line in lines])))
    out.write_text(json.dumps(asdict(learned), indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    precision, recall, f1 = agreement(learned, list(runs([rated.answer for rated in load_rated(None)])))
    return f"{len(learned.weights)} weights; precision {precision:.2f}, recall {recall:.2f}, F1 {f1:.2f}\n"


if __name__ == "__main__":
    sys.stdout.write(main(Path(sys.argv[1])))
