"""Learn the numbers of the assessment from rated answers: `python -m coach.evals.fit [FILE...]`.

Our own labelled cases and practice answers are always read, and public rows of the same form where files are
named: `sentences` with one letter each in `tags`, and the raters' `mean`. Only numbers are written, never any text.

The arithmetic is fitted on readings by networks that had not seen the answer (five folds, split by who wrote it), so
that it fits readings as good as they are in use; it is itself judged on folds that it had not seen. More than an
hour on two cores, about half of it for reading every answer in all its ways.
"""

import argparse
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coach.evals.agreement import agreement, f1
from coach.evals.examples import Learned, learned
from coach.evals.fit_match import HeldBack, belonging_rates, fit_belonging, held_against_strangers
from coach.evals.fit_principles import fit_principles
from coach.evals.learn import fit_network
from coach.evals.learn_match import Common, encode_common, fit_match
from coach.evals.rated import QUALITIES, Rated, load_practice
from coach.evals.reworded import load_reworded
from coach.evals.ridge import held_out, ridge
from coach.feedback.assessor import WEIGHTS
from coach.feedback.language import read_cues
from coach.feedback.network import SCORED, StoryNetwork
from coach.feedback.principles import save_principles
from coach.feedback.reader import Reading, read_story, save_networks
from coach.feedback.rubric import TAGS
from coach.feedback.scoring import HIGHEST, LOWEST, Belonging, Target, interpolated

FOLDS, NETWORKS = 5, 3
# The mean of three readings says more than one reading does.
_ONE_READER, _THREE_READERS = 1.0, 2.0
# Where the width of the interval is learned; between them it is interpolated.
_PLACES = (1.25, 2.0, 2.75, 3.5, 4.25, 5.0)
_NEAR = 0.5
_COVERED = 0.8
# Each number follows from its own reading. Relevance follows from all of them: whatever tells little answers little.
# Action follows from the hypothetical as well: by the rubric an intention is no step. Sums of all readings were tried
# for every number, and ranked public answers worse; with overall as a part of it most components ranked better, but
# what is deleted then fell less often.
_READ = (*SCORED, "overall", "match")
_FOLLOWS_FROM: Mapping[str, Sequence[str]] = {"relevance": _READ, "action": ("action", "hypothetical")}

log = logging.getLogger(__name__)
Array = NDArray[np.float32]


def fitted_networks(answers: Sequence[Learned], common: Common, count: int = NETWORKS) -> list[StoryNetwork]:
    """Fit some networks on the same answers, from different beginnings."""
    networks = [fit_network(answers, seed) for seed in range(count)]
    for seed, network in enumerate(networks):
        fit_match(network, answers, common, seed)
    return networks


def held_back(answers: Sequence[Learned], common: Common, networks: int = NETWORKS) -> list[HeldBack]:
    """Read each answer with networks that had not seen it, nor any other of its group."""
    from sklearn.model_selection import GroupKFold

    groups = [one.row.cluster for one in answers]
    held: dict[int, HeldBack] = {}
    for fold, (train, test) in enumerate(GroupKFold(FOLDS).split(answers, groups=groups), start=1):
        log.info("fold %d of %d", fold, FOLDS)
        fitted = fitted_networks([answers[i] for i in train], common, networks)
        others = [answers[place] for place in test]
        for place, answer in zip(test, others, strict=True):
            held[int(place)] = HeldBack(
                reread(fitted, answer), held_against_strangers(fitted, answer, others)
            )
    return [held[place] for place in range(len(answers))]


def reread(fitted: Sequence[Any], answer: Learned) -> Reading:
    """Read an encoded answer with some networks, as `StoryReader` does."""
    return read_story(fitted, [read_cues(sentence) for sentence in answer.row.sentences], answer.encoded)


def fit_arithmetic(
    rows: Sequence[Rated], held: Sequence[HeldBack]
) -> tuple[dict[str, Any], dict[str, Array]]:
    """Return what `scores.json` holds, and each answer's numbers by arithmetic that had not seen it."""
    readings = [one.reading for one in held]
    values = np.array([[{**r.scores, "match": r.match}[name] for name in _READ] for r in readings])
    groups = [row.cluster for row in rows]
    worth = np.array([_ONE_READER if row.source == "practice" else _THREE_READERS for row in rows])
    targets: dict[str, Target] = {}
    scores: dict[str, Array] = {}
    for name in ("overall", *SCORED):
        ratings = np.array([row.mean.numbers[name] for row in rows])
        low, high = (LOWEST, HIGHEST) if name == "overall" else (0.0, 1.0 if name in QUALITIES else 2.0)
        kept = [_READ.index(read) for read in _FOLLOWS_FROM.get(name, (name,))]
        weights, bias = ridge(values[:, kept], ratings, worth)
        scores[name] = np.clip(held_out(values[:, kept], ratings, worth, groups), low, high)
        targets[name] = Target(
            bias=round(bias, 4),
            weights={_READ[i]: round(float(w), 4) for i, w in zip(kept, weights, strict=True)},
            low=low,
            high=high,
            threshold=_best_threshold(scores[name], ratings >= 0.5) if name in QUALITIES else None,
        )
    three = [place for place, row in enumerate(rows) if row.source != "practice"]
    overall = scores["overall"][three]
    errors = np.abs(overall - np.array([rows[place].mean.numbers["overall"] for place in three]))
    return {
        "answers": len(rows),
        "targets": {name: asdict(target) for name, target in targets.items()},
        "spread": fit_spread(overall, errors),
        "belonging": asdict(fit_belonging(rows, held)),
    }, scores


