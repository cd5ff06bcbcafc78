"""What of the interview page changes."""

from dataclasses import dataclass
from typing import Any

from coach.ui.markup import Switch
from coach.ui.page_parts import PageParts


@dataclass(frozen=True)
class Parts(PageParts):
    """The components that handlers speak to, and the switches that show or hide parts of the page."""

    current: Any  # BrowserState: the interview that is open, see `opened.py`
    draft: Any  # BrowserState: what is written and not handed in yet
    advising: Any  # State: whether the model is to say something about the last answer
    handing: Any  # State: whether code is being handed in
    handed: Any  # State: what was run and is to be stored, with its explanation
    debrief: Any
    past: Any
    pick: Any
    exercise: Any
    round: Any
    history: Any
    question: Any
    thread: Any
    examples: Any
    code: Any
    results: Any
    running: Any
    box: Any
    problem: Any
    scores: Any
    progress: Any
    advice: Any
    preview: Any
    between: Any
    reflecting: Any
    begin: Any
    setup: Switch
    unfinished: Switch
    practice: Switch
    answering: Switch
    coding: Switch
    coding_stop: Switch
    leave_round: Switch
    report: Switch
    stop: Switch
    finish: Switch
    onward: Switch
    follow: Switch
    interlude: Switch
    finished: Switch
    looking_back: Switch
    hush: Switch
