"""A coach with stories, interviews and practice in its store, for the pages that keep them."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import TypeVar

from fake_coach import ANSWER, FakeCoach, feedback_of

from coach.feedback.feedback import Asked, Feedback
from coach.interview.events import (
    Answered,
    AskedQuestion,
    Assessed,
    Closed,
    Event,
    FollowedUp,
    Skipped,
    Started,
)
from coach.interview.questions import QuestionBank
from coach.library.embedder import HashedWords
from coach.library.library import Library
from coach.settings import Settings
from coach.stories.shelf import Shelf
from coach.stories.story import Draft, Story
from coach.ui.markup import Switch, Updates

P = TypeVar("P")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class KeepingCoach(FakeCoach):
    """Asks for nothing that was given already, and tells stories apart by their words."""

    def __init__(self, home: Path, bank: QuestionBank | None = None) -> None:
        super().__init__(home, bank)
        self.assessor = SimpleNamespace(embedder=HashedWords())
        self.library = Library(Settings(home=home), HashedWords())

    @property
    def shelf(self) -> Shelf:
        return Shelf(self.interviews.store.database)

    def assess(self, asked: Asked, answer: str) -> Feedback:
        return judged(asked, answer)

    def told(
        self, title: str = "The batched read", text: str = ANSWER, principle: str = "Dive Deep"
    ) -> Story:
        """Keep a story."""
        asked = Asked(question="Tell me about a time you dug deep.", principle=principle)
        draft = Draft(
            title=title, question=asked.question, text=text, principle=principle, feedback=judged(asked, text)
        )
        return self.shelf.save(draft)

    def held(self, name: str, *scores: float, day: int = 0, closed: bool = True, answer: str = ANSWER) -> str:
        """Store an interview with an answer for each score."""
        at = NOON + timedelta(days=day)
        events: list[Event] = [Started(kind="behavioral", principle=None, level=None, seed=1, at=at)]
        for number, score in enumerate(scores):
            place = 2 * number
            one = self.bank.questions[number % 2]
            events += [
                AskedQuestion(
                    question_id=one.id,
                    question=one.question,
                    kind="behavioral",
                    principle=one.principle,
                    topic=None,
                    key_points=one.key_points,
                    at=at,
                ),
                Answered(answer=answer, at=at + timedelta(minutes=3 + number)),
                Assessed(turn=place, feedback=rated(one.question, score, answer), complete=True, at=at),
                FollowedUp(question="By how much?", criterion="measured", sentences=(6,), at=at),
                Skipped(at=at),
            ]
        if closed:
            events.append(Closed(at=at + timedelta(minutes=30)))
        self.interviews.store.create(name, events)
        return name


def judged(asked: Asked, answer: str) -> Feedback:
    """What the fake says, without what was given."""
    said = feedback_of(asked, answer)
    gaps = tuple(gap for gap in said.gaps if gap.criterion not in asked.given)
    better = 0.3 * (len(said.gaps) - len(gaps))
    if not said.graded or said.overall is None:
        return said
    return said.model_copy(update={"gaps": gaps, "rewrite": None, "overall": said.overall + better})


def rated(question: str, score: float, answer: str = ANSWER) -> Feedback:
    """Feedback with this overall score; the components go with it."""
    said = feedback_of(Asked(question=question), answer)
    parts = {name: min(2.0, max(0.0, (score - 1) / 2)) for name in said.components}
    sure = {"low": max(1.0, score - 0.5), "high": min(5.0, score + 0.5)}
    return said.model_copy(update={"overall": score, "components": parts, **sure})


def named(parts: type[P]) -> P:
    """The parts of a page with their names for components, so that updates can be read by them."""
    built = {
        one.name: Switch(one.name, one.name) if one.type is Switch else one.name for one in fields(parts)
    }  # type: ignore[arg-type]
    return parts(**built)


def shown(updates: Updates, part: str) -> bool:
    """Whether the updates show what a switch hides."""
    return updates[part] == ""
