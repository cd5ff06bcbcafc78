"""The user's own material as HTML: what was taken from each source, and what a posting asks for. All escaped."""

import re
from collections.abc import Sequence
from datetime import datetime
from html import escape

from coach.interview.posting_found import Posting, Quote, Skill
from coach.library.material import Held, Taken
from coach.ui.render import prose

_STAGES = {
    "reading": "Reading",
    "embedding": "Embedding passages",
    "storing": "Writing the index",
    "swapping": "Almost there",
}
_GROUPS = (
    ("required", "What it demands"),
    ("preferred", "What it would like"),
    ("duty", "What the work asks for"),
    ("mentioned", "Mentioned in passing"),
)
_MANY_HEADINGS = 40
_LONG_NAME = 70


def one_line(held: Held) -> str:
    """Return a source as one line of a list, as plain text."""
    title = held.title if len(held.title) <= _LONG_NAME else f"{held.title[: _LONG_NAME - 1]}…"
    what = "posting, " if held.posting else ""
    return f"{title} ({what}{_passages(held.passages)}{_when(held.added)})"


def progress(stage: str, done: int, total: int) -> str:
    """Return how far it is; a stage without numbers has a bar that only moves."""
    said = _STAGES.get(stage, stage.capitalize())
    counted = f" {done} of {total}" if total > 1 else ""
    bar = f'<progress value="{done}" max="{total}"></progress>' if total > 1 else "<progress></progress>"
    return f'<div class="taking" role="status"><p>{escape(said)}{counted}</p>{bar}</div>'


def stopping() -> str:
    """Return what is shown until the step at work has ended."""
    return '<div class="taking" role="status"><p>Stopping after this step</p><progress></progress></div>'


def added(new: Sequence[Held], renamed: Sequence[tuple[str, str]], *, stopped: bool) -> str:
    """Return what came in, and under which names where those had to change."""
    if stopped:
        return _said("Stopped. Nothing was added.")
    lines = [f"<strong>{escape(one.title)}</strong>: {_passages(one.passages)}." for one in new]
    lines += [
        f"There was a {escape(given)} already. Both are kept, this one as {escape(name)}; remove what you don't need."
        for given, name in renamed
    ]
    return _said("Added. " + " ".join(lines)) if lines else ""


def removed(held: Held) -> str:
    """Return that a source is gone."""
    return _said(f"<strong>{escape(held.title)}</strong> is removed.")


def refused(files: Sequence[tuple[str, str]]) -> str:
    """Return what was not taken, each with its reason in one line."""
    if not files:
        return ""
    shown = "".join(f"<li><strong>{escape(name)}</strong>: {escape(why)}</li>" for name, why in files)
    return f'<div class="problem" role="alert"><p>Not added:</p><ul>{shown}</ul></div>'


def really(held: Held) -> str:
    """Return the question before a source is removed, with what that means."""
    lost = (
        "Its copy is deleted; there is no other one here."
        if held.own
        else "Its file stays where it is, and <code>coach ingest</code> brings it back."
    )
    return f'<div class="notice" role="alert">Remove <strong>{escape(held.title)}</strong>? {lost}</div>'


def taken(what: Taken) -> str:
    """Return what was taken from a source: its title, how many passages, and its headings."""
    held = what.held
    facts = f"{_passages(held.passages)} under {len(what.headings)} heading{'s' if len(what.headings) != 1 else ''}"
    kind = "Job posting" if held.posting else "Added by you" if held.own else "From a folder"
    first = "".join(f"<li>{escape(one)}</li>" for one in what.headings[:_MANY_HEADINGS])
    left = len(what.headings) - _MANY_HEADINGS
    more = f'<p class="small">and {left} more</p>' if left > 0 else ""
    headings = (
        f'<details class="headings"><summary>Headings</summary><ul>{first}</ul>{more}</details>'
        if first
        else ""
    )
    return (
        f'<section class="taken"><h3>{escape(held.title)}</h3>'
        f'<p class="facts">{kind}{_when(held.added)}: {facts} <small>{escape(held.source)}</small></p>'
        f"{headings}</section>"
    )


