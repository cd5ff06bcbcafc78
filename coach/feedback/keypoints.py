"""Judge an answer by the key points of its question: hit, partial, miss or wrong, each with the sentence that shows it.

Each point is decided by the one piece of the answer that comes nearest to making it, so that neither length nor
repetition earns anything, and a reader can see why. The weights are logistic regressions on verdicts that a
reader gave, learned by `coach.evals.fit_keypoints` and kept as readable numbers in `weights/keypoints.json`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.feedback.feedback import Asked, KeyPoint, Verdict
from coach.feedback.matching import MISTAKE_FEATURES, POINT_FEATURES, Matched, match
from coach.feedback.pieces import cut_pieces
from coach.feedback.telling import Telling, load_telling
from coach.library.embedder import Embedder

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Logistic:
    """A weighted sum of features as a chance, 0 to 1."""

    bias: float
    weights: Mapping[str, float]

    def chance(self, features: Array, names: Sequence[str]) -> Array:
        """Return the chance for each row of features (..., features), whose names are given."""
        total = features @ np.array([self.weights.get(name, 0.0) for name in names], dtype=np.float32)
        return np.asarray(1 / (1 + np.exp(-(total + self.bias))), dtype=np.float32)


@dataclass(frozen=True)
class Grading:
    """From verdicts to the overall score: straight lines between `knots` of (share of the points made, score).

    Each mistake takes `mistake` off the share. `spread` is half the width of the 80% interval, and
    `spread_drawn` the same where the key points were drawn from passages.
    """

    knots: tuple[tuple[float, float], ...]
    mistake: float
    spread: float
    spread_drawn: float


@dataclass(frozen=True)
class Judged:
    """One key point: `made` is how far the answer makes it, 0 to 1."""

    key_point: KeyPoint
    made: float


@dataclass(frozen=True)
class PointJudge:
    """Holds only weights, so the same answer gets the same verdicts.

    A piece of a line that is not as close as `topic` to the question or a point of it is about something else and
    cannot make a point; nor can a piece that is not as close as `floor` to this one (cosines). From a chance of
    `hit` on a point is made, from `partial` on it is touched, and from `wrong` on a mistake is made.
    """

    telling: Telling
    point: Logistic
    mistake: Logistic
    topic: float
    floor: float
    hit: float
    partial: float
    wrong: float
    grading: Grading

    def judge(
        self, asked: Asked, sentences: Sequence[tuple[int, str]], embedder: Embedder
    ) -> tuple[Judged, ...]:
        """Return a verdict for each key point, in their order.

        Args:
            asked: the question, with at least one key point.
            sentences: index and text of each sentence that counts.
            embedder: MiniLM, for which the weights were fitted.

        Raises:
            ModelMissing: the embedder's files are not on this machine.
        """
        return self.read(asked, match(asked, cut_pieces(sentences), embedder, self.telling))

    def read(self, asked: Asked, matched: Matched) -> tuple[Judged, ...]:
        """Return the verdicts that follow from the features."""
        made = self.chances(matched)
        wrong = self._mistakes(asked, matched)
        return tuple(
            self._verdict(point, place, made[:, place], wrong.get(place), matched, asked)
            for place, point in enumerate(asked.key_points)
        )

    def chances(self, matched: Matched) -> Array:
        """Return how likely each piece makes each point: (pieces, points)."""
        may = matched.may_make(self.topic, self.floor)
        return self.point.chance(matched.points, POINT_FEATURES) * may

    def overall(self, judged: Sequence[Judged]) -> float:
        """Return the overall score, 1 to 5."""
        share = sum(one.made for one in judged) / len(judged)
        share -= self.grading.mistake * sum(one.key_point.verdict == "wrong" for one in judged)
        shares, scores = zip(*self.grading.knots, strict=True)
        return float(np.interp(share, shares, scores))

    def _mistakes(self, asked: Asked, matched: Matched) -> dict[int, tuple[int, int]]:
        """The mistakes that are made: by key point, the mistake and the piece that makes it, the surest first."""
        if not matched.pieces or not asked.mistakes:
            return {}
        near = matched.mistakes[:, :, 0] >= self.topic
        chances = self.mistake.chance(matched.mistakes, MISTAKE_FEATURES) * near
        pieces = chances.argmax(axis=0)
        found: dict[int, tuple[int, int]] = {}
        for place in np.argsort(-chances.max(axis=0), kind="stable"):
            if chances[pieces[place], place] >= self.wrong:
                found.setdefault(asked.mistakes[place].point, (int(place), int(pieces[place])))
        return found

    def _verdict(
        self,
        point: str,
        place: int,
        made: Array,
        wrong: tuple[int, int] | None,
        matched: Matched,
        asked: Asked,
    ) -> Judged:
        if wrong is not None:
            mistake, piece = wrong
            at = (matched.pieces[piece].sentence,)
            right = asked.mistakes[mistake].right
            return Judged(KeyPoint(point=point, verdict="wrong", sentences=at, right=right), 0.0)
        best = float(made.max(initial=0.0))
        verdict: Verdict = "hit" if best >= self.hit else "partial" if best >= self.partial else "miss"
        if verdict == "miss":
            return Judged(KeyPoint(point=point, verdict="miss", sentences=()), best)
        at = (matched.pieces[int(made.argmax())].sentence,)
        return Judged(KeyPoint(point=point, verdict=verdict, sentences=at), best)


def load_point_judge(folder: Path) -> PointJudge:
    """Read the weights that `coach.evals.fit_keypoints` wrote."""
    stored = json.loads((folder / "keypoints.json").read_text(encoding="utf-8"))
    return PointJudge(
        telling=load_telling(folder / "telling.json"),
        point=Logistic(**stored["point"]),
        mistake=Logistic(**stored["mistake"]),
        grading=Grading(**stored["grading"]),
        **stored["thresholds"],
    )
