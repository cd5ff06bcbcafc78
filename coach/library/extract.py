"""What a reader gets out of a file, and how blocks of text become one text with headings."""

from collections.abc import Iterable
from dataclasses import dataclass

from coach.library.sections import Heading


@dataclass(frozen=True)
class Extract:
    """What a reader gets out of a file's bytes. `title` is None when the file doesn't say."""

    title: str | None
    text: str
    headings: list[Heading]


@dataclass(frozen=True)
class Block:
    """A paragraph (level 0), a list item, or a heading (level 1 is the outermost)."""

    text: str
    level: int = 0
    item: bool = False


def extract_of(blocks: Iterable[Block], title: str | None) -> Extract:
    """Join blocks: list items on lines of their own, all else a blank line apart.

    Without a `title`, a first heading of level 1 is the title.
    """
    parts: list[str] = []
    headings: list[Heading] = []
    length, after_item = 0, False
    for block in blocks:
        body = f"- {block.text}" if block.item else block.text
        if not block.text.strip():
            continue
        gap = "" if not parts else "\n" if block.item and after_item else "\n\n"
        start = length + len(gap)
        parts += [gap, body]
        length = start + len(body)
        after_item = block.item
        if block.level:
            headings.append(Heading(start, length, block.level, " ".join(block.text.split())))
    if not title and headings and headings[0].level == 1:
        title = headings[0].title
    return Extract(title, "".join(parts), headings)
