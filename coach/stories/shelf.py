"""Where stories are kept: beside the interviews, in the same database, with the same care."""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from coach.errors import StoreError, UsageError
from coach.feedback.feedback import Feedback
from coach.interview.database import Database, RowRefused
from coach.interview.events import FORMAT
from coach.interview.questions import principle_named
from coach.interview.tables import FACTS, STORIES, TAGS, VERSIONS
from coach.stories.rows import Head, fact_row, insert_story, read_story, version_row
from coach.stories.story import Draft, Fact, Story, Version, checked_text, checked_title, tags_from

_PARTS = (TAGS, FACTS, VERSIONS)


@dataclass(frozen=True)
class Shelf:
    """All stories; `Shelf(store.database)` builds it. Safe to use from several threads and processes.

    Every method raises `StoreError`, in one line, when the database fails or has no such story, and
    `UsageError` when the story has changed elsewhere since it was read; nothing is changed then.
    """

    database: Database

    def save(self, draft: Draft) -> Story:
        """Keep a new story; its tags are the principles that its feedback shows.

        Raises:
            UsageError: title or text can't be kept as they are.
        """
        now = datetime.now(UTC)
        story = Story(
            id=f"{now:%Y%m%d}-{secrets.token_hex(4)}",
            title=checked_title(draft.title),
            question=draft.question,
            principle=draft.principle,
            created_at=now,
            tags=tags_from(draft.feedback),
            versions=(
                Version(
                    number=1,
                    text=checked_text(draft.text),
                    at=now,
                    facts=len(draft.facts),
                    feedback=draft.feedback,
                ),
            ),
            facts=draft.facts,
        )
        with self.database.work() as connection:
            insert_story(connection, story)
        return story

    def get(self, story_id: str) -> Story:
        """Return one story.

        Raises:
            StoreError: there is none with this id, or it can't be read.
        """
        found = self._read(STORIES.c.id == story_id)
        if not found:
            raise _missing(story_id)
        return found[0]

    def list(self) -> tuple[Story, ...]:
        """Return all stories, the latest first.

        Raises:
            StoreError: one of them can't be read; the line names it.
        """
        return self._read(sa.true())

    def rename(self, story_id: str, title: str) -> Story:
        """Give a story another title."""
        story = self.get(story_id)
        head = Head(title=checked_title(title), question=story.question, principle=story.principle)
        row = {"format": FORMAT, "payload": head.model_dump_json()}
        with self.database.work() as connection:
            changed = connection.execute(STORIES.update().where(STORIES.c.id == story_id).values(row))
            if changed.rowcount == 0:
                raise _missing(story_id)
        return self.get(story_id)

    def tag(self, story_id: str, principles: Iterable[str]) -> Story:
        """Say which principles a story is for; names in any spelling that `principle_named` takes.

        Raises:
            UsageError: a name is none of the sixteen.
        """
        names = dict.fromkeys(principle_named(name) for name in principles)
        try:
            with self.database.work() as connection:
                connection.execute(TAGS.delete().where(TAGS.c.story_id == story_id))
                for name in names:
                    connection.execute(TAGS.insert().values(story_id=story_id, principle=name))
        except RowRefused:
            self.get(story_id)
            raise _gone_on() from None
        return self.get(story_id)

    def add_version(
        self, story: Story, text: str, feedback: Feedback | None = None, facts: int | None = None
    ) -> Story:
        """Add a version behind those of `story`, as it was read; `facts` is how many facts it takes up.

        None for `facts`: as many as the version before. Principles that it shows and no version before it did
        become tags; tags that the user took away stay away.

        Raises:
            UsageError: the text can't be kept, or the story has changed elsewhere.
        """
        version = Version(
            number=len(story.versions) + 1,
            text=checked_text(text),
            facts=story.latest.facts if facts is None else facts,
            feedback=feedback,
        )
        known = {name for one in story.versions for name in tags_from(one.feedback)}
        new = [name for name in tags_from(feedback) if name not in known]
        with self._adding(story.id) as connection:
            connection.execute(VERSIONS.insert().values(version_row(story.id, version)))
            there = set(connection.scalars(sa.select(TAGS.c.principle).where(TAGS.c.story_id == story.id)))
            for name in new:
                if name not in there:
                    connection.execute(TAGS.insert().values(story_id=story.id, principle=name))
        return self.get(story.id)

    def add_fact(self, story: Story, fact: Fact) -> Story:
        """Add a fact behind those of `story`, as it was read."""
        if fact.words.strip():
            checked_text(fact.words)
        with self._adding(story.id) as connection:
            connection.execute(FACTS.insert().values(fact_row(story.id, len(story.facts) + 1, fact)))
        return self.get(story.id)

    def delete(self, story_id: str) -> None:
        """Delete a story; with SQLite no trace of its text stays in the database's files.

        Raises:
            StoreError: there is none with this id, or its text could not be wiped out yet.
        """
        with self.database.work() as connection:
            for table in _PARTS:
                connection.execute(table.delete().where(table.c.story_id == story_id))
            if connection.execute(STORIES.delete().where(STORIES.c.id == story_id)).rowcount == 0:
                raise _missing(story_id)
        self.database.wipe("The story is")

    @contextmanager
    def _adding(self, story_id: str) -> Iterator[sa.Connection]:
        """One transaction that adds a numbered part; that its number is taken is told as what it means."""
        try:
            with self.database.work() as connection:
                yield connection
        except RowRefused:
            self.get(story_id)
            raise _gone_on() from None

    def _read(self, which: sa.ColumnElement[bool]) -> tuple[Story, ...]:
        heads = sa.select(STORIES).where(which).order_by(STORIES.c.created_at.desc(), STORIES.c.id)
        chosen = sa.select(STORIES.c.id).where(which)
        with self.database.work() as connection:
            rows = connection.execute(heads).all()
            # In this order, a version that another program adds meanwhile never counts facts that are not there.
            versions, facts, tags = (
                _by_story(connection.execute(_of(table, chosen)).all()) for table in (VERSIONS, FACTS, TAGS)
            )
        # A story without a version was deleted between two of these queries.
        return tuple(
            read_story(row, versions[row.id], facts.get(row.id, ()), tags.get(row.id, ()))
            for row in rows
            if row.id in versions
        )


def add_stories(connection: sa.Connection, stories: Sequence[Story]) -> tuple[str, ...]:
    """Store whole stories, but for those that are there already, whose ids are returned."""
    there = set(connection.scalars(sa.select(STORIES.c.id)))
    for story in stories:
        if story.id not in there:
            insert_story(connection, story)
    return tuple(story.id for story in stories if story.id in there)


def _of(table: sa.Table, chosen: sa.Select[Any]) -> sa.Select[Any]:
    return sa.select(table).where(table.c.story_id.in_(chosen)).order_by(*table.primary_key.columns)


def _by_story(rows: Sequence[sa.Row[Any]]) -> dict[str, list[sa.Row[Any]]]:
    found: dict[str, list[sa.Row[Any]]] = {}
    for row in rows:
        found.setdefault(row.story_id, []).append(row)
    return found


def _missing(story_id: str) -> StoreError:
    return StoreError(f"There is no story {story_id!r}: the list of stories shows those there are.")


def _gone_on() -> UsageError:
    return UsageError("This story has been changed elsewhere, in another tab perhaps: load it again.")
