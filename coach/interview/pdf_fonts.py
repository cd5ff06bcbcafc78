"""The fonts of the PDF, and how text of any script gets into it.

FiraGO (Latin, Greek, Cyrillic and more) and Cascadia Mono are embedded, from a package that carries them under the
SIL Open Font License. Chinese, Japanese and Korean are left to the reader's own fonts, which every viewer has or
fetches. What has no letter in any of them is told by its name, as a pictograph is, or marked with a box.
"""

import io
import re
import threading
import unicodedata
from functools import lru_cache
from html import escape
from itertools import groupby

from pymupdf_fonts import fontbuffers
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, BOLD, ITALIC, MONO = "CoachText", "CoachText-Bold", "CoachText-Italic", "CoachMono"
_FILES = {REGULAR: "figo", BOLD: "figbo", ITALIC: "figit", MONO: "cascadia"}
_CHINESE, _JAPANESE, _KOREAN = "STSong-Light", "HeiseiKakuGo-W5", "HYGothic-Medium"
_BOX = "\u25a1"
# Joiners, selectors and direction marks shape what stands beside them and have no shape of their own.
_SHAPELESS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")
_LOCK = threading.Lock()


def register() -> None:
    """Make the fonts known, once in a process; safe to call from several threads."""
    with _LOCK:
        known = set(pdfmetrics.getRegisteredFontNames())
        if REGULAR in known:
            return
        for name in (_CHINESE, _JAPANESE, _KOREAN):
            pdfmetrics.registerFont(UnicodeCIDFont(name))
        for name, key in reversed(_FILES.items()):
            pdfmetrics.registerFont(TTFont(name, io.BytesIO(fontbuffers[key]())))
        pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD)


def markup(text: str, font: str = REGULAR) -> str:
    """Return text as a paragraph's markup: nothing in it is taken for markup, each letter has a font that knows it."""
    clean = _SHAPELESS.sub("", unicodedata.normalize("NFC", text)).expandtabs(4)
    pairs = [_letter(char, font) for char in clean if char == "\n" or not _is_control(char)]
    parts = []
    for name, run in groupby(pairs, key=lambda pair: pair[0]):
        said = escape("".join(char for _, char in run), quote=False)
        parts.append(said if name == font else f'<font name="{name}">{said}</font>')
    return "".join(parts).replace("\n", "<br/>")


@lru_cache(maxsize=4096)
def _letter(char: str, font: str) -> tuple[str, str]:
    """The font that has a letter, and what to write in it."""
    if char == "\n":
        return font, char
    for name in (font, MONO, REGULAR):
        if ord(char) in pdfmetrics.getFont(name).face.charToGlyph:
            return name, char
    if (asian := _east_asian(char)) is not None:
        return asian, char
    simpler = unicodedata.normalize("NFKD", char)
    if simpler != char and all(ord(one) in pdfmetrics.getFont(font).face.charToGlyph for one in simpler):
        return font, simpler
    if unicodedata.category(char) in ("So", "Sm") and (called := unicodedata.name(char, "")):
        return font, f"[{called.lower()}]"
    return (font if ord(_BOX) in pdfmetrics.getFont(font).face.charToGlyph else MONO), _BOX


def _east_asian(char: str) -> str | None:
    code = ord(char)
    if 0x1100 <= code <= 0x11FF or 0x3130 <= code <= 0x318F or 0xAC00 <= code <= 0xD7AF:
        return _KOREAN
    if 0x3040 <= code <= 0x30FF or 0x31F0 <= code <= 0x31FF:
        return _JAPANESE
    if (
        0x2E80 <= code <= 0x2FDF
        or 0x3000 <= code <= 0x303F
        or 0x3400 <= code <= 0x9FFF
        or 0xFF00 <= code <= 0xFFEF
    ):
        return _CHINESE
    return None


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs")
