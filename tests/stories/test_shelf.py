import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier

import pytest

from coach.errors import StoreError, UsageError
from coach.interview.events import Started
from coach.interview.store import Store, open_store
from coach.settings import Settings
from coach.stories.shelf import Shelf
from coach.stories.story import Fact, Story

from .builders import draft, feedback


def on_disk(settings: Settings) -> bytes:
    return b"".join(path.read_bytes() for path in settings.home.iterdir())


def fact(words: str = "By 40%.") -> Fact:
    return Fact(criterion="measured", question="By how much?", words=words)


def test_a_story_comes_back_as_it_was_saved(shelf: Shelf, settings: Settings) -> None:
    given = feedback(shows={"Dive Deep": 1.5, "Ownership": 0.5})
    saved = shelf.save(draft("\x00 \U0001f600 – ä", given, title="Latency"))
    assert saved.title == "Latency"
    assert saved.tags == ("Dive Deep",)
    assert saved.latest.feedback == given
    assert Shelf(open_store(settings).database).get(saved.id) == saved
    assert shelf.list() == (saved,)


def test_versions_are_only_added(shelf: Shelf) -> None:
    first = shelf.save(draft("One.", feedback(shows={"Dive Deep": 1.5})))
    second = shelf.add_version(first, "Two.", feedback("Two.", {"Dive Deep": 2.0}, overall=4.0))
    assert [one.text for one in second.versions] == ["One.", "Two."]
    assert [one.overall for one in second.versions] == [3.0, 4.0]
    assert second.versions[0] == first.latest
    assert second.versions[1].at >= first.latest.at


def test_new_principles_become_tags_but_not_those_that_were_taken_away(shelf: Shelf) -> None:
    saved = shelf.save(draft("One.", feedback(shows={"Dive Deep": 1.5, "Frugality": 1.5})))
    saved = shelf.tag(saved.id, ["dive deep", "ownership LP"])
    assert saved.tags == ("Dive Deep", "Ownership")
    saved = shelf.add_version(saved, "Two.", feedback(shows={"Frugality": 2.0, "Think Big": 1.2}))
    assert saved.tags == ("Dive Deep", "Ownership", "Think Big")
    assert shelf.tag(saved.id, []).tags == ()


def test_an_unknown_principle_changes_nothing(shelf: Shelf) -> None:
    saved = shelf.save(draft("One.", feedback(shows={"Dive Deep": 1.5})))
    with pytest.raises(UsageError, match="names no one principle"):
        shelf.tag(saved.id, ["Ownership", "Patience"])
    assert shelf.get(saved.id) == saved


def test_a_story_can_be_renamed(shelf: Shelf) -> None:
    saved = shelf.save(draft())
    assert shelf.rename(saved.id, "Better").title == "Better"
    assert shelf.get(saved.id).versions == saved.versions


def test_the_latest_comes_first(shelf: Shelf) -> None:
    names = [shelf.save(draft(title=name)).id for name in "abc"]
    assert [story.id for story in shelf.list()] == names[::-1]


@pytest.mark.parametrize(
    "act",
    [
        lambda shelf, story: shelf.get("nope"),
        lambda shelf, story: shelf.delete("nope"),
        lambda shelf, story: shelf.rename("nope", "A"),
        lambda shelf, story: shelf.tag("nope", ["Ownership"]),
        lambda shelf, story: shelf.add_fact(story.model_copy(update={"id": "nope"}), fact()),
        lambda shelf, story: shelf.add_version(story.model_copy(update={"id": "nope"}), "x"),
    ],
)
def test_an_unknown_story_is_an_error_that_names_it(
    shelf: Shelf, act: Callable[[Shelf, Story], object]
) -> None:
    with pytest.raises(StoreError, match="no story 'nope'"):
        act(shelf, shelf.save(draft()))


def test_a_story_that_changed_elsewhere_is_left_as_it_is(shelf: Shelf) -> None:
    seen = shelf.save(draft())
    shelf.add_version(seen, "Two.")
    now = shelf.add_fact(seen, fact())
    for act in (lambda: shelf.add_version(seen, "Mine."), lambda: shelf.add_fact(seen, fact("mine"))):
        with pytest.raises(UsageError, match="changed elsewhere"):
            act()
    assert shelf.get(seen.id) == now


def test_a_version_does_not_lose_a_fact_that_came_meanwhile(shelf: Shelf) -> None:
    seen = shelf.save(draft())
    shelf.add_fact(seen, fact())
    now = shelf.add_version(seen, "Two.")
    assert now.pending == now.facts != ()


