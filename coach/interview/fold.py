"""The state of an interview is nothing but a fold over its events, so it can always be had again.

What is allowed when is decided here, and only here.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from typing import Any

from coach.errors import UsageError
from coach.interview.debrief.model import KeptDebrief
from coach.interview.events import (
    Answered,
    Asided,
    AskedQuestion,
    Assessed,
    Closed,
    Debriefed,
    Event,
    FollowedUp,
    Resumed,
    RoundBegan,
    RoundEnded,
    Skipped,
    Started,
)
from coach.interview.session import MAX_DEPTH, Aside, InterviewState, Round, Turn
from coach.interview.stages import STAGES, Stage, answers_about, touched


def fold(interview_id: str, events: Iterable[Event]) -> InterviewState:
    """Return the state after all of `events`.

    Raises:
        UsageError: an event was not possible where it stands.
    """
    rest = iter(events)
    started = next(rest, None)
    if not isinstance(started, Started):
        raise UsageError("This interview has not started: start one first.")
    state = InterviewState(
        id=interview_id,
        kind=started.kind,
        principle=started.principle,
        level=started.level,
        seed=started.seed,
        started_at=started.at,
        plan=started.plan,
        scores=started.scores,
        posting=started.posting,
    )
    return reduce(apply, rest, state)


def apply(state: InterviewState, event: Event) -> InterviewState:
    """Return the state after one more event.

    A closed interview takes nothing but feedback on an answer that was given before, and debriefs: a model that is
    still writing when the candidate leaves may finish.

    Raises:
        UsageError: the event is not possible in this state.
    """
    if state.closed and not isinstance(event, Assessed | Debriefed):
        raise UsageError("This interview is closed: start another one.")
    after = _happened(state, event)
    if isinstance(event, Assessed | Debriefed):
        return after  # it comes when it is ready, and the clock is about the candidate
    waits = after.current is not None
    return after.model_copy(update={"clock_from": event.at if waits else None})


def _happened(state: InterviewState, event: Event) -> InterviewState:
    match event:
        case Started():
            raise UsageError("This interview has already started: answer its question, or start another one.")
        case Assessed():
            return _assessed(state, event)
        case Debriefed():
            return _debriefed(state, event)
        case Closed():
            return _timed(state, event.at).model_copy(update={"closed": True, "closed_because": event.reason})
        case RoundBegan():
            return _began(state, event)
        case RoundEnded():
            return _ended(state, event)
        case AskedQuestion() | FollowedUp():
            if state.current is not None:
                raise UsageError("A question is waiting for an answer: answer it or skip it first.")
            return state.model_copy(update={"turns": (*state.turns, _new_turn(state, event))})
        case Resumed():
            return state
        case Asided():
            _refuse_unless_waiting(state)
            aside = Aside(what=event.what, said=event.said, reply=event.reply)
            changed = _change(_timed(state, event.at), -1, asides=(*state.turns[-1].asides, aside))
            return _raise_stages(changed)
        case Answered():
            _refuse_unless_waiting(state)
            changed = _change(_timed(state, event.at), -1, answer=event.answer, answered_at=event.at)
            return _raise_stages(changed)
        case Skipped():
            _refuse_unless_waiting(state)
            return _change(_timed(state, event.at), -1, skipped=True, passed=event.passed)


def _assessed(state: InterviewState, event: Assessed) -> InterviewState:
    if not 0 <= event.turn < len(state.turns) or state.turns[event.turn].answer is None:
        raise UsageError("There is no answer to assess: answer the question first.")
    if state.turns[event.turn].complete and not event.complete:
        return state  # two streams over one answer: the one that stopped early takes nothing away
    return _raise_stages(
        _change(state, event.turn, feedback=event.feedback, complete=event.complete), event.turn
    )


def _debriefed(state: InterviewState, event: Debriefed) -> InterviewState:
    known = event.round is None or 0 <= event.round < len(state.rounds)
    if event.round != event.debrief.round or not known:
        raise UsageError("There is no such round in this interview yet: hold it first.")
    before = state.debriefed(event.round)
    if before and before.complete and not event.complete and before.debrief.plain == event.debrief.plain:
        return state  # as with feedback: what stopped early takes nothing away from what is complete
    others = tuple(one for one in state.debriefs if one is not before)
    kept = KeptDebrief(debrief=event.debrief, complete=event.complete)
    return state.model_copy(update={"debriefs": (*others, kept)})


def _raise_stages(state: InterviewState, turn: int = -1) -> InterviewState:
    """Note which stages of a system design have come up by now, in the question's own turn."""
    turn %= len(state.turns)
    root = state.root(turn)
    if state.turns[root].kind != "system_design":
        return state
    found: set[Stage] = set()
    for one in state.turns[root:]:
        if one.follow_up_depth == 0 and one is not state.turns[root]:
            break
        found.update(touched(one.answer or "", one.feedback.key_points if one.feedback else ()))
        if any(aside.what == "clarify" for aside in one.asides):
            found.add("requirements")
        if one.stage and one.answer and answers_about(one.stage, one.answer):
            found.add(one.stage)
    return _change(state, root, raised=tuple(stage for stage in STAGES if stage in found))


