"""Files with the same bytes are one document, found without looking through all the others."""

from pathlib import Path
from typing import Any

from coach.library import shelf
from coach.library.files import Found
from coach.library.manifest import Source
from coach.library.shelf import Shelf


def test_copies_share_the_first_ones_document(tmp_path: Path) -> None:
    names = ["one.md", "two.md", "copy.md", "copy.txt"]
    for name in names:
        (tmp_path / name).write_text("# Two\n\nSecond." if name != "one.md" else "# One\n\nFirst.")
    filled = Shelf({}, None, reread=False)
    for name in names:
        filled.read(Found(name, tmp_path / name))
    assert filled.documents["copy.md"].sections is filled.documents["two.md"].sections
    assert filled.documents["copy.txt"].sections is not filled.documents["two.md"].sections
    assert filled.documents["one.md"].text != filled.documents["two.md"].text


def test_what_a_source_held_before_lends_nothing(tmp_path: Path) -> None:
    old, new = tmp_path / "old.md", tmp_path / "new.md"
    old.write_text("# Before\n\nOld words.")
    first = Shelf({}, None, reread=False)
    first.read(Found("old.md", old))
    known = dict(first.sources)
    old.write_text("# After\n\nNewer and more words.")
    new.write_text("# Before\n\nOld words.")
    second = Shelf(known, None, reread=False)  # without a folder, nothing stored can be lent
    second.read(Found("old.md", old))
    second.read(Found("new.md", new))
    assert second.documents["new.md"].text == first.documents["old.md"].text
    assert second.documents["old.md"].text != second.documents["new.md"].text


def test_a_new_file_is_not_compared_with_every_source(tmp_path: Path, monkeypatch: Any) -> None:
    looked: list[str] = []

    class Watched(Source):
        def __getattribute__(self, name: str) -> Any:
            if name == "sha256":
                looked.append(name)
            return super().__getattribute__(name)

    monkeypatch.setattr(shelf, "Source", Watched)

    def looks_for_the_last_of(count: int) -> int:
        filled = Shelf({}, None, reread=False)
        for number in range(count):
            path = tmp_path / f"{number}.md"
            path.write_text(f"# A title\n\nNumber {number}.")
            looked.clear()
            filled.read(Found(path.name, path))
        return len(looked)

    assert looks_for_the_last_of(40) == looks_for_the_last_of(2) > 0