def passages(what: Taken, upto: int) -> str:
    """Return the first passages of a source, word for word."""
    shown = "".join(
        f'<li><p class="heading">{escape(one.heading)}</p><p class="text">{prose(one.text)}</p></li>'
        for one in what.passages[:upto]
    )
    count = min(upto, len(what.passages))
    title = (
        f"The first {count} of {len(what.passages)} passages"
        if count < len(what.passages)
        else "Its passages"
    )
    return f'<section class="passages"><h3>{title}</h3><ol>{shown}</ol></section>'


def posting(found: Posting) -> str:
    """Return what a posting asks for: level, skills, principles and duties, each with its sentences."""
    groups = "".join(
        _group(title, [one for one in found.skills if one.wanted == wanted]) for wanted, title in _GROUPS
    )
    values = "".join(
        f"<li><p><b>{escape(one.principle)}</b> <small>{'named' if one.named else _sure(one.sure)}</small></p>"
        f"{_quotes(one.quotes)}</li>"
        for one in found.values
    )
    values = f"<h4>Principles it speaks of</h4><ul>{values}</ul>" if values else ""
    return (
        f'<section class="posting"><h3>What this posting asks for</h3>{_level(found)}{groups}{values}'
        f"{_folded('What you would do', [one.quote for one in found.duties])}"
        f"{_folded('Asked for, and not on my list of skills', found.unknown)}</section>"
    )


def _level(found: Posting) -> str:
    told = found.seniority
    title = f"<b>{escape(found.title)}</b>. " if found.title else ""
    if told.level is None:
        return f'<p class="facts">{title}Level: {escape(told.why)}.</p>'
    years = f", {told.years} or more years" if told.years is not None else ""
    return (
        f'<p class="facts">{title}Level: <b>{told.level}</b>{years} <small>{_sure(told.sure)}, from {escape(told.why)}'
        f"</small></p>{_quotes(told.quotes)}"
    )


def _group(title: str, skills: Sequence[Skill]) -> str:
    if not skills:
        return ""
    ways = {"name": "", "meaning": ", by its meaning", "own words": ", its own word"}
    shown = "".join(
        f"<li><p><b>{escape(one.name)}</b> <small>{_sure(one.sure)}{ways[one.how]}</small></p>"
        f"{_quotes(one.quotes)}</li>"
        for one in skills
    )
    return f"<h4>{title}</h4><ul>{shown}</ul>"


def _quotes(quotes: Sequence[Quote]) -> str:
    """The first sentence at once, the others on demand."""
    if not quotes:
        return ""
    first, *others = (f"<blockquote>{prose(_unescaped(one.text))}</blockquote>" for one in quotes)
    if not others:
        return first
    more = f"and {len(others)} more sentence{'s' if len(others) > 1 else ''}"
    return f"{first}<details><summary>{more}</summary>{''.join(others)}</details>"


def _folded(title: str, quotes: Sequence[Quote]) -> str:
    if not quotes:
        return ""
    shown = "".join(f"<blockquote>{prose(_unescaped(one.text))}</blockquote>" for one in quotes)
    return f"<details><summary>{title} ({len(quotes)})</summary>{shown}</details>"


def _unescaped(text: str) -> str:
    """Markdown's own escapes are no part of the words."""
    return re.sub(r"\\([^\w\s])", r"\1", text)


def _sure(sure: float) -> str:
    return "sure" if sure >= 0.9 else "fairly sure" if sure >= 0.7 else "likely" if sure >= 0.5 else "a guess"


def _passages(count: int) -> str:
    return f"{count} passage{'s' if count != 1 else ''}"


def _when(added_at: str) -> str:
    try:
        return f", {datetime.fromisoformat(added_at).astimezone():%d %b %Y}"
    except ValueError:
        return ""


def _said(text: str) -> str:
    return f'<div class="said-so" role="status">{text}</div>'
