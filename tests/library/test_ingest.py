import dataclasses
import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from coach.errors import IndexMissing, IndexUnreachable, LibraryError
from coach.library import manifest as manifest_module
from coach.library.embedder import HashedWords, Progress, Vectors
from coach.library.ingest import IngestReport
from coach.library.library import Library
from coach.settings import Settings

ALL = ["guides/deep/leakage.md", "guides/loop.md", "guides/stories.txt"]


class Counting(HashedWords):
    """Counts what it embeds."""

    def __init__(self, name: str = "hashed-words") -> None:
        self.name = name
        self.texts: list[str] = []

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        self.texts += texts
        return super().embed(texts, progress)


def generations(settings: Settings) -> list[str]:
    return sorted(folder.name for folder in (settings.library / "generations").iterdir())


def current(settings: Settings) -> str:
    return (settings.library / "current").read_text()


def test_first_ingest_then_nothing_new(library: Library, guides: Path, settings: Settings) -> None:
    report = library.ingest([guides])
    assert (report.added, report.changed, report.unchanged, report.removed) == (ALL, [], [], [])
    assert (report.passages, report.embedded, report.reused, report.refused) == (6, 6, 0, [])
    before = current(settings)

    again = library.ingest([guides])
    assert (again.added, again.unchanged, again.embedded, again.reused) == ([], ALL, 0, 6)
    assert current(settings) == before
    json.dumps(dataclasses.asdict(again))


def test_only_what_changed_is_embedded(settings: Settings, guides: Path) -> None:
    embedder = Counting()
    library = Library(settings, embedder)
    library.ingest([guides])
    embedder.texts.clear()

    (guides / "loop.md").write_text((guides / "loop.md").read_text().replace("Two tasks", "Three tasks"))
    (guides / "new.md").write_text("# New\n\nFresh words.\n")
    (guides / "stories.txt").unlink()
    report = library.ingest([guides])
    assert report.added == ["guides/new.md"]
    assert report.changed == ["guides/loop.md"]
    assert report.removed == ["guides/stories.txt"]
    assert report.unchanged == ["guides/deep/leakage.md"]
    assert embedder.texts == ["The loop > Coding\nThree tasks on a shared editor.", "New\nFresh words."]
    assert (report.passages, report.embedded, report.reused) == (5, 2, 3)
    assert library.search("three tasks", mode="lexical")[0].source == "guides/loop.md"
    assert library.search("number at its end", mode="lexical") == []
    library.close()


def test_a_file_with_a_new_date_but_the_same_bytes_is_unchanged(library: Library, guides: Path) -> None:
    library.ingest([guides])
    os.utime(guides / "loop.md", ns=(1, 1))
    assert library.ingest([guides]).unchanged == ALL


def test_a_renamed_file_is_not_embedded_again(library: Library, guides: Path) -> None:
    library.ingest([guides])
    (guides / "loop.md").rename(guides / "process.md")
    report = library.ingest([guides])
    assert (report.added, report.removed) == (["guides/process.md"], ["guides/loop.md"])
    assert report.embedded == 0
    assert library.search("shared editor")[0].source == "guides/process.md"


def test_a_moved_folder_keeps_its_sources(library: Library, guides: Path, tmp_path: Path) -> None:
    library.ingest([guides])
    guides.rename(tmp_path / "elsewhere")
    moved = tmp_path / "new" / "guides"
    moved.parent.mkdir()
    shutil.move(tmp_path / "elsewhere", moved)
    report = library.ingest([moved])
    assert (report.unchanged, report.added, report.removed) == (ALL, [], [])


def test_other_sources_stay_even_when_their_files_are_gone(
    library: Library, guides: Path, tmp_path: Path
) -> None:
    library.ingest([guides])
    other = tmp_path / "mine.txt"
    other.write_text("My own words about caching.")
    shutil.rmtree(guides)
    report = library.ingest([other])
    assert (report.added, report.removed, report.refused) == (["mine.txt"], [], [])
    assert library.search("shared editor")[0].source == "guides/loop.md"
    assert library.ingest([guides]).refused == [(str(guides), "no such file or folder")]
    rebuilt = library.ingest([other], rebuild=True)
    assert rebuilt.passages == rebuilt.embedded == 7


def test_a_bad_file_is_refused_by_name_and_the_rest_goes_in(library: Library, guides: Path) -> None:
    (guides / "scan.pdf").write_bytes(b"%PDF-1.4 broken")
    (guides / "empty.txt").touch()
    (guides / "sheet.xlsx").touch()
    report = library.ingest([guides])
    assert report.added == ALL
    assert sorted(name for name, _ in report.refused) == [
        "guides/empty.txt",
        "guides/scan.pdf",
    ]
    assert report.skipped == ["guides/sheet.xlsx"]


def test_a_file_that_can_not_be_read_any_more_leaves(library: Library, guides: Path) -> None:
    library.ingest([guides])
    (guides / "loop.md").write_bytes(b"\0\1\2\3")
    report = library.ingest([guides])
    assert report.removed == ["guides/loop.md"]
    assert report.refused == [("guides/loop.md", "binary content, not text")]


def test_when_nothing_can_be_read_nothing_is_built(
    library: Library, settings: Settings, tmp_path: Path
) -> None:
    report = library.ingest([tmp_path / "nowhere"])
    assert report.nothing
    assert report == IngestReport(
        refused=[(str(tmp_path / "nowhere"), "no such file or folder")], seconds=report.seconds
    )
    with pytest.raises(IndexMissing, match="run `coach ingest`"):
        library.search("anything")


