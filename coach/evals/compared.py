"""Rated answers beside what was said of them, as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from coach.evals.agreement import Numbers, Values
from coach.evals.rated import Rated, matched
from coach.feedback.feedback import Feedback
from coach.feedback.rubric import COMPONENTS, TAGS

_LETTERS = "".join(TAGS)


@dataclass(frozen=True)
class Tagged:
    """Sentences that the raters and the coach tagged, tags as places in `TAGS`: (sentences,) each.

    `confidence` is the coach's own, 0 to 1; `raters` has an array for each rater.
    """

    words: list[int]
    clusters: list[str]
    said: Numbers
    true: Numbers
    raters: list[Numbers]
    confidence: Values


@dataclass(frozen=True)
class Compared:
    """Rated answers, and the feedback on each; only answers that were graded."""

    rated: Sequence[Rated]
    said: Sequence[Feedback]

    def of(self, source: str) -> "Compared":
        """The answers of one source alone."""
        kept = [place for place, one in enumerate(self.rated) if one.source == source]
        return Compared([self.rated[i] for i in kept], [self.said[i] for i in kept])

    @property
    def clusters(self) -> list[str]:
        """Who wrote each answer."""
        return [one.cluster for one in self.rated]

    @property
    def words(self) -> list[int]:
        """How long each answer is."""
        return [len(one.answer.split()) for one in self.rated]

    def ratings(self, criterion: str) -> Values:
        """The raters' mean, yes being 1: (answers,)."""
        return np.array([one.mean.numbers[criterion] for one in self.rated])

    def readings(self, criterion: str) -> list[Values]:
        """Each rater's numbers: (answers,) each."""
        return list(np.array([[one.numbers[criterion] for one in rated.raters] for rated in self.rated]).T)

    def scores(self, criterion: str) -> Values:
        """The coach's numbers, yes being 1: (answers,)."""
        return np.array([score_of(one, criterion) for one in self.said])

    @property
    def covered(self) -> Values:
        """1.0 where the overall rating lies in the interval that the coach gave, else 0.0: (answers,)."""
        ratings = self.ratings("overall")
        low, high = (
            np.array([getattr(one, side) for one in self.said], dtype=float) for side in ("low", "high")
        )
        return ((low - 1e-9 <= ratings) & (ratings <= high + 1e-9)).astype(float)

    @cached_property
    def tags(self) -> Tagged:
        """Every rated sentence that the coach has a sentence for."""
        found = [
            (rated, place, own)
            for rated, said in zip(self.rated, self.said, strict=True)
            for place, own in enumerate(matched(rated, said.sentences))
            if own is not None
        ]
        raters = [[_LETTERS.index(one.tags[place]) for one in rated.raters] for rated, place, _ in found]
        return Tagged(
            words=[len(rated.sentences[place].split()) for rated, place, _ in found],
            clusters=[rated.cluster for rated, *_ in found],
            said=np.array([_LETTERS.index(own.tag) for *_, own in found]),
            true=np.array([_LETTERS.index(rated.mean.tags[place]) for rated, place, _ in found]),
            raters=list(np.array(raters).T),
            confidence=np.array([own.confidence for *_, own in found]),
        )


def score_of(said: Feedback, criterion: str) -> float:
    """The number of a feedback for a criterion, yes being 1.

    Raises:
        KeyError: it has none, not being graded, or not as a behavioural answer.
    """
    value = said.components.get(criterion) if criterion in COMPONENTS else getattr(said, criterion)
    if value is None:
        raise KeyError(criterion)
    return float(value)
