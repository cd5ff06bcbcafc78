"""What the buttons of the user's own material do: add, look, remove. What there is, the library tells each time."""

import queue
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coach.coach import Coach
from coach.errors import CoachError
from coach.interview.posting import read_posting
from coach.library.ingest import Progress
from coach.library.material import Added, Held, Material
from coach.ui import render, render_material
from coach.ui.markup import Switch, Updates, adding_up
from coach.ui.material_given import drop_upload, is_posting, pasted, uploaded
from coach.ui.page_parts import PageParts

POSTING, GUIDE = "posting", "guide"
_SHOWN = 20  # passages at a time
_PACE = 0.2  # seconds between two looks at how far it is


@dataclass(frozen=True)
class Parts(PageParts):
    """What of the page changes."""

    files: Any
    title: Any
    text: Any
    came: Any  # State: what has just been taken in, see `Came`
    job: Any  # State: what is being added, for the button that stops it
    source: Any  # State: the source that is looked at
    shown: Any  # State: how many of its passages are shown
    progress: Any
    problem: Any
    said: Any
    own: Any
    others: Any
    detail: Any
    asked_for: Any  # of a posting
    passages: Any
    asking: Any
    stop: Switch
    back: Switch
    listed: Switch
    empty: Switch
    foldered: Switch
    detailed: Switch
    more: Switch
    sure: Switch
    rest: Switch


@dataclass(frozen=True)
class Came:
    """What came of adding, and what the fields held when it began."""

    added: Added
    refused: Sequence[tuple[str, str]] = ()
    paths: tuple[str, ...] = ()
    title: str = ""
    text: str = ""


