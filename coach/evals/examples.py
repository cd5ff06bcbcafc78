"""Rated answers as the story network learns from them: encoded once, and once more for each way they may come in.

The ways are those in which the same answer reaches the coach: as a speech recogniser writes it or with slips of
the keyboard, padded with empty sentences, told as the team's, and without the sentences of a component. A rating
holds for all of them, except that a story told as the team's has no owner any more, and what was left out is gone.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from coach.evals.perturb import as_heard, i_to_we, with_typos
from coach.evals.rated import QUALITIES, Rated
from coach.feedback.encoding import Encoded, Encoder
from coach.feedback.features import question_features, sentence_features
from coach.feedback.language import read_cues
from coach.feedback.network import SCORED
from coach.feedback.rubric import TAGS

Array = NDArray[np.float32]
Progress = Callable[[int, int], None]

_EMPTY_UP_TO = 2.5  # the overall rating below which a sentence tagged as other is surely empty
_TEAM_OWNERSHIP = 0.2  # at most, of 1, when nothing but "we" is left
_GONE = {"S": "situation", "T": "task", "A": "action", "R": "result", "L": "reflection"}
_LEFT = 0.1  # what is left of a component, of 1, when its sentences are gone: others may hint at it
_LEAST = 2  # sentences that still make an answer


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

    row: Rated
    encoded: Encoded
    ways: tuple[Example, ...]


def learned(rows: Sequence[Rated], encoder: Encoder, progress: Progress | None = None) -> list[Learned]:
    """Encode every answer in every way that it may come in: about a second each on two cores."""
    # Not the eval's own list of empty sentences, or the eval would measure what was learned by heart.
    empty = [
        sentence
        for row in rows
        if row.source == "practice" and row.mean.numbers["overall"] <= _EMPTY_UP_TO
        for sentence, tag in zip(row.sentences, row.mean.tags, strict=True)
        if tag == "O"
    ]
    out = []
    for done, row in enumerate(rows, start=1):
        encoded = encoder.read(row.question, row.sentences)
        plain = example(row, encoded, row.sentences, row.mean.tags)
        others = [
            example(row, encoder.read(row.question, sentences), sentences, tags)
            for sentences, tags in _other_ways(row, empty)
        ]
        team = others[-1]
        scores = team.scores.copy()
        place = SCORED.index("ownership")
        scores[place] = min(scores[place], _TEAM_OWNERSHIP)
        others[-1] = replace(team, scores=scores, overall=float("nan"))
        if tag := _one_component(row):
            kept = [place for place, other in enumerate(row.mean.tags) if other != tag]
            sentences = [row.sentences[place] for place in kept]
            left = example(
                row,
                encoder.read(row.question, sentences),
                sentences,
                "".join(row.mean.tags[place] for place in kept),
            )
            others.append(replace(left, scores=scores_without(left.scores, tag), overall=float("nan")))
        out.append(Learned(row, encoded, (plain, *others)))
        if progress:
            progress(done, len(rows))
    return out


def example(row: Rated, encoded: Encoded, sentences: Sequence[str], tags: str) -> Example:
    """What the network should say of an answer that came in as these sentences."""
    scores = [row.mean.numbers[name] / (1 if name in QUALITIES else 2) for name in SCORED]
    return Example(
        sentences=sentence_features(encoded, [read_cues(sentence) for sentence in sentences]),
        question=question_features(encoded),
        tags=np.array([TAGS.index(tag) for tag in tags], dtype=np.int64),
        scores=np.array(scores, dtype=np.float32),
        overall=row.mean.numbers["overall"],
    )


def components_in(tags: Sequence[int]) -> list[str]:
    """Return the tags whose sentences can be left out so that enough of them, and not all, are left."""
    return [
        tag
        for tag in _GONE
        if (others := sum(other != TAGS.index(tag) for other in tags)) >= _LEAST and others < len(tags)
    ]


def scores_without(scores: Array, tag: str) -> Array:
    """Return the scores of an answer without the sentences of one tag; NaN where they can't be known any more."""
    left = scores.copy()
    place = SCORED.index(_GONE[tag])
    left[place] = min(left[place], _LEFT)
    if tag == "R":
        left[SCORED.index("measured")] = 0.0
    if tag == "A":
        left[SCORED.index("ownership")] = np.nan
    return left


def _one_component(row: Rated) -> str | None:
    present = components_in([TAGS.index(tag) for tag in row.mean.tags])
    return random.Random(row.id).choice(present) if present else None  # noqa: S311


def _other_ways(row: Rated, empty: Sequence[str]) -> list[tuple[list[str], str]]:
    """Sentences with their tags; the last way is the team's."""
    said = list(row.sentences)
    padded, tags = list(said), row.mean.tags
    chance = random.Random(row.id)  # noqa: S311
    for _ in range(max(1, round(len(said) / 4)) if empty else 0):
        place = chance.randrange(len(padded) + 1)
        padded.insert(place, chance.choice(empty))
        tags = f"{tags[:place]}O{tags[place:]}"
    heard = [as_heard(sentence) or sentence for sentence in said]
    mistyped = [with_typos(sentence, row.id) for sentence in said]
    return [
        (chance.choice([heard, mistyped]), row.mean.tags),
        (padded, tags),
        ([i_to_we(sentence) for sentence in said], row.mean.tags),
    ]