def test_equal_files_are_both_listed_but_embedded_and_found_once(settings: Settings, guides: Path) -> None:
    embedder = Counting()
    library = Library(settings, embedder)
    shutil.copy(guides / "stories.txt", guides / "copy-of-stories.txt")
    first = library.ingest([guides])
    assert "guides/copy-of-stories.txt" in first.added
    assert "guides/stories.txt" in first.added
    assert (first.passages, len(embedder.texts)) == (6, 6)

    shutil.copy(guides / "loop.md", guides / "a-late-copy.md")
    late = library.ingest([guides])
    assert (late.added, late.embedded) == (["guides/a-late-copy.md"], 0)
    assert len(library.search("shared editor", mode="lexical")) == 1
    for name in ("a-late-copy.md", "copy-of-stories.txt"):
        (guides / name).unlink()
    library.ingest([guides])
    assert library.search("shared editor")[0].source == "guides/loop.md"
    library.close()


def test_the_same_bytes_as_markdown_and_as_text_are_two_documents(library: Library, tmp_path: Path) -> None:
    for name in ("a.md", "a.txt"):
        (tmp_path / name).write_text("# One\n\nwords\n")
    library.ingest([tmp_path / "a.md", tmp_path / "a.txt"])
    assert {hit.heading for hit in library.search("words")} == {"One", "# One"}


def test_rebuild_embeds_everything_again(settings: Settings, guides: Path) -> None:
    embedder = Counting()
    library = Library(settings, embedder)
    library.ingest([guides])
    report = library.ingest([guides], rebuild=True)
    assert (report.unchanged, report.embedded, len(embedder.texts)) == (ALL, 6, 12)
    assert library.manifest().corpus
    library.close()


def test_another_embedder_means_embedding_anew(settings: Settings, guides: Path) -> None:
    first = Library(settings, Counting())
    first.ingest([guides])
    first.close()
    other = Library(settings, Counting("other-words"))
    with pytest.raises(IndexMissing, match=r"made for hashed-words .* not for other-words"):
        other.search("tasks")
    report = other.ingest([])
    assert (report.embedded, report.passages, report.refused) == (6, 6, [])
    assert other.search("tasks")
    other.close()


def test_another_format_means_reading_anew(
    library: Library, guides: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.ingest([guides])
    library.close()
    (guides / "stories.txt").unlink()
    for module in ("coach.library.ingest", "coach.library.library"):
        monkeypatch.setattr(f"{module}.FORMAT", manifest_module.FORMAT + 1)
    with pytest.raises(IndexMissing, match="run `coach ingest`"):
        library.search("tasks")
    report = library.ingest([])
    assert (report.passages, report.refused, report.removed) == (6, [], [])
    assert library.search("number at its end")[0].source == "guides/stories.txt"


def test_another_chunker_means_cutting_anew(
    library: Library, guides: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    library.ingest([guides])
    before = current(settings)
    monkeypatch.setattr("coach.library.ingest.CHUNKER", "another")
    report = library.ingest([guides])
    assert (report.unchanged, report.embedded, report.reused) == (ALL, 0, 6)
    assert current(settings) != before


def test_a_damaged_manifest_says_how_to_mend_it(library: Library, guides: Path, settings: Settings) -> None:
    library.ingest([guides])
    library.close()
    (settings.library / "generations" / current(settings) / "manifest.json").write_text("{")
    with pytest.raises(IndexUnreachable, match="--rebuild"):
        library.search("tasks")
    with pytest.raises(IndexUnreachable, match="--rebuild"):
        library.ingest([guides])
    assert library.ingest([guides], rebuild=True).added == ALL
    assert library.search("tasks")


def test_lost_generations_are_built_anew(library: Library, guides: Path, settings: Settings) -> None:
    library.ingest([guides])
    library.close()
    shutil.rmtree(settings.library / "generations")
    with pytest.raises(IndexMissing):
        library.search("tasks")
    assert library.ingest([guides]).added == ALL


def test_exactly_one_earlier_generation_is_kept(library: Library, guides: Path, settings: Settings) -> None:
    kept: list[str] = []
    for number in range(4):
        (guides / "new.md").write_text(f"# New\n\nWords number {number}.\n")
        library.ingest([guides])
        kept.append(current(settings))
        assert generations(settings) == sorted(kept[-2:])


def test_two_equal_ingests_find_the_same(tmp_path: Path, guides: Path) -> None:
    found = []
    for name in ("one", "two"):
        library = Library(Settings(home=tmp_path / name), HashedWords())
        library.ingest([guides])
        found.append([library.search(query, 10) for query in ("tasks on an editor", "latency", "label")])
        library.close()
    assert found[0] == found[1]
    assert found[0][0]


def test_removing_a_source(library: Library, guides: Path) -> None:
    library.ingest([guides])
    report = library.remove("guides/loop.md")
    assert (report.removed, report.embedded, report.passages) == (["guides/loop.md"], 0, 3)
    assert "guides/loop.md" not in library.manifest().sources
    assert (guides / "loop.md").is_file()
    with pytest.raises(LibraryError, match=r"no source 'guides/loop\.md'"):
        library.remove("guides/loop.md")
    for source in list(library.manifest().sources):
        library.remove(source)
    assert library.search("tasks") == []
    assert library.ingest([guides]).added == ALL
