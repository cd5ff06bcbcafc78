"""Stories and feedback as the tests need them, without any model."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from coach.feedback.feedback import Criterion, Feedback, FollowUp, Gap, Rewrite, ShownPrinciple
from coach.feedback.sentences import split_sentences
from coach.stories.story import Draft, Story, Version

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def feedback(
    text: str = "I did it.",
    shows: Mapping[str, float] | None = None,
    blanks: Mapping[str, Criterion] | None = None,
    gaps: Sequence[Criterion] = (),
    overall: float = 3.0,
) -> Feedback:
    """Graded feedback; each of `blanks` (question to criterion) stands at the end of its rewrite."""
    asks = blanks or {}
    return Feedback(
        question="Why?",
        kind="behavioral",
        graded=True,
        overall=overall,
        low=overall - 0.5,
        high=overall + 0.5,
        components={"situation": 1.0, "task": 1.0, "action": 1.5, "result": 0.5},
        sentences=tuple(
            {"index": s.index, "start": s.start, "end": s.end, "text": s.text, "tag": "A", "confidence": 0.9}
            for s in split_sentences(text)
        ),
        principles=tuple(
            ShownPrinciple(name=name, strength=strength, sentences=(0,))
            for name, strength in (shows or {}).items()
        ),
        gaps=tuple(Gap(criterion=one, text=f"No {one}.", sentences=(0,)) for one in (*asks.values(), *gaps)),
        follow_ups=tuple(
            FollowUp(question=f"What about the {one}?", criterion=one, sentences=(0,)) for one in gaps
        ),
        rewrite=Rewrite(
            text=" ".join([text, *(f"[{blank}]" for blank in asks)]),
            blanks=tuple(asks),
            asks=tuple(asks.values()),
        )
        if asks
        else None,
    )


def draft(text: str = "I did it.", given: Feedback | None = None, title: str = "A story") -> Draft:
    return Draft(title=title, question="Why?", text=text, principle="Dive Deep", feedback=given)


def story(
    story_id: str, text: str = "I did it.", shows: Mapping[str, float] | None = None, *tags: str
) -> Story:
    """A story with one version; without `tags`, those that it shows."""
    given = None if shows is None else feedback(text, shows)
    own = tags or tuple(name for name, strength in (shows or {}).items() if strength >= 1)
    return Story(
        id=story_id,
        title=story_id,
        question="Why?",
        principle=None,
        created_at=NOON,
        tags=own,
        versions=(Version(number=1, text=text, at=NOON, feedback=given),),
    )
