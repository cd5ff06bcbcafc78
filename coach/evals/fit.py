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
from coach.evals.ridge import FOLDS, held_out, ridge
from coach.feedback.assessor import WEIGHTS
from coach.feedback.evidence import gather_evidence
from coach.feedback.language import Cues, read_cues
from coach.feedback.rubric import TAGS
from coach.feedback.scoring import Target
from coach.feedback.star import tagger_features
from coach.library.embedder import Embedder

TAGGER_STRENGTH = 0.3  # inverse regularisation of the logistic regression
# How far rare tags are weighed up: 0 not at all, 1 until all weigh the same. Tried 0, 0.5 and 1.
TAGGER_BALANCE = 0.5
# At 0 relevance doesn't see another question at all; at 1 it sees little else. Tried 0 to 1, see docs/quality.md.
ASTRAY_WEIGHT = 0.1
_FAR = 37  # how many rows further on the question is taken that an answer does not answer
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
    """What the models see of an answer; `astray` is its closeness to another answer's question."""

    row: RatedAnswer
    vectors: Array
    cues: Sequence[Cues]
    closeness: float
    astray: float


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
    ends = np.cumsum([2 + len(row.sentences) for row in rows])
    own = np.split(vectors, ends[:-1])
    embedded = []
    for place, (row, mine) in enumerate(zip(rows, own, strict=True)):
        far = next(
            i % len(rows) for i in range(place + _FAR, place + _FAR + len(rows)) if _differs(rows, i, place)
        )
        near, astray = (float((mine[1:] @ question).max()) for question in (mine[0], own[far][0]))
        embedded.append(Embedded(row, mine[2:], [read_cues(s) for s in row.sentences], near, astray))
    return embedded


def _differs(rows: Sequence[RatedAnswer], one: int, other: int) -> bool:
    return rows[one % len(rows)].question != rows[other].question


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


def check_values(
    data: Sequence[Embedded], tags: Sequence[Array], *, astray: bool = False
) -> tuple[list[str], Array]:
    """Return the checks' names and values: (answers, checks); astray: as if another question had been asked."""
    found = [
        gather_evidence(t, one.cues, one.astray if astray else one.closeness)
        for one, t in zip(data, tags, strict=True)
    ]
    return [check.name for check in found[0]], np.array([[c.value for c in checks] for checks in found])


def fit_target(
    name: str, names: Sequence[str], values: Array, astray: Array, ratings: Array, groups: Sequence[str]
) -> tuple[Target, Array]:
    """Fit one target's arithmetic; return it with each answer's score by a fit that had not seen it.

    Rated answers hardly ever miss their question, and the empty ones repeat its words: from them alone,
    closeness to the question would count against an answer. So relevance also learns, a little, from every
    answer put to another answer's question, where it has none; and closeness counts for nothing else.
    """
    low, high, is_quality = TARGETS[name]
    if name == "relevance":
        kept = list(range(len(names)))
        rows, rated = np.concatenate([values, astray]), np.concatenate([ratings, np.zeros_like(ratings)])
        weights = np.concatenate([np.ones_like(ratings), np.full_like(ratings, ASTRAY_WEIGHT)])
        groups = [*groups, *groups]
    else:
        kept = [place for place, check in enumerate(names) if check != "relevant"]
        rows, rated, weights = values[:, kept], ratings, np.ones_like(ratings)
    coefficients, bias = ridge(rows, rated, weights)
    scores = np.clip(held_out(rows, rated, weights, groups)[: len(ratings)], low, high)
    target = Target(
        bias=round(bias, 4),
        weights={names[i]: round(float(w), 4) for i, w in zip(kept, coefficients, strict=True)},
        low=low,
        high=high,
        spread=round(float(np.quantile(np.abs(scores - ratings), 0.8)), 3),
        threshold=_best_threshold(scores, ratings >= 0.5) if is_quality else None,
    )
    return target, scores


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
    _, astray = check_values(data, tags, astray=True)
    groups = [one.row.group for one in data]
    own = np.array([one.row.own for one in data])
    targets: dict[str, Any] = {}
    report: dict[str, Any] = {"tags": {}}
    for name, (_, _, is_quality) in TARGETS.items():
        ratings = np.array([one.row.ratings[name] for one in data], dtype=np.float32)
        target, scores = fit_target(name, names, values, astray, ratings, groups)
        targets[name], report[name] = asdict(target), {}
        for part, chosen in (("own", own), ("public", ~own)):
            if not chosen.any():
                continue
            if is_quality:
                guessed = np.array([target.says_yes(score) for score in scores[chosen]])
                report[name][part] = {"f1": f1(guessed, ratings[chosen] >= 0.5)}
            else:
                report[name][part] = asdict(agreement(scores[chosen], ratings[chosen], target.spread))
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
