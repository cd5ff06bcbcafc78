"""Questions that lead to passages: complete for the corpus, found by, and never shown."""

from pathlib import Path

import pytest
import yaml

from coach.errors import LibraryError
from coach.library.asked import ASKED, load_asked
from coach.library.documents import parse
from coach.library.library import Library
from coach.settings import DATA, Settings

from .test_ingest import Counting

LOOP = "# The loop\n\n## Coding\n\nTwo tasks on a shared editor.\n\n## Design\n\nDraw a recommender for a shop.\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "corpus" / "guides").mkdir(parents=True)
    (tmp_path / "corpus" / "guides" / "loop.md").write_text(LOOP)
    return tmp_path / "corpus"


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    (tmp_path / "asked" / "guides").mkdir(parents=True)
    write(tmp_path / "asked", {"Coding": ["leetcode nerves", "whiteboard panic"], "Gone": ["zebra stripes"]})
    return tmp_path / "asked"


def write(folder: Path, asked: dict[str, list[str]]) -> None:
    entries = [{"heading": heading, "asked": some} for heading, some in asked.items()]
    (folder / "guides" / "loop.yaml").write_text(yaml.safe_dump(entries))


@pytest.mark.parametrize("mode", ["fused", "dense", "lexical"])
def test_a_question_leads_to_its_passage_and_is_not_shown(
    settings: Settings, corpus: Path, asked: Path, mode: str
) -> None:
    library = Library(settings, Counting(), asked)
    report = library.ingest([corpus])
    assert (report.passages, report.embedded, library.manifest().passages) == (2, 2, 2)
    hits = library.search("whiteboard panic", 5, mode)  # type: ignore[arg-type]
    assert (hits[0].heading, hits[0].text) == ("Coding", "Two tasks on a shared editor.")
    assert library.text(hits[0].source)[hits[0].start : hits[0].end] == hits[0].text
    assert len({hit.passage_id for hit in hits}) == len(hits) <= 2
    if mode != "lexical":
        assert hits[0].asked == pytest.approx(1, abs=1e-4)
        assert (hits[0].cosine or 0) < hits[0].score < 1.01
    library.close()


def test_only_questions_that_changed_are_embedded(settings: Settings, corpus: Path, asked: Path) -> None:
    embedder = Counting()
    library = Library(settings, embedder, asked)
    library.ingest([corpus])
    before = library.manifest().corpus
    embedder.texts.clear()
    assert library.ingest([corpus]).embedded == 0
    assert (embedder.texts, library.manifest().corpus) == ([], before)

    write(asked, {"Coding": ["leetcode nerves", "blank screen fear"]})
    report = library.ingest([corpus])
    assert (report.embedded, report.reused, embedder.texts) == (0, 2, ["blank screen fear"])
    assert library.manifest().corpus != before
    assert library.search("whiteboard", mode="lexical") == []
    library.close()


def test_a_users_own_guides_have_none_and_do_not_fall_behind(
    settings: Settings, corpus: Path, asked: Path, tmp_path: Path
) -> None:
    library = Library(settings, Counting(), asked)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "loop.md").write_text(LOOP.replace("The loop", "My notes"))
    library.ingest([corpus, tmp_path / "mine"])
    hits = library.search("draw a recommender", 4, "dense")
    assert {hit.questioned for hit in hits if hit.source == "mine/loop.md"} == {False}
    assert hits[0].source == "mine/loop.md"
    assert all(hit.asked is None for hit in hits if not hit.questioned)
    library.close()


def test_a_file_that_can_not_be_read_says_so(settings: Settings, corpus: Path, asked: Path) -> None:
    (asked / "guides" / "loop.yaml").write_text("- heading: Coding\n")
    with pytest.raises(LibraryError, match=r"loop\.yaml is not a list of headings"):
        Library(settings, Counting(), asked).ingest([corpus])


def test_every_heading_of_the_corpus_has_its_questions_and_no_other() -> None:
    files = {path.relative_to(ASKED).with_suffix("").as_posix() for path in ASKED.rglob("*.yaml")}
    sources = {
        path.relative_to(DATA / "corpus").with_suffix("").as_posix()
        for path in (DATA / "corpus").rglob("*.md")
    }
    assert files == sources
    wrong: dict[str, set[str]] = {}
    questions: list[str] = []
    for name in sorted(sources):
        sections = load_asked(ASKED / f"{name}.yaml")
        document = parse((DATA / "corpus" / f"{name}.md").read_bytes(), f"corpus/{name}.md")
        headings = {heading for section in document.sections for heading in section.path} - {document.title}
        wrong[name] = headings ^ {section.heading for section in sections}
        assert len({section.heading for section in sections}) == len(sections), name
        assert all(5 <= len(section.asked) <= 8 for section in sections), name
        questions += [text.casefold() for section in sections for text in section.asked]
    assert {name: sorted(some) for name, some in wrong.items() if some} == {}
    assert len(set(questions)) == len(questions)