def test_of_two_that_add_at_once_one_wins(shelf: Shelf, settings: Settings) -> None:
    saved = shelf.save(draft())
    shelves = [Shelf(open_store(settings).database) for _ in range(2)]
    for _ in range(10):
        together, seen = Barrier(2), shelf.get(saved.id)

        def add(one: int, together: Barrier = together, seen: Story = seen) -> bool:
            together.wait(10)
            try:
                shelves[one].add_version(seen, f"Told by {one}.")
            except UsageError:
                return False
            return True

        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(add, range(2))) == [False, True]
    assert [one.number for one in shelf.get(saved.id).versions] == list(range(1, 12))


def test_two_processes_lose_nothing(store: Store, shelf: Shelf, settings: Settings) -> None:
    store.create("a", [Started(kind=None, principle=None, level=None, seed=1)])
    saved = shelf.save(draft())
    command = [sys.executable, "-m", "tests.interview.writer", str(settings.home), ""]
    writers = [
        subprocess.Popen([*command, name, "a", saved.id, "15"], stderr=subprocess.PIPE) for name in ("x", "y")
    ]
    for one in writers:
        _, said = one.communicate(timeout=120)
        assert one.returncode == 0, said.decode()
    facts = shelf.get(saved.id).facts
    assert len(facts) in (15, 16)
    assert {one.words for one in facts} <= {"x", "y"}


def test_no_byte_of_a_deleted_story_stays_on_the_disk(shelf: Shelf, settings: Settings) -> None:
    kept, gone = (
        shelf.save(draft(f"SECRET-{name} " * 300, feedback(f"SECRET-{name}."), title=f"SECRET-{name}"))
        for name in ("kept", "gone")
    )
    for name, story in (("kept", kept), ("gone", gone)):
        for number in range(8):
            story = shelf.add_fact(story, fact(f"SECRET-{name} " * number * 17))
            story = shelf.add_version(story, f"SECRET-{name} " * (number * 33 + 1))
    shelf.rename(gone.id, "SECRET-gone again")
    assert b"SECRET-gone" in on_disk(settings)
    shelf.delete(gone.id)
    assert b"SECRET-gone" not in on_disk(settings)
    assert gone.id.encode() not in on_disk(settings)
    assert len(shelf.get(kept.id).versions) == 9


def test_a_deletion_that_could_not_be_wiped_is_not_called_done(settings: Settings) -> None:
    shelf = Shelf(open_store(settings, patience=0.1).database)
    saved = shelf.save(draft())
    with closing(sqlite3.connect(settings.home / "interviews.db")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM stories").fetchone()
        with pytest.raises(StoreError, match="The story is deleted, but another program"):
            shelf.delete(saved.id)
    assert shelf.list() == ()


@pytest.mark.parametrize("table", ["stories", "story_versions", "story_facts"])
def test_a_damaged_story_is_named_and_nothing_of_it_told(
    shelf: Shelf, settings: Settings, table: str
) -> None:
    saved = shelf.add_fact(shelf.save(draft("SECRET")), fact("SECRET"))
    with closing(sqlite3.connect(settings.home / "interviews.db")) as other, other:
        other.execute(f"UPDATE {table} SET payload = substr(payload, 2)")
    with pytest.raises(StoreError, match=f"Story {saved.id} can't be read") as caught:
        shelf.list()
    assert "SECRET" not in str(caught.value)
    assert "\n" not in str(caught.value)
    shelf.delete(saved.id)


def test_what_a_newer_coach_wrote_is_said_to_be_so(shelf: Shelf, settings: Settings) -> None:
    shelf.save(draft())
    with closing(sqlite3.connect(settings.home / "interviews.db")) as other, other:
        other.execute("UPDATE story_versions SET format = 99")
    with pytest.raises(StoreError, match="newer coach"):
        shelf.list()


def test_a_database_from_before_there_were_stories_gets_their_tables(settings: Settings) -> None:
    store = open_store(settings)
    store.create("a", [Started(kind=None, principle=None, level=None, seed=1)])
    with closing(sqlite3.connect(settings.home / "interviews.db")) as other, other:
        for table in ("story_tags", "story_facts", "story_versions", "stories", "wishes"):
            other.execute(f"DROP TABLE {table}")
    again = open_store(settings)
    assert Shelf(again.database).save(draft()).title == "A story"
    assert len(again.load("a")) == 1


@pytest.mark.parametrize(("title", "text"), [("", "x"), ("x", " ")])
def test_a_story_without_title_or_text_is_refused(shelf: Shelf, title: str, text: str) -> None:
    with pytest.raises(UsageError):
        shelf.save(draft(text, title=title))
    assert shelf.list() == ()
