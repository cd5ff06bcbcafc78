"""HTML: the words a reader of the page would see, without its scripts, styles and menus."""

import re
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from coach.library.extract import Block, Extract, extract_of

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_BREAK = "\u2028"  # stands for <br>: the line ends of the file itself are only spaces
_DROPPED = ["script", "style", "nav", "noscript", "template", "svg", "head"]
_BLOCKS = [
    *("address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "div", "dl", "dt"),
    *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
    *("html", "li", "main", "ol", "p", "pre", "section", "summary", "table", "td", "th", "tr", "ul"),
]


def read_html(data: bytes) -> Extract:
    """Read an HTML page; its encoding is the one that it declares."""
    from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning

    with warnings.catch_warnings():
        # A saved XHTML page is read as the HTML that it also is.
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        page = BeautifulSoup(data, "html.parser")
    title = " ".join(page.title.get_text().split()) if page.title else None
    for tag in page.find_all(_DROPPED):
        tag.decompose()
    for tag in page.find_all("br"):
        tag.replace_with(_BREAK)
    return extract_of(_blocks(page), title or None)


def _blocks(page: "BeautifulSoup") -> Iterator[Block]:
    """The page's strings, those side by side in one block element joined."""
    from bs4.element import NavigableString

    owner: Tag | None = None
    words: list[str] = []
    for string in page.find_all(string=True):
        if type(string) is not NavigableString:  # comments, declarations
            continue
        block = string.find_parent(_BLOCKS)
        if block is not owner and words:
            yield _block(owner, "".join(words))
            words = []
        owner = block
        words.append(string)
    if words:
        yield _block(owner, "".join(words))


def _block(owner: "Tag | None", words: str) -> Block:
    name = owner.name if owner else ""
    if name == "pre":
        return Block(words.strip("\n").replace(_BREAK, "\n"))
    text = "\n".join(" ".join(line.split()) for line in words.strip().split(_BREAK))
    if re.fullmatch("h[1-6]", name):
        return Block(" ".join(text.split()), level=int(name[1]))
    return Block(text, item=name == "li")
