import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from coach.errors import StoreError, UsageError
from coach.interview.store import open_store
from coach.progress.wishes import PER_DAY, Wishes
from coach.settings import Settings

TODAY = date(2026, 3, 10)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", database_url=None)


@pytest.fixture
def wishes(settings: Settings) -> Wishes:
    return Wishes(open_store(settings).database)


def test_the_date_is_kept_until_it_is_forgotten(wishes: Wishes, settings: Settings) -> None:
    assert wishes.interview_date() is None
    for day in (TODAY, TODAY + timedelta(days=9)):
        wishes.set_interview_date(day, today=TODAY)
        assert Wishes(open_store(settings).database).interview_date() == day
    wishes.set_interview_date(None)
    assert wishes.interview_date() is None


def test_a_past_day_is_refused_and_changes_nothing(wishes: Wishes) -> None:
    wishes.set_interview_date(TODAY, today=TODAY)
    with pytest.raises(UsageError, match="2026-03-09 is past"):
        wishes.set_interview_date(TODAY - timedelta(days=1), today=TODAY)
    assert wishes.interview_date() == TODAY


def test_how_much_a_day(wishes: Wishes) -> None:
    assert wishes.per_day() == PER_DAY
    wishes.set_per_day(5)
    assert wishes.per_day() == 5
    for wrong in (0, -1, 21):
        with pytest.raises(UsageError, match="1 to 20"):
            wishes.set_per_day(wrong)
    assert wishes.per_day() == 5


def test_a_damaged_date_is_one_line(wishes: Wishes, settings: Settings) -> None:
    wishes.set_interview_date(TODAY, today=TODAY)
    with closing(sqlite3.connect(settings.home / "interviews.db")) as other, other:
        other.execute("UPDATE wishes SET value = 'soon'")
    with pytest.raises(StoreError, match="set it again"):
        wishes.interview_date()
    wishes.set_interview_date(TODAY, today=TODAY)
    assert wishes.interview_date() == TODAY
