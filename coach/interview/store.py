"""The events of all interviews: appended, never changed, and gone for good when they are deleted."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from coach.errors import StoreError
from coach.interview.database import Database, RowRefused, open_database
from coach.interview.events import FORMAT, Event, read_event, write_event
from coach.interview.tables import EVENTS, INTERVIEWS, SCHEMA, sortable
from coach.interview.unreadable import Unreadable
from coach.settings import Settings


@dataclass(frozen=True)
class Store:
    """Build it with `open_store`; safe to use from several threads and processes.

    Every method raises `StoreError`, in one line, when the database is locked, damaged, full or away.
    """

    database: Database

    def create(self, interview_id: str, events: Sequence[Event]) -> None:
        """Store a new interview with its first events, the very first of which is `Started`."""
        row = {"id": interview_id, "started_at": sortable(events[0].at)}
        with self.database.work() as connection:
            connection.execute(INTERVIEWS.insert().values(row))
            connection.execute(EVENTS.insert(), _rows(interview_id, 0, events))

    def append(self, interview_id: str, after: int, events: Sequence[Event]) -> bool:
        """Store events behind the first `after` ones, all or none; False: others stand there already.

        Raises:
            StoreError: there is no such interview (any more).
        """
        try:
            with self.database.work() as connection:
                connection.execute(EVENTS.insert(), _rows(interview_id, after, events))
        except RowRefused:
            known = sa.select(INTERVIEWS.c.id).where(INTERVIEWS.c.id == interview_id)
            with self.database.work() as connection:
                if connection.scalar(known) is None:
                    raise _missing(interview_id) from None
            return False
        return True

    def load(self, interview_id: str, first: int = 0) -> tuple[Event, ...]:
        """Return the events of an interview in order, from number `first` on.

        Raises:
            StoreError: there is none with this id, unless `first` is above 0; or it can't be read.
        """
        own = (EVENTS.c.interview_id == interview_id, EVENTS.c.seq >= first)
        rows = self._fetch(sa.select(EVENTS).where(*own).order_by(EVENTS.c.seq))
        if not rows and not first:
            raise _missing(interview_id)
        return _events(interview_id, rows)

    def load_all(self) -> Iterator[tuple[str, tuple[Event, ...]]]:
        """Return id and events of every interview, the latest first.

        Raises:
            StoreError: one of them can't be read; the line names it.
        """
        for one in self.look_through():
            if isinstance(one, Unreadable):
                raise StoreError(one.why)
            interview_id, _, events = one
            yield interview_id, events

    def look_through(self) -> Iterator[tuple[str, str, tuple[Event, ...]] | Unreadable]:
        """Return id, start and events of every interview, the latest first; one that can't be read stops no other."""
        order = (INTERVIEWS.c.started_at.desc(), INTERVIEWS.c.id, EVENTS.c.seq)
        rows = self._fetch(sa.select(EVENTS, INTERVIEWS.c.started_at).join(INTERVIEWS).order_by(*order))
        for (name, started_at), own in groupby(rows, key=lambda row: (str(row.interview_id), row.started_at)):
            try:
                yield name, started_at, _events(name, list(own))
            except StoreError as error:
                yield Unreadable(name, started_at, str(error))

    def raw(self, interview_id: str) -> list[dict[str, Any]]:
        """Return the rows of an interview as they lie in the database, whether they can be read or not.

        Raises:
            StoreError: there is none with this id.
        """
        query = sa.select(EVENTS).where(EVENTS.c.interview_id == interview_id).order_by(EVENTS.c.seq)
        rows = self._fetch(query)
        if not rows:
            raise _missing(interview_id)
        return [dict(row._mapping) for row in rows]

    def lately(self, event_type: str, before: datetime, interviews: int) -> tuple[Event, ...]:
        """Return the events of one type in the last `interviews` that were started before a moment.

        An event that can't be read is left out: what it would have told is only a hint at what to ask next, and the
        list of interviews names it.
        """
        last = (
            sa.select(INTERVIEWS.c.id)
            .where(INTERVIEWS.c.started_at < sortable(before))
            .order_by(INTERVIEWS.c.started_at.desc())
            .limit(interviews)
        )
        query = sa.select(EVENTS).where(EVENTS.c.type == event_type, EVENTS.c.interview_id.in_(last))
        found: list[Event] = []
        for row in self._fetch(query):
            with suppress(StoreError):
                found += _events(row.interview_id, [row])
        return tuple(found)

    def delete(self, interview_id: str) -> None:
        """Delete an interview; with SQLite no trace of its text stays in the database's files.

        Raises:
            StoreError: there is none with this id, or its text could not be wiped out yet.
        """
        with self.database.work() as connection:
            connection.execute(EVENTS.delete().where(EVENTS.c.interview_id == interview_id))
            gone = connection.execute(INTERVIEWS.delete().where(INTERVIEWS.c.id == interview_id))
            if gone.rowcount == 0:
                raise _missing(interview_id)
        self.database.wipe()

    def close(self) -> None:
        """Give back the connections to a database server; a SQLite file has none open between two calls."""
        self.database.engine.dispose()

    def _fetch(self, query: sa.Select[Any]) -> Sequence[sa.Row[Any]]:
        with self.database.work() as connection:
            return connection.execute(query).all()


def open_store(settings: Settings, patience: float = 10.0) -> Store:
    """Open the interviews' database, made where there is none yet: COACH_DATABASE_URL, or a file in the home.

    `patience` is how many seconds to wait for another program that writes.

    Raises:
        StoreError: it can't be opened.
        SettingsError: COACH_DATABASE_URL can't be used.
    """
    return Store(open_database(settings, SCHEMA, patience))


def add_interviews(connection: sa.Connection, interviews: Mapping[str, Sequence[Event]]) -> tuple[str, ...]:
    """Store whole interviews, but for those that are there already, whose ids are returned."""
    there = set(connection.scalars(sa.select(INTERVIEWS.c.id)))
    for interview_id, events in interviews.items():
        if interview_id not in there:
            row = {"id": interview_id, "started_at": sortable(events[0].at)}
            connection.execute(INTERVIEWS.insert().values(row))
            connection.execute(EVENTS.insert(), _rows(interview_id, 0, events))
    return tuple(interview_id for interview_id in interviews if interview_id in there)


def _rows(interview_id: str, after: int, events: Sequence[Event]) -> list[dict[str, object]]:
    return [
        {
            "interview_id": interview_id,
            "seq": seq,
            "format": FORMAT,
            "type": event.type,
            "payload": write_event(event),
        }
        for seq, event in enumerate(events, start=after)
    ]


def _events(interview_id: str, rows: Sequence[sa.Row[Any]]) -> tuple[Event, ...]:
    try:
        return tuple(read_event(row.format, row.payload) for row in rows)
    except StoreError as error:
        raise StoreError(f"Interview {interview_id} can't be read. {error}") from None


def _missing(interview_id: str) -> StoreError:
    return StoreError(f"There is no interview {interview_id!r}: `coach sessions list` shows those there are.")
