"""States of interviews that are going on, so that each call folds only the events that have come since."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from coach.interview.events import Event
from coach.interview.session import InterviewState

_MOST = 200  # interviews; one that is not among them is folded from its first event


@dataclass(frozen=True)
class KeptState:
    """The state after the first `count` events in the store, of which `last` is the last.

    It holds as long as the store has `last` in its place: an interview that was deleted and brought back
    from a copy has another one there, or none.
    """

    state: InterviewState
    count: int
    last: Event


@dataclass(frozen=True)
class KeptStates:
    """The latest used of them, by interview. Safe to use from several threads."""

    _states: OrderedDict[str, KeptState] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def find(self, interview_id: str) -> KeptState | None:
        """Return what is kept of an interview, if anything is."""
        with self._lock:
            if interview_id in self._states:
                self._states.move_to_end(interview_id)
            return self._states.get(interview_id)

    def keep(self, one: KeptState) -> None:
        """Keep a state in the place of an earlier one."""
        with self._lock:
            self._states[one.state.id] = one
            self._states.move_to_end(one.state.id)
            if len(self._states) > _MOST:
                self._states.popitem(last=False)

    def forget(self, interview_id: str) -> None:
        """Keep nothing of an interview any more."""
        with self._lock:
            self._states.pop(interview_id, None)
