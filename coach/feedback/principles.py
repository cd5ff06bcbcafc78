"""Which leadership principles an answer shows, by how close its sentences come to each one's signals.

The signals are the list under `## Signals for ...` of a principle's note in the corpus, so a better note
makes a better reading.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.feedback.feedback import ShownPrinciple
from coach.library.embedder import Embedder

Array = NDArray[np.float32]

# Cosines of MiniLM: below the first a sentence has nothing to do with a signal; at the second it is one.
_FAR, _NEAR = 0.22, 0.55
_MOST = 3


@dataclass(frozen=True)
class Signals:
    """The signals of all principles: `owners[i]` is the principle of row i of `vectors`."""

    owners: tuple[str, ...]
    vectors: Array


def read_signals(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """Return the signals of each principle's note in a folder, by the principle's name."""
    signals: dict[str, tuple[str, ...]] = {}
    for path in sorted(folder.glob("*.md")):
        text = path.read_text(encoding="utf-8") + "\n"
        title = re.search(r"^# (.+)$", text, re.MULTILINE)
        listed = re.search(r"^## Signals for .*\n((?:.*\n)*?)(?=^## |\Z)", text, re.MULTILINE)
        if title and listed:
            signals[title[1].strip()] = tuple(re.findall(r"^- (.+)$", listed[1], re.MULTILINE))
    return signals


def embed_signals(signals: Mapping[str, tuple[str, ...]], embedder: Embedder) -> Signals:
    """Embed every signal once."""
    pairs = [(name, signal) for name, listed in signals.items() for signal in listed]
    return Signals(tuple(name for name, _ in pairs), embedder.embed([signal for _, signal in pairs]))


def shown_principles(signals: Signals, sentences: Array, asked: str | None) -> tuple[ShownPrinciple, ...]:
    """Return the principles that sentences show, strongest first; the one that was asked for always is there.

    Args:
        signals: of all principles.
        sentences: their embeddings, (sentences, dimension), unit length.
        asked: the principle that the question is about, if any.
    """
    close = sentences @ signals.vectors.T
    shown = []
    for name in dict.fromkeys(signals.owners):
        best = close[:, [owner == name for owner in signals.owners]].max(axis=1)
        strength = round(float(np.clip((best.max() - _FAR) / (_NEAR - _FAR), 0, 1)) * 2, 2)
        pointed = tuple(int(i) for i in np.argsort(-best, kind="stable")[:2] if best[i] >= (_FAR + _NEAR) / 2)
        shown.append(ShownPrinciple(name=name, strength=strength, sentences=tuple(sorted(pointed))))
    shown.sort(key=lambda principle: -principle.strength)
    top = [principle for principle in shown if principle.sentences][:_MOST]
    return tuple(top + [principle for principle in shown if principle.name == asked and principle not in top])
