"""Where a text's headings are, and the sections that they make.

Markdown marks its headings. Plain text doesn't: there a heading is a line that looks like one (short,
unpunctuated, capitalised), an underlined line, or a short label that ends in a colon.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """A heading in a text: `text[start:end]` is the whole line (or two, when it is underlined).

    `level` counts from 1, the outermost. An empty `title` ends the sections of its level without
    opening one.
    """

    start: int
    end: int
    level: int
    title: str


@dataclass(frozen=True)
class Section:
    """The text below one heading, up to the next: `text[start:end]`, without the heading's own line.

    `path` holds the headings above it, outermost first; empty before the first heading.
    """

    path: tuple[str, ...]
    start: int
    end: int


def sections_of(text: str, headings: Sequence[Heading], title: str) -> tuple[Section, ...]:
    """Cut a text at its headings. Headings with nothing below them make no section.

    A first heading that only repeats the document's `title` is left out of the paths.
    """
    sections: list[Section] = []
    above: list[Heading] = []
    end_of_text = Heading(len(text), len(text), 1, "")
    begin = 0
    for heading in [*headings, end_of_text]:
        start, end = trimmed(text, begin, heading.start)
        if start < end:
            path = tuple(one.title for one in above if one.title)
            sections.append(Section(path[1:] if path[:1] == (title,) else path, start, end))
        while above and above[-1].level >= heading.level:
            above.pop()
        above.append(heading)
        begin = heading.end
    return tuple(sections)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The same span without the white space at its ends; empty (start == end) when nothing is left."""
    body = text[start:end]
    start += len(body) - len(body.lstrip())
    return start, max(start, end - (len(body) - len(body.rstrip())))


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    text: str


def _lines(text: str) -> list[_Line]:
    lines, start = [], 0
    for raw in text.splitlines(keepends=True):
        bare = raw.rstrip()
        lines.append(_Line(start, start + len(bare), bare))
        start += len(raw)
    return lines


_LIST_ITEM = re.compile(r"\s*(?:[-*•·–—▪◦‣]|\d{1,3}[.)]|\(?[a-z][.)])\s")

# Markdown -------------------------------------------------------------------------------------------

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ATX = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?$")
_SETEXT = re.compile(r" {0,3}(=+|-{2,})$")
_NOT_A_TITLE = re.compile(r"\s*(?:[-*+>|#]|\d+[.)]\s| {4})")


def front_matter_end(text: str) -> int:
    """Where a Markdown text begins after its YAML front matter; 0 when it has none."""
    match = re.match(r"---[ \t]*\r?\n.*?^---[ \t]*(?:\r?\n|$)", text, re.DOTALL | re.MULTILINE)
    return match.end() if match else 0


def markdown_headings(text: str) -> list[Heading]:
    """The `#` and underlined headings of a Markdown text, but not what only looks like one in code."""
    headings: list[Heading] = []
    fence = ""
    begin = front_matter_end(text)
    if begin:
        headings.append(Heading(0, begin, 1, ""))
    previous: _Line | None = None
    for line in _lines(text):
        if line.start < begin:
            continue
        if mark := _FENCE.match(line.text):
            if not fence:
                fence = mark[1]
            elif mark[1].startswith(fence):
                fence = ""
            previous = None
            continue
        if fence:
            continue
        if atx := _ATX.match(line.text):
            headings.append(Heading(line.start, line.end, len(atx[1]), _plain_title(atx[2])))
            previous = None
        elif (rule := _SETEXT.match(line.text)) and previous:
            level = 1 if rule[1][0] == "=" else 2
            headings.append(Heading(previous.start, line.end, level, _plain_title(previous.text)))
            previous = None
        else:
            previous = line if line.text and not _NOT_A_TITLE.match(line.text) else None
    return headings


def _plain_title(title: str) -> str:
    """A Markdown heading as it is read: without emphasis, code marks and link targets."""
    return re.sub(r"[*`]+", "", re.sub(r"\[([^]]*)]\([^)]*\)", r"\1", title)).strip()


# Plain text -----------------------------------------------------------------------------------------

