import threading
from pathlib import Path

import pytest

from coach.errors import DocumentRefused, IndexLocked, LibraryError
from coach.library.embedder import MiniLM
from coach.library.library import Library
from coach.library.retrieval import Mode
from coach.settings import Settings

from .conftest import StartChild


@pytest.mark.parametrize("mode", ["fused", "dense", "lexical"])
def test_hits_are_ranked_and_exact(library: Library, guides: Path, mode: Mode) -> None:
    library.ingest([guides])
    hits = library.search("two tasks on a shared editor", 3, mode)
    assert hits[0].source == "guides/loop.md"
    assert hits[0].heading == "Coding"
    assert hits[0].title == "The loop"
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for hit in hits:
        assert library.text(hit.source)[hit.start : hit.end] == hit.text
    assert (hits[0].bm25 is None) == (mode == "dense")
    assert (hits[0].cosine is None) == (mode == "lexical")


@pytest.mark.parametrize("query", ["", " \n", "?!", "…"])
def test_a_query_without_words_finds_nothing(library: Library, guides: Path, query: str) -> None:
    library.ingest([guides])
    assert library.search(query) == []


@pytest.mark.parametrize(
    "query", ["zebra", "日本語 🙂", "word " * 10_000, "x" * 50_000, "a\0b", "' OR 1=1 --"]
)
def test_odd_queries_are_answered(library: Library, guides: Path, query: str) -> None:
    library.ingest([guides])
    assert len(library.search(query, 5, "dense")) == 5
    assert library.search(query, 5, "lexical") == []
    assert len(library.search(query)) == 5


def test_more_hits_than_passages_gives_them_all(library: Library, guides: Path) -> None:
    library.ingest([guides])
    assert len(library.search("tasks", 1000, "dense")) == 6
    assert library.search("tasks", 0) == []


def test_the_text_of_a_source_that_is_not_there(library: Library, guides: Path) -> None:
    library.ingest([guides])
    with pytest.raises(LibraryError, match=r"no source 'other\.md'"):
        library.text("other.md")


def test_pasted_text_can_be_found_replaced_and_removed(library: Library, settings: Settings) -> None:
    report = library.add_text("My story: ../../etc/passwd", "I cut the latency of a cache by half.")
    assert report.added == ["pasted/My-story-etc-passwd.txt"]
    assert library.search("latency")[0].source == report.added[0]

    report = library.add_text("My story: ../../etc/passwd", "# Replaced\n\nNow about quotas.\r\n")
    assert (report.added, report.removed) == (
        ["pasted/My-story-etc-passwd.md"],
        ["pasted/My-story-etc-passwd.txt"],
    )
    assert library.text("pasted/My-story-etc-passwd.md") == "# Replaced\n\nNow about quotas.\r\n"
    with pytest.raises(DocumentRefused, match="empty"):
        library.add_text("nothing", "  ")

    library.remove("pasted/My-story-etc-passwd.md")
    assert list((settings.library / "pasted").iterdir()) == []


def test_many_threads_search_while_another_ingests(library: Library, guides: Path) -> None:
    library.ingest([guides])
    done = threading.Event()
    errors: list[Exception] = []

    def search() -> None:
        while not done.is_set():
            try:
                assert library.search("shared editor")[0].heading == "Coding"
            except Exception as error:  # told to the test's own thread
                errors.append(error)
                return

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(5):
        (guides / "more.md").write_text(f"# More\n\nUnrelated text {number}.\n")
        library.ingest([guides])
    done.set()
    for thread in threads:
        thread.join()
    assert errors == []


def test_an_open_library_sees_what_another_process_ingests(
    library: Library, guides: Path, child: StartChild
) -> None:
    library.ingest([guides])
    assert library.search("quota", mode="lexical") == []
    for number in range(3):  # the generation that is open here is swept away by the third
        (guides / "quota.md").write_text(f"# Quotas\n\nA quota of {number} requests.\n")
        report = child(guides).report()
        assert report["added"] + report["changed"] == ["guides/quota.md"]
        if number != 1:
            (hit,) = library.search("quota", mode="lexical")
            assert f"quota of {number}" in hit.text
            assert library.search("quota")[0].text == hit.text


def test_only_one_process_ingests_and_searching_goes_on(
    library: Library, guides: Path, child: StartChild
) -> None:
    library.ingest([guides])
    (guides / "quota.md").write_text("# Quotas\n\nA quota of requests.\n")
    other = child(guides, hold="embedding 1")
    with pytest.raises(IndexLocked, match="Another ingest"):
        library.ingest([guides])
    with pytest.raises(IndexLocked):
        library.remove("guides/loop.md")
    assert library.search("shared editor")
    other.go_on()
    assert other.report()["added"] == ["guides/quota.md"]
    assert library.ingest([guides]).unchanged


def test_with_minilm_meaning_finds_what_words_do_not(
    settings: Settings, guides: Path, minilm_dir: Path
) -> None:
    library = Library(settings, MiniLM(minilm_dir))
    library.ingest([guides])
    query = "programming exercises"
    assert library.search(query, mode="lexical") == []
    hit = library.search(query)[0]
    assert (hit.source, hit.heading) == ("guides/loop.md", "Coding")
    assert 0.2 < (hit.cosine or 0) < 1
    assert library.search(query, mode="dense")[0].score == hit.cosine
    library.close()
