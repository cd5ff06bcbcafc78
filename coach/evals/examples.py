"""Rated answers as the story network learns from them: encoded once for each way they may come in (`ways.py`)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.evals.rated import QUALITIES, Rated
from coach.evals.reworded import Reworded
from coach.evals.ways import Way, ways_of
from coach.feedback.encoding import Encoded, Encoder
from coach.feedback.features import question_features, sentence_features
from coach.feedback.language import read_cues
from coach.feedback.network import SCORED
from coach.feedback.rubric import TAGS

Array = NDArray[np.float32]
Progress = Callable[[int, int], None]

_EMPTY_UP_TO = 2.5  # the overall rating below which a sentence tagged as other is surely empty


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


def learned(
    rows: Sequence[Rated],
    encoder: Encoder,
    reworded: Mapping[str, Sequence[Reworded]],
    progress: Progress | None = None,
) -> list[Learned]:
    """Encode every answer in every way that it may come in: about two seconds each on two cores.

    Args:
        rows: the answers.
        encoder: reads them.
        reworded: the same answers said anew, by their ids.
        progress: is told how many are done, and of how many.
    """
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
        ways = list(ways_of(row, empty, reworded.get(row.id, ())))
        encoded = [encoder.read(row.question, way.sentences) for way in ways]
        examples = tuple(example(row, way, read) for way, read in zip(ways, encoded, strict=True))
        out.append(Learned(row, encoded[0], examples))
        if progress:
            progress(done, len(rows))
    return out


def example(row: Rated, way: Way, encoded: Encoded) -> Example:
    """What the network should say of an answer that came in this way."""
    scores = {name: row.mean.numbers[name] / (1 if name in QUALITIES else 2) for name in SCORED}
    scores |= {name: min(scores[name], most) for name, most in way.at_most.items()}
    scores |= dict.fromkeys(way.unknown, float("nan"))
    return Example(
        sentences=sentence_features(encoded, [read_cues(sentence) for sentence in way.sentences]),
        question=question_features(encoded),
        tags=np.array([TAGS.index(tag) for tag in way.tags], dtype=np.int64),
        scores=np.array([scores[name] for name in SCORED], dtype=np.float32),
        overall=row.mean.numbers["overall"] if way.rated else float("nan"),
    )
