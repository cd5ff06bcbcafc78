"""The stored interviews as states; nothing is appended to one that has gone on in the meantime."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING

from coach.errors import StoreError, UsageError
from coach.interview.events import Assessed, Debriefed, Event
from coach.interview.fold import apply, fold
from coach.interview.kept import KeptState, KeptStates
from coach.interview.session import InterviewState
from coach.interview.unreadable import Unreadable

if TYPE_CHECKING:  # it brings the database library with it, which who only reads this file doesn't need
    from coach.interview.store import Store


@dataclass(frozen=True)
class Records:
    """States in and events out. Every method raises `StoreError` when the store fails or has no such interview."""

    store: "Store"
    kept: KeptStates = field(default_factory=KeptStates)

    def load(self, interview_id: str) -> tuple[InterviewState, int]:
        """Return an interview as it stands, and how many events it has."""
        kept = self.kept.find(interview_id)
        if kept is not None:
            since = self.store.load(interview_id, first=kept.count - 1)
            if since and since[0] == kept.last:
                return self._keep(_folded(interview_id, since[1:], kept.state), kept.count - 1, since)
        events = self.store.load(interview_id)
        return self._keep(_folded(interview_id, events), 0, events)

    def all(self) -> tuple[InterviewState, ...]:
        """Return all interviews that can be read, the latest first."""
        return self.sorted_out()[0]

    def sorted_out(self) -> tuple[tuple[InterviewState, ...], tuple[Unreadable, ...]]:
        """Return all interviews, those that can be read and the others, the latest first: none stops the rest."""
        states: list[InterviewState] = []
        others: list[Unreadable] = []
        for one in self.store.look_through():
            if isinstance(one, Unreadable):
                others.append(one)
                continue
            interview_id, started_at, events = one
            try:
                states.append(_folded(interview_id, events))
            except StoreError as error:
                others.append(Unreadable(interview_id, started_at, str(error)))
        return tuple(states), tuple(others)

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

    def _keep(
        self, state: InterviewState, before: int, events: Sequence[Event]
    ) -> tuple[InterviewState, int]:
        """Keep what the store's events led to, the last of which are `events`, behind `before` others."""
        kept = KeptState(state, before + len(events), events[-1])
        self.kept.keep(kept)
        return kept.state, kept.count


def gone_on() -> UsageError:
    """The error for whoever acts on what is not on the screen any more."""
    return UsageError("This interview has gone on elsewhere, in another tab perhaps: reload it.")


def _folded(
    interview_id: str, events: Sequence[Event], state: InterviewState | None = None
) -> InterviewState:
    try:
        return fold(interview_id, events) if state is None else reduce(apply, events, state)
    except UsageError:
        raise StoreError(
            f"Interview {interview_id} can't be read. Its events don't fit together: "
            "restore a copy of the database, or delete it."
        ) from None
