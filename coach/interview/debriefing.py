"""The debrief of a stored interview: from its assessments at once, then with a model's words, stored as it grows."""

from collections.abc import Callable, Generator, Iterator
from datetime import datetime

from coach.interview.debrief.making import debrief
from coach.interview.debrief.model import Debrief
from coach.interview.events import Debriefed
from coach.interview.records import Records
from coach.interview.session import InterviewState

DebriefStream = Generator[tuple[InterviewState, Debrief], None, None]
# Words of a model for a debrief: ever more of them, the last one whole.
SumUp = Callable[[Debrief], Iterator[Debrief]]


def debriefed(
    records: Records, sum_up: SumUp | None, interview_id: str, number: int | None, now: Callable[[], datetime]
) -> DebriefStream:
    """Debrief round `number` (from 0), or with None the whole: ever fuller, each with the interview as it stands.

    The first one is stored when it comes, and the last when it is complete, so a process that dies in between leaves
    one without words, which are made again. What is stored and still holds comes as it is; words that a model failed to
    give, or that were refused, are asked for again.

    Raises:
        UsageError: there is no such round yet.
        StoreError: the store fails, or has no such interview.
    """
    state, _ = records.load(interview_id)
    plain, kept = debrief(state, number), state.debriefed(number)
    same = kept is not None and kept.debrief.plain == plain
    if kept is not None and same and kept.complete and (kept.debrief.words or sum_up is None):
        yield state, kept.debrief
        return
    if not same:
        state = records.assessed(
            interview_id, Debriefed(at=now(), round=number, debrief=plain, complete=False)
        )
    latest = plain
    yield state, latest
    if sum_up is not None:
        stream = sum_up(plain)
        try:
            for latest in stream:
                yield state, latest
        finally:
            if isinstance(stream, Generator):
                stream.close()
    if kept is not None and kept.complete and latest == kept.debrief:
        return
    done = Debriefed(at=now(), round=number, debrief=latest, complete=True)
    yield records.assessed(interview_id, done), latest
