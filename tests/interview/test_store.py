import random
import sqlite3
import stat
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest

from coach.errors import SettingsError, StoreError
from coach.interview.events import Answered, AskedQuestion, Closed, Event, Skipped, Started
from coach.interview.store import Store, open_store
from coach.settings import Settings

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def started(minutes: int = 0) -> Started:
    return Started(kind=None, principle=None, level=None, seed=1, at=NOON + timedelta(minutes=minutes))


def asked(question_id: str) -> AskedQuestion:
    return AskedQuestion(
        question_id=question_id, question="?", kind="case", principle=None, topic="t", key_points=()
    )


def database(settings: Settings) -> Path:
    return settings.home / "interviews.db"


def on_disk(settings: Settings) -> bytes:
    return b"".join(path.read_bytes() for path in settings.home.iterdir())


def test_events_come_back_in_order_in_a_store_that_is_opened_again(store: Store, settings: Settings) -> None:
    events: list[Event] = [started(), Answered(answer="\x00 \U0001f600 'quoted'\n"), Skipped()]
    store.create("a", events[:1])
    assert store.append("a", 1, events[1:])
    assert store.load("a") == tuple(events)
    assert open_store(settings).load("a") == tuple(events)


def test_all_are_listed_latest_first(store: Store) -> None:
    for name, minutes in (("first", 1), ("third", 3), ("second", 2)):
        store.create(name, [started(minutes), Skipped(at=NOON)])
    assert [name for name, _ in store.load_all()] == ["third", "second", "first"]
    assert all(events == store.load(name) for name, events in store.load_all())


def test_lately_is_the_last_interviews_before_a_moment(store: Store) -> None:
    for minutes in range(5):
        store.create(f"i{minutes}", [started(minutes), asked(f"q{minutes}"), Skipped()])
    found = store.lately("asked", before=NOON + timedelta(minutes=4), interviews=2)
    assert {event.question_id for event in found if isinstance(event, AskedQuestion)} == {"q2", "q3"}
    assert len(found) == 2


@pytest.mark.parametrize(
    "act", [Store.load, Store.delete, lambda store, name: store.append(name, 1, [Skipped()])]
)
def test_an_unknown_interview_is_an_error_that_names_it(
    store: Store, act: Callable[[Store, str], object]
) -> None:
    with pytest.raises(StoreError, match="no interview 'nope'"):
        act(store, "nope")


def test_a_place_that_is_taken_is_left_as_it_is(store: Store) -> None:
    store.create("a", [started()])
    assert store.append("a", 1, [Answered(answer="mine")])
    before = store.load("a")
    assert not store.append("a", 1, [Answered(answer="theirs")])
    assert not store.append("a", 0, [Answered(answer="theirs"), Skipped(), Closed()])
    assert store.load("a") == before


def test_of_two_that_write_at_once_one_wins(settings: Settings, store: Store) -> None:
    store.create("a", [started()])
    stores = [open_store(settings), open_store(settings)]
    for turn in range(20):
        together = Barrier(2)

        def write(one: int, turn: int = turn, together: Barrier = together) -> bool:
            together.wait(10)
            return stores[one].append("a", 2 * turn + 1, [Answered(answer=f"{turn} {one}"), Skipped()])

        with ThreadPoolExecutor(2) as pool:
            won = list(pool.map(write, range(2)))
        assert sorted(won) == [False, True]
        last = store.load("a")[-2]
        assert isinstance(last, Answered)
        assert last.answer == f"{turn} {won.index(True)}"
    assert len(store.load("a")) == 41


def test_many_may_open_a_new_store_at_once(settings: Settings) -> None:
    together = Barrier(8)

    def begin(number: int) -> None:
        together.wait(10)
        open_store(settings).create(f"i{number}", [started(number)])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(begin, range(8)))
    assert len(list(open_store(settings).load_all())) == 8


def test_what_is_deleted_is_gone_and_does_not_come_back(store: Store) -> None:
    store.create("a", [started()])
    store.create("b", [started()])
    store.delete("a")
    with pytest.raises(StoreError, match="no interview"):
        store.append("a", 1, [Answered(answer="late")])
    with pytest.raises(StoreError, match="no interview"):
        store.load("a")
    assert store.load("b")


@pytest.mark.parametrize(
    ("seed", "steps", "lengths"),
    # In the first three, what SQLite alone would do (secure_delete) leaves copies of what was deleted.
    [(17, 60, [1, 3, 30]), (17, 40, [1, 3, 30]), (14, 40, [1, 3, 30]), (1, 60, [1, 30, 200, 800])],
)
def test_no_byte_of_a_deleted_answer_stays_on_the_disk(
    store: Store, settings: Settings, seed: int, steps: int, lengths: list[int]
) -> None:
    """Answers of all lengths, interleaved, so that the file's pages were split and merged often."""
    chance = random.Random(seed)
    counts = {f"interview{number:02}": 0 for number in range(10)}
    for name in counts:
        store.create(name, [started()])
    for _ in range(steps):
        name = chance.choice(list(counts))
        counts[name] += 1
        words = f"SECRET-{name} " * chance.choice(lengths)
        assert store.append(name, counts[name], [Answered(answer=words, at=NOON)])
    assert b"SECRET-interview00" in on_disk(settings)
    kept = list(counts)[1::2]
    for name in list(counts)[::2]:
        store.delete(name)
        assert name.encode() not in on_disk(settings)
    assert all(f"SECRET-{name}".encode() in on_disk(settings) for name in kept if counts[name])
    assert [len(store.load(name)) for name in kept] == [counts[name] + 1 for name in kept]


