"""The mock interview in a terminal, and the stored interviews: `coach interview`, `coach sessions`."""

import argparse
import contextlib
import json
import sys
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coach.coach import Coach
from coach.errors import AnswerRefused
from coach.feedback.gate import MAX_WORDS
from coach.interview.course import covered, standing, still_open
from coach.interview.debrief.shown import in_short, sections
from coach.interview.export import round_end, to_json, to_markdown
from coach.interview.interviews import Interviews
from coach.interview.judging import Stream
from coach.interview.plans import Plan, plan_named
from coach.interview.session import InterviewState
from coach.interview.sought import Sought
from coach.show import show_feedback, table

_WIDTH = 100
_HOW_TO = (
    f"Type your answer, up to {MAX_WORDS:,} words; a line with only a dot ends it. /skip leaves the question, "
    "/next asks another, /end stops."
)
_IN_ROUNDS = "/leave ends the round, /break stops the clock until you press Enter."
_COMMANDS = ("/skip", "/next", "/end")
_ROUND_COMMANDS = ("/leave", "/break")

Read = Callable[[], str]


def hold_interview(
    coach: Coach,
    given: argparse.Namespace,
    read: Read | None = None,
    posting: Sought | None = None,
    plans: Mapping[str, Plan] | None = None,
) -> int:
    """Ask, take answers from standard input, show feedback, follow up; every step is stored as it happens.

    With `--json`, standard output gets the finished interview alone, and the talk goes to standard error. `plans` are
    those to choose from, as `plan_named` takes them.
    """
    with contextlib.redirect_stdout(sys.stderr) if given.json else contextlib.nullcontext():
        state = _held(coach, given, read or sys.stdin.readline, posting, plans)
    if given.json:
        print(to_json(state))
    return 0


def show_plans(plans: Mapping[str, Plan]) -> None:
    """Print what can be given as a plan."""
    rows = [(plan.id, str(len(plan.rounds)), str(plan.minutes), plan.purpose) for plan in plans.values()]
    table(("plan", "rounds", "minutes", "what it is for"), rows)


def _held(
    coach: Coach,
    given: argparse.Namespace,
    read: Read,
    posting: Sought | None,
    plans: Mapping[str, Plan] | None,
) -> InterviewState:
    interviews = coach.interviews
    if given.resume:
        state = interviews.resume(given.resume)
    else:
        plan = plan_named(given.plan, plans) if given.plan else None
        state = interviews.start(given.kind, given.principle, given.level, given.seed, plan, posting)
    coach.warm_up()
    how_to = f"{_HOW_TO} {_IN_ROUNDS}" if state.plan else _HOW_TO
    print(f"Interview {state.id}. {how_to}", file=sys.stderr)
    talk = _Talk(interviews, read)
    try:
        if state.turns and state.turns[-1].answer is not None and not state.turns[-1].complete:
            state = _judged(interviews, state, interviews.assess_again(state.id))
        while not state.closed:
            state = talk.turn(state)
        talk.rounds_over(state)
    except KeyboardInterrupt:
        print(f"\nGo on later with `coach interview --resume {state.id}`.", file=sys.stderr)
        raise
    state = _debriefed(interviews, state)
    _look_back(state)
    return state


@dataclass
class _Talk:
    """The conversation, and what of it stands on the screen: the round, and the number of the question."""

    interviews: Interviews
    read: Read
    round: int | None = None
    question: int | None = None
    debriefed: int | None = None

    def turn(self, state: InterviewState) -> InterviewState:
        """Put the question that waits, or the next one, and take what is said to it."""
        if state.current is None:
            state = self.interviews.next(state.id)
        if state.current is None:
            return state
        self._show(state)
        print("> ", end="", flush=True)
        said = _read_answer(self.read, (*_COMMANDS, *(_ROUND_COMMANDS if state.plan else ())))
        if said in (*_COMMANDS, *_ROUND_COMMANDS):
            return self._obey(said, state)
        try:
            heard = self.interviews.aside(state.id, said)
            if heard is not None:
                print(f"\n{heard.turns[len(state.turns) - 1].asides[-1].reply}")
                return heard
            stream = self.interviews.answer(state.id, said)
        except AnswerRefused as error:
            print(error, file=sys.stderr)
            self.question = None
            return state
        return _judged(self.interviews, state, stream)

    def rounds_over(self, state: InterviewState) -> None:
        """Say how the round on the screen ended, if it has."""
        if self.round is not None and (why := state.rounds[self.round - 1].why):
            print(f"\nRound {self.round} is over: {why}.")
            # With a single round, the debrief of the whole says the same at once.
            if state.plan is not None and len(state.plan.rounds) > 1 and self.round != self.debriefed:
                self.debriefed = self.round
                *_, (_, made) = self.interviews.debrief(state.id, self.round - 1)
                print("\n".join(textwrap.fill(line, _WIDTH) for line in in_short(made)))

    def _obey(self, command: str, state: InterviewState) -> InterviewState:
        if command == "/end":
            return self.interviews.close(state.id)
        if command == "/leave":
            return self.interviews.leave_round(state.id)
        if command == "/break":
            print("The clock stands still. Press Enter to go on.", file=sys.stderr)
            away = not self.read()
            self.question = None
            return self.interviews.close(state.id) if away else self.interviews.resume(state.id)
        return self.interviews.skip(state.id)

    def _show(self, state: InterviewState) -> None:
        """Print the round if it is a new one, and the question with where it stands, unless it is there already."""
        number = len(state.turns) - 1
        if number == self.question or state.current is None:
            return
        now = standing(state, self.interviews.now())
        if now is not None and now.round != self.round:
            self.rounds_over(state)
            self.round = now.round
            print(f"\n== Round {now.round} of {now.rounds}: {now.title} ==")
            print(f"{now.minutes} minutes. The interviewer: {now.interviewer}.")
        print()
        if now is not None:
            depth = state.current.follow_up_depth
            what = f"follow-up {depth} to question" if depth else "question"
            print(f"[{now.clock} left, {what} {now.question} of {now.questions}]")
        print(state.current.question)
        self.question = number


