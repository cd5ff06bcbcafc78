"""A file becomes a Document: its text, its title, and its sections with exact offsets into the text."""

import codecs
import re
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePath

from coach.errors import DocumentRefused
from coach.library.extract import Extract
from coach.library.sections import Section, markdown_headings, plain_headings, sections_of

LARGEST_FILE = 20_000_000  # bytes; a guide is a thousand times smaller


@dataclass(frozen=True)
class Document:
    """One source's text. `text[s.start:s.end]` is the body of section `s`.

    For Markdown and plain text, `text` is exactly the decoded file; for the others, the text that was
    extracted from it.
    """

    source: str
    title: str
    text: str
    sections: tuple[Section, ...]


def kind_of(path: PurePath) -> str:
    """The kind of file that its suffix promises.

    Raises:
        DocumentRefused: no reader for this suffix.
    """
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        what = f"{path.suffix} files" if path.suffix else "files without a suffix"
        raise DocumentRefused(f"{what} are not read; give one of {', '.join(_KINDS)}")
    return kind


def read_bytes(path: Path) -> bytes:
    """The file's bytes, after a look at its kind and size.

    Raises:
        DocumentRefused: it is not a plain file, too large, or can't be opened.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise DocumentRefused("not a regular file")
        if status.st_size > LARGEST_FILE:
            megabytes = status.st_size / 1e6
            raise DocumentRefused(f"{megabytes:.0f} MB is more than {LARGEST_FILE / 1e6:.0f} MB; split it")
        return path.read_bytes()
    except FileNotFoundError:
        reason = "a symbolic link that leads nowhere" if path.is_symlink() else "no such file"
        raise DocumentRefused(reason) from None
    except PermissionError:
        raise DocumentRefused("no permission to read it") from None
    except OSError as error:
        raise DocumentRefused(f"can't be read: {error.strerror}") from error


def parse(data: bytes, source: str) -> Document:
    """Turn a file's bytes into a Document; the suffix of `source` says how.

    Raises:
        DocumentRefused: no text in it, or not the kind of file that its suffix promises.
    """
    name = PurePath(source)
    if not data.strip():
        raise DocumentRefused("empty")
    extract = _READERS[kind_of(name)](data)
    title = extract.title or title_of(name.stem)
    sections = sections_of(extract.text, extract.headings, title)
    if not any(re.search(r"\w", extract.text[one.start : one.end]) for one in sections):
        raise DocumentRefused("no text in it, or nothing but headings")
    return Document(source, title, extract.text, sections)


def title_of(stem: str) -> str:
    """A title made of a file's name: `star-method_2` becomes `Star method 2`."""
    words = re.sub(r"[-_\s]+", " ", stem).strip()
    return words[:1].upper() + words[1:]


def decode(data: bytes) -> str:
    """Decode text in UTF-8, UTF-16 with a byte order mark, or Windows-1252.

    Raises:
        DocumentRefused: binary content.
    """
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            text = data.decode("utf-16")
        else:
            text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            raise DocumentRefused("not text in UTF-8, UTF-16 or Windows-1252") from None
    controls = sum(character < " " and character not in "\t\n\r\f\v\x1b" for character in text)
    if "\0" in text or controls > len(text) / 100:
        raise DocumentRefused("binary content, not text")
    return text


def _read_markdown(data: bytes) -> Extract:
    text = decode(data)
    headings = markdown_headings(text)
    first = next((heading for heading in headings if heading.title), None)
    return Extract(first.title if first and first.level == 1 else None, text, headings)


def _read_text(data: bytes) -> Extract:
    text = decode(data)
    return Extract(None, text, plain_headings(text))


def _read_html(data: bytes) -> Extract:
    from coach.library.read_html import read_html

    return read_html(data)


def _read_pdf(data: bytes) -> Extract:
    from coach.library.read_pdf import read_pdf

    return read_pdf(data)


def _read_docx(data: bytes) -> Extract:
    from coach.library.read_docx import read_docx

    return read_docx(data)


_KINDS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".docx": "docx",
}
_READERS: dict[str, Callable[[bytes], Extract]] = {
    "markdown": _read_markdown,
    "text": _read_text,
    "html": _read_html,
    "pdf": _read_pdf,
    "docx": _read_docx,
}
