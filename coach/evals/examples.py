"""Rated answers as the story network learns from them: encoded once, and once more for each way they may come in.

The ways are those in which the same answer reaches the coach: as a speech recogniser writes it, with slips of
the keyboard, padded with empty sentences, told as the team's. A rating holds for all of them, except that a
story told as the team's has no owner any more.
"""

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.evals.perturb import as_heard, i_to_we, with_typos
from coach.feedback.encoding import Encoded, Encoder
from coach.feedback.features import question_features, sentence_features
from coach.feedback.language import read_cues
from coach.feedback.rubric import TAGS

Array = NDArray[np.float32]
Progress = Callable[[int, int], None]

CASES = Path(__file__).parent / "cases"
OWN, PRACTICE = CASES / "behavioral.jsonl", CASES / "practice.jsonl"
SCORED = (
    "situation",
    "task",
    "action",
    "result",
    "measured",
    "reflection",
    "ownership",
    "relevance",
    "hypothetical",
)
QUALITIES = ("measured", "reflection", "hypothetical")
_EMPTY_UP_TO = 2.5  # the overall rating below which a sentence tagged as other is surely empty
_TEAM_OWNERSHIP = 0.2  # at most, of 1, when nothing but "we" is left


@dataclass(frozen=True)
class RatedAnswer:
    """One rated answer: `ratings` by the rubric's names, one tag a sentence; `group` must not be split."""

    id: str
    source: str
    group: str
    question: str
    principle: str | None
    sentences: tuple[str, ...]
    tags: str
    ratings: dict[str, float]


@dataclass(frozen=True)
class Example:
    """What the network sees and should say: scores (9,) from 0 to 1 in the order of `SCORED`, NaN where unknown."""

    sentences: Array
    question: Array
    tags: NDArray[np.int64]
    scores: Array
    overall: float


@dataclass(frozen=True)
class Learned:
    """A rated answer with its encoding, and an example for each way it may come in, the plain one first."""

    row: RatedAnswer
    encoded: Encoded
    ways: tuple[Example, ...]


def read_rated(paths: Sequence[Path]) -> list[RatedAnswer]:
    """Read rated answers; a row whose number of tags and sentences differ is an error."""
    rows = []
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            raw = json.loads(line)
            if len(raw["sentences"]) != len(raw["tags"]):
                raise ValueError(
                    f"{path}: {raw['id']} has {len(raw['sentences'])} sentences and {len(raw['tags'])} tags"
                )
            rows.append(
                RatedAnswer(
                    id=raw["id"],
                    source={OWN: "own", PRACTICE: "practice"}.get(path, "public"),
                    group=str(raw.get("respondent", raw.get("group", raw["id"]))),
                    question=raw["question"],
                    principle=raw.get("principle"),
                    sentences=tuple(raw["sentences"]),
                    tags=raw["tags"],
                    ratings=raw["mean"],
                )
            )
    return rows


def learned(rows: Sequence[RatedAnswer], encoder: Encoder, progress: Progress | None = None) -> list[Learned]:
    """Encode every answer in every way that it may come in: about a second each on two cores."""
    # Not the eval's own list of empty sentences, or the eval would measure what was learned by heart.
    empty = [
        sentence
        for row in rows
        if row.source == "practice" and row.ratings["overall"] <= _EMPTY_UP_TO
        for sentence, tag in zip(row.sentences, row.tags, strict=True)
        if tag == "O"
    ]
    out = []
    for done, row in enumerate(rows, start=1):
        encoded = encoder.read(row.question, row.sentences)
        plain = example(row, encoded, row.sentences, row.tags)
        others = [
            example(row, encoder.read(row.question, sentences), sentences, tags)
            for sentences, tags in _other_ways(row, empty)
        ]
        team = others[-1]
        scores = team.scores.copy()
        place = SCORED.index("ownership")
        scores[place] = min(scores[place], _TEAM_OWNERSHIP)
        others[-1] = replace(team, scores=scores, overall=float("nan"))
        out.append(Learned(row, encoded, (plain, *others)))
        if progress:
            progress(done, len(rows))
    return out


def example(row: RatedAnswer, encoded: Encoded, sentences: Sequence[str], tags: str) -> Example:
    """What the network should say of an answer that came in as these sentences."""
    scores = [row.ratings[name] / (1 if name in QUALITIES else 2) for name in SCORED]
    return Example(
        sentences=sentence_features(encoded, [read_cues(sentence) for sentence in sentences]),
        question=question_features(encoded),
        tags=np.array([TAGS.index(tag) for tag in tags], dtype=np.int64),
        scores=np.array(scores, dtype=np.float32),
        overall=row.ratings["overall"],
    )


def _other_ways(row: RatedAnswer, empty: Sequence[str]) -> list[tuple[list[str], str]]:
    """Sentences with their tags; the last way is the team's."""
    said = list(row.sentences)
    padded, tags = list(said), row.tags
    chance = random.Random(row.id)  # noqa: S311
    for _ in range(max(1, round(len(said) / 4)) if empty else 0):
        place = chance.randrange(len(padded) + 1)
        padded.insert(place, chance.choice(empty))
        tags = f"{tags[:place]}O{tags[place:]}"
    return [
        ([as_heard(sentence) or sentence for sentence in said], row.tags),
        ([with_typos(sentence, row.id) for sentence in said], row.tags),
        (padded, tags),
        ([i_to_we(sentence) for sentence in said], row.tags),
    ]