_UNDERLINE = re.compile(r"\s*(?:-{3,}|={3,}|~{3,}|\*{3,}|_{3,})$")
_LONGEST_HEADING = 80  # characters
_MOST_WORDS = 10
_MOST_LABEL_WORDS = 5
_LONGEST_RUN = 3  # four short lines in a row are a list without bullets, not headings
_NARROWEST_PAGE = 40  # characters; nobody wraps text narrower
_LABEL_LEVEL = 9  # a label belongs to whatever heading is above it


def plain_headings(text: str) -> list[Heading]:
    """The headings of a text that doesn't mark them: underlined lines, short lines, short labels.

    Short lines directly above one another nest (a chapter and its first part); a run of more than
    three is a list without bullets. Nothing says where a chapter ends, so its second part doesn't
    nest: no path is better than a wrong one.
    """
    lines = [line for line in _lines(text) if line.text]
    blocks = _block_widths(text)
    headings: list[Heading] = []
    run: list[_Line] = []
    skip = False
    for index, line in enumerate(lines):
        if skip:  # the rule below an underlined heading
            skip = False
            continue
        below = lines[index + 1] if index + 1 < len(lines) else None
        above = lines[index - 1] if index else None
        if below and _UNDERLINE.match(below.text) and _may_be_heading(line.text.rstrip(":"), _MOST_WORDS):
            level = 1 if below.text.strip()[0] == "=" else 2
            headings += _nested(run)
            headings.append(Heading(line.start, below.end, level, line.text.strip().rstrip(":")))
            run, skip = [], True
        elif below and _is_short_line(line, above, blocks.get(line.start, 0)):
            run.append(line)
        elif below and _is_label(line.text) and not _loses_its_list(above, below):
            headings += _nested(run)
            run = []
            headings += _label(lines, index)
        else:
            headings += _nested(run)
            run = []
    return sorted(headings + _nested(run), key=lambda heading: heading.start)


def _nested(run: list[_Line]) -> list[Heading]:
    if len(run) > _LONGEST_RUN:
        return []
    return [Heading(line.start, line.end, depth, line.text) for depth, line in enumerate(run, start=2)]


def _label(lines: list[_Line], index: int) -> list[Heading]:
    """A label heads the list below it and ends with it; without a list, it runs to the next heading."""
    line = lines[index]
    headings = [Heading(line.start, line.end, _LABEL_LEVEL, line.text.rstrip(":"))]
    last = index
    while last + 1 < len(lines) and _LIST_ITEM.match(lines[last + 1].text):
        last += 1
    if last > index:
        headings.append(Heading(lines[last].end, lines[last].end, _LABEL_LEVEL, ""))
    return headings


def _is_short_line(line: _Line, above: _Line | None, width: int) -> bool:
    if not _may_be_heading(line.text, _MOST_WORDS) or line.text[-1] in ".,;:!…":
        return False
    # In hard-wrapped text a line goes on with the one above it when its first word would not have
    # fitted there any more.
    wrapped = (
        above is not None
        and width >= _NARROWEST_PAGE
        and above.text[-1] not in ".!?:"
        and not _LIST_ITEM.match(above.text)
        and len(above.text) + 1 + len(line.text.split()[0]) > width
    )
    return not wrapped


def _is_label(text: str) -> bool:
    return text.endswith(":") and "," not in text and _may_be_heading(text, _MOST_LABEL_WORDS)


def _loses_its_list(above: _Line | None, below: _Line) -> bool:
    """Two labels in a row ("Required:", "Preferred:") have lost their lists: neither heads what follows."""
    return _is_label(below.text) or (above is not None and _is_label(above.text))


def _may_be_heading(text: str, most_words: int) -> bool:
    words = text.split()
    letters = sum(letter.isalpha() for letter in text)
    return (
        0 < len(words) <= most_words
        and len(text) <= _LONGEST_HEADING
        and not text[0].isspace()
        and not text[0].islower()
        and not _LIST_ITEM.match(text)
        and letters >= 0.6 * sum(len(word) for word in words)
    )


def _block_widths(text: str) -> dict[int, int]:
    """For each line that follows another without a blank line: the longest line of its block so far."""
    widths: dict[int, int] = {}
    width = 0
    for line in _lines(text):
        if line.text and width:
            widths[line.start] = width
        width = max(width, len(line.text)) if line.text else 0
    return widths
