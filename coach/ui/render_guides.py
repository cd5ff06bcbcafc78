"""What the guides say, as HTML: an answer with its numbered sources, or the passages themselves. All escaped."""

import re
from collections.abc import Sequence
from html import escape

from coach.library.reply import Reply
from coach.library.retrieval import Hit
from coach.ui.render import prose


def reply(said: Reply) -> str:
    """Return an answer: its words, then each source that it points at, word for word."""
    if said.abstained:
        near = _passages("The nearest passages, all the same", said.passages[:2])
        return (
            '<div class="notice"><strong>That is not in my material.</strong> I answer from your guides only, '
            f"and none of them comes close to this question. Add a guide about it, or ask in other words.</div>{near}"
        )
    if not said.answer:
        return waiting(said.passages) if not said.done else ""
    known = len(said.citations)
    # A number without a source yet is left as it stands.
    linked = re.sub(
        r"\[(\d+)\]",
        lambda m: (
            f'<a class="cite" href="#source-{m[1]}" aria-label="Source {m[1]}">{m[1]}</a>'
            if 1 <= int(m[1]) <= known
            else m[0]
        ),
        prose(said.answer),
    )
    notes = "".join(f'<p class="note">{escape(one)}</p>' for one in said.notes)
    took = f"; {said.timings_ms['total'] / 1000:.1f} s" if said.done and "total" in said.timings_ms else ""
    if said.model is None:
        by = "passages from your guides, no model"
    else:
        by = (
            f"sentences of your guides, picked by {said.model}" if said.verbatim else f"words by {said.model}"
        )
    small = f'<p class="small">{escape(by + took)}</p>' if said.done else ""
    return f'<article class="reply"><p class="said">{linked}</p>{notes}{_sources(said)}{small}</article>'


def waiting(found: Sequence[Hit] = ()) -> str:
    """Return what stands in for the answer until its first words come: what the model is reading."""
    lines = "".join(f'<span style="width:{width}%"></span>' for width in (96, 88, 61))
    headings = "".join(f"<li>{escape(one.heading)}</li>" for one in found)
    reading = (
        f'<div class="reading"><p>Reading in your guides</p><ul>{headings}</ul></div>' if headings else ""
    )
    return f'<div class="skeleton" role="status" aria-label="Reading your guides">{lines}</div>{reading}'


def hits(found: Sequence[Hit]) -> str:
    """Return passages, best first."""
    if not found:
        return '<div class="notice"><strong>Nothing found.</strong> Try other words, or fewer of them.</div>'
    return _passages(f"{len(found)} passages, nearest first", found)


def empty_library() -> str:
    """Return what to do while the library holds nothing."""
    return (
        '<div class="notice"><strong>Your library is empty.</strong> Add a guide below, or run '
        "<code>coach ingest</code> in a terminal for the guides that come with the coach, and ask again. "
        "This page needs no restart.</div>"
    )


def _sources(said: Reply) -> str:
    shown = "".join(
        f'<li id="source-{number}" tabindex="-1"><blockquote>{prose(one.quote)}</blockquote>'
        f"{_where(one.heading, one.source)}</li>"
        for number, one in enumerate(said.citations, start=1)
    )
    return f'<section class="sources"><h3>Where it says so</h3><ol>{shown}</ol></section>' if shown else ""


def _passages(title: str, found: Sequence[Hit]) -> str:
    shown = "".join(
        f'<li><p class="heading">{escape(one.heading)}</p><p class="text">{prose(one.text)}</p>'
        f'<p class="where">{escape(one.source)}</p></li>'
        for one in found
    )
    return f'<section class="passages"><h3>{escape(title)}</h3><ol>{shown}</ol></section>' if shown else ""


def _where(heading: str, source: str) -> str:
    return f'<p class="where"><b>{escape(heading)}</b> <span>{escape(source)}</span></p>'
