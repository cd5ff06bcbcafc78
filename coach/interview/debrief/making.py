"""Make the debrief of an interview, or of one round of it, from its assessments alone."""

from collections.abc import Iterator, Sequence

from coach.errors import UsageError
from coach.interview.debrief.bar_raiser import bar_raisers_view, led_by
from coach.interview.debrief.by_competency import by_criterion, by_kind
from coach.interview.debrief.by_principle import by_principle
from coach.interview.debrief.decision import Heard, decide
from coach.interview.debrief.evidence import reused, tally_of, threads_of
from coach.interview.debrief.exercises import three_to_work_on
from coach.interview.debrief.handed import code_of
from coach.interview.debrief.model import Code, Debrief, RoundView
from coach.interview.debrief.moments import asides_of
from coach.interview.session import InterviewState


def debrief(
    state: InterviewState,
    round: int | None = None,  # noqa: A002
    code: Sequence[Code] | None = None,
) -> Debrief:
    """Return what a round (from 0), or with None the whole interview, has come to so far.

    The same state gives the same debrief. `code` is what came of code that was run; None: what the answers tell of it.

    Raises:
        UsageError: there is no such round yet.
    """
    if round is not None and not 0 <= round < len(state.rounds):
        raise UsageError("There is no such round in this interview yet: hold it first.")
    code = code_of(state) if code is None else code
    heard = _heard(state, round, code)
    view = bar_raisers_view(state, heard.threads, heard.principles) if round is None else None
    planned = state.plan.rounds[round] if state.plan and round is not None else None
    return Debrief(
        round=round,
        title=planned.title if planned else state.plan.title if state.plan else "Mock interview",
        interviewer=planned.interviewer if planned else None,
        inclination=decide(heard, view.inclination if view else None),
        principles=tuple(heard.principles),
        criteria=tuple(heard.criteria),
        kinds=tuple(heard.kinds),
        work_on=three_to_work_on(state, heard.threads, heard.principles, heard.criteria, heard.kinds),
        tally=heard.tally,
        reused=tuple(heard.reused),
        asides=asides_of(state, heard.threads),
        rounds=tuple(_rounds(state, code)) if round is None else (),
        bar_raiser=view,
        notes=tuple(_notes(state, heard)),
    )


def latest(state: InterviewState) -> Debrief:
    """Return the debrief of the whole as it would be made now, with the words of the stored one where they hold."""
    made, kept = debrief(state), state.debriefed()
    return kept.debrief if kept and kept.debrief.plain == made else made


def _heard(state: InterviewState, of: int | None, code: Sequence[Code]) -> Heard:
    threads = threads_of(state, of)
    return Heard(
        state=state,
        round=of,
        threads=threads,
        tally=tally_of(state, threads, of),
        principles=by_principle(state, threads, of),
        criteria=by_criterion(state, threads),
        kinds=by_kind(state, threads, code),
        reused=reused(threads),
    )


def _rounds(state: InterviewState, code: Sequence[Code]) -> Iterator[RoundView]:
    if state.plan is None or len(state.plan.rounds) < 2:
        return
    leads = led_by(state.plan)
    for one in state.rounds:
        heard = _heard(state, one.number, code)
        planned = state.plan.rounds[one.number]
        yield RoundView(
            number=one.number,
            title=planned.title,
            interviewer=planned.interviewer,
            bar_raiser=one.number == leads,
            ended=one.why or "still going on",
            inclination=decide(heard),
            tally=heard.tally,
        )


def _notes(state: InterviewState, heard: Heard) -> Iterator[str]:
    if not state.closed and heard.round is None:
        yield "The interview still goes on: this is how it stands now."
    if state.plan is not None and heard.round is None and len(state.rounds) < len(state.plan.rounds):
        yield f"{len(state.rounds)} of {len(state.plan.rounds)} rounds were begun."
    if heard.tally.not_assessed:
        yield "An answer has not been assessed yet; once it has, ask for the debrief again."
    if heard.threads:
        yield (
            "The verdicts are estimates from what was said in this practice, by rules that the coach keeps to; "
            "a real loop also hears how it was said."
        )
