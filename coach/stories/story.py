"""A story of one's own: its versions over time, the facts that were asked for, and the principles it shows.

Nothing in a story is ever overwritten but its title and its tags: versions and facts are only added.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from pydantic import BaseModel, ConfigDict, Field

from coach.errors import UsageError
from coach.feedback.feedback import Criterion, Feedback
from coach.feedback.gate import MAX_WORDS
from coach.feedback.giving import says_something
from coach.feedback.rubric import Component
from coach.interview.events import Moment
from coach.interview.session import InterviewState, told

# From this strength on (0 to 2) a version shows a principle.
SHOWN_FROM = 1.0
LONGEST_TITLE = 120


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Fact(_Part):
    """What the candidate was asked for and said, in their words; empty words or "no idea" say nothing."""

    criterion: Criterion
    question: str
    words: str
    at: Moment = Field(default_factory=lambda: datetime.now(UTC))

    @property
    def told(self) -> bool:
        """Whether it holds anything."""
        return says_something(self.words)


class Version(_Part):
    """The story as told at one time. `facts` is how many of the story's facts it takes up, in their order.

    `feedback` is None while nobody has judged it.
    """

    number: int
    text: str
    at: Moment = Field(default_factory=lambda: datetime.now(UTC))
    facts: int = 0
    feedback: Feedback | None = None

    @property
    def overall(self) -> float | None:
        """1 to 5; None: not graded."""
        return self.feedback.overall if self.feedback else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 80% interval of `overall`."""
        if self.feedback is None or self.feedback.low is None or self.feedback.high is None:
            return None
        return self.feedback.low, self.feedback.high

    @property
    def components(self) -> Mapping[Component, float]:
        """0 to 2 each; empty: not graded."""
        return self.feedback.components if self.feedback else {}


class Story(_Part):
    """One story. `question` and `principle` are what it was first told to; `tags` are principles by their names.

    `versions` has at least one, the oldest first; so do `facts`, of which there may be none.
    """

    id: str
    title: str
    question: str
    principle: str | None
    created_at: Moment
    tags: tuple[str, ...] = ()
    versions: tuple[Version, ...] = Field(min_length=1)
    facts: tuple[Fact, ...] = ()

    @property
    def latest(self) -> Version:
        """The version that counts."""
        return self.versions[-1]

    @property
    def text(self) -> str:
        """The story as it stands."""
        return self.latest.text

    @property
    def pending(self) -> tuple[Fact, ...]:
        """Facts that the latest version does not hold yet."""
        return tuple(fact for fact in self.facts[self.latest.facts :] if fact.told)

    def strength(self, principle: str) -> float | None:
        """Return how strongly (0 to 2) the latest version was found to show a principle; None: nobody has judged it."""
        if self.latest.feedback is None or not self.latest.feedback.graded:
            return None
        shown = {one.name: one.strength for one in self.latest.feedback.principles}
        return shown.get(principle, 0.0)


class Draft(_Part):
    """A story that is about to be saved: an answer, what it answered, and what is known of it."""

    title: str
    question: str
    text: str
    principle: str | None = None
    feedback: Feedback | None = None
    facts: tuple[Fact, ...] = ()


def draft_from(state: InterviewState, turn: int, title: str = "") -> Draft:
    """Return the story that turn number `turn` of an interview told, with what its follow-ups brought out as facts.

    Raises:
        UsageError: the turn has no answer, or its question asks for no story.
    """
    if not 0 <= turn < len(state.turns) or state.turns[turn].answer is None:
        raise UsageError("There is no answer to save here: answer the question first.")
    first = state.root(turn)
    root = state.turns[first]
    if root.kind != "behavioral":
        raise UsageError("Only an answer to a behavioral question is a story: choose one of those.")
    text = told(state, turn)
    facts = [
        Fact(
            criterion=one.aims_at, question=one.question, words=one.answer, at=one.answered_at or one.asked_at
        )
        for one in state.turns[first + 1 : turn + 1]
        if one.aims_at and one.answer is not None
    ]
    return Draft(
        title=title.strip() or title_of(text),
        question=root.question,
        text=text,
        principle=root.principle,
        feedback=state.turns[turn].feedback,
        facts=tuple(facts),
    )


def title_of(text: str, words: int = 9) -> str:
    """Return the first words of a story, for when nobody has named it."""
    all_words = text.split()
    begun = " ".join(all_words[:words])[: LONGEST_TITLE - 1].rstrip(",;:.")
    return f"{begun}…" if len(all_words) > words else begun


def checked_title(title: str) -> str:
    """Return a title on one line.

    Raises:
        UsageError: it is empty or too long.
    """
    plain = " ".join(title.split())
    if not plain:
        raise UsageError("The story has no title: give it one.")
    if len(plain) > LONGEST_TITLE:
        raise UsageError(f"The title has {len(plain)} characters: shorten it to {LONGEST_TITLE}.")
    return plain


def checked_text(text: str) -> str:
    """Return a story's text as it may be kept.

    Raises:
        UsageError: it is empty, too long, or not text.
    """
    if not text.strip():
        raise UsageError("The story is empty: write it first.")
    if (words := len(text.split())) > MAX_WORDS:
        raise UsageError(f"The story has {words:,} words; the coach reads up to {MAX_WORDS:,}: shorten it.")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise UsageError("The story holds broken characters: paste it again as plain text.") from None
    return text


def tags_from(feedback: Feedback | None) -> tuple[str, ...]:
    """Return the principles that an answer clearly shows, as its feedback says."""
    if feedback is None or not feedback.graded:
        return ()
    return tuple(one.name for one in feedback.principles if one.strength >= SHOWN_FROM)
