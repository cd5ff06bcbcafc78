"""All stories against the sixteen principles: what is covered, by what, what is missing, what is worn out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coach.interview.questions import PRINCIPLES
from coach.interview.session import InterviewState, told
from coach.library.embedder import Embedder
from coach.stories.story import SHOWN_FROM, Story

# A story that is for more principles than this one, or told in more than this part of the answers, is overused.
MOST_PRINCIPLES, MOST_OF_ANSWERS = 3, 0.5
# Which part of the answers is not worth saying of fewer than these.
FEWEST_ANSWERS = 4
# The cosine of MiniLM from which on an answer tells a story. Of the 32 examples in our corpus no two come nearer than
# 0.63 to each other; told backwards with every third sentence left out, nine in ten are known again, and with the
# first sentence among those left out eight in ten.
SAME_STORY = 0.65


@dataclass(frozen=True)
class Cell:
    """A story that has the tag of a principle, and how strongly it shows it (0 to 2; None: nobody has judged it)."""

    story_id: str
    strength: float | None

    @property
    def shown(self) -> bool:
        """Whether its latest version was found to show the principle."""
        return self.strength is not None and self.strength >= SHOWN_FROM


@dataclass(frozen=True)
class Overuse:
    """A story that has to carry too much; `part` is the part of the practised answers that told it, None: too few."""

    story_id: str
    principles: tuple[str, ...]
    told: int
    part: float | None
    too_broad: bool
    too_often: bool


@dataclass(frozen=True)
class Matrix:
    """`rows` has every principle in its order, with its stories, the strongest first.

    `gaps` are principles that no story was found to show; `claimed` are those gaps that a story has the tag of.
    """

    rows: Mapping[str, tuple[Cell, ...]]
    gaps: tuple[str, ...]
    claimed: tuple[str, ...]
    overused: tuple[Overuse, ...]

    def cell(self, story_id: str, principle: str) -> Cell | None:
        """Return one cell; None: the story has nothing to do with the principle."""
        return next((cell for cell in self.rows[principle] if cell.story_id == story_id), None)


def matrix(stories: Sequence[Story], told_by: Sequence[str | None] = ()) -> Matrix:
    """Return the matrix; `told_by` says of each practised answer which story (its id) it told, as `told_in` does."""
    rows = {principle: _row(stories, principle) for principle in PRINCIPLES}
    gaps = tuple(name for name, cells in rows.items() if not any(cell.shown for cell in cells))
    return Matrix(
        rows=rows,
        gaps=gaps,
        claimed=tuple(name for name in gaps if rows[name]),
        overused=tuple(_overused(stories, told_by)),
    )


def told_in(answers: Sequence[str], stories: Sequence[Story], embedder: Embedder) -> tuple[str | None, ...]:
    """Return for each answer the id of the story that it tells in whatever words, or None.

    Every version of a story counts.

    Raises:
        ModelMissing: the embedder's files are not on this machine.
    """
    texts = [(story.id, version.text) for story in stories for version in story.versions]
    if not answers or not texts:
        return (None,) * len(answers)
    close = embedder.embed(list(answers)) @ embedder.embed([text for _, text in texts]).T
    best = np.argmax(close, axis=1)
    return tuple(
        texts[place][0] if row[place] >= SAME_STORY else None for row, place in zip(close, best, strict=True)
    )


def practised_answers(interviews: Iterable[InterviewState]) -> tuple[str, ...]:
    """Return the stories told in interviews, each with what its follow-ups brought out."""
    found = []
    for state in interviews:
        last: dict[int, int] = {}
        for place, turn in enumerate(state.turns):
            if turn.kind == "behavioral" and turn.answer is not None:
                last[state.root(place)] = place
        found += [told(state, place) for place in last.values()]
    return tuple(found)


def _row(stories: Sequence[Story], principle: str) -> tuple[Cell, ...]:
    cells = [Cell(story.id, story.strength(principle)) for story in stories if principle in story.tags]
    return tuple(sorted(cells, key=lambda cell: -(cell.strength or 0.0)))


def _overused(stories: Sequence[Story], told_by: Sequence[str | None]) -> Iterable[Overuse]:
    times = Counter(told_by)
    for story in stories:
        told, part = times[story.id], None
        if len(told_by) >= FEWEST_ANSWERS:
            part = told / len(told_by)
        found = Overuse(
            story_id=story.id,
            principles=story.tags,
            told=told,
            part=part,
            too_broad=len(story.tags) > MOST_PRINCIPLES,
            too_often=part is not None and part > MOST_OF_ANSWERS,
        )
        if found.too_broad or found.too_often:
            yield found
