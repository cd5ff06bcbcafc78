import io
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A5
from reportlab.pdfgen.canvas import Canvas

from coach.errors import DocumentRefused
from coach.library.documents import Document, parse, read_bytes
from coach.library.embedder import HashedWords
from coach.library.passages import passages_of


def bodies(document: Document) -> dict[str, str]:
    return {
        " > ".join(section.path): document.text[section.start : section.end] for section in document.sections
    }


def pdf_bytes(*pages: list[str]) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A5)
    for page in pages:
        for row, line in enumerate(page):
            canvas.drawString(40, 560 - 16 * row, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def docx_bytes(fill: Callable[["docx.document.Document"], None]) -> bytes:
    word = docx.Document()
    word.core_properties.title = ""
    fill(word)
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def word_guide(word: "docx.document.Document") -> None:
    word.add_heading("The loop", 0)
    word.add_paragraph("Five talks in one day.")
    word.add_heading("Coding", 1)
    word.add_paragraph("Bring these along:")
    word.add_paragraph("a clear head", style="List Bullet")
    word.add_paragraph("a test case", style="List Number")
    word.add_heading("Timing", 2)
    table = word.add_table(rows=2, cols=3)
    for cell, text in zip(table.rows[0].cells, ["Round", "Minutes", "Who"], strict=True):
        cell.text = text
    table.rows[1].cells[0].merge(table.rows[1].cells[1]).text = "All of it"
    table.rows[1].cells[2].text = "You"


PAGE = b"""<!DOCTYPE html><html><head><meta charset="utf-8"><title> Our  loop </title>
<style>p { color: red }</style><script>alert("no")</script></head><body>
<nav><a href="/">Home</a></nav><h1>The loop</h1><p>Five <b>talks</b>
in one day.</p><h2>Coding</h2>Bring:<ul><li>a clear <i>head</i></li><li>a test</li></ul>
<div>Loose words<p>and a paragraph</p>and more</div><!-- hidden --><pre>a = 1
  b = 2</pre><table><tr><td>Round</td><td>Minutes</td></tr></table>line<br>break</body></html>"""

KINDS = {
    "guide.md": b"# The loop\r\n\r\nFive talks in one day.\r\n\r\n## Coding\r\n\r\n- one\r\n- two\r\n",
    "guide.txt": "Über das Gespräch\nEs dauert fünf Stunden.\n\nCoding\nTwo tasks are given.\n".encode(),
    "guide.html": PAGE,
    "guide.pdf": pdf_bytes(["The loop", "Five talks in one day."], ["Coding", "Two tasks are given."]),
    "guide.docx": docx_bytes(word_guide),
}


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_gives_sections_and_passages_with_exact_offsets(name: str) -> None:
    document = parse(KINDS[name], name)
    assert len(document.sections) >= 2
    passages = passages_of(document, HashedWords().tokens)
    assert passages
    for passage in passages:
        assert document.text[passage.start : passage.end] == passage.text
    if name.endswith((".md", ".txt")):
        assert document.text == KINDS[name].decode()


def test_html_gives_the_words_that_a_reader_sees() -> None:
    document = parse(PAGE, "guide.html")
    assert document.title == "Our loop"
    assert bodies(document) == {
        "The loop": "Five talks in one day.",
        "The loop > Coding": "Bring:\n\n- a clear head\n- a test\n\nLoose words\n\nand a paragraph\n\nand more\n\n"
        "a = 1\n  b = 2\n\nRound\n\nMinutes\n\nline\nbreak",
    }


def test_html_that_is_xhtml_in_another_encoding() -> None:
    page = '<?xml version="1.0" encoding="iso-8859-1"?><html><body><h1>Gespräch</h1><p>Fünf</p></body></html>'
    document = parse(page.encode("iso-8859-1"), "guide.htm")
    assert (document.title, document.text) == ("Gespräch", "Gespräch\n\nFünf")


def test_docx_gives_headings_lists_and_tables_in_order() -> None:
    document = parse(KINDS["guide.docx"], "guide.docx")
    assert document.title == "The loop"
    assert bodies(document) == {
        "": "Five talks in one day.",
        "Coding": "Bring these along:\n\n- a clear head\n- a test case",
        "Coding > Timing": "Round | Minutes | Who\n\nAll of it | You",
    }


def test_pdf_short_lines_are_headings_and_running_lines_are_left_out() -> None:
    pages = [
        ["My little guide", f"Chapter {name}", f"Some words about {name} are here.", f"Page {number}"]
        for number, name in enumerate(["coding", "design", "stories"], start=1)
    ]
    document = parse(pdf_bytes(*pages), "my-guide.pdf")
    assert document.title == "My guide"
    assert "Page" not in document.text
    assert "little" not in document.text
    assert bodies(document)["Chapter design"] == "Some words about design are here."


def test_pdf_locked_with_an_empty_password_opens() -> None:
    assert "Two tasks" in parse(_locked(""), "guide.pdf").text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("\ufeffGrüße “dir”".encode(), "Grüße “dir”"),
        ("Grüße “dir”".encode("utf-16"), "Grüße “dir”"),
        (b"\xfe\xff" + "Grüße".encode("utf-16-be"), "Grüße"),
        ("Grüße “dir” – 5 €".encode("cp1252"), "Grüße “dir” – 5 €"),
    ],
)
def test_encodings(data: bytes, text: str) -> None:
    assert parse(data, "note.txt").text == text


