"""Learn the numbers of the assessment from rated answers: `python -m coach.evals.fit [FILE...]`.

Our own labelled cases are always read, and public rows of the same form where files are named: `sentences`
with one letter each in `tags`, and the raters' `mean`. Only numbers are written, never any text.

The checks are computed from tags that a tagger gave which had not seen the answer (grouped
cross-fitting by respondent), so that the arithmetic is fitted on tags as good as they are in use.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coach.evals.agreement import agreement, f1
from coach.feedback.assessor import WEIGHTS
from coach.feedback.evidence import gather_evidence
from coach.feedback.language import Cues, read_cues
from coach.feedback.rubric import TAGS
from coach.feedback.scoring import Target
from coach.feedback.star import tagger_features
from coach.library.embedder import Embedder

FOLDS = 5
TAGGER_STRENGTH = 0.3  # inverse regularisation of the logistic regression
# How far rare tags are weighed up: 0 not at all, 1 until all weigh the same. Tried 0, 0.5 and 1.
TAGGER_BALANCE = 0.5
RIDGE = 3.0
# Range of each target, and whether it is a yes/no quality.
TARGETS: dict[str, tuple[float, float, bool]] = {
    "overall": (1, 5, False),
    "situation": (0, 2, False),
    "task": (0, 2, False),
    "action": (0, 2, False),
    "result": (0, 2, False),
    "ownership": (0, 2, False),
    "relevance": (0, 2, False),
    "measured": (0, 1, True),
    "reflection": (0, 1, True),
    "hypothetical": (0, 1, True),
}

CASES = Path(__file__).parent / "cases" / "behavioral.jsonl"
Array = NDArray[np.float32]


@dataclass(frozen=True)
class RatedAnswer:
    """One rated answer: `ratings` are means over the raters, `tags` one letter a sentence."""

    group: str
    own: bool
    question: str
    answer: str
    sentences: tuple[str, ...]
    tags: str
    ratings: dict[str, float]


@dataclass(frozen=True)
class Embedded:
    """What the models see of an answer."""

    row: RatedAnswer
    vectors: Array
    cues: Sequence[Cues]
    closeness: float


def read_rated(paths: Sequence[Path]) -> list[RatedAnswer]:
    """Read rated answers; a row whose number of tags and sentences differ is an error."""
    rows = []
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            raw = json.loads(line)
            sentences = tuple(raw["sentences"])
            if len(sentences) != len(raw["tags"]):
                raise ValueError(
                    f"{path}: {raw['id']} has {len(sentences)} sentences and {len(raw['tags'])} tags"
                )
            rows.append(
                RatedAnswer(
                    group=str(raw.get("respondent", raw["id"])),
                    own=path == CASES,
                    question=raw["question"],
                    answer=" ".join(sentences),
                    sentences=sentences,
                    tags=raw["tags"],
                    ratings=raw["mean"],
                )
            )
    return rows


def embed_rows(rows: Sequence[RatedAnswer], embedder: Embedder) -> list[Embedded]:
    """Embed questions, answers and sentences in one go."""
    texts = [text for row in rows for text in (row.question, row.answer, *row.sentences)]
    vectors = embedder.embed(texts)
    embedded, at = [], 0
    for row in rows:
        own = vectors[at : at + 2 + len(row.sentences)]
        at += len(own)
        closeness = float((own[1:] @ own[0]).max())
        embedded.append(Embedded(row, own[2:], [read_cues(s) for s in row.sentences], closeness))
    return embedded


def cross_fitted_tags(data: Sequence[Embedded]) -> list[Array]:
    """Return tag probabilities for each answer from a tagger that did not see its group."""
    from sklearn.model_selection import GroupKFold

    groups = [one.row.group for one in data]
    out: list[Array] = [np.empty(0, dtype=np.float32)] * len(data)
    for train, test in GroupKFold(FOLDS).split(data, groups=groups):
        weights, bias = fit_tagger([data[i] for i in train])
        for i in test:
            scores = tagger_features(data[i].vectors, data[i].cues) @ weights + bias
            exps = np.exp(scores - scores.max(axis=1, keepdims=True))
            out[i] = (exps / exps.sum(axis=1, keepdims=True)).astype(np.float32)
    return out


def fit_tagger(data: Sequence[Embedded]) -> tuple[Array, Array]:
    """Fit the tagger: weights (features, tags) and bias (tags,), in the order of `TAGS`."""
    from sklearn.linear_model import LogisticRegression

    features = np.concatenate([tagger_features(one.vectors, one.cues) for one in data])
    labels = np.array([TAGS.index(tag) for one in data for tag in one.row.tags])
    counts = np.maximum(np.bincount(labels, minlength=len(TAGS)), 1)
    weigh = dict(enumerate((len(labels) / counts) ** TAGGER_BALANCE))
    model = LogisticRegression(C=TAGGER_STRENGTH, max_iter=1000, class_weight=weigh).fit(features, labels)
    weights = np.zeros((features.shape[1], len(TAGS)), dtype=np.float32)
    bias = np.full(len(TAGS), -20.0, dtype=np.float32)
    weights[:, model.classes_] = model.coef_.T
    bias[model.classes_] = model.intercept_
    return weights, bias


def check_values(data: Sequence[Embedded], tags: Sequence[Array]) -> tuple[list[str], Array]:
    """Return the checks' names and values: (answers, checks)."""
    found = [gather_evidence(t, one.cues, one.closeness) for one, t in zip(data, tags, strict=True)]
    return [check.name for check in found[0]], np.array([[c.value for c in checks] for checks in found])


