"""Mock interviews: each step is stored before the next begins, so they outlive browsers and processes."""

import logging
import secrets
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Protocol

from coach.errors import AnswerRefused, CoachError, StoreError, UsageError
from coach.feedback.feedback import Asked, Feedback, FollowUp
from coach.feedback.followup import SoFar
from coach.feedback.gate import MAX_WORDS
from coach.interview.choice import next_question
from coach.interview.events import (
    Answered,
    AskedQuestion,
    Assessed,
    Closed,
    Event,
    FollowedUp,
    Skipped,
    Started,
)
from coach.interview.questions import QuestionBank
from coach.interview.session import MAX_DEPTH, InterviewState, apply, asked_of, fold, so_far, told

if TYPE_CHECKING:  # it brings the database library with it, which who only reads this file doesn't need
    from coach.interview.store import Store

log = logging.getLogger(__name__)
Stream = Generator[tuple[InterviewState, Feedback], None, None]
_LATELY = 5  # interviews whose questions are asked again only when nothing else is left
_ALL_ASKED = "every question that fits has been asked"


class Judge(Protocol):
    """What an interview needs of the coach."""

    def assess(self, asked: Asked, answer: str) -> Feedback:
        """Judge an answer at once, without a language model."""

    def advise(self, asked: Asked, assessed: Feedback, so_far: SoFar) -> Iterator[Feedback]:
        """Go on from an assessment in ever fuller feedback; closing the iterator stops it."""

    def follow_up(self, asked: Asked, feedback: Feedback, so_far: SoFar) -> FollowUp | None:
        """Return what to ask next about an answer, nothing that was asked before; None: nothing is left."""


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

    def start(
        self,
        kind: str | None = None,
        principle: str | None = None,
        level: str | None = None,
        seed: int | None = None,
    ) -> InterviewState:
        """Start an interview and ask its first question; None means any. One seed, one order of questions.

        Raises:
            UsageError: no question fits; the message names what there is.
        """
        fitting = self.bank.select(kind, principle, level=level)
        started = Started(
            kind=fitting.kind if kind else None,
            principle=fitting.principle if principle else None,
            # `select` takes any spelling; no level's name is part of another's.
            level=next(one for one in fitting.level if one in level.casefold()) if level else None,
            seed=secrets.randbits(31) if seed is None else seed,
        )
        interview_id = f"{started.at:%Y%m%d}-{secrets.token_hex(4)}"
        state = fold(interview_id, [started])
        first = self._question(state)
        if isinstance(first, Closed):
            raise UsageError("Only a recruiter's questions fit: choose the kind recruiter, or another level.")
        self.store.create(interview_id, [started, first])
        return apply(state, first)

    def get(self, interview_id: str) -> InterviewState:
        """Return an interview as it stands."""
        return self._load(interview_id)[0]

    def list(self) -> tuple[InterviewState, ...]:
        """Return all interviews, the latest first."""
        return tuple(_folded(interview_id, events) for interview_id, events in self.store.load_all())

    def delete(self, interview_id: str) -> None:
        """Delete an interview for good."""
        self.store.delete(interview_id)

    def answer(self, interview_id: str, text: str, *, seen: InterviewState | None = None) -> Stream:
        """Store an answer at once, then judge it while the result is iterated over.

        Gives ever fuller feedback, each with the interview as it stands. The first feedback is stored when it
        comes, the last when it is complete; when the iterator is closed before that, the latest is stored.

        Raises:
            AnswerRefused: the answer is empty, too long, or not text; nothing was stored.
        """
        _refuse_unreadable(text)
        state, count = self._load(interview_id)
        _refuse_if_changed(state, seen)
        state = self._append(state, count, [Answered(answer=text)])
        return self._assess(state, len(state.turns) - 1)

    def assess_again(self, interview_id: str) -> Stream:
        """Go on with the latest answer whose feedback is missing or was broken off, as `answer` does.

        An answer that has its assessment is not assessed anew. What there is of its feedback stays until the
        new one is complete. Works in a closed interview too.
        """
        state, _ = self._load(interview_id)
        open_turns = [
            n for n, turn in enumerate(state.turns) if turn.answer is not None and not turn.complete
        ]
        if not open_turns:
            raise UsageError("Every answer in this interview has its feedback: go on to the next question.")
        return self._assess(state, open_turns[-1])

    def follow_up(self, state: InterviewState) -> FollowUp | None:
        """Return what `next` would ask about the last answer; None: nothing, or enough has been asked."""
        last = len(state.turns) - 1
        feedback, depth = state.turns[last].feedback, state.turns[last].follow_up_depth
        if feedback is None or depth >= min(self.follow_ups, MAX_DEPTH):
            return None
        earlier = so_far(state, last)
        found = self.judge.follow_up(asked_of(state, last), feedback, earlier)
        return None if found is None or found.question in earlier.questions else found

    def next(
        self, interview_id: str, *, follow_up: bool = True, seen: InterviewState | None = None
    ) -> InterviewState:
        """Ask about the last answer if there is something left to ask, else ask the bank's next question.

        Without `follow_up` it is the bank's next question in any case. A question that waits for its answer
        stays. When the bank has no more, the interview is closed and `closed_because` says so.
        """
        state, count = self._load(interview_id)
        if state.current is not None:
            return state
        _refuse_if_changed(state, seen)
        found = self.follow_up(state) if follow_up and not state.closed else None
        if found is None:
            return self._append(state, count, [self._question(state)])
        event = FollowedUp(question=found.question, criterion=found.criterion, sentences=found.sentences)
        return self._append(state, count, [event])

    def skip(self, interview_id: str, *, seen: InterviewState | None = None) -> InterviewState:
        """Leave the question without an answer and ask the bank's next one, as `next` does."""
        state, count = self._load(interview_id)
        _refuse_if_changed(state, seen)
        skipped = Skipped()
        return self._append(state, count, [skipped, self._question(apply(state, skipped))])

    def close(self, interview_id: str) -> InterviewState:
        """End an interview; it can still be read."""
        state, count = self._load(interview_id)
        return self._append(state, count, [Closed()])

    def _question(self, state: InterviewState) -> AskedQuestion | Closed:
        asked = self.store.lately("asked", before=state.started_at, interviews=_LATELY)
        lately = {event.question_id for event in asked if isinstance(event, AskedQuestion)}
        return next_question(self.bank, state, lately) or Closed(reason=_ALL_ASKED)

    def _assess(self, state: InterviewState, turn: int) -> Stream:
        asked, latest = asked_of(state, turn), state.turns[turn].feedback
        first_time = latest is None
        if latest is None:
            latest = self.judge.assess(asked, told(state, turn))
            state = self._record(state.id, Assessed(turn=turn, feedback=latest, complete=False))
        else:
            state = apply(state, Assessed(turn=turn, feedback=latest, complete=False))
        kept, ended = latest, False
        stream: Iterator[Feedback] = iter(())
        try:
            yield state, latest
            stream = self.judge.advise(asked, latest, so_far(state, turn))
            for latest in stream:
                state = apply(state, Assessed(turn=turn, feedback=latest, complete=False))
                yield state, latest
            ended = True
        finally:
            if isinstance(stream, Generator):
                stream.close()
            if first_time and not ended and latest is not kept:
                self._keep(state.id, Assessed(turn=turn, feedback=latest, complete=False))
        yield self._record(state.id, Assessed(turn=turn, feedback=latest, complete=True)), latest

    def _keep(self, interview_id: str, event: Assessed) -> None:
        """Store what there is of a feedback that is being broken off, which must go on whatever happens here."""
        try:
            self._record(interview_id, event)
        except CoachError as error:
            log.warning("The latest feedback in interview %s was not stored: %s", interview_id, error)

    def _record(self, interview_id: str, event: Assessed) -> InterviewState:
        """Store feedback wherever the interview has got to: it belongs to its answer, not to the moment."""
        while True:
            before, count = self._load(interview_id)
            after = apply(before, event)
            if after is before or self.store.append(interview_id, count, [event]):
                return after

    def _append(self, state: InterviewState, count: int, events: Sequence[Event]) -> InterviewState:
        after = reduce(apply, events, state)
        if not self.store.append(state.id, count, events):
            raise _gone_on()
        return after

    def _load(self, interview_id: str) -> tuple[InterviewState, int]:
        events = self.store.load(interview_id)
        return _folded(interview_id, events), len(events)


def _folded(interview_id: str, events: Sequence[Event]) -> InterviewState:
    try:
        return fold(interview_id, events)
    except UsageError:
        raise StoreError(
            f"Interview {interview_id} can't be read. Its events don't fit together: "
            "restore a copy of the database, or delete it."
        ) from None


def _refuse_unreadable(text: str) -> None:
    if not text.strip():
        raise AnswerRefused("The answer is empty: write one, or skip the question.")
    if (words := len(text.split())) > MAX_WORDS:
        raise AnswerRefused(
            f"The answer has {words:,} words; the coach reads up to {MAX_WORDS:,}. Give the heart of it."
        )
    try:
        text.encode()
    except UnicodeEncodeError:
        raise AnswerRefused("The answer holds broken characters: paste it again as plain text.") from None


def _refuse_if_changed(state: InterviewState, seen: InterviewState | None) -> None:
    if seen is not None and (seen.id, len(seen.turns)) != (state.id, len(state.turns)):
        raise _gone_on()


def _gone_on() -> UsageError:
    return UsageError("This interview has gone on elsewhere, in another tab perhaps: reload it.")