def _locked(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(KINDS["guide.pdf"])))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="AES-256")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 201_000_000)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.md", b" \n\t\r\n ", "empty"),
        ("a.txt", "\ufeff \n".encode(), "no text"),
        ("a.txt", b"***\n---\n...", "no text"),
        ("a.md", b"# Only\n## headings\n", "nothing but headings"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1", "binary"),
        ("a.txt", bytes(range(1, 128)) * 20, "binary"),
        ("a.txt", b"\x81\x8d\x8f hello", "not text"),
        ("a.txt", b"\xff\xfe\x00\xd8", "not text"),
        ("a.html", b"<html><script>1</script></html>", "no text"),
        ("a.pdf", pdf_bytes([], []), "scan"),
        ("a.pdf", _locked("secret"), "password"),
        ("a.pdf", KINDS["guide.pdf"][: len(KINDS["guide.pdf"]) // 3], "damaged"),
        ("a.pdf", b"%PDF-1.7\nnothing of the kind", "damaged"),
        ("a.docx", KINDS["guide.docx"][:2000], "damaged"),
        ("a.docx", b"PK but no more than that", "damaged"),
        ("a.docx", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "old .doc"),
        ("a.docx", docx_bytes(lambda word: None), "no text"),
        ("a.docx", _bomb(), "unpack"),
        ("a.pptx", b"PK", ".pptx files are not read"),
        ("README", b"hello", "without a suffix"),
    ],
)
def test_refused_with_a_reason(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(DocumentRefused, match=reason):
        parse(data, name)


def test_a_file_of_100_mb_is_refused_without_being_read(tmp_path: Path) -> None:
    file = tmp_path / "large.txt"
    with file.open("wb") as handle:
        handle.truncate(100_000_000)  # a hole: reading it would give a hundred million zeros
    with pytest.raises(DocumentRefused, match="100 MB is more than 20 MB"):
        read_bytes(file)


def test_what_is_no_plain_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(DocumentRefused, match="not a regular file"):
        read_bytes(tmp_path / "pipe.txt")
    (tmp_path / "link.txt").symlink_to(tmp_path / "nowhere.txt")
    with pytest.raises(DocumentRefused, match="leads nowhere"):
        read_bytes(tmp_path / "link.txt")
    with pytest.raises(DocumentRefused, match="no such file"):
        read_bytes(tmp_path / "nowhere.txt")


@pytest.fixture
def somebody() -> Iterator[None]:
    """Not root, for whom no file is unreadable."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    yield
    os.seteuid(0)


def test_a_file_without_permission_is_refused(tmp_path: Path, somebody: None) -> None:
    if os.geteuid() != 65534:
        (tmp_path / "secret.txt").write_text("words")
        (tmp_path / "secret.txt").chmod(0)
    with pytest.raises(DocumentRefused, match="no permission"):
        read_bytes(tmp_path / "secret.txt")