def fit_target(
    names: Sequence[str], values: Array, ratings: Array, groups: Sequence[str], name: str
) -> Target:
    """Fit one target's arithmetic, its interval from cross-fitted errors, its threshold by best F1."""
    low, high, is_quality = TARGETS[name]
    weights, bias = _ridge(values, ratings)
    held_out = np.clip(cross_fitted_scores(values, ratings, groups), low, high)
    return Target(
        bias=round(bias, 4),
        weights={n: round(float(w), 4) for n, w in zip(names, weights, strict=True)},
        low=low,
        high=high,
        spread=round(float(np.quantile(np.abs(held_out - ratings), 0.8)), 3),
        threshold=_best_threshold(held_out, ratings >= 0.5) if is_quality else None,
    )


def cross_fitted_scores(values: Array, ratings: Array, groups: Sequence[str]) -> Array:
    """Return each answer's score from arithmetic that did not see its group."""
    from sklearn.model_selection import GroupKFold

    out = np.zeros(len(ratings), dtype=np.float32)
    for train, test in GroupKFold(FOLDS).split(values, groups=groups):
        weights, bias = _ridge(values[train], ratings[train])
        out[test] = values[test] @ weights + bias
    return out


def _ridge(values: Array, ratings: Array) -> tuple[Array, float]:
    """Ridge regression on standardised checks, its weights given back in the checks' own units."""
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-6
    scaled = (values - mean) / spread
    gram = scaled.T @ scaled + RIDGE * np.eye(values.shape[1])
    weights = np.linalg.solve(gram, scaled.T @ (ratings - ratings.mean())) / spread
    return weights.astype(np.float32), float(ratings.mean() - mean @ weights)


def _best_threshold(scores: Array, yes: NDArray[np.bool_]) -> float:
    from sklearn.metrics import f1_score

    grid = np.linspace(0.1, 0.9, 33)
    best = [f1_score(yes, scores >= threshold, zero_division=0.0) for threshold in grid]
    return round(float(grid[int(np.argmax(best))]), 3)


def main(argv: Sequence[str] | None = None) -> None:
    """Fit everything and write `weights/`."""
    from coach.library.embedder import MiniLM
    from coach.models.catalog import find, path_of
    from coach.settings import load_settings

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rated", nargs="*", type=Path, help="public rows, beside our own cases")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    given = parser.parse_args(argv)
    data = embed_rows(
        read_rated([CASES, *given.rated]), MiniLM(path_of(find(MiniLM.name), load_settings().models))
    )
    fitted: dict[str, Any] = fit(data, given.out)
    print(json.dumps(fitted, indent=1))  # noqa: T201


def fit(data: Sequence[Embedded], out: Path) -> dict[str, Any]:
    """Fit, write the weights, and return how well answers that were held back were scored.

    "own" are our cases and "public" all other rows. The spread and the thresholds are those of the whole, so
    `within` and the F1 of the yes/no qualities are a little flattered.
    """
    tags = cross_fitted_tags(data)
    names, values = check_values(data, tags)
    groups = [one.row.group for one in data]
    own = np.array([one.row.own for one in data])
    targets: dict[str, Any] = {}
    report: dict[str, Any] = {"tags": {}}
    for name, (low, high, is_quality) in TARGETS.items():
        ratings = np.array([one.row.ratings[name] for one in data], dtype=np.float32)
        target = fit_target(names, values, ratings, groups, name)
        targets[name], report[name] = asdict(target), {}
        held_out = np.clip(cross_fitted_scores(values, ratings, groups), low, high)
        for part, chosen in (("own", own), ("public", ~own)):
            if not chosen.any():
                continue
            if is_quality:
                guessed = held_out[chosen] >= (target.threshold or 0.0)
                report[name][part] = {"f1": f1(guessed, ratings[chosen] >= 0.5)}
            else:
                report[name][part] = asdict(agreement(held_out[chosen], ratings[chosen], target.spread))
    for part, chosen in (("own", own), ("public", ~own)):
        if chosen.any():
            report["tags"][part] = _tag_f1(data, tags, chosen)
    out.mkdir(parents=True, exist_ok=True)
    weights, bias = fit_tagger(data)
    np.savez_compressed(out / "tagger.npz", weights=weights.astype(np.float16), bias=bias.astype(np.float16))
    (out / "scores.json").write_text(json.dumps({"answers": len(data), "targets": targets}, indent=1) + "\n")
    return report


def _tag_f1(data: Sequence[Embedded], tags: Sequence[Array], chosen: NDArray[np.bool_]) -> dict[str, float]:
    from sklearn.metrics import f1_score

    picked = [(one, found) for one, found, wanted in zip(data, tags, chosen, strict=True) if wanted]
    truth = [tag for one, _ in picked for tag in one.row.tags]
    guess = [TAGS[int(place)] for _, found in picked for place in found.argmax(axis=1)]
    each = f1_score(truth, guess, average=None, labels=list(TAGS), zero_division=0.0)
    by_tag: dict[str, float] = {tag: round(float(score), 3) for tag, score in zip(TAGS, each, strict=True)}
    return {"macro": round(float(np.mean(each)), 3), **by_tag}


if __name__ == "__main__":
    main()