def _look_back(state: InterviewState) -> None:
    """Say what came of the rounds, and the score."""
    if state.closed_because:
        print(f"\n{_sentence(state.closed_because)}")
    if state.plan is not None:
        print()
        for one in state.rounds:
            print(f"Round {one.number + 1}, {state.plan.rounds[one.number].title}: {round_end(state, one)}.")
        if open_ones := still_open(state):
            print(f"Covered: {_listed(covered(state))}. Still open: {_listed(open_ones)}.")
        for turn in state.turns:
            if turn.never_raised:
                print(f"Never raised for {turn.topic}: {_listed(turn.never_raised)}.")
    answered = f"{state.answered} answered"
    print(f"\n{answered}" + (f", {state.overall:.1f} of 5 on average." if state.overall else "."))


def _debriefed(interviews: Interviews, state: InterviewState) -> InterviewState:
    """Print the debrief of the whole, where there is anything to debrief."""
    if not state.answered and not any(turn.passed for turn in state.turns):
        return state
    for _, latest in interviews.debrief(state.id):
        print("." if latest.words else "", end="", file=sys.stderr, flush=True)
    for section in sections(latest):
        print(f"\n{section.title}:")
        for item in section.items:
            print(textwrap.fill(f"- {item.text}", _WIDTH, subsequent_indent="  "))
            for text in item.under:
                print(textwrap.fill(f"  - {text}", _WIDTH, subsequent_indent="    "))
    return interviews.get(state.id)


def _listed(names: Sequence[str]) -> str:
    # Two principles have a comma in their names.
    return "; ".join(names) or "nothing"


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}" + ("" if text.endswith(".") else ".")


def stored_interviews(given: argparse.Namespace, interviews: Interviews) -> int:
    """List, show or delete."""
    if given.verb == "list":
        states, unreadable = interviews.records.sorted_out()
        if given.json:
            others = json.dumps([{"id": one.id, "why": one.why} for one in unreadable])
            listed = ",\n".join(to_json(state) for state in states)
            print('{"sessions": [' + listed + '],\n"unreadable": ' + others + "}")
            return 0
        table(("id", "started", "about", "answered", "overall"), [_row(state) for state in states])
        for one in unreadable:
            rest = f"`coach sessions export {one.id} --format raw` saves it as it is, `delete {one.id}` removes it."
            print(f"coach: {one.why} {rest}", file=sys.stderr)
        return 0
    if given.verb == "delete":
        interviews.delete(given.id)
        print(f"{given.id} is deleted.", file=sys.stderr)
        if given.json:
            print(json.dumps({"id": given.id, "deleted": True}))
        return 0
    state = interviews.get(given.id)
    print(to_json(state) if given.json else to_markdown(state))
    return 0


def _judged(interviews: Interviews, state: InterviewState, stream: Stream) -> InterviewState:
    feedback: Any = None
    for _, feedback in stream:
        print("." if feedback.model else "", end="", file=sys.stderr, flush=True)
    print()
    # The follow-ups stay hidden: the next one is about to be asked.
    show_feedback({**feedback.model_dump(mode="json"), "follow_ups": []})
    return interviews.get(state.id)


def _read_answer(read: Read, commands: Sequence[str]) -> str:
    """Read lines up to a lone dot, a command, or the end of the input (which ends the interview)."""
    lines: list[str] = []
    while True:
        line = read()
        if not line and not lines:
            return "/end"
        if not lines and line.strip() in commands:
            return line.strip()
        if not line or line.strip() == ".":
            return "".join(lines)
        lines.append(line)


def _row(state: InterviewState) -> tuple[str, ...]:
    about = (
        ", ".join(x for x in (state.plan and state.plan.id, state.principle or state.kind) if x) or "anything"
    )
    overall = f"{state.overall:.1f}" if state.overall else "-"
    return (state.id, f"{state.started_at:%Y-%m-%d %H:%M}", about, str(state.answered), overall)
