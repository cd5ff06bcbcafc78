import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from coach.errors import CoachError, StoreError, UsageError
from coach.feedback.feedback import Asked
from coach.interview.archive import delete_all, export_all, import_all, read_archive
from coach.interview.database import Database
from coach.interview.events import Answered, AskedQuestion, Assessed, Started
from coach.interview.store import Store, open_store
from coach.progress.wishes import Wishes
from coach.settings import Settings
from coach.stories.shelf import Shelf
from coach.stories.story import Fact
from tests.stories.builders import draft, feedback

from .fakes import feedback_on


def start() -> Started:
    return Started(kind=None, principle=None, level=None, seed=1, at=datetime(2026, 3, 1, tzinfo=UTC))


def question() -> AskedQuestion:
    return AskedQuestion(
        question_id="q-01",
        question="Why?",
        kind="behavioral",
        principle="Dive Deep",
        topic=None,
        key_points=(),
    )


@pytest.fixture
def filled(store: Store) -> Store:
    """Two interviews, one of them with an answer and its feedback, and a story with versions and a fact."""
    words = "SECRET \x00 – ä \U0001f600"
    judged = feedback_on(Asked(question="Why?"), words)
    store.create("a", [start(), question(), Answered(answer=words)])
    store.append("a", 3, [Assessed(turn=0, feedback=judged, complete=True)])
    store.create("b", [start()])
    shelf = Shelf(store.database)
    story = shelf.save(draft("SECRET", feedback("SECRET", {"Dive Deep": 1.5})))
    story = shelf.add_fact(story, Fact(criterion="result", question="?", words="SECRET"))
    shelf.add_version(shelf.tag(story.id, ["Ownership"]), "SECRET two", facts=1)
    Wishes(store.database).set_interview_date(date(2030, 5, 6))
    Wishes(store.database).set_per_day(7)
    return store


def contents(database: Database) -> tuple[Any, ...]:
    wishes = Wishes(database)
    return (
        dict(Store(database).load_all()),
        Shelf(database).list(),
        wishes.interview_date(),
        wishes.per_day(),
    )


def test_everything_comes_back_as_it_was_in_another_home(filled: Store, tmp_path: Path) -> None:
    written = export_all(filled.database)
    other = open_store(Settings(home=tmp_path / "other", database_url=None)).database
    done = import_all(read_archive(written), other)
    assert contents(other) == contents(filled.database)
    assert set(done.interviews) == {"a", "b"}
    assert len(done.stories) == 1
    assert str(done) == "The file holds 2 interviews and 1 story."


def test_what_is_there_stays_as_it_is_and_is_told(filled: Store) -> None:
    written = export_all(filled.database)
    filled.append("b", 1, [question()])
    filled.delete("a")
    before = filled.load("b")
    done = import_all(read_archive(written), filled.database)
    assert (done.interviews, done.interviews_there) == (("a",), ("b",))
    assert (done.stories, len(done.stories_there)) == ((), 1)
    assert str(done).endswith("1 story; 2 of them were here already and stay as they are.")
    assert filled.load("b") == before
    assert len(filled.load("a")) == 4
    assert import_all(read_archive(written), filled.database).interviews == ()


def test_a_date_that_is_set_is_kept(filled: Store, tmp_path: Path) -> None:
    other = open_store(Settings(home=tmp_path / "other", database_url=None)).database
    Wishes(other).set_interview_date(date(2031, 1, 1))
    import_all(read_archive(export_all(filled.database)), other)
    assert Wishes(other).interview_date() == date(2031, 1, 1)


def test_an_empty_coach_has_an_archive_too(store: Store) -> None:
    done = import_all(read_archive(export_all(store.database)), store.database)
    assert str(done) == "The file holds 0 interviews and 0 stories."


def edit(change: Callable[[dict[str, Any]], object]) -> Callable[[str], str]:
    def edited(text: str) -> str:
        data = json.loads(text)
        change(data)
        return json.dumps(data)

    return edited


DAMAGED: dict[str, Callable[[str], str]] = {
    "cut off": lambda text: text[: len(text) // 2],
    "empty": lambda text: "",
    "no json": lambda text: "SECRET",
    "a list": lambda text: "[]",
    "another file": lambda text: '{"archive": "SECRET"}',
    "no interviews": edit(lambda data: data.pop("interviews")),
    "a bad event": edit(lambda data: data["interviews"][0]["events"][1].update(kind="SECRET")),
    "an event too many": edit(
        lambda data: data["interviews"][0]["events"].insert(0, data["interviews"][0]["events"][1])
    ),
    "no events": edit(lambda data: data["interviews"][0].update(events=[])),
    "an id twice": edit(lambda data: data["interviews"][1].update(id=data["interviews"][0]["id"])),
    "a story twice": edit(lambda data: data["stories"].append(data["stories"][0])),
    "an odd id": edit(lambda data: data["stories"][0]["story"].update(id="../SECRET")),
    "no versions": edit(lambda data: data["stories"][0]["story"].update(versions=[])),
    "a version without text": edit(lambda data: data["stories"][0]["story"]["versions"][0].pop("text")),
    "versions out of order": edit(lambda data: data["stories"][0]["story"]["versions"].reverse()),
    "facts that are not there": edit(lambda data: data["stories"][0]["story"]["versions"][1].update(facts=5)),
    "bad feedback": edit(
        lambda data: data["stories"][0]["story"]["versions"][0]["feedback"].update(kind="SECRET")
    ),
    "an unknown principle": edit(lambda data: data["stories"][0]["story"].update(tags=["SECRET"])),
    "versions that are none": edit(lambda data: data["stories"][0]["story"].update(versions="SECRET")),
    "a bad date": edit(lambda data: data["wishes"].update(interview_date="SECRET")),
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_file_is_refused_in_one_line(filled: Store, damage: str) -> None:
    with pytest.raises(UsageError, match="Nothing was imported") as caught:
        read_archive(DAMAGED[damage](export_all(filled.database)))
    assert "\n" not in str(caught.value)
    assert "SECRET" not in str(caught.value)


@pytest.mark.parametrize(
    "newer",
    [
        edit(lambda data: data.update(version=2)),
        edit(lambda data: data["interviews"][0].update(format=99)),
        edit(lambda data: data["stories"][0].update(format=99)),
    ],
)
def test_what_a_newer_coach_wrote_is_said_to_be_so(filled: Store, newer: Callable[[str], str]) -> None:
    with pytest.raises(StoreError, match="newer coach"):
        read_archive(newer(export_all(filled.database)))


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UsageError):
        read_archive(b"\xff\xfe\x00PDF")


def test_an_import_that_fails_half_way_changes_nothing(filled: Store, tmp_path: Path) -> None:
    archive = read_archive(export_all(filled.database))
    other = open_store(Settings(home=tmp_path / "other", database_url=None)).database
    with other.work() as connection:
        connection.exec_driver_sql("DROP TABLE story_tags")
    with pytest.raises(CoachError):
        import_all(archive, other)
    assert list(Store(other).load_all()) == []


def test_everything_can_be_deleted_and_is_gone_from_the_disk(filled: Store, settings: Settings) -> None:
    def on_disk() -> bytes:
        return b"".join(path.read_bytes() for path in settings.home.iterdir())

    assert b"SECRET" in on_disk()
    delete_all(filled.database)
    assert contents(filled.database) == ({}, (), None, 3)
    assert b"SECRET" not in on_disk()
    assert b"2030-05-06" not in on_disk()
