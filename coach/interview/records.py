"""The stored interviews as states; nothing is appended to one that has gone on in the meantime."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from coach.errors import StoreError, UsageError
from coach.interview.events import Assessed, Debriefed, Event
from coach.interview.fold import apply, fold
from coach.interview.session import InterviewState

if TYPE_CHECKING:  # it brings the database library with it, which who only reads this file doesn't need
    from coach.interview.store import Store


@dataclass(frozen=True)
class Records:
    """States in and events out. Every method raises `StoreError` when the store fails or has no such interview."""

    store: "Store"

    def load(self, interview_id: str) -> tuple[InterviewState, int]:
        """Return an interview as it stands, and how many events it has."""
        events = self.store.load(interview_id)
        return _folded(interview_id, events), len(events)

    def all(self) -> tuple[InterviewState, ...]:
        """Return all interviews, the latest first."""
        return tuple(_folded(interview_id, events) for interview_id, events in self.store.load_all())

    def append(self, state: InterviewState, count: int, events: Sequence[Event]) -> InterviewState:
        """Store events behind the first `count` ones.

        Raises:
            UsageError: they are not possible in this state, or others came in between.
        """
        after = reduce(apply, events, state)
        if not self.store.append(state.id, count, events):
            raise gone_on()
        return after

    def assessed(self, interview_id: str, event: Assessed | Debriefed) -> InterviewState:
        """Store feedback, or a debrief, wherever the interview has got to: it belongs to what it is about."""
        while True:
            before, count = self.load(interview_id)
            after = apply(before, event)
            if after is before or self.store.append(interview_id, count, [event]):
                return after


def gone_on() -> UsageError:
    """The error for whoever acts on what is not on the screen any more."""
    return UsageError("This interview has gone on elsewhere, in another tab perhaps: reload it.")


def _folded(interview_id: str, events: Sequence[Event]) -> InterviewState:
    try:
        return fold(interview_id, events)
    except UsageError:
        raise StoreError(
            f"Interview {interview_id} can't be read. Its events don't fit together: "
            "restore a copy of the database, or delete it."
        ) from None
