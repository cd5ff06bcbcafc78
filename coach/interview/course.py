"""The course of an interview with a plan: which round and segment is on, and what comes next. Code alone decides."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from coach.interview.choice import planned_question
from coach.interview.events import AskedQuestion, Closed, Event, RoundBegan, RoundEnd, RoundEnded
from coach.interview.fold import apply
from coach.interview.questions import QuestionBank
from coach.interview.session import MAX_DEPTH, InterviewState, seconds_left, seconds_spent

ALL_DONE = "all rounds of the plan are done"


@dataclass(frozen=True)
class Standing:
    """Where an interview with a plan stands. Rounds and questions are counted from 1, time in seconds.

    `question` of `questions` leaves follow-ups out; `follow_ups_left` is for the question that is on. `covered` are
    the principles of the plan that an answer was given to, `still_open` the others.
    """

    round: int
    rounds: int
    title: str
    interviewer: str
    minutes: int
    seconds_left: float
    question: int
    questions: int
    follow_ups_left: int
    covered: tuple[str, ...]
    still_open: tuple[str, ...]

    @property
    def clock(self) -> str:
        """The time that is left, as minutes and seconds."""
        whole = int(self.seconds_left)
        return f"{whole // 60}:{whole % 60:02}"


def standing(state: InterviewState, now: datetime) -> Standing | None:
    """Return where the interview stands; None where no round is on."""
    left = seconds_left(state, now)
    if state.plan is None or state.round is None or state.planned is None or left is None:
        return None
    return Standing(
        round=state.round.number + 1,
        rounds=len(state.plan.rounds),
        title=state.planned.title,
        interviewer=state.planned.interviewer,
        minutes=state.planned.minutes,
        seconds_left=left,
        question=sum(
            turn.round == state.round.number and turn.question_id is not None for turn in state.turns
        ),
        questions=state.planned.questions,
        follow_ups_left=follow_ups_left(state, now),
        covered=covered(state),
        still_open=still_open(state),
    )


def covered(state: InterviewState) -> tuple[str, ...]:
    """Return the principles that the candidate has told something about, in the order of the interview."""
    told = (
        turn.principle
        for turn in state.turns
        if turn.principle and turn.question_id and turn.answer is not None
    )
    return tuple(dict.fromkeys(told))


def still_open(state: InterviewState) -> tuple[str, ...]:
    """Return the principles of the plan that nothing has been told about."""
    if state.plan is None:
        return ()
    wanted = (state.principle,) if state.principle else state.plan.principles
    return tuple(name for name in wanted if name not in covered(state))


def follow_ups_left(state: InterviewState, now: datetime) -> int:
    """Return how often the last question may still be followed up; without a plan as often as anywhere."""
    if not state.turns:
        return 0
    last = state.turns[-1]
    if state.plan is None:
        return MAX_DEPTH - last.follow_up_depth
    if state.planned is None or last.segment is None or last.round != (state.round and state.round.number):
        return 0
    if time_is_up(state, now, last.segment):
        return 0
    return max(0, min(state.planned.segments[last.segment].follow_ups, MAX_DEPTH) - last.follow_up_depth)


def time_is_up(state: InterviewState, now: datetime, segment: int) -> bool:
    """Return whether the open round, or this segment of it, has used up its time."""
    if state.planned is None:
        return False
    own = state.planned.segments[segment].minutes
    return seconds_left(state, now) == 0 or (
        own is not None and seconds_spent(state, now, segment) >= 60 * own
    )


def onward(state: InterviewState, bank: QuestionBank, lately: Collection[str], now: datetime) -> list[Event]:
    """Return what happens next in an interview with a plan where no question waits.

    It is the next question of the round, or the end of this round and the beginning of the next with its first
    question, or after the last round the end of the interview.

    Raises:
        UsageError: the interview is closed.
    """
    events: list[Event] = []
    while True:
        event = _step(state, bank, lately, now)
        events.append(event)
        if isinstance(event, AskedQuestion | Closed):
            return events
        state = apply(state, event)


def _step(state: InterviewState, bank: QuestionBank, lately: Collection[str], now: datetime) -> Event:
    if state.plan is None or state.planned is None or state.round is None:
        number = len(state.rounds)
        more = state.plan is not None and number < len(state.plan.rounds)
        return RoundBegan(at=now, round=number) if more else Closed(at=now, reason=ALL_DONE)
    why: RoundEnd = "out of time"
    if seconds_left(state, now):
        why = "done"
        for number, segment in enumerate(state.planned.segments):
            asked = sum(
                turn.round == state.round.number and turn.segment == number and turn.question_id is not None
                for turn in state.turns
            )
            if asked < segment.count and not time_is_up(state, now, number):
                found = planned_question(bank, state, number, lately)
                if found is not None:
                    return found.model_copy(update={"at": now})
    return RoundEnded(at=now, round=state.round.number, why=why)
