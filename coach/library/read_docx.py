"""Word documents: paragraphs, headings, lists and the text of tables, in the order of the page."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from coach.errors import DocumentRefused
from coach.library.extract import Block, Extract, extract_of

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.table import Table
    from docx.text.paragraph import Paragraph

_LARGEST_UNPACKED = 200_000_000  # bytes; a small file that unpacks to more is an attack
_OLD_OR_LOCKED = bytes.fromhex("d0cf11e0")


def read_docx(data: bytes) -> Extract:
    """Read a Word document.

    Raises:
        DocumentRefused: damaged, locked with a password, or far larger unpacked than a document is.
    """
    import docx

    if data.startswith(_OLD_OR_LOCKED):
        raise DocumentRefused("locked with a password, or an old .doc; save it as .docx without one")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > _LARGEST_UNPACKED:
            raise DocumentRefused(f"it would unpack to {unpacked / 1e6:.0f} MB; no document does")
        word = docx.Document(io.BytesIO(data))
        return extract_of(list(_blocks(word)), word.core_properties.title or None)
    except DocumentRefused:
        raise
    except Exception as error:  # zipfile, lxml and python-docx each have their own for a damaged file
        raise DocumentRefused(f"a damaged Word document ({type(error).__name__})") from error


def _blocks(word: "Word") -> Iterator[Block]:
    from docx.table import Table

    for part in word.iter_inner_content():
        if isinstance(part, Table):
            yield from _rows(part)
        else:
            yield _paragraph(part)


def _paragraph(paragraph: "Paragraph") -> Block:
    style = (paragraph.style.name or "") if paragraph.style else ""
    if style == "Title":
        return Block(paragraph.text, level=1)
    if heading := re.fullmatch(r"heading ([1-9])", style, re.IGNORECASE):
        return Block(paragraph.text, level=int(heading[1]))
    properties = paragraph._p.pPr
    numbered = properties is not None and properties.numPr is not None
    return Block(paragraph.text, item=numbered or style.startswith("List"))


def _rows(table: "Table") -> Iterator[Block]:
    for row in table.rows:
        # A merged cell is given once for each column that it spans.
        cells = list(dict.fromkeys(cell.text.strip() for cell in row.cells))
        yield Block(" | ".join(cell for cell in cells if cell))
