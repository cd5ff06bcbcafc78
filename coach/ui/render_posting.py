"""A job posting on the interview page as HTML: what it asks for, with its sentences. All escaped."""

from html import escape

from coach.interview.posting_found import Posting
from coach.interview.sought import Sought
from coach.ui import render_material

_NAMED = 8  # skills that stand in the line


def decides(found: Posting, led_to: Sought) -> str:
    """Return what the posting asks for in a line, and folded every skill with the sentences it was found in."""
    names = [one.name for one in found.skills]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    asks = f" It asks for {escape(', '.join(names[:_NAMED]))}{more}." if names else ""
    return (
        f'<div class="for-posting"><p>What this posting asks for is asked first: {len(led_to.questions)} questions of '
        f"the bank have to do with it.{asks}</p><details><summary>The sentences that say so</summary>"
        f"{render_material.posting(found)}</details></div>"
    )


def reading() -> str:
    """Return what is shown while a posting is read."""
    return '<p class="progress" role="status">Reading the posting</p>'


def none_yet() -> str:
    """Return where a posting can be added."""
    return '<p class="small">Add a job posting on the Guides page, and what it asks for can decide what is asked.</p>'


def failed(error: Exception) -> str:
    """Return why postings can't be used."""
    return f'<div class="problem" role="alert">{escape(str(error))}</div>'
