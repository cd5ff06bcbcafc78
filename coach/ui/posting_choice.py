"""The choice of a job posting for an interview: those of the user's material, and what the chosen one asks for."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from coach.coach import Coach
from coach.errors import CoachError
from coach.for_posting import postings_held, read_held
from coach.interview.posting_found import Posting
from coach.interview.sought import Sought
from coach.ui import render_posting
from coach.ui.markup import Switch, Updates, adding_up, markup, switch
from coach.ui.words import ANY


@dataclass(frozen=True)
class PostingChoice:
    """`pick` is there when there is a posting, `hint` when there is none; `shown` is what the chosen one asks for."""

    coach: Coach
    pick: Any
    shown: Any
    hint: Any
    some: Switch
    _read: dict[str, tuple[str, Posting, Sought]] = field(default_factory=dict)

    @property
    def parts(self) -> list[Any]:
        """All that the handlers change."""
        return [self.pick, self.shown, self.hint, self.some.part]

    def listed(self, chosen: str = ANY) -> Updates:
        """List the postings that there are now; one that was `chosen` and is gone is chosen no more."""
        import gradio as gr

        try:
            held = postings_held(self.coach.library)
        except CoachError as error:
            return {
                self.pick: ANY,
                self.shown: "",
                self.hint: render_posting.failed(error),
                **self.some.turn(False),
            }
        names = [("No posting", ANY), *((one.title, one.source) for one in held)]
        changes: dict[str, Any] = {}
        unshown: Updates = {}
        if chosen not in {source for _, source in names}:
            changes, unshown = {"value": ANY}, {self.shown: ""}
        return {
            self.pick: gr.update(choices=names, **changes),
            self.hint: "" if held else render_posting.none_yet(),
            **unshown,
            **self.some.turn(bool(held)),
        }

    @adding_up
    def read(self, source: str) -> Iterator[Updates]:
        """Show what the chosen posting asks for, with its sentences."""
        if not source:
            yield {self.shown: ""}
            return
        yield {self.shown: render_posting.reading()}
        try:
            posting, led_to = self._of(source)
        except CoachError as error:
            yield {self.shown: render_posting.failed(error)}
            return
        yield {self.shown: render_posting.decides(posting, led_to)}

    def sought(self, source: str) -> Sought | None:
        """Return what the chosen posting leads an interview to; None where none is chosen.

        Raises:
            CoachError: it is gone, or can't be read.
        """
        return self._of(source)[1] if source else None

    def _of(self, source: str) -> tuple[Posting, Sought]:
        text = self.coach.library.text(source)
        known = self._read.get(source)
        if known is None or known[0] != text:
            known = self._read[source] = (text, *read_held(self.coach.library, self.coach.bank, source))
        return known[1:]


def posting_choice(coach: Coach) -> PostingChoice:
    """Put the choice on the page."""
    import gradio as gr

    some = switch("interview-posting")
    pick = gr.Dropdown([("No posting", ANY)], value=ANY, label="Job posting", elem_id="interview-posting")
    return PostingChoice(coach, pick, markup(elem_id="posting-asks"), markup(elem_id="posting-hint"), some)