def fit_spread(scores: Array, errors: Array) -> list[tuple[float, float]]:
    """Return how wide the interval has to be at each place to hold 80% of the ratings near there."""
    spread = []
    for place in _PLACES:
        near = errors[np.abs(scores - place) <= _NEAR]
        if not len(near):
            raise ValueError(f"no answer scores near {place}: the interval can't be learned there")
        spread.append((place, round(float(np.quantile(near, _COVERED)), 3)))
    return spread


def report(
    rows: Sequence[Rated], held: Sequence[HeldBack], stored: dict[str, Any], scores: dict[str, Array]
) -> dict[str, Any]:
    """Return how well answers that had been held back were read, by where they come from.

    The spread and the thresholds are those of the whole, so `within` and the F1 of the qualities are a little
    flattered.
    """
    out: dict[str, Any] = {}
    for source in dict.fromkeys(row.source for row in rows):
        of = np.array([row.source == source for row in rows])
        part: dict[str, Any] = {"n": int(of.sum())}
        for name, numbers in scores.items():
            ratings = np.array([row.mean.numbers[name] for row in rows])
            if name in QUALITIES:
                threshold = stored["targets"][name]["threshold"]
                part[name] = {"f1": f1(numbers[of] >= threshold, ratings[of] >= 0.5)}
            else:
                part[name] = asdict(agreement(numbers[of], ratings[of]))
        half = np.array([interpolated(stored["spread"], score) for score in scores["overall"]])
        ratings = np.array([row.mean.numbers["overall"] for row in rows])
        part["overall"]["within"] = round(float((np.abs(scores["overall"] - ratings) <= half)[of].mean()), 3)
        theirs = [row for row in rows if row.source == source]
        read = [one for one, wanted in zip(held, of, strict=True) if wanted]
        part["tags"] = _tag_f1(theirs, [one.reading for one in read])
        part["belonging"] = belonging_rates(theirs, read, Belonging(**stored["belonging"]))
        out[source] = part
    return out


def _tag_f1(rows: Sequence[Rated], readings: Sequence[Reading]) -> dict[str, float]:
    from sklearn.metrics import f1_score

    truth = [tag for row in rows for tag in row.mean.tags]
    guess = [TAGS[int(place)] for reading in readings for place in reading.tags.argmax(axis=1)]
    each = f1_score(truth, guess, average=None, labels=list(TAGS), zero_division=0.0)
    by_tag: dict[str, float] = {tag: round(float(score), 3) for tag, score in zip(TAGS, each, strict=True)}
    return {"macro": round(float(np.mean(each)), 3), **by_tag}


def _best_threshold(scores: Array, yes: NDArray[np.bool_]) -> float:
    from sklearn.metrics import f1_score

    grid = np.linspace(0.1, 0.9, 33)
    best = [f1_score(yes, scores >= threshold, zero_division=0.0) for threshold in grid]
    return round(float(grid[int(np.argmax(best))]), 3)


def main(argv: Sequence[str] | None = None) -> None:
    """Fit everything and write `weights/`."""
    from coach.feedback.encoding import Mpnet
    from coach.models.catalog import find, path_of
    from coach.settings import load_settings

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rated", nargs="*", type=Path, help="public rows, beside our own")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    given = parser.parse_args(argv)
    encoder = Mpnet(path_of(find(Mpnet.name), load_settings().models))
    rows = load_practice(given.rated)

    def encoded(done: int, total: int) -> None:
        if done % 100 == 0 or done == total:
            log.info("encoded %d of %d answers", done, total)

    answers = learned(rows, encoder, load_reworded(), encoded)
    common = encode_common(encoder)
    held = held_back(answers, common)
    stored, scores = fit_arithmetic(rows, held)
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "scores.json").write_text(json.dumps(stored, indent=1) + "\n")
    save_networks(fitted_networks(answers, common), given.out / "reader.safetensors")
    names, weights, bias, principles = fit_principles(answers)
    save_principles(names, weights, bias, given.out / "principles.npz")
    measured = {**report(rows, held, stored, scores), "principles": principles}
    print(json.dumps(measured, indent=1))  # noqa: T201


if __name__ == "__main__":
    main()
