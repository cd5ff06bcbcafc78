"""An embedder that embeds each text once: changed answers share most of their sentences."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from coach.library.embedder import Embedder, Progress, State, Vectors

# Texts that are embedded together are padded to the longest, so only those of like length are.
_TOGETHER = 32


@dataclass(frozen=True)
class Remembered:
    """Gives what `inner` gives, and keeps every vector for as long as it lives."""

    inner: Embedder
    known: dict[str, Vectors] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The embedder's own."""
        return self.inner.name

    @property
    def dimension(self) -> int:
        """Of each vector."""
        return self.inner.dimension

    @property
    def state(self) -> State:
        """The embedder's own."""
        return self.inner.state

    def tokens(self, text: str) -> int:
        """How many of the embedder's tokens a text has."""
        return self.inner.tokens(text)

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One row of unit length for each text: shape (len(texts), dimension)."""
        new = sorted({text for text in texts if text not in self.known}, key=lambda text: (len(text), text))
        for start in range(0, len(new), _TOGETHER):
            some = new[start : start + _TOGETHER]
            self.known.update(zip(some, self.inner.embed(some), strict=True))
            if progress:
                progress(start + len(some), len(new))
        return np.stack([self.known[text] for text in texts])
