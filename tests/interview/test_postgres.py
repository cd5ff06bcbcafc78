"""What the store, the shelf and the archive promise, on a real PostgreSQL server."""

import secrets
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Barrier

import psycopg
import pytest

from coach.errors import StoreError, UsageError
from coach.feedback.feedback import Asked
from coach.interview.archive import delete_all, export_all, import_all, read_archive
from coach.interview.events import Answered, AskedQuestion, Event, Skipped, Started
from coach.interview.store import Store, open_store
from coach.progress.wishes import Wishes
from coach.settings import Settings
from coach.stories.shelf import Shelf
from coach.stories.story import Draft, Fact

from .cluster import Cluster, running_cluster
from .fakes import feedback_on
from .test_store import asked, started

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ODD = "\x00 \U0001f600 'quoted' – ä\n"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture
def settings(cluster: Cluster, tmp_path: Path) -> Settings:
    """A database of its own for each test."""
    name = f"t{secrets.token_hex(6)}"
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return Settings(home=tmp_path / "home", database_url=cluster.url(name))


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    store = open_store(settings)
    yield store
    store.close()


def draft(text: str = "I did it.") -> Draft:
    return Draft(title="A", question="Why?", text=text, feedback=feedback_on(Asked(question="Why?"), text))


def test_events_come_back_in_order_in_a_store_that_is_opened_again(store: Store, settings: Settings) -> None:
    events: list[Event] = [started(), Answered(answer=ODD), Skipped()]
    store.create("a", events[:1])
    assert store.append("a", 1, events[1:])
    again = open_store(settings)
    assert again.load("a") == store.load("a") == tuple(events)
    again.close()
    assert not settings.home.exists()


def test_all_are_listed_latest_first_and_lately_is_the_last_ones(store: Store) -> None:
    for number in (1, 3, 2):
        store.create(f"i{number}", [started(number), asked(f"q{number}")])
    assert [name for name, _ in store.load_all()] == ["i3", "i2", "i1"]
    found = store.lately("asked", before=NOON + timedelta(minutes=3), interviews=1)
    assert [event.question_id for event in found if isinstance(event, AskedQuestion)] == ["q2"]


def test_of_two_that_write_at_once_one_wins(settings: Settings, store: Store) -> None:
    store.create("a", [started()])
    stores = [open_store(settings), open_store(settings)]
    for turn in range(10):
        together = Barrier(2)

        def write(one: int, turn: int = turn, together: Barrier = together) -> bool:
            together.wait(10)
            return stores[one].append("a", turn + 1, [Answered(answer=str(one))])

        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(write, range(2))) == [False, True]
    assert len(store.load("a")) == 11
    for one in stores:
        one.close()


def test_many_may_open_a_new_database_at_once(settings: Settings) -> None:
    together = Barrier(6)

    def begin(number: int) -> None:
        together.wait(10)
        store = open_store(settings)
        store.create(f"i{number}", [started(number)])
        store.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(begin, range(6)))
    store = open_store(settings)
    assert len(list(store.load_all())) == 6
    store.close()


def test_two_processes_lose_nothing(settings: Settings, store: Store) -> None:
    store.create("a", [Started(kind=None, principle=None, level=None, seed=1)])
    shelf = Shelf(store.database)
    story = shelf.save(draft())
    command = [sys.executable, "-m", "tests.interview.writer", str(settings.home), str(settings.database_url)]
    writers = [
        subprocess.Popen([*command, name, "a", story.id, "15"], stderr=subprocess.PIPE) for name in ("x", "y")
    ]
    for one in writers:
        _, said = one.communicate(timeout=120)
        assert one.returncode == 0, said.decode()
    answers = [event.answer for event in store.load("a") if isinstance(event, Answered)]
    assert len(answers) in (15, 16)
    assert len(shelf.get(story.id).facts) >= 15
    assert set(answers) <= {"x", "y"}


def test_what_is_deleted_is_gone_and_does_not_come_back(store: Store) -> None:
    store.create("a", [started()])
    store.delete("a")
    with pytest.raises(StoreError, match="no interview 'a'"):
        store.append("a", 1, [Answered(answer="late")])
    shelf = Shelf(store.database)
    story = shelf.save(draft())
    shelf.delete(story.id)
    with pytest.raises(StoreError, match="no story"):
        shelf.add_version(story, "late")
    with pytest.raises(StoreError, match="no story"):
        shelf.tag(story.id, ["Ownership"])
    assert shelf.list() == ()


def test_stories_come_back_as_they_were(store: Store, settings: Settings) -> None:
    shelf = Shelf(store.database)
    story = shelf.save(draft(ODD))
    story = shelf.add_fact(story, Fact(criterion="result", question="?", words=ODD))
    story = shelf.tag(story.id, ["dive deep", "Ownership"])
    story = shelf.add_version(story, "Another.", facts=1)
    again = open_store(settings)
    assert Shelf(again.database).get(story.id) == story
    again.close()
    assert story.tags == ("Dive Deep", "Ownership")
    with pytest.raises(UsageError, match="changed elsewhere"):
        shelf.add_version(story.model_copy(update={"versions": story.versions[:1]}), "Mine.")


def test_wishes_and_the_archive(store: Store) -> None:
    Wishes(store.database).set_interview_date(date(2030, 1, 2))
    store.create("a", [started()])
    story = Shelf(store.database).save(draft())
    archive = read_archive(export_all(store.database))
    delete_all(store.database)
    assert list(store.load_all()) == []
    assert Wishes(store.database).interview_date() is None
    assert import_all(archive, store.database).stories == (story.id,)
    assert import_all(archive, store.database).interviews_there == ("a",)
    assert Shelf(store.database).get(story.id) == story
    assert Wishes(store.database).interview_date() == date(2030, 1, 2)


def test_a_server_that_is_away_is_one_line_without_a_password(cluster: Cluster, tmp_path: Path) -> None:
    away = f"postgresql://coach:SECRET@127.0.0.1:{cluster.port}/nowhere"
    with pytest.raises(StoreError, match="COACH_DATABASE_URL") as caught:
        open_store(Settings(home=tmp_path, database_url=away))
    assert "\n" not in str(caught.value)
    assert "SECRET" not in str(caught.value)
    assert caught.value.__cause__ is None
