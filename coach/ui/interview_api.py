"""A whole interview by Gradio's API, for scripts: JSON in, JSON out, under names that stay.

    /interview_plans    ()                                          what can be given as a plan
    /interview_start    (plan, kind, principle, level, seed)        begins one, with its first question
    /interview_answer   (interview_id, text, code, seen)            an answer, or whatever else is said
    /interview_next     (interview_id, follow_up, seen)             the follow-up, the next question, or the end
    /interview_skip     (interview_id, seen)                        the next question, without an answer
    /interview_leave    (interview_id, seen)                        ends the round before its time
    /interview_end      (interview_id, seen)                        ends the interview
    /interview_state    (interview_id)                              where it stands
    /interview_debrief  (interview_id, round, words)                what it, or a round of it, has come to

The first gives a list and the last a debrief; all others give the same object, see `stand`. `seen` is the one that the
last call gave: where the interview has gone on since, nothing is changed and an error says so; "" does without.
"""

import threading
from collections.abc import Callable
from contextlib import closing
from typing import Any

from coach.coach import Coach
from coach.coding.runner import run
from coach.errors import CoachError
from coach.interview.course import standing
from coach.interview.handed_in import HandedIn
from coach.interview.plans import Offered
from coach.interview.questions import CodingQuestion
from coach.interview.session import InterviewState
from coach.ui.line import Line
from coach.ui.markup import MODEL
from coach.ui.opened import Opened, act_on, mark, still
from coach.ui.pace import first_of

# Only what comes with code waits for the sandbox, beside the page's own runs; words go past it.
_ANSWERS, _RUNS = 20, 2


def endpoints(coach: Coach, offered: Callable[[], Offered], line: Line) -> None:
    """Name the endpoints, inside the `Blocks` that is open; `line` is the one for the model."""
    import gradio as gr
    from gradio.events import api

    interviews = coach.interviews
    sandbox = threading.Semaphore(_RUNS)

    def plans_there() -> list[dict[str, Any]]:
        """What can be given as a plan: its id, title, what it is for, and its rounds."""
        return [
            {**plan.model_dump(mode="json", include={"id", "title", "purpose"}), "minutes": plan.minutes}
            | {"rounds": [one.model_dump(mode="json", include={"title", "minutes"}) for one in plan.rounds]}
            for plan in offered().plans.values()
        ]

    def start(
        plan: str = "", kind: str = "", principle: str = "", level: str = "", seed: int = -1
    ) -> dict[str, Any]:
        """Begin an interview. "" means any, or no plan; a seed below 0 means another order each time."""

        def begun() -> InterviewState:
            plans = offered().plans
            if plan and plan not in plans:
                raise gr.Error(f"There is no plan '{plan}': choose from {', '.join(plans)}.")
            return interviews.start(
                kind=kind or None,
                principle=principle or None,
                level=level or None,
                seed=seed if seed >= 0 else None,
                plan=plans.get(plan),
            )

        return _said(begun, coach)

    def answer(interview_id: str, text: str, code: str = "", seen: str = "") -> dict[str, Any]:
        """Say something to the question that waits; `code` goes with a coding task and is run.

        What is no answer gets the interviewer's `reply`, and the question waits on.
        """
        replies: list[str] = []

        def answered() -> InterviewState:
            state = still(interviews, Opened(interview_id, seen))
            number = len(state.turns) - 1
            heard = (
                interviews.aside(interview_id, text, seen=state) if text.strip() or not code.strip() else None
            )
            if heard is not None:
                replies.append(heard.turns[number].asides[-1].reply)
                return heard
            given = _handed_in(coach, state, text, code, sandbox) if code.strip() else text
            return first_of(interviews.answer(interview_id, given, seen=state))[0]

        return {**_said(answered, coach), "reply": replies[0] if replies else None}

    def step(act: Callable[[InterviewState], InterviewState], interview_id: str, seen: str) -> dict[str, Any]:
        return _said(lambda: act_on(interviews, Opened(interview_id, seen), act), coach)

    def go_on(interview_id: str, follow_up: bool = True, seen: str = "") -> dict[str, Any]:
        """Ask what is asked next; a question that waits for its answer stays."""
        return step(
            lambda state: interviews.next(interview_id, follow_up=follow_up, seen=state), interview_id, seen
        )

    def skip(interview_id: str, seen: str = "") -> dict[str, Any]:
        """Leave the question that waits without an answer, and ask the next."""
        return step(lambda state: interviews.skip(interview_id, seen=state), interview_id, seen)

    def leave(interview_id: str, seen: str = "") -> dict[str, Any]:
        """End the round before its time; the next one begins."""
        return step(lambda state: interviews.leave_round(interview_id, seen=state), interview_id, seen)

    def end(interview_id: str, seen: str = "") -> dict[str, Any]:
        """End the interview; it can still be read."""
        return step(lambda _: interviews.close(interview_id), interview_id, seen)

    def state_of(interview_id: str) -> dict[str, Any]:
        """Where an interview stands."""
        return _said(lambda: interviews.get(interview_id), coach)

    def debrief(interview_id: str, round: int = -1, words: bool = False) -> dict[str, Any]:  # noqa: A002
        """What an interview has come to, as data; a round below 0 is the whole, the first round is 0.

        It is there at once. With `words`, the model is waited for, which sums it up.
        """
        try:
            stream = interviews.debrief(interview_id, round if round >= 0 else None)
            if not words:
                return first_of(stream)[1].model_dump(mode="json")
            with line.join() as places, closing(stream):
                for _ in places:  # one's turn comes when they end
                    pass
                *_, (_, made) = stream
            return made.model_dump(mode="json")
        except CoachError as error:
            raise gr.Error(str(error), print_exception=False) from None

    several: dict[str, Any] = {"concurrency_limit": 8}
    api(plans_there, api_name="interview_plans", **several)
    api(start, api_name="interview_start", **several)
    api(answer, api_name="interview_answer", concurrency_limit=_ANSWERS)
    for act, name in ((go_on, "next"), (skip, "skip"), (leave, "leave"), (end, "end"), (state_of, "state")):
        api(act, api_name=f"interview_{name}", **several)
    api(debrief, api_name="interview_debrief", **MODEL)


