"""Ingests that are killed for real: whatever the moment, the old index answers and the next ingest works."""

import random
import time
from pathlib import Path

import pytest

from coach.library.library import Library
from coach.settings import Settings

from .conftest import StartChild

NEW = "guides/new.md"


@pytest.fixture
def ready(library: Library, guides: Path) -> Library:
    """A library with an index, and a large new file that waits to be ingested."""
    library.ingest([guides])
    parts = (f"## Part {number}\n\nA zebra of the {number}th kind.\n\n" for number in range(1500))
    (guides / "new.md").write_text("# New\n\n" + "".join(parts))
    return library


def check_old_then_new(library: Library, settings: Settings, guides: Path) -> None:
    assert library.search("shared editor")[0].heading == "Coding"
    assert library.search("zebra", mode="lexical") == []
    library.close()  # what a process that starts now sees
    assert library.search("shared editor")[0].heading == "Coding"
    assert NEW not in library.manifest().sources

    report = library.ingest([guides])
    assert report.added == [NEW]
    assert len(library.search("zebra", mode="dense")) == 5
    assert library.search("zebra")[0].source == NEW
    assert len(list((settings.library / "generations").iterdir())) == 2


@pytest.mark.parametrize(
    "step", ["reading 4", "embedding 700", "storing 0", "storing 1", "storing 2", "swapping 0"]
)
def test_killed_before_the_swap(
    ready: Library, settings: Settings, guides: Path, child: StartChild, step: str
) -> None:
    child(guides, hold=step).kill()
    check_old_then_new(ready, settings, guides)


def test_killed_after_the_swap(ready: Library, guides: Path, child: StartChild) -> None:
    child(guides, hold="swapping 1").kill()
    assert ready.search("zebra")[0].source == NEW
    assert ready.ingest([guides]).embedded == 0


@pytest.mark.parametrize("seed", range(4))
def test_killed_while_chroma_writes(
    ready: Library, settings: Settings, guides: Path, child: StartChild, seed: int
) -> None:
    writer = child(guides, hold="storing 1")
    writer.go_on()
    time.sleep(random.Random(seed).uniform(0.02, 0.5))  # any moment will do: there is no event to wait for
    writer.kill()
    if NEW in ready.manifest().sources:
        assert ready.search("zebra")[0].source == NEW
        assert ready.ingest([guides]).embedded == 0
    else:
        check_old_then_new(ready, settings, guides)
