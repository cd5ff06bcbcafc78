"""What a story still lacks is asked for one by one, each thing once, and kept in the candidate's words.

What to ask for comes from the feedback on the latest version: the blanks of its rewrite, then the gaps that have
no blank. What was said goes into the story by `finish`, which makes a new version of it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coach.errors import UsageError
from coach.feedback.feedback import Asked, Criterion, Feedback, Rewrite
from coach.feedback.giving import supplies
from coach.feedback.rewrite import fill, told_so_far
from coach.stories.shelf import Shelf
from coach.stories.story import Fact, Story

Assess = Callable[[Asked, str], Feedback]
"""Judges an answer without a language model: `Coach.assess`."""

# Whether a story answers a question depends on the question: no fact of the story mends that. Key points belong
# to questions that ask for no story.
_NO_FACT: frozenset[Criterion] = frozenset(("relevance", "key_point"))


@dataclass(frozen=True)
class Wanted:
    """A fact that is missing, and the question that asks for it."""

    criterion: Criterion
    question: str


@dataclass(frozen=True)
class Completeness:
    """How far a story is: what is missing and not asked for yet, and what was asked for in vain.

    `pending` says that facts wait to be taken up by `finish`. `graded` is False while nobody could judge the
    latest version: nothing is known of what it lacks then.
    """

    wanted: tuple[Wanted, ...]
    open: tuple[Wanted, ...]
    pending: bool
    graded: bool

    @property
    def complete(self) -> bool:
        """Whether the story has all its facts."""
        return self.graded and not (self.wanted or self.open or self.pending)


def completeness(story: Story) -> Completeness:
    """Return what a story lacks, in the order in which to ask for it."""
    feedback = story.latest.feedback
    lacking = _lacking(feedback) if feedback is not None else ()
    asked = {fact.criterion for fact in story.facts}
    answered = {fact.criterion for fact in story.pending}
    return Completeness(
        wanted=tuple(one for one in lacking if one.criterion not in asked),
        open=tuple(one for one in lacking if one.criterion in asked - answered),
        pending=bool(story.pending),
        graded=feedback is not None and feedback.graded,
    )


def next_fact(story: Story) -> Wanted | None:
    """Return what to ask for next; None: everything that is missing has been asked for."""
    return next(iter(completeness(story).wanted), None)


def give(shelf: Shelf, story: Story, wanted: Wanted, words: str) -> Story:
    """Keep what was said; words that say nothing ("I don't know", none at all) are kept as a question to leave alone.

    What was asked for in vain before may still be given.

    Raises:
        UsageError: nothing of this kind is missing, or the story has changed elsewhere.
    """
    now = completeness(story)
    if wanted.criterion not in {one.criterion for one in (*now.wanted, *now.open)}:
        raise UsageError("The story does not lack this any more: load it again.")
    fact = Fact(criterion=wanted.criterion, question=wanted.question, words=words.strip())
    return shelf.add_fact(story, fact)


def finish(shelf: Shelf, story: Story, assess: Assess) -> Story:
    """Put the facts that were given into the story, have it judged, and keep that as its next version.

    The new feedback may show that something else is missing: `next_fact` then asks for it, and for nothing twice.

    Raises:
        UsageError: there is no new fact, or the story has changed elsewhere.
        CoachError: what `assess` raises; nothing is changed then.
    """
    if not story.pending:
        raise UsageError("There is no new fact to put into the story: answer a question about it first.")
    text = with_facts(story.text, story.latest.feedback, story.pending)
    given = [fact.criterion for fact in story.facts if supplies(fact.criterion, fact.words)]
    asked = Asked(question=story.question, principle=story.principle, given=tuple(dict.fromkeys(given)))
    return shelf.add_version(story, text, assess(asked, text), facts=len(story.facts))


def revise(shelf: Shelf, story: Story, text: str, assess: Assess) -> Story:
    """Keep a text that the candidate rewrote as the next version, judged.

    Raises:
        UsageError: the text can't be kept, or the story has changed elsewhere.
        CoachError: what `assess` raises; nothing is changed then.
    """
    if text.strip() == story.text.strip():
        raise UsageError("The story reads as before: change it first.")
    asked = Asked(question=story.question, principle=story.principle)
    return shelf.add_version(story, text, assess(asked, text))


def with_facts(text: str, feedback: Feedback | None, facts: Sequence[Fact]) -> str:
    """Return a story with facts in it: each in the blank that asked for it, others as sentences at the end."""
    rewrite = feedback.rewrite if feedback is not None else None
    placed, loose = _placed(rewrite, facts)
    if rewrite is not None and placed:
        text = told_so_far(fill(rewrite, placed))
    for fact in loose:
        end = Rewrite(text=f"{text} [{fact.question}]", blanks=(fact.question,))
        text = fill(end, {fact.question: fact.words}).text
    return text


def _placed(rewrite: Rewrite | None, facts: Sequence[Fact]) -> tuple[dict[str, str], list[Fact]]:
    """What goes into which blank: the one with the fact's question, else one that is after the same."""
    blanks = dict(zip(rewrite.blanks, rewrite.asks, strict=False)) if rewrite is not None else {}
    placed: dict[str, str] = {}
    loose = []
    for fact in facts:
        free = [blank for blank, ask in blanks.items() if blank not in placed and ask == fact.criterion]
        blank = fact.question if fact.question in free else next(iter(free), None)
        if blank is None:
            loose.append(fact)
        else:
            placed[blank] = fact.words
    return placed, loose


def _lacking(feedback: Feedback) -> tuple[Wanted, ...]:
    if not feedback.graded:
        return ()
    rewrite = feedback.rewrite
    pairs = list(zip(rewrite.asks, rewrite.blanks, strict=False)) if rewrite is not None else []
    follow_ups = {one.criterion: one.question for one in reversed(feedback.follow_ups)}
    pairs += [(gap.criterion, follow_ups.get(gap.criterion, gap.text)) for gap in feedback.gaps]
    found: dict[Criterion, Wanted] = {}
    for criterion, question in pairs:
        if criterion not in _NO_FACT:
            found.setdefault(criterion, Wanted(criterion, question))
    return tuple(found.values())
