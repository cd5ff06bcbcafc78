"""What the coach says about an answer within an interview, stored as it grows, and what it asks next about it."""

import logging
from collections.abc import Callable, Generator, Iterator
from datetime import datetime
from typing import Protocol

from coach.errors import CoachError
from coach.feedback.feedback import Asked, Feedback, FollowUp
from coach.feedback.followup import SoFar
from coach.interview.course import follow_ups_left
from coach.interview.events import Assessed, FollowedUp
from coach.interview.fold import apply
from coach.interview.records import Records
from coach.interview.session import MAX_DEPTH, InterviewState, asked_of, so_far, told
from coach.interview.stages import ask_for

log = logging.getLogger(__name__)
Stream = Generator[tuple[InterviewState, Feedback], None, None]


class Judge(Protocol):
    """What an interview needs of the coach."""

    def assess(self, asked: Asked, answer: str) -> Feedback:
        """Judge an answer at once, without a language model."""

    def advise(self, asked: Asked, assessed: Feedback, so_far: SoFar) -> Iterator[Feedback]:
        """Go on from an assessment in ever fuller feedback; closing the iterator stops it."""

    def follow_up(self, asked: Asked, feedback: Feedback, so_far: SoFar) -> FollowUp | None:
        """Return what to ask next about an answer, nothing that was asked before; None: nothing is left."""


def judged(
    records: Records, judge: Judge, state: InterviewState, turn: int, now: Callable[[], datetime]
) -> Stream:
    """Judge the answer of turn number `turn`: ever fuller feedback, each with the interview as it stands.

    The first feedback is stored when it comes, the last when it is complete; when the iterator is closed before
    that, the latest is stored, unless there was one before.
    """

    def event(feedback: Feedback, *, complete: bool = False) -> Assessed:
        return Assessed(at=now(), turn=turn, feedback=feedback, complete=complete)

    asked, latest = asked_of(state, turn), state.turns[turn].feedback
    first_time = latest is None
    if latest is None:
        latest = judge.assess(asked, told(state, turn))
        state = records.assessed(state.id, event(latest))
    else:
        state = apply(state, event(latest))
    kept, ended = latest, False
    stream: Iterator[Feedback] = iter(())
    try:
        yield state, latest
        stream = judge.advise(asked, latest, so_far(state, turn))
        for latest in stream:
            state = apply(state, event(latest))
            yield state, latest
        ended = True
    finally:
        if isinstance(stream, Generator):
            stream.close()
        if first_time and not ended and latest is not kept:
            _keep(records, state.id, event(latest))
    yield records.assessed(state.id, event(latest, complete=True)), latest


def dig(judge: Judge, state: InterviewState, now: datetime, most: int) -> FollowedUp | None:
    """Return what to ask about the last answer, at most `most` deep; None: nothing, or the plan has no room for it.

    In a plan's system design the stages that the candidate has not raised come first.
    """
    if not state.turns:
        return None
    last = len(state.turns) - 1
    turn = state.turns[last]
    if (
        turn.feedback is None
        or turn.follow_up_depth >= min(most, MAX_DEPTH)
        or not follow_ups_left(state, now)
    ):
        return None
    earlier = so_far(state, last)
    if state.plan is not None and turn.kind == "system_design" and turn.feedback.graded:
        root = state.root(last)
        tried = [one.stage for one in state.turns[root:] if one.stage]
        aim = ask_for(state.turns[root].raised, earlier.questions, turn.topic or "", tried)
        if aim is not None:
            stage, question = aim
            return FollowedUp(at=now, question=question, criterion="key_point", sentences=(), stage=stage)
    found = judge.follow_up(asked_of(state, last), turn.feedback, earlier)
    if found is None or found.question in earlier.questions:
        return None
    return FollowedUp(at=now, question=found.question, criterion=found.criterion, sentences=found.sentences)


def _keep(records: Records, interview_id: str, event: Assessed) -> None:
    """Store what there is of a feedback that is being broken off, which must go on whatever happens here."""
    try:
        records.assessed(interview_id, event)
    except CoachError as error:
        log.warning("The latest feedback in interview %s was not stored: %s", interview_id, error)
