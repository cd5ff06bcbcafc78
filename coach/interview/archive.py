"""Everything at once: all interviews and stories as one JSON file, back from it, and gone for good.

    {"archive": "interview-coach", "version": 1, "written_at": ...,
     "interviews": [{"id", "format", "events": [...]}],
     "stories": [{"format", "story": {...}}],
     "wishes": {"interview_date", "per_day"}}

`format` is that of `coach.interview.events`, so that one reader knows all older ones.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from coach.errors import StoreError, UsageError
from coach.interview.database import Database
from coach.interview.events import FORMAT, Assessed, Event, read_event
from coach.interview.fold import fold
from coach.interview.questions import PRINCIPLES
from coach.interview.store import Store, add_interviews
from coach.interview.tables import INTERVIEWS, SCHEMA, STORIES
from coach.progress.wishes import MOST_PER_DAY, Wishes
from coach.stories.shelf import Shelf, add_stories
from coach.stories.story import Story

_VERSION = 1
_Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Interview(_Part):
    id: _Id
    format: int
    events: list[dict[str, Any]]


class _Story(_Part):
    format: int
    story: dict[str, Any]


class _Wishes(_Part):
    interview_date: date | None = None
    per_day: Annotated[int, Field(ge=1, le=MOST_PER_DAY)] | None = None


class _File(_Part):
    archive: Literal["interview-coach"]
    version: int
    written_at: datetime
    interviews: list[_Interview]
    stories: list[_Story]
    wishes: _Wishes = _Wishes()


@dataclass(frozen=True)
class Archive:
    """What a file holds, all of it readable; `read_archive` builds it."""

    interviews: dict[str, tuple[Event, ...]]
    stories: tuple[Story, ...]
    interview_date: date | None
    per_day: int | None


@dataclass(frozen=True)
class Imported:
    """The ids of what was brought back, and of what was there already and left as it is."""

    interviews: tuple[str, ...]
    stories: tuple[str, ...]
    interviews_there: tuple[str, ...]
    stories_there: tuple[str, ...]

    def __str__(self) -> str:
        there = len(self.interviews_there) + len(self.stories_there)
        skipped = f"; {there} of them were here already and stay as they are" if there else ""
        interviews = counted(len(self.interviews) + len(self.interviews_there), "interview", "interviews")
        stories = counted(len(self.stories) + len(self.stories_there), "story", "stories")
        return f"The file holds {interviews} and {stories}{skipped}."


def export_all(database: Database) -> str:
    """Return all interviews, stories and wishes as JSON; `read_archive` reads it.

    Raises:
        StoreError: the database fails, or something in it can't be read; the line names it.
    """
    wishes = Wishes(database)
    file = _File(
        archive="interview-coach",
        version=_VERSION,
        written_at=datetime.now(UTC),
        interviews=[
            _Interview(id=name, format=FORMAT, events=[event.model_dump(mode="json") for event in events])
            for name, events in Store(database).load_all()
        ],
        stories=[
            _Story(format=FORMAT, story=story.model_dump(mode="json")) for story in Shelf(database).list()
        ],
        wishes=_Wishes(interview_date=wishes.interview_date(), per_day=wishes.per_day()),
    )
    return file.model_dump_json(indent=1)


def read_archive(content: str | bytes) -> Archive:
    """Read what `export_all` wrote, and check that all of it can be used.

    Raises:
        UsageError: it is no such file, or a part of it is damaged; the line says which, and none of its text.
        StoreError: a newer coach wrote it.
    """
    try:
        file = _File.model_validate_json(content)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"][:2])
        raise _damaged(where or "the file itself") from None
    if file.version > _VERSION:
        raise StoreError("A newer coach wrote this archive: update the coach, then import it again.")
    interviews = {one.id: _events(one) for one in file.interviews}
    stories = tuple(_story(number, one) for number, one in enumerate(file.stories, start=1))
    if len(interviews) < len(file.interviews) or len({story.id for story in stories}) < len(stories):
        raise _damaged("two entries have the same id")
    return Archive(interviews, stories, file.wishes.interview_date, file.wishes.per_day)


def import_all(archive: Archive, database: Database) -> Imported:
    """Bring everything back with its ids, all or nothing. What is there already stays as it is.

    The interview's date is taken over where none is set.

    Raises:
        StoreError: the database fails; nothing was changed then.
    """
    with database.work() as connection:
        interviews_there = add_interviews(connection, archive.interviews)
        stories_there = add_stories(connection, archive.stories)
    wishes = Wishes(database)
    if archive.interview_date is not None and wishes.interview_date() is None:
        wishes.set_interview_date(archive.interview_date, today=archive.interview_date)
        wishes.set_per_day(archive.per_day or wishes.per_day())
    return Imported(
        interviews=_others(list(archive.interviews), interviews_there),
        stories=_others([story.id for story in archive.stories], stories_there),
        interviews_there=interviews_there,
        stories_there=stories_there,
    )


@dataclass(frozen=True)
class Held:
    """How many there are, whether they can be read or not."""

    interviews: int
    stories: int


def held_in(database: Database) -> Held:
    """Count what `delete_all` would delete.

    Raises:
        StoreError: the database fails.
    """
    with database.work() as connection:
        interviews, stories = (
            connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in (INTERVIEWS, STORIES)
        )
    return Held(interviews, stories)


def delete_all(database: Database) -> None:
    """Delete all interviews, stories and wishes; with SQLite no trace of them stays in the database's files.

    Raises:
        StoreError: the database fails, or the text could not be wiped out yet.
    """
    with database.work() as connection:
        for table in reversed(SCHEMA.sorted_tables):
            connection.execute(table.delete())
    database.wipe("Everything is")


def _events(stored: _Interview) -> tuple[Event, ...]:
    try:
        events = tuple(read_event(stored.format, json.dumps(event)) for event in stored.events)
        fold(stored.id, events)
    except StoreError as error:
        raise _unreadable(stored.format, f"interview {stored.id}", error) from None
    except UsageError:
        raise _damaged(f"interview {stored.id}") from None
    return events


def _story(number: int, stored: _Story) -> Story:
    name = f"story {number}"
    try:
        for version in stored.story.get("versions", ()):
            if version["feedback"] is not None:
                version["feedback"] = _feedback(stored.format, version["at"], version["feedback"])
        # Through JSON, which is stricter with types than Python's own values are.
        story = Story.model_validate_json(json.dumps(stored.story))
    except StoreError as error:
        raise _unreadable(stored.format, name, error) from None
    except (ValidationError, KeyError, TypeError, AttributeError):
        raise _damaged(name) from None
    numbers = [version.number for version in story.versions]
    fits = numbers == list(range(1, len(numbers) + 1)) and all(
        0 <= version.facts <= len(story.facts) for version in story.versions
    )
    if not fits or not set(story.tags) <= set(PRINCIPLES) or not _is_id(story.id):
        raise _damaged(name)
    return story


def _feedback(written_in: int, at: str, feedback: dict[str, Any]) -> dict[str, Any]:
    """Feedback in the present format: read as the event that brings feedback."""
    event = {"type": "assessed", "at": at, "turn": 0, "feedback": feedback, "complete": True}
    read = read_event(written_in, json.dumps(event))
    return read.feedback.model_dump(mode="json") if isinstance(read, Assessed) else feedback


def _is_id(text: str) -> bool:
    try:
        _Interview(id=text, format=FORMAT, events=[])
    except ValidationError:
        return False
    return True


def _others(ids: Sequence[str], there: Sequence[str]) -> tuple[str, ...]:
    return tuple(one for one in ids if one not in there)


def _unreadable(written_in: int, what: str, error: StoreError) -> StoreError | UsageError:
    return StoreError(f"Nothing was imported. {error}") if written_in > FORMAT else _damaged(what)


def _damaged(what: str) -> UsageError:
    return UsageError(
        f"This is no archive of the coach, or it is damaged ({what}). Nothing was imported: choose another file."
    )


def counted(count: int, one: str, many: str) -> str:
    """Return a number with the word that goes with it."""
    return f"{count} {one if count == 1 else many}"
