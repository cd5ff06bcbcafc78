"""PDF: the text of its pages. Nothing marks a heading there, so it is read like plain text."""

import io
import re
from collections import Counter
from typing import TYPE_CHECKING

from coach.errors import DocumentRefused
from coach.library.extract import Extract
from coach.library.sections import plain_headings

if TYPE_CHECKING:
    from pypdf import PdfReader


def read_pdf(data: bytes) -> Extract:
    """Read a PDF's text, page after page, without the lines that run along the top and bottom of its pages.

    Raises:
        DocumentRefused: damaged, locked with a password, or a scan without text.
    """
    try:
        pages = _pages(data)
    except DocumentRefused:
        raise
    except Exception as error:  # pypdf lets almost anything escape from a damaged file
        raise DocumentRefused(f"a damaged PDF ({type(error).__name__})") from error
    if not any(page.strip() for page in pages):
        raise DocumentRefused("a PDF without text, probably a scan; run OCR on it first")
    text = "\n\n".join(_without_running_lines(pages))
    return Extract(None, text, plain_headings(text))


def _pages(data: bytes) -> list[str]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    _unlock(reader)
    # Lone surrogates and NULs are in no text that anyone wrote, and can't be stored.
    return [re.sub("[\0\ud800-\udfff]", "", page.extract_text()) for page in reader.pages]


def _unlock(reader: "PdfReader") -> None:
    if reader.is_encrypted and not reader.decrypt(""):
        raise DocumentRefused("a PDF locked with a password; save it without one")


def _without_running_lines(pages: list[str]) -> list[str]:
    """Leave out first and last lines that, but for the page number, stand on most of three pages or more."""
    lines = [[line for line in page.splitlines() if line.strip()] for page in pages]
    edges = Counter(_edge(line) for page in lines for line in {*page[:1], *page[-1:]})
    running = {edge for edge, count in edges.items() if count >= 3 and count > len(pages) / 2}
    kept = []
    for page in pages:
        rows = page.strip().splitlines()
        if rows and _edge(rows[0]) in running:
            rows = rows[1:]
        if rows and _edge(rows[-1]) in running:
            rows = rows[:-1]
        kept.append("\n".join(rows).strip("\n"))
    return [page for page in kept if page.strip()]


def _edge(line: str) -> str:
    return re.sub(r"\d+", "#", line.strip())
