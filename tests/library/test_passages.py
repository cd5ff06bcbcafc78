import re
from pathlib import Path

import pytest

from coach.library.documents import Document, parse
from coach.library.embedder import HashedWords, MiniLM
from coach.library.passages import PASSAGE_TOKENS, Passage, passages_of

REAL = sorted((Path(__file__).parents[3] / "shared" / "guides").glob("*.txt"))
count = HashedWords().tokens


def cut(text: str, name: str = "notes.md") -> list[Passage]:
    return passages_of(parse(text.encode(), name), count)


def sentences(number: int, words: int = 12) -> str:
    return " ".join(f"Number {one} {'has so many words ' * (words // 4)}here." for one in range(number))


AWKWARD = {
    "wall.txt": "word" * 5_000,
    "long-line.txt": "word " * 5_000,
    "paragraphs.md": "\n\n".join(sentences(5) for _ in range(20)),
    "windows.md": "# A\r\n\r\n" + "\r\n\r\n".join(sentences(7) for _ in range(9)),
    "list.md": "# Questions\n\nAsk these:\n\n" + "\n".join(f"- {sentences(1)}" for _ in range(60)),
    "long-heading.md": f"# {'Title ' * 300}\n\n## {'sub' * 400}\n\n{sentences(40)}",
    "chinese.txt": "面试官会看你的数据。" * 200,
    "emoji.txt": "🙂🙃 so " * 1_000,
    "combining.txt": "e\u0301ﬁ½㎏" * 600,
    "decorated.md": "# A\n\n---\n\n***\n\nwords\n\n***\n\n" + sentences(30),
    "table.md": "# T\n\n| a | b |\n|---|---|\n" + "| one cell | another cell |\n" * 90,
}


def check(document: Document, passages: list[Passage], embedder: HashedWords | MiniLM) -> None:
    end = 0
    for passage in passages:
        assert document.text[passage.start : passage.end] == passage.text
        assert passage.text == passage.text.strip()
        assert re.search(r"\w", passage.text)
        assert end <= passage.start
        assert embedder.tokens(passage.indexed) + 2 <= PASSAGE_TOKENS
        end = passage.end
    covered = {place for passage in passages for place in range(passage.start, passage.end)}
    for section in document.sections:
        for place in range(section.start, section.end):
            assert not document.text[place].isalnum() or place in covered
    assert len({passage.id for passage in passages}) == len(passages)


@pytest.mark.parametrize("name", AWKWARD)
def test_passages_are_exact_fit_and_lose_nothing(name: str) -> None:
    document = parse(AWKWARD[name].encode(), name)
    check(document, passages_of(document, count), HashedWords())


@pytest.mark.parametrize("file", [*AWKWARD, *REAL], ids=lambda file: Path(file).name)
def test_passages_fit_the_real_tokenizer(file: str | Path, minilm_dir: Path) -> None:
    embedder = MiniLM(minilm_dir)
    data = AWKWARD[file].encode() if isinstance(file, str) else file.read_bytes()
    document = parse(data, Path(file).name)
    check(document, passages_of(document, embedder.tokens), embedder)


def test_small_paragraphs_are_merged_and_large_ones_cut_at_sentences() -> None:
    passages = cut("# A\n\n" + "\n\n".join(sentences(2) for _ in range(30)))
    assert all(passage.text.endswith("here.") for passage in passages)
    assert all(passage.text.startswith("Number") for passage in passages)
    assert all(count(passage.indexed) > PASSAGE_TOKENS / 2 for passage in passages[:-1])


def test_no_tiny_rest_is_left_at_the_end() -> None:
    for number in range(10, 40):
        passages = cut("# A\n\n" + sentences(number))
        if len(passages) > 1:
            assert count(passages[-1].text) >= 20


def test_a_line_that_announces_a_list_stays_with_it() -> None:
    text = "# A\n\n" + "\n\n".join(f"{sentences(3)}\nThese are next:\n- first\n- second" for _ in range(20))
    assert not any(passage.text.endswith(":") for passage in cut(text))


def test_neighbouring_sections_never_share_a_passage() -> None:
    passages = cut("# T\n\n## A\n\nshort\n\n## B\n\nshort too\n")
    assert [(passage.heading, passage.text) for passage in passages] == [("A", "short"), ("B", "short too")]


def test_a_tiny_part_joins_the_section_that_it_is_a_part_of() -> None:
    (passage,) = cut("# T\n\n## A\n\nWords about A.\n\n### Examples\n\n- one\n- two\n")
    assert passage.heading == "A"
    assert passage.text == "Words about A.\n\n### Examples\n\n- one\n- two"


def test_title_and_headings_are_in_front_of_what_is_indexed_but_not_in_the_text() -> None:
    first, second = cut("# Loop\n\nIntro words.\n\n## Coding\n\n### Day one\n\nTwo tasks.\n")
    assert (first.heading, first.indexed) == ("Loop", "Loop\nIntro words.")
    assert (second.heading, second.indexed) == ("Coding > Day one", "Loop > Coding > Day one\nTwo tasks.")


def test_ids_are_stable_and_differ_by_source_place_and_words() -> None:
    one = passages_of(parse(b"# A\n\nwords", "a.md"), count)[0]
    assert one.id == passages_of(parse(b"# A\n\nwords", "a.md"), count)[0].id
    others = [("b.md", b"# A\n\nwords"), ("a.md", b"# AB\n\nwords"), ("a.md", b"# A\n\nworda")]
    assert len({one.id, *(passages_of(parse(data, name), count)[0].id for name, data in others)}) == 4
