"""The mock interview in a terminal, and the stored interviews: `coach interview`, `coach sessions`."""

import argparse
import contextlib
import json
import sys
from collections.abc import Callable
from typing import Any

from coach.coach import Coach
from coach.errors import AnswerRefused
from coach.interview.export import to_json, to_markdown
from coach.interview.interviews import Interviews, Stream
from coach.interview.session import InterviewState
from coach.show import show_feedback, table

_HOW_TO = "Type your answer; a line with only a dot ends it. /skip leaves the question, /next asks another, /end stops."
_COMMANDS = ("/skip", "/next", "/end")

Read = Callable[[], str]


def hold_interview(coach: Coach, given: argparse.Namespace, read: Read | None = None) -> int:
    """Ask, take answers from standard input, show feedback, follow up; every step is stored as it happens.

    With `--json`, standard output gets the finished interview alone, and the talk goes to standard error.
    """
    with contextlib.redirect_stdout(sys.stderr) if given.json else contextlib.nullcontext():
        state = _held(coach, given, read or sys.stdin.readline)
    if given.json:
        print(to_json(state))
    return 0


def _held(coach: Coach, given: argparse.Namespace, read: Read) -> InterviewState:
    interviews = coach.interviews
    if given.resume:
        state = interviews.get(given.resume)
    else:
        state = interviews.start(given.kind, given.principle, given.level, given.seed)
    coach.warm_up()
    print(f"Interview {state.id}. {_HOW_TO}", file=sys.stderr)
    try:
        if state.turns and state.turns[-1].answer is not None and not state.turns[-1].complete:
            state = _judged(interviews, state, interviews.assess_again(state.id))
        while not state.closed:
            state = _turn(interviews, state, read)
    except KeyboardInterrupt:
        print(f"\nGo on later with `coach interview --resume {state.id}`.", file=sys.stderr)
        raise
    answered = f"{state.answered} answered"
    print(f"\n{answered}" + (f", {state.overall:.1f} of 5 on average." if state.overall else "."))
    return state


def stored_interviews(given: argparse.Namespace, interviews: Interviews) -> int:
    """List, show, delete or export."""
    if given.verb == "list":
        states = interviews.list()
        if given.json:
            print('{"sessions": [' + ",\n".join(to_json(state) for state in states) + "]}")
        else:
            table(("id", "started", "about", "answered", "overall"), [_row(state) for state in states])
        return 0
    if given.verb == "delete":
        interviews.delete(given.id)
        print(f"{given.id} is deleted.", file=sys.stderr)
        if given.json:
            print(json.dumps({"id": given.id, "deleted": True}))
        return 0
    state = interviews.get(given.id)
    as_json = given.json or (given.verb == "export" and given.format == "json")
    print(to_json(state) if as_json else to_markdown(state))
    return 0


def _turn(interviews: Interviews, state: InterviewState, read: Read) -> InterviewState:
    if state.current is None:
        state = interviews.next(state.id)
        if state.current is None:
            print(f"\n{state.closed_because or 'That was all.'}")
            return state
    print(f"\n{state.current.question}\n> ", end="", flush=True)
    said = _read_answer(read)
    if said == "/end":
        return interviews.close(state.id)
    if said in ("/skip", "/next"):
        return interviews.skip(state.id)
    try:
        stream = interviews.answer(state.id, said)
    except AnswerRefused as error:
        print(error, file=sys.stderr)
        return state
    return _judged(interviews, state, stream)


def _judged(interviews: Interviews, state: InterviewState, stream: Stream) -> InterviewState:
    feedback: Any = None
    for _, feedback in stream:
        print("." if feedback.model else "", end="", file=sys.stderr, flush=True)
    print()
    # The follow-ups stay hidden: the next one is about to be asked.
    show_feedback({**feedback.model_dump(mode="json"), "follow_ups": []})
    return interviews.get(state.id)


def _read_answer(read: Read) -> str:
    """Read lines up to a lone dot, a command, or the end of the input (which ends the interview)."""
    lines: list[str] = []
    while True:
        line = read()
        if not line and not lines:
            return "/end"
        if not lines and line.strip() in _COMMANDS:
            return line.strip()
        if not line or line.strip() == ".":
            return "".join(lines)
        lines.append(line)


def _row(state: InterviewState) -> tuple[str, ...]:
    about = state.principle or state.kind or "anything"
    overall = f"{state.overall:.1f}" if state.overall else "-"
    return (state.id, f"{state.started_at:%Y-%m-%d %H:%M}", about, str(state.answered), overall)