def stand(state: InterviewState, coach: Coach) -> dict[str, Any]:
    """Return where an interview stands, as the API tells it.

    `question` waits for an answer, or is None; `feedback` is on the last answer, in the shape of `coach feedback`;
    `round` is None without a plan. Key points of a question that waits are in none of them.
    """
    now, waiting = standing(state, coach.interviews.now()), state.current
    last = state.turns[-1] if state.turns else None
    return {
        "id": state.id,
        "seen": mark(state),
        "closed": state.closed,
        "closed_because": state.closed_because,
        "question": None
        if waiting is None
        else {
            "text": waiting.question,
            "id": waiting.question_id,
            "kind": waiting.kind,
            "principle": waiting.principle,
            "topic": waiting.topic,
            "follow_up": waiting.follow_up_depth,
        },
        "round": None
        if now is None
        else {
            "number": now.round,
            "of": now.rounds,
            "title": now.title,
            "interviewer": now.interviewer,
            "minutes": now.minutes,
            "seconds_left": round(now.seconds_left),
            "question": now.question,
            "questions": now.questions,
            "covered": list(now.covered),
            "still_open": list(now.still_open),
        },
        "answered": state.answered,
        "feedback": last.feedback.model_dump(mode="json") if last and last.feedback else None,
    }


def _said(act: Callable[[], InterviewState], coach: Coach) -> dict[str, Any]:
    import gradio as gr

    try:
        return stand(act(), coach)
    except CoachError as error:
        raise gr.Error(str(error), print_exception=False) from None


def _handed_in(
    coach: Coach, state: InterviewState, text: str, code: str, sandbox: threading.Semaphore
) -> str:
    turn = state.current
    task = next((one for one in coach.bank.questions if turn and one.id == turn.question_id), None)
    if not isinstance(task, CodingQuestion):
        return HandedIn(code, text).text
    with sandbox:
        result = run(code, task)
    return HandedIn(code, text, result.passed, len(result.cases)).text
