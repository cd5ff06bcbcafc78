from pathlib import Path

import pytest

from coach.library.documents import Document, parse


def paths(document: Document) -> list[tuple[str, ...]]:
    return [section.path for section in document.sections]


def bodies(document: Document) -> dict[str, str]:
    return {
        " > ".join(section.path): document.text[section.start : section.end] for section in document.sections
    }


def markdown(text: str) -> Document:
    return parse(text.encode(), "notes.md")


def plain(text: str) -> Document:
    return parse(text.encode(), "my-notes.txt")


def test_markdown_headings_nest_and_the_first_one_is_the_title() -> None:
    document = markdown(
        "# Loop\nintro\n## Coding\n### Day one\ntwo tasks\n## Design\ndraw it\n# Pay\nenough\n"
    )
    assert document.title == "Loop"
    assert bodies(document) == {
        "": "intro",
        "Coding > Day one": "two tasks",
        "Design": "draw it",
        "Pay": "enough",
    }


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_markdown_underlined_headings_and_closed_ones(newline: str) -> None:
    text = "Loop\n====\nintro\n\nCoding\n---\ntwo tasks\n\n## *Design* of [it](http://x) ##\ndraw\n"
    document = markdown(text.replace("\n", newline))
    assert document.title == "Loop"
    assert bodies(document) == {"": "intro", "Coding": "two tasks", "Design of it": "draw"}


def test_markdown_code_tables_and_rules_are_no_headings() -> None:
    text = "# T\n```python\n# not a heading\n```\n\n| a | b |\n|---|---|\n\n---\n\n- item\n---\nend #hash\n"
    assert paths(markdown(text)) == [()]


def test_markdown_front_matter_is_in_the_text_but_in_no_section() -> None:
    document = markdown("---\ntitle: x\ntags: [a]\n---\n# Real title\n\nbody\n")
    assert document.title == "Real title"
    assert bodies(document) == {"": "body"}
    assert document.text.startswith("---\ntitle")


def test_a_heading_that_only_repeats_the_title_is_not_in_the_path() -> None:
    assert paths(markdown("# One\na\n# Two\nb\n")) == [(), ("Two",)]


def test_plain_text_short_unpunctuated_lines_are_headings() -> None:
    document = plain(
        "What is this about?\nIt is about practice, and lots of it.\nWork/Life Balance\n"
        "Rest matters more than one more mock interview does.\n"
    )
    assert document.title == "My notes"
    assert paths(document) == [("What is this about?",), ("Work/Life Balance",)]


@pytest.mark.parametrize("rule", ["-----------", "=====", "~~~~"])
def test_plain_text_underlined_headings(rule: str) -> None:
    document = plain(f"before it all.\nDESCRIPTION\n{rule}\nWe build things that people use.\n")
    assert bodies(document) == {"": "before it all.", "DESCRIPTION": "We build things that people use."}


@pytest.mark.parametrize(
    "line",
    [
        "- Describe a failure",
        "3. Second round",
        "this goes on from somewhere",
        "It ends like a sentence.",
        "Seattle - 143,700 - 194,400 USD",
        "   Indented below something",
        "One two three four five six seven eight nine ten eleven",
        "W" * 90,
    ],
)
def test_plain_text_other_lines_are_not(line: str) -> None:
    assert paths(plain(f"Some first sentence of it.\n{line}\nAnd then a last sentence.\n")) == [()]


def test_plain_text_the_last_line_heads_nothing() -> None:
    assert paths(plain("A sentence comes first.\nCreate An Account")) == [()]


def test_plain_text_wrapped_lines_are_not_headings() -> None:
    text = (
        "The people who wrote this note had a narrow screen and talked of the\n"
        "Amazon Web Services\n"
        "and of what they did there, for as long as anyone would listen.\n\n"
        "A Real Heading\n"
        "More words below it, which is all that a heading needs to be one, and so\n"
        "Many Words That Were Wrapped\n"
        "come to their end here.\n"
    )
    document = plain(text.replace("of the\nAmazon Web Services", "of all the\nAmazonian Web Services"))
    assert paths(document) == [(), ("A Real Heading",)]


def test_plain_text_a_chapter_and_its_first_part_nest_but_not_its_second() -> None:
    document = plain(
        "Chapter One\nFirst Part\nSome words are here.\nSecond Part\nSome more words are here.\n"
    )
    assert paths(document) == [("Chapter One", "First Part"), ("Second Part",)]


def test_plain_text_a_list_without_bullets_loses_no_line() -> None:
    text = "Tell me of a failure\nWhy Amazon?\nA conflict you had\nA deadline you missed\nWhy now?"
    assert bodies(plain(text)) == {"": text}


def test_plain_text_a_label_heads_its_list_and_ends_with_it() -> None:
    document = plain(
        "Knowledge\nThey look for breadth here.\nExample questions include:\n- What is a tree?\n- Why boost?\n"
        "After the list comes another sentence.\n"
    )
    assert bodies(document) == {
        "Knowledge": "After the list comes another sentence.",
        "Knowledge > Example questions include": "- What is a tree?\n- Why boost?",
    }


def test_plain_text_a_label_without_a_list_heads_its_paragraph() -> None:
    document = plain("Situation:\nWe had an outage in May.\n\nTask:\nI had to end it within the hour.\n")
    assert paths(document) == [("Situation",), ("Task",)]


def test_plain_text_labels_that_lost_their_lists_head_nothing() -> None:
    document = plain("The role asks for much.\nRequired:\nPreferred:\nSalaries range widely here.\n")
    assert paths(document) == [()]


def test_plain_text_a_long_introduction_is_no_label() -> None:
    document = plain("With these tasks, they are looking for:\nClear thought and tidy code.\n")
    assert paths(document) == [()]


REAL = sorted((Path(__file__).parents[3] / "shared" / "guides").glob("*.txt"))


@pytest.mark.parametrize("file", [__file__, *REAL], ids=lambda file: Path(file).name)
def test_sections_are_in_order_apart_and_trimmed(file: str | Path) -> None:
    document = parse(Path(file).read_bytes(), "real.txt")
    end = 0
    for section in document.sections:
        body = document.text[section.start : section.end]
        assert end <= section.start < section.end
        assert body == body.strip()
        assert all(0 < len(one) <= 80 for one in section.path)
        end = section.end