def test_a_deleted_answer_is_gone_while_another_program_has_the_store_open(
    store: Store, settings: Settings
) -> None:
    with closing(sqlite3.connect(database(settings))) as other:
        store.create("a", [started(), Answered(answer="SECRET-a")])
        assert other.execute("SELECT count(*) FROM events").fetchone() == (2,)
        store.delete("a")
        assert b"SECRET-a" not in on_disk(settings)


def test_a_deletion_that_could_not_be_wiped_is_not_called_done(settings: Settings) -> None:
    store = open_store(settings, patience=0.1)
    store.create("a", [started(), Answered(answer="SECRET-a")])
    store.create("b", [started()])
    with closing(sqlite3.connect(database(settings))) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM events").fetchone()
        with pytest.raises(StoreError, match="is deleted, but another program"):
            store.delete("a")
    assert [name for name, _ in store.load_all()] == ["b"]
    store.delete("b")
    assert b"SECRET-a" not in on_disk(settings)


@pytest.mark.skipif(sys.platform == "win32", reason="no such rights there")
def test_only_their_owner_can_read_them(settings: Settings) -> None:
    def rights(path: Path) -> int:
        return stat.S_IMODE(path.stat().st_mode)

    settings.home.mkdir(mode=0o755)
    database(settings).touch(mode=0o644)
    store = open_store(settings)
    assert rights(settings.home) == 0o700
    with closing(sqlite3.connect(database(settings))) as reader:  # keeps the log there
        reader.execute("SELECT * FROM events").fetchall()
        store.create("a", [started()])
        assert {path.name: rights(path) for path in settings.home.iterdir()} == {
            "interviews.db": 0o600,
            "interviews.db-wal": 0o600,
            "interviews.db-shm": 0o600,
        }


@pytest.mark.skipif(sys.platform == "win32", reason="no such rights there")
def test_a_home_that_is_everybodys_folder_stays_so(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    open_store(Settings(home=shared, database_url=None))
    assert stat.S_IMODE(shared.stat().st_mode) == 0o1777
    assert stat.S_IMODE((shared / "interviews.db").stat().st_mode) == 0o600


def test_every_connection_is_as_safe_as_can_be(store: Store) -> None:
    with store.database.work() as connection:
        wanted = {
            "journal_mode": "wal",
            "synchronous": 2,
            "secure_delete": 1,
            "foreign_keys": 1,
            "busy_timeout": 10000,
        }
        assert {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted} == wanted


def one_line(error: StoreError) -> str:
    assert "\n" not in str(error)
    assert "SECRET" not in str(error)
    assert error.__cause__ is None
    return str(error)


def test_a_file_that_is_no_database_is_an_error(settings: Settings) -> None:
    settings.home.mkdir()
    database(settings).write_bytes(b"not a database at all, but rather long " * 100)
    with pytest.raises(StoreError, match="is damaged") as caught:
        open_store(settings)
    assert str(database(settings)) in one_line(caught.value)


def test_a_damaged_page_is_an_error(store: Store, settings: Settings) -> None:
    store.create("a", [started(), *(Answered(answer="SECRET " * 2000) for _ in range(5))])
    whole = database(settings).read_bytes()
    database(settings).write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(StoreError, match="is damaged") as caught:
        store.load("a")
    one_line(caught.value)


def test_a_database_that_is_held_by_another_is_an_error(settings: Settings) -> None:
    store = open_store(settings, patience=0.1)
    store.create("a", [started()])
    with closing(sqlite3.connect(database(settings), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="held by another program") as caught:
            store.append("a", 1, [Answered(answer="SECRET")])
        one_line(caught.value)
        assert len(store.load("a")) == 1
        other.execute("ROLLBACK")
    assert store.append("a", 1, [Answered(answer="SECRET")])


def test_a_home_that_is_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(StoreError, match="COACH_HOME") as caught:
        open_store(Settings(home=tmp_path / "home", database_url=None))
    one_line(caught.value)


def test_a_damaged_event_names_its_interview(store: Store, settings: Settings) -> None:
    store.create("a", [started(), Answered(answer="SECRET")])
    with closing(sqlite3.connect(database(settings))) as other, other:
        other.execute("UPDATE events SET payload = substr(payload, 2) WHERE seq = 1")
    for read in (lambda: store.load("a"), lambda: list(store.load_all())):
        with pytest.raises(StoreError, match="Interview a can't be read") as caught:
            read()
        one_line(caught.value)


@pytest.mark.parametrize("url", ["nonsense", "sqlite://", "sqlite:///:memory:", "postgresql://host:port/x"])
def test_an_address_that_can_not_be_used_is_a_settings_error(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingsError, match="COACH_DATABASE_URL can't be used"):
        open_store(Settings(home=tmp_path, database_url=url))


def test_a_driver_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="driver 'nodriver'"):
        open_store(Settings(home=tmp_path, database_url="postgresql+nodriver://u:SECRET@localhost/x"))


def test_a_sqlite_file_by_url_is_used(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'elsewhere.db'}"
    store = open_store(Settings(home=tmp_path / "home", database_url=url))
    store.create("a", [started()])
    assert (tmp_path / "elsewhere.db").stat().st_size > 0
    assert store.database.address == str(tmp_path / "elsewhere.db")