@dataclass(frozen=True)
class Flow:
    """The handlers; every one returns only what changes."""

    coach: Coach
    parts: Parts
    _stops: dict[str, threading.Event] = field(default_factory=dict)

    @property
    def material(self) -> Material:
        """The user's own material."""
        return Material(self.coach.library)

    def reload(self) -> Updates:
        """List what there is; nothing is looked at."""
        return {**self._list(), **self._looking_away(), self.parts.said: ""}

    @adding_up
    def add(self, kind: str, paths: Sequence[str] | None, title: str, text: str) -> Iterator[Updates]:
        """Take files and pasted text in, telling how far it is; what is refused is told with its reason."""
        parts = self.parts
        refused: list[tuple[str, str]] = []
        given = [one for path in paths or () if (one := uploaded(Path(path), refused))]
        if text.strip():
            given.append(pasted(title, text))
        if not given and not refused:
            why = "Paste the text as well." if title.strip() else "Choose a file, or paste some text, first."
            yield {parts.problem: render.problem(why), parts.said: ""}
            return
        if kind == POSTING:
            given = [one for one in given if is_posting(one, refused)]

        def act(progress: Progress, stop: threading.Event) -> Added:
            return self.material.add(given, posting=kind == POSTING, progress=progress, stop=stop)

        for step in self._working(act):
            if isinstance(step, Added):
                step = {parts.came: Came(step, tuple(refused), tuple(paths or ()), title, text)}
            yield step

    @adding_up
    def take_back(self) -> Iterator[Updates]:
        """Take in again what lies in our folder and is not in the library."""
        for step in self._working(lambda progress, stop: self.material.take_back(progress, stop)):
            yield {self.parts.came: Came(step)} if isinstance(step, Added) else step

    def settle(self, came: Came | None, paths: Sequence[str] | None, title: str, text: str) -> Updates:
        """List what there is now that something was taken in; the fields are emptied of that, and of nothing else."""
        if came is None:
            return {self.parts.came: None}
        return {**self._done(came), **self._emptied(came, paths or (), title, text), self.parts.came: None}

    def stop(self, job: str) -> Updates:
        """Stop what is being added; the step that is at work says when that is done."""
        if event := self._stops.get(job):
            event.set()
            return {self.parts.progress: render_material.stopping()}
        return {**self.parts.stop.turn(False), self.parts.progress: ""}

    def look(self, source: str | None) -> Updates:
        """Show what was taken from a source; of a posting, what it asks for."""
        if not source:
            return self._looking_away()
        parts = self.parts
        try:
            taken = self.material.look(source)
            posting = None
            if taken.held.posting:
                text = self.coach.library.text(source)
                posting = read_posting(text, self.coach.library.embedder, given_title=taken.held.title)
        except CoachError as error:
            return {**self._list(), **self._looking_away(), parts.problem: render.problem(str(error))}
        return {
            parts.source: source,
            parts.shown: 0,
            parts.detail: render_material.taken(taken),
            parts.asked_for: render_material.posting(posting) if posting else "",
            parts.passages: "",
            parts.problem: "",
            **parts.detailed.turn(True),
            **parts.more.turn(bool(taken.passages)),
            **parts.sure.turn(False),
            **parts.rest.turn(True),
        }

    def passages(self, source: str, shown: int) -> Updates:
        """Show the passages themselves, some at a time."""
        parts = self.parts
        try:
            taken = self.material.look(source)
        except CoachError as error:
            return {**self._list(), **self._looking_away(), parts.problem: render.problem(str(error))}
        upto = shown + _SHOWN
        return {
            parts.shown: upto,
            parts.passages: render_material.passages(taken, upto),
            **parts.more.turn(upto < len(taken.passages)),
        }

    def ask_removal(self, source: str) -> Updates:
        """Ask whether a source is really to go, and say what will be lost."""
        held = next((one for one in self._held() if one.source == source), None)
        if held is None:
            return self.look(source)
        return {
            self.parts.asking: render_material.really(held),
            **self.parts.sure.turn(True),
            **self.parts.rest.turn(False),
        }

    def keep(self) -> Updates:
        """Leave it where it is."""
        return {**self.parts.sure.turn(False), **self.parts.rest.turn(True)}

    def remove(self, source: str) -> Updates:
        """Take a source out of the library, and list what is left."""
        try:
            held = next((one for one in self._held() if one.source == source), None)
            self.material.remove(source)
        except CoachError as error:
            return {**self._list(), **self.keep(), self.parts.problem: render.problem(str(error))}
        gone = render_material.removed(held) if held else ""
        return {**self._list(), **self._looking_away(), self.parts.said: gone, self.parts.problem: ""}

    def _working(self, act: Callable[[Progress, threading.Event], Added]) -> Iterator[Updates | Added]:
        """Do it in a thread of its own; what it came to is the last step, if it came to anything."""
        parts, job, stop = self.parts, uuid.uuid4().hex, threading.Event()
        steps: queue.SimpleQueue[tuple[str, int, int]] = queue.SimpleQueue()
        came: list[Added | CoachError] = []

        def work() -> None:
            try:
                came.append(act(lambda *step: steps.put(step), stop))
            except CoachError as error:
                came.append(error)

        self._stops[job] = stop
        try:
            yield {
                parts.job: job,
                parts.problem: "",
                parts.said: "",
                parts.progress: render_material.progress("reading", 0, 0),
                **parts.stop.turn(True),
            }
            worker = threading.Thread(target=work, name="material", daemon=True)
            worker.start()
            while worker.is_alive():
                worker.join(_PACE)
                latest = None
                while not steps.empty():
                    latest = steps.get()
                if latest and not stop.is_set():
                    yield {parts.progress: render_material.progress(*latest)}
        finally:
            del self._stops[job]
        quiet: Updates = {parts.progress: "", **parts.stop.turn(False)}
        if not came:
            yield {**quiet, parts.problem: render.problem("It could not be added: the log tells why.")}
        elif isinstance(came[0], CoachError):
            yield {**quiet, parts.problem: render.problem(str(came[0]))}
        else:
            yield quiet
            yield came[0]

    def _done(self, came: Came) -> Updates:
        parts, added = self.parts, came.added
        listed = self._list(chosen=added.sources[0] if added.sources else None)
        seen = self.look(added.sources[0]) if added.sources else {}
        new = [one for one in self._held() if one.source in added.sources]
        return {
            **listed,
            **seen,
            parts.said: render_material.added(new, added.renamed, stopped=added.stopped),
            parts.problem: render_material.refused([*came.refused, *added.refused]),
        }

    def _emptied(self, came: Came, paths: Sequence[str], title: str, text: str) -> Updates:
        """What was taken in is not kept twice. After a stop everything stays, and always what was given since."""
        if came.added.stopped:
            return {}
        emptied: Updates = {}
        if tuple(paths) == came.paths:
            for path in paths:
                drop_upload(Path(path))
            emptied[self.parts.files] = None
        if came.added.sources and (title, text) == (came.title, came.text):
            emptied |= {self.parts.title: "", self.parts.text: ""}
        return emptied

    def _held(self) -> list[Held]:
        return self.material.listed()

    def _list(self, chosen: str | None = None) -> Updates:
        import gradio as gr

        parts = self.parts
        try:
            held, left = self._held(), self.material.left_over()
        except CoachError as error:
            return {parts.problem: render.problem(str(error))}
        own = [(render_material.one_line(one), one.source) for one in held if one.own]
        others = [(render_material.one_line(one), one.source) for one in held if not one.own]
        named = {source for _, source in own}
        return {
            parts.own: gr.update(choices=own, value=chosen if chosen in named else None),
            parts.others: gr.update(choices=others, value=None, label=f"Guides from folders ({len(others)})"),
            **parts.listed.turn(bool(own)),
            **parts.empty.turn(not own),
            **parts.foldered.turn(bool(others)),
            **parts.back.turn(bool(left)),
        }

    def _looking_away(self) -> Updates:
        parts = self.parts
        return {
            parts.source: None,
            parts.shown: 0,
            parts.detail: "",
            parts.asked_for: "",
            parts.passages: "",
            **parts.detailed.turn(False),
            **parts.sure.turn(False),
        }
