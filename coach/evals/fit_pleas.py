"""Learn how pleas sound: `python -m coach.evals.fit_pleas OUT`.

From `cases/pleas.jsonl` (pleas, and sentences of stories that share their words), from the practice answers, in
which only what the rules find is a plea, and from the corpus, whose advice on models sounds like orders. The
robustness suite's own cases are not learned from: they measure it.
"""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from coach.evals.golden import CASES
from coach.feedback.pleas import by_rule, plain
from coach.feedback.sentences import split_sentences
from coach.feedback.sounding import Sounding, word_features
from coach.settings import DATA

_SEEN_AT_LEAST = 2
_PLEAS_WEIGH = 5.0
_SMALLEST = 0.05  # weights that are kept
_FALSE = 0.0005  # so few sentences of held-out stories may sound like a plea
_FOLDS = 5


def examples() -> tuple[list[str], list[str]]:
    """Pleas, and sentences that are none, as the rules would read them."""
    stored = _lines(CASES / "pleas.jsonl")
    pleas = [s.text for one in stored if one["plea"] for s in split_sentences(str(one["text"]))]
    told = [s.text for one in _lines(CASES / "practice.jsonl") for s in split_sentences(str(one["answer"]))]
    told += [
        s.text
        for path in sorted((DATA / "corpus" / "guides").glob("*.md"))
        for s in split_sentences(path.read_text(encoding="utf-8"))
    ]
    stories = [str(one["text"]) for one in stored if not one["plea"]]
    return [plain(text) for text in pleas], [plain(text) for text in (*stories, *told) if not by_rule(text)]


def learn(pleas: Sequence[str], stories: Sequence[str]) -> Sounding:
    """Fit on all; the threshold comes from stories that a fifth at a time were held back."""
    scores: list[float] = []
    for fold in range(_FOLDS):
        others = [text for number, text in enumerate(stories) if number % _FOLDS != fold]
        fitted = _fit(pleas, others)
        scores += [fitted.score(text) for text in stories[fold::_FOLDS]]
    threshold = round(float(np.quantile(scores, 1 - _FALSE)), 2)
    return replace(_fit(pleas, stories), threshold=threshold)


def _fit(pleas: Sequence[str], stories: Sequence[str]) -> Sounding:
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    seen = [set(word_features(text)) for text in (*pleas, *stories)]
    counts = Counter(feature for features in seen for feature in features)
    names = sorted(name for name, count in counts.items() if count >= _SEEN_AT_LEAST)
    place = {name: number for number, name in enumerate(names)}
    found = [
        (row, place[name]) for row, features in enumerate(seen) for name in sorted(features) if name in place
    ]
    rows, columns = zip(*found, strict=True)
    matrix = csr_matrix((np.ones(len(found)), (rows, columns)), shape=(len(seen), len(names)))
    fitted = LogisticRegression(class_weight={1: _PLEAS_WEIGH, 0: 1.0}, max_iter=2000)
    fitted.fit(matrix, [1] * len(pleas) + [0] * len(stories))
    weights = {name: round(float(w), 2) for name, w in zip(names, fitted.coef_[0], strict=True)}
    return Sounding(
        bias=round(float(fitted.intercept_[0]), 2),
        weights={name: weight for name, weight in weights.items() if abs(weight) >= _SMALLEST},
        threshold=0.0,
    )


def main(out: Path) -> str:
    """Learn, write the weights to `out`, and say how many there are."""
    pleas, stories = examples()
    learned = learn(pleas, stories)
    out.write_text(json.dumps(asdict(learned), indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    return f"{len(learned.weights)} weights from {len(pleas)} pleas and {len(stories)} other sentences\n"


def _lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    sys.stdout.write(main(Path(sys.argv[1])))
