"""Learn below which match a good story belongs to another question: from stories held against strangers' questions."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from coach.evals.examples import Learned
from coach.evals.rated import Rated
from coach.feedback.language import read_cues
from coach.feedback.network import StoryNetwork
from coach.feedback.reader import Reading, read_encoded
from coach.feedback.scoring import Belonging

_EACH = 4  # so many strangers' questions a story
_ANSWERS, _GOOD = 1.5, 3.0  # from these ratings of relevance and overall on
_WRONGED = 0.02  # so many of the good stories to their own question lie below the bar


@dataclass(frozen=True)
class HeldBack:
    """A reading by networks that had not seen the answer, and its match with each of some strangers' questions."""

    reading: Reading
    strangers: tuple[float, ...]


def held_against_strangers(
    fitted: Sequence[StoryNetwork], answer: Learned, others: Sequence[Learned]
) -> tuple[float, ...]:
    """Return the match of a good story with questions that it was not told to; none for any other answer."""
    if not _is_good(answer.row):
        return ()
    strangers = [
        other.encoded.question
        for other in others
        if other.row.question != answer.row.question
        and (answer.row.principle is None or other.row.principle != answer.row.principle)
    ]
    chance = random.Random(answer.row.id)  # noqa: S311
    cues = [read_cues(sentence) for sentence in answer.row.sentences]
    return tuple(
        read_encoded(fitted, replace(answer.encoded, question=question), cues).match
        for question in chance.sample(strangers, min(_EACH, len(strangers)))
    )


def fit_belonging(rows: Sequence[Rated], held: Sequence[HeldBack]) -> Belonging:
    """Return the bar."""
    own = [one.reading.match for row, one in zip(rows, held, strict=True) if _is_good(row)]
    return Belonging(astray=round(float(np.quantile(own, _WRONGED)), 3))


def belonging_rates(
    rows: Sequence[Rated], held: Sequence[HeldBack], bars: Belonging
) -> dict[str, float] | None:
    """Return how many good stories lie below the bar, with their own question and with strangers'."""
    own = np.array([one.reading.match for row, one in zip(rows, held, strict=True) if _is_good(row)])
    strange = np.array([match for one in held for match in one.strangers])
    if not len(own) or not len(strange):
        return None
    return {
        whose: round(float((matches < bars.astray).mean()), 3)
        for whose, matches in (("own", own), ("strangers'", strange))
    }


def _is_good(row: Rated) -> bool:
    return row.mean.numbers["relevance"] >= _ANSWERS and row.mean.numbers["overall"] >= _GOOD
