"""Mock interviews: each step is stored before the next begins, so they outlive browsers and processes."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import reduce
from typing import TYPE_CHECKING

from coach.errors import AnswerRefused, UsageError
from coach.feedback.feedback import FollowUp
from coach.feedback.gate import refuse_too_long
from coach.interview.asides import Open, reply_to
from coach.interview.choice import next_question, scores_by_subject, weakest_principle
from coach.interview.course import onward
from coach.interview.debriefing import DebriefStream, SumUp, debriefed
from coach.interview.events import (
    Answered,
    Asided,
    AskedQuestion,
    Closed,
    Event,
    FollowedUp,
    Resumed,
    RoundEnded,
    Skipped,
    Started,
)
from coach.interview.fold import apply, fold
from coach.interview.judging import Judge, Stream, dig, judged
from coach.interview.kept import KeptStates
from coach.interview.plans import Plan
from coach.interview.questions import QuestionBank, principle_named
from coach.interview.records import Records, gone_on
from coach.interview.session import MAX_DEPTH, InterviewState
from coach.interview.sought import Sought

if TYPE_CHECKING:  # it brings the database library with it, which who only reads this file doesn't need
    from coach.interview.store import Store

_LATELY = 5  # interviews whose questions are asked again only when nothing else is left
_LOOKED_BACK = 10  # interviews that tell what is weak
_ALL_ASKED = "every question that fits has been asked"


@dataclass(frozen=True)
class Interviews:
    """All interviews in one store. Safe to use from several threads.

    Wherever `seen` is taken, it is the state that the candidate had on the screen: when the interview has
    gone on elsewhere since (in another tab, say), nothing is changed and a `UsageError` says so. Every
    method raises `StoreError` when the store fails or has no such interview, and `UsageError` for what the
    interview's state does not allow.
    """

    store: "Store"
    bank: QuestionBank
    judge: Judge
    follow_ups: int = MAX_DEPTH  # for each question of the bank, `MAX_DEPTH` at most
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sum_up: SumUp | None = None  # a model's words for a debrief
    kept: KeptStates = field(default_factory=KeptStates, repr=False, compare=False)

    @property
    def records(self) -> Records:
        """The stored interviews as states."""
        return Records(self.store, self.kept)

    def start(
        self,
        kind: str | None = None,
        principle: str | None = None,
        level: str | None = None,
        seed: int | None = None,
        plan: Plan | None = None,
        posting: Sought | None = None,
    ) -> InterviewState:
        """Start an interview and ask its first question; None means any. One seed, one order of questions.

        A plan decides the kinds of its questions, and of their principles too, unless it is about a single one:
        then `principle` says which, or it is the candidate's weakest. With a posting, what it asks for comes first.

        Raises:
            UsageError: no question fits; the message names what there is. Or the plan does not go with the rest.
        """
        if plan is not None:
            _refuse_beside_plan(plan, kind, principle)
        fitting = self.bank.select(kind, principle if plan is None else None, level=level)
        at = self.now()
        started = Started(
            at=at,
            kind=fitting.kind if kind else None,
            principle=principle_named(principle) if principle else None,
            # `select` takes any spelling; no level's name is part of another's.
            level=next(one for one in fitting.level if one in level.casefold()) if level else None,
            seed=secrets.randbits(31) if seed is None else seed,
            plan=plan,
            scores=self._scores(at) if plan is not None else {},
            posting=posting,
        )
        if plan is not None and plan.one_principle and started.principle is None:
            weak = weakest_principle(self.bank, started.scores, started.seed)
            started = started.model_copy(update={"principle": weak})
        interview_id = f"{started.at:%Y%m%d}-{secrets.token_hex(4)}"
        state = fold(interview_id, [started])
        first = self._onward(state)
        if isinstance(first[-1], Closed):
            raise UsageError(
                f"The bank has no question for the plan {plan.id}: choose another one."
                if plan is not None
                else "Only a recruiter's questions fit: choose the kind recruiter, or another level."
            )
        self.store.create(interview_id, [started, *first])
        return reduce(apply, first, state)

    def get(self, interview_id: str) -> InterviewState:
        """Return an interview as it stands."""
        return self.records.load(interview_id)[0]

    def list(self) -> tuple[InterviewState, ...]:
        """Return all interviews that can be read, the latest first; `records.sorted_out` has the others too."""
        return self.records.all()

    def delete(self, interview_id: str) -> None:
        """Delete an interview for good."""
        self.kept.forget(interview_id)
        self.store.delete(interview_id)

    def answer(self, interview_id: str, text: str, *, seen: InterviewState | None = None) -> Stream:
        """Store an answer at once, then judge it while the result is iterated over.

        Gives ever fuller feedback, each with the interview as it stands. The first feedback is stored when it
        comes, the last when it is complete; when the iterator is closed before that, the latest is stored.

        Raises:
            AnswerRefused: the answer is empty, too long, or not text; nothing was stored.
        """
        _refuse_unreadable(text)
        state, count = self.records.load(interview_id)
        _refuse_if_changed(state, seen)
        state = self.records.append(state, count, [Answered(at=self.now(), answer=text)])
        return self._judged(state, len(state.turns) - 1)

    def assess_again(self, interview_id: str) -> Stream:
        """Go on with the latest answer whose feedback is missing or was broken off, as `answer` does.

        An answer that has its assessment is not assessed anew. What there is of its feedback stays until the
        new one is complete. Works in a closed interview too.
        """
        state, _ = self.records.load(interview_id)
        open_turns = [
            n for n, turn in enumerate(state.turns) if turn.answer is not None and not turn.complete
        ]
        if not open_turns:
            raise UsageError("Every answer in this interview has its feedback: go on to the next question.")
        return self._judged(state, open_turns[-1])

    def debrief(self, interview_id: str, round: int | None = None) -> DebriefStream:  # noqa: A002
        """Debrief round number `round` (from 0), or with None the whole, at any time: see `debriefed`."""
        return debriefed(self.records, self.sum_up, interview_id, round, self.now)

    def aside(
        self, interview_id: str, text: str, *, seen: InterviewState | None = None
    ) -> InterviewState | None:
        """Reply to what is no answer: not knowing, silence, a question back, an aside, an attempt to steer.

        Returns None where `text` is an answer, and stores nothing: `answer` takes it. Otherwise the reply is the last
        of the `asides` of the turn that was waiting. It still waits, unless the interviewer has left it and gone on:
        then the turn is `passed`, and the next question waits.
        """
        state, count = self.records.load(interview_id)
        _refuse_if_changed(state, seen)
        waiting = state.current
        if waiting is None:
            return None
        _refuse_unreadable(text, may_be_empty=True)
        found = reply_to(
            text,
            Open(
                question=waiting.question,
                kind=waiting.kind,
                asked_as=waiting.asked_as,
                facts=waiting.facts,
                follow_up=waiting.follow_up_depth > 0,
                before=tuple(one.what for one in waiting.asides),
                replies=tuple(one.reply for one in waiting.asides),
            ),
        )
        if found is None:
            return None
        events: list[Event] = [Asided(at=self.now(), what=found.what, said=text, reply=found.reply)]
        if found.moves_on:
            events.append(Skipped(at=self.now(), passed=True))
            events += self._onward(reduce(apply, events, state))
        return self.records.append(state, count, events)

    def follow_up(self, state: InterviewState) -> FollowUp | None:
        """Return what `next` would ask about the last answer; None: nothing, or enough has been asked."""
        found = self._dig(state)
        if found is None:
            return None
        return FollowUp(question=found.question, criterion=found.criterion, sentences=found.sentences)

    def next(
        self, interview_id: str, *, follow_up: bool = True, seen: InterviewState | None = None
    ) -> InterviewState:
        """Ask about the last answer if there is something left to ask, else ask the bank's next question.

        Without `follow_up` it is the bank's next question in any case. A question that waits for its answer
        stays. With a plan, a round whose questions or time are used up ends, and the next begins. When the bank has
        no more, or the last round is over, the interview is closed and `closed_because` says so.
        """
        state, count = self.records.load(interview_id)
        if state.current is not None:
            return state
        _refuse_if_changed(state, seen)
        found = self._dig(state) if follow_up and not state.closed else None
        return self.records.append(state, count, self._onward(state) if found is None else [found])

    def skip(self, interview_id: str, *, seen: InterviewState | None = None) -> InterviewState:
        """Leave the question without an answer and ask the bank's next one, as `next` does."""
        state, count = self.records.load(interview_id)
        _refuse_if_changed(state, seen)
        skipped = Skipped(at=self.now())
        return self.records.append(state, count, [skipped, *self._onward(apply(state, skipped))])

    def leave_round(self, interview_id: str, *, seen: InterviewState | None = None) -> InterviewState:
        """End the round before its time and begin the next one; after the last, close the interview."""
        state, count = self.records.load(interview_id)
        _refuse_if_changed(state, seen)
        left = self._left(state)
        if not left:
            raise UsageError("No round is going on in this interview: there is none to leave.")
        return self.records.append(state, count, [*left, *self._onward(reduce(apply, left, state))])

    def resume(self, interview_id: str) -> InterviewState:
        """Say that the candidate is back: the time since the last event is not counted. Changes nothing else."""
        state, count = self.records.load(interview_id)
        if state.plan is None or state.current is None:
            return state
        resumed = Resumed(at=self.now())
        if not self.store.append(interview_id, count, [resumed]):
            return self.get(interview_id)  # it went on in another tab, so nobody was away
        return apply(state, resumed)

    def close(self, interview_id: str) -> InterviewState:
        """End an interview; it can still be read."""
        state, count = self.records.load(interview_id)
        return self.records.append(state, count, [*self._left(state), Closed(at=self.now())])

    def _left(self, state: InterviewState) -> Sequence[Event]:
        if state.round is None or state.closed:
            return ()
        return (RoundEnded(at=self.now(), round=state.round.number, why="left early"),)

    def _dig(self, state: InterviewState) -> FollowedUp | None:
        return dig(self.judge, state, self.now(), self.follow_ups)

    def _onward(self, state: InterviewState) -> Sequence[Event]:
        now = self.now()
        asked = self.store.lately("asked", before=state.started_at, interviews=_LATELY)
        lately = {event.question_id for event in asked if isinstance(event, AskedQuestion)}
        if state.plan is not None:
            return onward(state, self.bank, lately, now)
        found = next_question(self.bank, state, lately)
        return [found.model_copy(update={"at": now}) if found else Closed(at=now, reason=_ALL_ASKED)]

    def _scores(self, moment: datetime) -> dict[str, float]:
        """What earlier interviews tell of the candidate."""
        back = [
            self.store.lately(what, before=moment, interviews=_LOOKED_BACK) for what in ("asked", "assessed")
        ]
        return scores_by_subject(*back)

    def _judged(self, state: InterviewState, turn: int) -> Stream:
        return judged(self.records, self.judge, state, turn, self.now)


def _refuse_beside_plan(plan: Plan, kind: str | None, principle: str | None) -> None:
    if kind is not None:
        raise UsageError(f"The plan {plan.id} has its own kinds of questions: leave out the kind.")
    if principle is not None and not plan.one_principle:
        raise UsageError(f"The plan {plan.id} covers principles of its own: leave out the principle.")


def _refuse_unreadable(text: str, *, may_be_empty: bool = False) -> None:
    if not text.strip() and not may_be_empty:
        raise AnswerRefused("The answer is empty: write one, or skip the question.")
    refuse_too_long(text)
    try:
        text.encode()
    except UnicodeEncodeError:
        raise AnswerRefused("The answer holds broken characters: paste it again as plain text.") from None


def _refuse_if_changed(state: InterviewState, seen: InterviewState | None) -> None:
    if seen is not None and (seen.id, len(seen.turns)) != (state.id, len(state.turns)):
        raise gone_on()
