"""Find the bank's question that somebody means, in whatever words they ask it."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from coach.feedback.rubric import KINDS
from coach.interview.questions import Question, QuestionBank
from coach.library.embedder import Embedder, Vectors

# The cosine of MiniLM from which on two wordings ask for the same. On 55 wordings of our own and the 17 of the
# graded exam answers (see docs/quality.md) it finds what is meant, and keeps away from what is only related.
SAME_QUESTION = 0.66


@dataclass(frozen=True)
class _Asked:
    """The wordings of a kind's questions: `places` says which question each row of `vectors` belongs to."""

    questions: Sequence[Question]
    places: Sequence[int]
    vectors: Vectors


@dataclass(frozen=True)
class QuestionFinder:
    """Looks questions up by their meaning; each kind's are embedded when it is first asked for. Safe to share."""

    bank: QuestionBank
    embedder: Embedder
    _known: dict[str, _Asked] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def find(self, text: str, kind: str) -> Question | None:
        """Return the question of this kind that says the same, or the nearest that means it; None: there is none.

        Raises:
            ModelMissing: the embedder's files are not on this machine.
        """
        same = self.bank.by_text(text)
        if same is not None and same.kind != "behavioral":
            return same
        asked = self._asked(kind)
        if not asked.questions or not text.strip():
            return None
        close = asked.vectors @ self.embedder.embed([text])[0]
        best = int(np.argmax(close))
        return asked.questions[asked.places[best]] if close[best] >= SAME_QUESTION else None

    def with_points(self, key_points: Sequence[str]) -> Question | None:
        """Return the question that has exactly these key points, or None."""
        wanted = tuple(key_points)
        return next((question for question in self.bank.questions if question.key_points == wanted), None)

    def warm_up(self) -> None:
        """Embed ahead of time what the first look would wait for.

        Raises:
            ModelMissing: the embedder's files are not on this machine.
        """
        for kind in KINDS:
            if kind != "behavioral":
                self._asked(kind)

    def _asked(self, kind: str) -> _Asked:
        with self._lock:
            if kind not in self._known:
                questions = [question for question in self.bank.questions if question.kind == kind]
                wordings = [(question.question, *question.asked_as) for question in questions]
                self._known[kind] = _Asked(
                    questions=questions,
                    places=[place for place, texts in enumerate(wordings) for _ in texts],
                    vectors=self.embedder.embed([text for texts in wordings for text in texts]),
                )
            return self._known[kind]
