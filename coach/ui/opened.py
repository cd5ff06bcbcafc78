"""Which interview a tab has open, and how far it had got on the screen: small enough for the browser to keep."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

from coach.errors import UsageError
from coach.interview.interviews import Interviews
from coach.interview.records import gone_on
from coach.interview.session import InterviewState


@dataclass(frozen=True)
class Opened:
    """`seen` marks what was on the screen; with `held`, feedback waits for the end of each round.

    `round` is the last one (from 0) that the candidate has begun: the next waits until they say so. `exercise` is the
    text of the debrief's exercise that it was started for.
    """

    id: str
    seen: str
    held: bool = False
    round: int = 0
    exercise: str = ""

    @property
    def kept(self) -> dict[str, Any]:
        """As the browser keeps it."""
        return asdict(self)

    def at(self, state: InterviewState) -> "Opened":
        """The same tab, with this state on the screen."""
        return replace(self, id=state.id, seen=mark(state))

    def between_rounds(self, state: InterviewState) -> bool:
        """Whether a round has been opened that the candidate has not begun yet."""
        return not state.closed and state.round is not None and state.round.number > self.round


def opened(kept: object) -> Opened | None:
    """Return what the browser kept, or None where it is nothing of ours."""
    if not isinstance(kept, dict) or not isinstance(kept.get("id"), str):
        return None
    number = kept.get("round")
    return Opened(
        id=kept["id"],
        seen=str(kept.get("seen", "")),
        held=kept.get("held") is True,
        round=number if isinstance(number, int) else 0,
        exercise=str(kept.get("exercise", "")),
    )


def opening(state: InterviewState, *, held: bool = False, exercise: str = "") -> Opened:
    """Return a tab that opens an interview; a round that nothing has been said in yet is still to be begun."""
    number = state.round.number if state.round else 0
    said = [turn for turn in state.turns if turn.round == number and (not turn.waiting or turn.asides)]
    return Opened(state.id, mark(state), held, number if said or not number else number - 1, exercise)


def mark(state: InterviewState) -> str:
    """Return what changes whenever the interview goes on, and not when only feedback comes in."""
    waits = "asked" if state.current else "closed" if state.closed else "answered"
    return f"{len(state.turns)} {waits} {len(state.rounds)}"


def still(interviews: Interviews, one: Opened) -> InterviewState:
    """Return the interview of a tab, if it stands as the tab shows it.

    Raises:
        UsageError: it has gone on elsewhere.
        StoreError: it is gone, or the store fails.
    """
    state = interviews.get(one.id)
    if one.seen and mark(state) != one.seen:
        raise gone_on()
    return state


def act_on(
    interviews: Interviews, one: Opened, act: Callable[[InterviewState], InterviewState]
) -> InterviewState:
    """Do something with the interview as the tab shows it.

    Raises:
        UsageError: it has gone on elsewhere, or does not allow this.
    """
    state = still(interviews, one)
    try:
        return act(state)
    except UsageError:
        # A model that was just stopped may have stored its last word in between; then nothing was done.
        return act(still(interviews, one))
