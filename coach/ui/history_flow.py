"""What the buttons of the history page do: look, save as a file, bring back, delete for good."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from coach.coach import Coach
from coach.errors import CoachError, UsageError
from coach.interview.archive import delete_all, export_all, import_all, read_archive
from coach.interview.exercising import begin, exercise_of
from coach.interview.export import to_json, to_markdown
from coach.interview.pdf import to_pdf
from coach.interview.plans import plans_of
from coach.interview.session import InterviewState
from coach.interview.unreadable import Unreadable, to_raw
from coach.stories.story import Draft, draft_from
from coach.ui import render, render_history
from coach.ui.markup import Switch, Updates
from coach.ui.material_given import drop_upload
from coach.ui.opened import opening
from coach.ui.page_parts import PageParts
from coach.ui.render_stories import said
from coach.ui.save_story import SaveStory

ONE, ALL = "delete", "delete everything"
_PAGE = 20  # interviews at a time
_FORMATS: dict[str, tuple[str, str, Callable[[InterviewState], bytes]]] = {
    "markdown": ("md", "text/markdown", lambda state: to_markdown(state).encode()),
    "json": ("json", "application/json", lambda state: to_json(state).encode()),
    "pdf": ("pdf", "application/pdf", to_pdf),
}


@dataclass(frozen=True)
class Parts(PageParts):
    """What of the page changes."""

    current: Any  # State: the id of the interview that is looked at
    listed: Any  # State: how many are listed
    opened: Any  # BrowserState: the interview that the interview page has open
    stored: Any
    interviews: Any
    problem: Any
    said: Any
    looked_at: Any
    answer: Any
    typed: Any
    typed_all: Any
    given: Any
    some: Switch
    older: Switch
    detail: Switch
    going_on: Switch
    answers: Switch
    erase: Switch
    forms: Switch
    raw: Switch


@dataclass(frozen=True)
class Flow:
    """The handlers; every one returns only what changes."""

    coach: Coach
    parts: Parts
    saving: SaveStory

    def reload(self, current: str | None, looked_at: str | None) -> Updates:
        """List what is stored. What is looked at and still the same stays as it is, with all that is typed there."""
        parts = self.parts

        def work() -> Updates:
            again = self._again(current)
            same = again[parts.current] == current and again.get(parts.looked_at) == looked_at
            listed = self._listing(current, _PAGE, picked=False)
            return {**listed, **({} if same else again), parts.said: ""}

        return self._told(work)

    def older(self, current: str | None, listed: int) -> Updates:
        """List more of them."""
        return self._told(lambda: self._listing(current, listed + _PAGE, picked=False))

    def look(self, name: str | None) -> Updates:
        """Show one interview."""
        return self._told(lambda: {**self._again(name), self.parts.said: ""})

    def go_on(self, current: str) -> Updates:
        """Have the interview page open it."""
        return self._told(lambda: {self.parts.opened: opening(self.coach.interviews.resume(current)).kept})

    def exercise(self, current: str, number: int) -> Updates:
        """Start exercise `number` (from 0) of the debrief, for the interview page to show."""
        interviews = self.coach.interviews

        def work() -> Updates:
            task = exercise_of(interviews.get(current), number)
            state = begin(interviews, task, plans_of(self.coach.library.settings.home).plans)
            return {self.parts.opened: opening(state, exercise=task.text).kept}

        return self._told(work)

    def export(self, current: str, form: str) -> str:
        """Return one interview as JSON for the page to save: name, media type, and the file in base 64."""
        ending, media, write = _FORMATS[form]
        return self._file(
            lambda: write(self.coach.interviews.get(current)), f"interview-{current}.{ending}", media
        )

    def export_raw(self, current: str) -> str:
        """Return what is stored of an interview that can't be read, as `export` does."""
        store = self.coach.interviews.store
        return self._file(
            lambda: to_raw(current, store.raw(current)).encode(),
            f"interview-{current}-raw.json",
            "application/json",
        )

    def export_all(self) -> str:
        """Return everything that is stored, as `export` does."""
        name = f"interview-coach-{date.today():%Y-%m-%d}.json"
        return self._file(
            lambda: export_all(self.coach.interviews.store.database).encode(), name, "application/json"
        )

    def told_of(self, file: str) -> Updates:
        """Say that a file has been saved, or why it could not be."""
        found = json.loads(file) if file else {}
        if "problem" in found:
            return {self.parts.problem: render.problem(found["problem"]), self.parts.said: ""}
        return {self.parts.problem: "", self.parts.said: said(f"Saved as {found.get('name', 'a file')}.")}

    def bring_back(self, path: str | None) -> Updates:
        """Take an export in; what is there already stays as it is."""
        if not path:
            return {self.parts.problem: render.problem("Choose the file of an export first.")}
        file = Path(path)

        def work() -> Updates:
            try:
                archive = read_archive(file.read_bytes())
            except OSError:
                raise UsageError("The file can't be read: choose it again.") from None
            came = import_all(archive, self.coach.interviews.store.database)
            return {**self._listing(None, _PAGE), **self._again(None), self.parts.said: said(str(came))}

        done = self._told(work)
        drop_upload(file)
        return {**done, self.parts.given: None}

    def delete(self, current: str, typed: str) -> Updates:
        """Delete the interview that is looked at, once that has been typed."""
        if not _typed(typed, ONE):
            return {self.parts.problem: render.problem(f"Nothing was deleted: type “{ONE}” first.")}
        return self._erased(lambda: self.coach.interviews.delete(current), "The interview is deleted.")

    def delete_all(self, typed: str) -> Updates:
        """Delete all there is, once that has been typed."""
        if not _typed(typed, ALL):
            return {self.parts.problem: render.problem(f"Nothing was deleted: type “{ALL}” first.")}
        return self._erased(
            lambda: delete_all(self.coach.interviews.store.database), "Everything is deleted, stories too."
        )

    def draft(self, current: str | None, turn: int | None) -> Draft:
        """Return an answer of the interview as a story to save.

        Raises:
            CoachError: there is no such answer.
        """
        if current is None or turn is None:
            raise UsageError("Pick an answer first.")
        return draft_from(self.coach.interviews.get(current), turn)

    def _erased(self, erase: Callable[[], None], text: str) -> Updates:
        trouble: Updates = {self.parts.problem: "", self.parts.said: said(text)}
        try:
            erase()
        except CoachError as error:  # gone from the list perhaps, but not from the disk
            trouble = {self.parts.problem: render.problem(str(error)), self.parts.said: ""}
        return {**self._told(lambda: {**self._listing(None, _PAGE), **self._again(None)}), **trouble}

    def _told(self, work: Callable[[], Updates]) -> Updates:
        try:
            return {self.parts.problem: "", **work()}
        except CoachError as error:
            return {self.parts.problem: render.problem(str(error)), self.parts.said: ""}

    def _file(self, write: Callable[[], bytes], name: str, media: str) -> str:
        try:
            body = base64.b64encode(write()).decode()
        except CoachError as error:
            return json.dumps({"problem": str(error)})
        return json.dumps({"name": name, "type": media, "body": body})

    def _listing(self, chosen: str | None, count: int, *, picked: bool = True) -> Updates:
        """What is stored; unless one is `picked` here, what is picked on the page stays picked if still there."""
        import gradio as gr

        (states, unreadable), parts = self.coach.interviews.records.sorted_out(), self.parts
        # What can't be read stands in front: something has to be done about it.
        shown = [(render_history.unreadable_line(one), one.id) for one in unreadable]
        shown += [(render_history.one_line(state), state.id) for state in states[:count]]
        there = chosen in {name for _, name in shown}
        stays = not picked and (there or chosen is None)
        pick: dict[str, Any] = {} if stays else {"value": chosen if there else None}
        return {
            parts.listed: count,
            parts.stored: render_history.stored(states, len(unreadable)),
            parts.interviews: gr.update(choices=shown, **pick),
            **({parts.typed_all: ""} if picked else {}),
            **parts.some.turn(bool(shown)),
            **parts.older.turn(len(states) > count),
        }

    def _again(self, name: str | None) -> Updates:
        import gradio as gr

        parts = self.parts
        states, unreadable = self.coach.interviews.records.sorted_out()
        if damaged := next((one for one in unreadable if one.id == name), None):
            return self._damaged(damaged)
        state = next((one for one in states if one.id == name), None)
        if state is None:
            return {parts.current: None, **parts.detail.turn(False), **self.saving.offer(False)}
        answers = _stories(state)
        return {
            parts.current: state.id,
            parts.looked_at: render_history.looked_at(state),
            parts.answer: gr.update(choices=answers, value=answers[0][1] if answers else None),
            parts.typed: "",
            **parts.detail.turn(True),
            **parts.going_on.turn(not state.closed),
            **parts.answers.turn(len(answers) > 1),
            **parts.erase.turn(False),
            **parts.forms.turn(True),
            **parts.raw.turn(False),
            **self.saving.offer(bool(answers)),
        }

    def _damaged(self, one: Unreadable) -> Updates:
        """An interview that can't be read: why, and what can be done with it all the same."""
        parts = self.parts
        return {
            parts.current: one.id,
            parts.looked_at: render_history.unreadable(one),
            parts.typed: "",
            **parts.detail.turn(True),
            **parts.going_on.turn(False),
            **parts.answers.turn(False),
            **parts.erase.turn(False),
            **parts.forms.turn(False),
            **parts.raw.turn(True),
            **self.saving.offer(False),
        }


def _stories(state: InterviewState) -> list[tuple[str, int]]:
    """The stories that were told, each by the turn that holds its last word."""
    last: dict[int, int] = {}
    for number, turn in enumerate(state.turns):
        if turn.kind == "behavioral" and turn.answer is not None:
            last[state.root(number)] = number
    return [(state.turns[root].question, number) for root, number in last.items()]


def _typed(typed: str, wanted: str) -> bool:
    return " ".join(typed.split()).casefold() == wanted
