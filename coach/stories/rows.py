"""Stories as rows of the database, and back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict, ValidationError

from coach.errors import StoreError
from coach.interview.events import FORMAT, Assessed, Moment, read_event, write_event
from coach.interview.tables import FACTS, STORIES, TAGS, VERSIONS, sortable
from coach.stories.story import Fact, Story, Version

_Model = TypeVar("_Model", bound=BaseModel)


class Head(BaseModel):
    """What the row of the story itself says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    question: str
    principle: str | None


class _VersionRow(BaseModel):
    """Its feedback is kept as the event that brings feedback, so that one reader knows all older formats."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    at: Moment
    facts: int
    assessed: str | None


def insert_story(connection: sa.Connection, story: Story) -> None:
    """Store a story that is not there yet, with all its parts."""
    head = Head(title=story.title, question=story.question, principle=story.principle)
    row = {"id": story.id, "created_at": sortable(story.created_at), "format": FORMAT}
    connection.execute(STORIES.insert().values(**row, payload=head.model_dump_json()))
    for version in story.versions:
        connection.execute(VERSIONS.insert().values(version_row(story.id, version)))
    for number, fact in enumerate(story.facts, start=1):
        connection.execute(FACTS.insert().values(fact_row(story.id, number, fact)))
    for name in story.tags:
        connection.execute(TAGS.insert().values(story_id=story.id, principle=name))


def version_row(story_id: str, version: Version) -> dict[str, object]:
    """Return a version as its row."""
    feedback = version.feedback
    event = None if feedback is None else Assessed(at=version.at, turn=0, feedback=feedback, complete=True)
    row = _VersionRow(
        text=version.text,
        at=version.at,
        facts=version.facts,
        assessed=None if event is None else write_event(event),
    )
    return {
        "story_id": story_id,
        "number": version.number,
        "format": FORMAT,
        "payload": row.model_dump_json(),
    }


def fact_row(story_id: str, number: int, fact: Fact) -> dict[str, object]:
    """Return a fact as its row."""
    return {"story_id": story_id, "number": number, "format": FORMAT, "payload": fact.model_dump_json()}


def read_story(
    row: sa.Row[Any],
    versions: Sequence[sa.Row[Any]],
    facts: Sequence[sa.Row[Any]],
    tags: Sequence[sa.Row[Any]],
) -> Story:
    """Put a story together from its rows, parts in the order of their numbers.

    Raises:
        StoreError: a newer coach wrote it, or it is damaged; the line names the story.
    """
    try:
        head = _load(Head, row)
        return Story(
            id=row.id,
            created_at=datetime.fromisoformat(row.created_at),
            title=head.title,
            question=head.question,
            principle=head.principle,
            tags=tuple(sorted(tag.principle for tag in tags)),
            versions=tuple(_version(one) for one in versions),
            facts=tuple(_load(Fact, one) for one in facts),
        )
    except StoreError as error:
        raise StoreError(f"Story {row.id} can't be read. {error}") from None


def _version(row: sa.Row[Any]) -> Version:
    stored = _load(_VersionRow, row)
    feedback = None
    if stored.assessed is not None:
        event = read_event(row.format, stored.assessed)
        feedback = event.feedback if isinstance(event, Assessed) else None
    return Version(number=row.number, text=stored.text, at=stored.at, facts=stored.facts, feedback=feedback)


def _load(model: type[_Model], row: sa.Row[Any]) -> _Model:
    if row.format > FORMAT:
        raise StoreError(
            f"A newer coach wrote it (format {row.format}, this one reads up to {FORMAT}): update the coach."
        )
    try:
        return model.model_validate_json(row.payload)
    except ValidationError:
        raise StoreError("A part of it is damaged: restore a copy of the database, or delete it.") from None
