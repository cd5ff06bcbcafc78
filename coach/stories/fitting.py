"""Which story to tell to a question: by what it tells and by the principles that it shows.

How near a question is to a story's text says little (most questions name no subject), how near it is to what a
principle means says more: with the sixteen good examples of our corpus as stories, and nothing known but the words of
the bank's 160 behavioral questions, the example of the question's own principle came first for 15% by the text,
for 34% by the principles, for 35% by both as they are weighed here (among the first three for 38%, 53% and 61%). Where
the question's principle is known, it decides.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coach.errors import UsageError
from coach.feedback.sentences import split_sentences
from coach.interview.questions import principle_named
from coach.library.embedder import Embedder
from coach.stories.story import SHOWN_FROM, Story

_BY_PRINCIPLE = 2.0
_MEANING = re.compile(
    r"^# (?P<name>.+?)\n.*?^## What .+? means\n+(?P<meaning>.+?)(?=\n#|\Z)", re.DOTALL | re.MULTILINE
)


@dataclass(frozen=True)
class Fit:
    """A story for a question; a higher `score` is a better fit, and only the order means anything.

    `principle` is the story's principle that fits the question best, `strength` how strongly the story shows it (0
    to 2; None: not judged). `sentence` is the story's sentence that comes nearest to the question's words.
    """

    story: Story
    score: float
    principle: str | None
    strength: float | None
    sentence: str


def best_stories(
    question: str,
    stories: Sequence[Story],
    embedder: Embedder,
    meanings: Mapping[str, str],
    principle: str | None = None,
) -> tuple[Fit, ...]:
    """Return all stories, the one that fits best first.

    Args:
        question: as it is asked.
        stories: those to choose from.
        embedder: turns texts into vectors.
        meanings: what each principle means, from `load_meanings`.
        principle: what the question is about, where that is known, in any spelling.

    Raises:
        UsageError: there is no such principle.
        ModelMissing: the embedder's files are not on this machine.
    """
    known = principle_named(principle) if principle else None
    if not stories:
        return ()
    sentences = [_sentences(story.text) for story in stories]
    names = list(meanings)
    asked, texts, about = (
        embedder.embed(part)
        for part in (
            [question],
            [story.text for story in stories],
            [f"{name}. {meanings[name]}" for name in names],
        )
    )
    nearness = dict(zip(names, map(float, about @ asked[0]), strict=True))
    lines = embedder.embed([line for own in sentences for line in own]) @ asked[0]
    found, at = [], 0
    for story, text, own in zip(stories, texts, sentences, strict=True):
        nearest = own[int(np.argmax(lines[at : at + len(own)]))]
        at += len(own)
        score = float(text @ asked[0])
        weights = {name: _weight(story, name) for name in names}
        best = known or max(names, key=lambda name: weights[name] * nearness[name], default=None)
        if best is not None:
            score += _BY_PRINCIPLE * weights.get(best, 0.0) * (1.0 if known else nearness[best])
        shown = best if best is not None and _weight(story, best) > 0 else None
        found.append(Fit(story, score, shown, story.strength(shown) if shown else None, nearest))
    return tuple(sorted(found, key=lambda fit: -fit.score))


def load_meanings(folder: Path) -> dict[str, str]:
    """Return what each principle means, from the notes of the corpus (`corpus/principles`).

    Raises:
        UsageError: there are no such notes.
    """
    found = {}
    for path in sorted(folder.glob("*.md")):
        match = _MEANING.search(path.read_text(encoding="utf-8"))
        if match:
            found[match["name"]] = " ".join(match["meaning"].split())
    if not found:
        raise UsageError(f"{folder} holds no notes on the principles: give the folder of the corpus.")
    return found


def _weight(story: Story, principle: str) -> float:
    """0 to 1. Tags are the user's last word: one that nothing bears out yet counts as little as can be shown."""
    if principle not in story.tags:
        return 0.0
    return max(story.strength(principle) or 0.0, SHOWN_FROM) / 2


def _sentences(text: str) -> list[str]:
    return [span.text for span in split_sentences(text)] or [text]
