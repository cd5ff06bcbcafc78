"""The database that interviews and stories are kept in: opened, made private, wiped, its errors in one line.

SQLite in the coach's home, or any database by URL (PostgreSQL is what we mean). SQLite's connections are
opened for each piece of work: nothing is left open behind it, and any thread or process may take part.
"""

import logging
import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateTable

from coach.errors import SettingsError, StoreError
from coach.settings import Settings

log = logging.getLogger(__name__)


class RowRefused(StoreError):
    """A row stands where one was to be put, or what it belongs to is gone."""


@dataclass(frozen=True)
class Database:
    """Build it with `open_database`; `patience` is how many seconds to wait for another program that writes.

    Both methods raise `StoreError`, in one line, when the database is locked, damaged, full or away.
    """

    engine: sa.Engine
    patience: float

    @property
    def address(self) -> str:
        """Where it is, without a password."""
        url = self.engine.url
        return str(url.database) if self.is_file else url.render_as_string()

    @property
    def is_file(self) -> bool:
        """Whether it is a SQLite file."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def work(self) -> Iterator[sa.Connection]:
        """One transaction, on the disk when it ends.

        Raises:
            RowRefused: a row was in the way, or one that is needed is missing; nothing was changed.
        """
        try:
            with self.engine.begin() as connection:
                yield connection
        except sa.exc.IntegrityError:
            raise RowRefused("The interviews' database has changed meanwhile: try again.") from None
        except (sa.exc.SQLAlchemyError, sqlite3.Error) as error:
            raise self._told(error) from None

    def wipe(self, what: str = "The interview is") -> None:
        """Remove every trace of what was deleted from a SQLite database's files; a server does so by itself.

        `what` begins the line that says why it could not be done yet.

        Deleted rows are overwritten with zeros (secure_delete), but copies of them stay in pages that were
        once rebalanced: only a rewrite of the file removes those. The first checkpoint brings the zeros
        into the file before the rewrite shortens it, the second empties the log of the rewrite.
        """
        if not self.is_file:
            return
        checkpoint = "PRAGMA wal_checkpoint(TRUNCATE)"
        try:
            with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                held = connection.exec_driver_sql(checkpoint).scalar_one()
                connection.exec_driver_sql("VACUUM")
                held += connection.exec_driver_sql(checkpoint).scalar_one()
        except (sa.exc.SQLAlchemyError, sqlite3.Error) as error:
            log.warning("The interviews' database could not be rewritten: %s", _first_line(error))
            held = 1
        if held:
            raise StoreError(
                f"{what} deleted, but another program is using the database, so its text may still "
                "be on the disk: close that program; the next deletion wipes this one too."
            )

    def _told(self, error: Exception) -> StoreError:
        reason = _first_line(error)
        if "locked" in reason:
            line = f"has been held by another program for {self.patience:g} s: close that, or try again."
        elif "malformed" in reason or "not a database" in reason:
            line = "is damaged: put a copy of it in its place, or move it away to begin anew."
        elif "unable to open" in reason or "readonly" in reason:
            line = "can't be opened for writing: check the rights of the file and of its folder."
        elif "full" in reason:
            line = "can't grow: the disk is full. Make room, then try again."
        else:
            line = f"can't be used: {reason}. Check it and COACH_DATABASE_URL, then try again."
        return StoreError(f"The interviews' database ({self.address}) {line}")


def open_database(settings: Settings, schema: sa.MetaData, patience: float) -> Database:
    """Open the database and make what it lacks of `schema`.

    A SQLite file, and the home it lies in, are made readable by their owner only.

    Raises:
        StoreError: it can't be opened.
        SettingsError: COACH_DATABASE_URL can't be understood, or its driver is missing.
    """
    url = _url(settings)
    local = url.get_backend_name() == "sqlite"
    try:
        if local:
            waiting = {"timeout": patience}
            engine = sa.create_engine(url, poolclass=NullPool, hide_parameters=True, connect_args=waiting)
        else:
            engine = sa.create_engine(url, pool_pre_ping=True, hide_parameters=True)
    except (ImportError, sa.exc.NoSuchModuleError):
        name = url.get_driver_name() if url.drivername.count("+") else url.drivername
        raise SettingsError(
            f"COACH_DATABASE_URL needs the driver {name!r}: install it with pip, or unset COACH_DATABASE_URL."
        ) from None
    database = Database(engine, patience)
    if local:
        sa.event.listen(engine, "connect", _prepare)
        _make_private(settings.home, Path(str(url.database)))
    try:
        _create(database, schema)
    except RowRefused:  # PostgreSQL, when two programs create one table at once
        _create(database, schema)
    return database


def _create(database: Database, schema: sa.MetaData) -> None:
    with database.work() as connection:
        if database.is_file and connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() != "wal":
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        for table in schema.sorted_tables:
            connection.execute(CreateTable(table, if_not_exists=True))


def _url(settings: Settings) -> sa.URL:
    if settings.database_url is None:
        return sa.URL.create("sqlite", database=str(settings.home / "interviews.db"))
    try:
        url = sa.make_url(settings.database_url)
        in_memory = url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:")
    except (sa.exc.ArgumentError, ValueError):
        in_memory = True
    if in_memory:
        raise SettingsError(
            "COACH_DATABASE_URL can't be used: write postgresql://USER:PASSWORD@HOST/NAME, or unset it."
        )
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgres", "postgresql") else url


def _make_private(home: Path, file: Path) -> None:
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        mode = home.stat().st_mode
        if mode & 0o077 and not mode & stat.S_ISVTX:  # a folder like /tmp is everybody's
            home.chmod(0o700)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        file.chmod(0o600)
    except OSError as error:
        raise StoreError(
            f"The interviews' database ({file}) can't be opened: {error.strerror}. "
            "Check the rights of its folder, or set COACH_HOME to another one."
        ) from None


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    for pragma in ("synchronous = FULL", "secure_delete = ON", "foreign_keys = ON", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}")


def _first_line(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).strip().partition("\n")[0].rstrip(".")
