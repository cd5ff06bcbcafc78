"""What the user wants of the practice: when the interview is, and how much a day."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from coach.errors import StoreError, UsageError
from coach.interview.database import Database, RowRefused
from coach.interview.tables import WISHES

_DATE, _PER_DAY = "interview_date", "per_day"
PER_DAY, MOST_PER_DAY = 3, 20


@dataclass(frozen=True)
class Wishes:
    """Kept in the interviews' database; `Wishes(store.database)` builds it. Safe to use from several programs.

    Every method raises `StoreError`, in one line, when the database fails.
    """

    database: Database

    def interview_date(self) -> date | None:
        """Return when the interview is; None: nobody has said so."""
        stored = self._get(_DATE)
        try:
            return date.fromisoformat(stored) if stored else None
        except ValueError:
            raise StoreError("The interview's date is damaged in the database: set it again.") from None

    def set_interview_date(self, day: date | None, today: date | None = None) -> None:
        """Set when the interview is; None forgets it.

        Raises:
            UsageError: the day is past (before `today`, the present one by default).
        """
        if day is not None and day < (today or date.today()):
            raise UsageError(f"{day:%Y-%m-%d} is past: give the day of an interview to come.")
        self._set(_DATE, day.isoformat() if day else None)

    def per_day(self) -> int:
        """Return how many exercises a day are wanted (`PER_DAY` where nobody has said so)."""
        stored = self._get(_PER_DAY)
        return int(stored) if stored and stored.isdecimal() else PER_DAY

    def set_per_day(self, exercises: int) -> None:
        """Set how many exercises a day are wanted.

        Raises:
            UsageError: not between 1 and `MOST_PER_DAY`.
        """
        if not 1 <= exercises <= MOST_PER_DAY:
            raise UsageError(f"{exercises} exercises a day can't be planned: choose 1 to {MOST_PER_DAY}.")
        self._set(_PER_DAY, str(exercises))

    def _get(self, name: str) -> str | None:
        with self.database.work() as connection:
            value: str | None = connection.scalar(sa.select(WISHES.c.value).where(WISHES.c.name == name))
            return value

    def _set(self, name: str, value: str | None) -> None:
        try:
            self._put(name, value)
        except RowRefused:  # another program has put it there meanwhile
            self._put(name, value)

    def _put(self, name: str, value: str | None) -> None:
        with self.database.work() as connection:
            connection.execute(WISHES.delete().where(WISHES.c.name == name))
            if value is not None:
                connection.execute(WISHES.insert().values(name=name, value=value))