def _began(state: InterviewState, event: RoundBegan) -> InterviewState:
    if state.plan is None or event.round != len(state.rounds) or event.round >= len(state.plan.rounds):
        raise UsageError("There is no such round in this interview's plan: go on with the next question.")
    if state.round is not None:
        raise UsageError("A round is going on: end it first.")
    return state.model_copy(update={"rounds": (*state.rounds, Round(number=event.round, began_at=event.at))})


def _ended(state: InterviewState, event: RoundEnded) -> InterviewState:
    if state.round is None or state.round.number != event.round:
        raise UsageError("This round is not going on: reload the interview.")
    over = state.round.model_copy(update={"ended_at": event.at, "why": event.why})
    return _timed(state, event.at).model_copy(update={"rounds": (*state.rounds[:-1], over)})


def _timed(state: InterviewState, at: datetime) -> InterviewState:
    """Add to the question that waits the time since the clock was last read."""
    if state.clock_from is None or state.current is None:
        return state
    since = max(0.0, (at - state.clock_from).total_seconds())
    return _change(state, -1, spent=round(state.turns[-1].spent + since, 3))


def _new_turn(state: InterviewState, event: AskedQuestion | FollowedUp) -> Turn:
    if isinstance(event, AskedQuestion):
        if state.plan is not None and state.round is None:
            raise UsageError("No round is going on: begin the next one first.")
        if any(turn.question_id == event.question_id for turn in state.turns):
            raise UsageError("This question has been asked before in this interview: ask another one.")
        fields: dict[str, Any] = event.model_dump(exclude={"type", "at"})
        return Turn(**fields, asked_at=event.at, round=state.round.number if state.round else None)
    before = state.turns[-1] if state.turns else None
    if before is None or before.answer is None or (state.plan and state.round is None):
        raise UsageError("There is no answer to follow up: ask the next question.")
    if before.follow_up_depth >= MAX_DEPTH:
        raise UsageError(f"This answer has been followed up {MAX_DEPTH} times: ask the next question.")
    return Turn(
        question=event.question,
        question_id=None,
        kind=before.kind,
        principle=before.principle,
        topic=before.topic,
        follow_up_depth=before.follow_up_depth + 1,
        aims_at=event.criterion,
        asked_at=event.at,
        round=before.round,
        segment=before.segment,
        stage=event.stage,
    )


def _refuse_unless_waiting(state: InterviewState) -> None:
    if state.current is None:
        answered = bool(state.turns) and state.turns[-1].answer is not None
        raise UsageError(
            "This question has already been answered: go on to the next one."
            if answered
            else "No question is waiting for an answer: go on to the next one."
        )


def _change(state: InterviewState, turn: int, **fields: Any) -> InterviewState:
    turns = list(state.turns)
    turns[turn] = turns[turn].model_copy(update=fields)
    return state.model_copy(update={"turns": tuple(turns)})
