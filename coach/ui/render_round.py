"""A round of an interview as HTML: who asks, the clock, the question, what was said to it, and what comes next."""

import re
from html import escape

from coach.interview.course import Standing, covered, still_open
from coach.interview.export import round_end, why_asked
from coach.interview.questions import PassageRef, Question, QuestionBank
from coach.interview.records import gone_on
from coach.interview.session import InterviewState, Turn
from coach.ui.words import kind_name

_ENDS = {
    "done": "All of its questions were asked.",
    "out of time": "Its time was up.",
    "left early": "You left it early.",
}


def header(state: InterviewState, now: Standing | None) -> str:
    """Return who holds the round, how much of it is left, and what has been covered; nothing without a plan.

    The page counts the clock down by itself while a question waits.
    """
    if now is None:
        return ""
    runs = ' data-runs="true"' if state.current else ""
    where = (
        f"Round {now.round} of {now.rounds}"
        if now.rounds > 1
        else f"{state.plan.title if state.plan else ''}"
    )
    return (
        '<div class="round-bar"><div class="who">'
        f"<p><b>{escape(where)}</b> {escape(now.title) if now.rounds > 1 else ''}</p>"
        f'<p class="with">with {_article(now.interviewer)}, {now.minutes} minutes</p></div>'
        f'<div class="time"><p class="clock" role="timer" aria-label="Time left in this round" '
        f'data-left="{now.seconds_left:.0f}"{runs}>{now.clock}</p><p class="left">left</p></div>'
        f"{_covered(state)}</div>"
    )


def question(state: InterviewState, now: Standing | None, bank: QuestionBank) -> str:
    """Return the question that is open, where in the interview it stands, and on demand where it came from."""
    turn = state.turns[-1]
    number = sum(not one.follow_up_depth for one in state.turns)
    count = f"Question {now.question} of {now.questions}" if now else f"Question {number}"
    where = [count, kind_name(turn.kind)]
    # An interviewer does not say which principle a question is after.
    where += [turn.principle] if turn.principle and now is None else []
    where += [f"Follow-up {turn.follow_up_depth}"] if turn.follow_up_depth else []
    crumbs = "".join(f"<li>{escape(one)}</li>" for one in where)
    asked, _, task = turn.question.partition("\n\n") if turn.kind == "coding" else (turn.question, "", "")
    # The lines of the bank are as long as its file wants them; here the page breaks them.
    task = re.sub(r"(?<=\S)\n(?=\S)", " ", task)
    code = f'<pre class="task" tabindex="0">{escape(task)}</pre>' if task else ""
    origin = _origin(state, turn, bank)
    return f'<div class="asked"><ul class="crumbs">{crumbs}</ul><h2>{escape(asked)}</h2>{code}{origin}</div>'


def thread(state: InterviewState) -> str:
    """Return what was said to the question instead of an answer, and the interviewer's replies.

    Where the interviewer has just left a question, it begins with how they left it.
    """
    if not state.turns:
        return ""
    turn = state.turns[-1]
    before = state.turns[-2] if len(state.turns) > 1 else None
    left = before.asides[-1].reply if before and before.passed and before.asides and not turn.asides else ""
    return _thread([_line("them", left)] if left else [], turn)


def said_beside(turn: Turn) -> str:
    """Return what was said to a question beside the answer."""
    return _thread([], turn)


def between(state: InterviewState) -> str:
    """Return how the round before the open one has ended, and who comes next."""
    if state.plan is None or state.round is None or not state.round.number:
        return ""
    return f'<section class="between">{ended(state, state.round.number - 1)}</section>'


def coming(state: InterviewState) -> str:
    """Return what the open round will be, for who has yet to begin it."""
    if state.plan is None or state.planned is None or state.round is None:
        return ""
    one = state.planned
    return (
        f'<section class="coming"><h2>Next: round {state.round.number + 1} of {len(state.plan.rounds)}, '
        f"{escape(one.title)}</h2><p>With {_article(one.interviewer)}, {one.minutes} minutes, "
        f"{one.questions} question{'s' * (one.questions != 1)}. Take a break if you like: the clock starts when "
        "you begin.</p></section>"
    )


def ended(state: InterviewState, number: int) -> str:
    """Return how round `number` (from 0) went: why it ended, and the time it took."""
    one = state.rounds[number]
    title = state.plan.rounds[number].title if state.plan else ""
    used = round_end(state, one).partition(", ")[2]
    return (
        f"<h2>Round {number + 1} is over: {escape(title)}</h2>"
        f"<p>{_ENDS.get(one.why or '', 'It is still going on.')} {escape(used[:1].upper() + used[1:])}.</p>"
    )


def never_raised(turn: Turn) -> str:
    """Return which stages of a system design came up and which did not, once its round is over."""
    if turn.kind != "system_design" or turn.follow_up_depth or turn.answer is None:
        return ""
    shown = [("yes", "✓", stage, "raised") for stage in turn.raised]
    shown += [("no", "○", stage, "never raised") for stage in turn.never_raised]
    items = "".join(
        f'<li class="{kind}"><span aria-hidden="true">{sign}</span> {escape(stage)} <small>{word}</small></li>'
        for kind, sign, stage, word in shown
    )
    return f'<section class="stages"><h3>Stages of the design</h3><ul class="badges">{items}</ul></section>'


def problem(error: Exception) -> str:
    """Return an error as one clear line; where only a reload helps, with a button for it."""
    text = str(error)
    again = '<button type="button" class="reload">Reload</button>' if text == str(gone_on()) else ""
    return f'<div class="problem" role="alert">{escape(text)} {again}</div>'


def _covered(state: InterviewState) -> str:
    done, wanted = covered(state), still_open(state)
    if not done and not wanted:
        return ""
    shown = [("yes", "✓", name, "covered") for name in done] + [("no", "○", name, "open") for name in wanted]
    chips = "".join(
        f'<li class="{kind}"><span aria-hidden="true">{sign}</span> {escape(name)} <span class="sr">{word}</span></li>'
        for kind, sign, name, word in shown
    )
    return (
        f'<details class="covered"><summary>{len(done)} of {len(shown)} principles covered</summary>'
        f'<ul class="badges">{chips}</ul></details>'
    )


def _origin(state: InterviewState, turn: Turn, bank: QuestionBank) -> str:
    found: Question | None = next((one for one in bank.questions if one.id == turn.question_id), None)
    if turn.question_id is None:
        text = "<p>A follow-up to what you just said; it is not from the question bank.</p>"
    elif turn.speaker is not None:
        plan = escape(state.plan.title) if state.plan else "the plan"
        text = f"<p>A scene of the plan “{plan}” ({escape(turn.question_id)}).</p>"
    elif found is None:
        text = f"<p>Question {escape(turn.question_id)}, which has left the question bank since.</p>"
    else:
        about = (
            f"{kind_name(found.kind)}, {escape(found.subject)}; for {escape(', '.join(found.level))} levels"
        )
        read = "".join(_passage(one) for one in found.passages)
        reading = f"<p>Passages to read afterwards:</p><ul>{read}</ul>" if read else ""
        why = why_asked(state, turn)
        asked_for = f"<p>{escape(why[:1].upper() + why[1:])}.</p>" if why else ""
        text = f"{asked_for}<p>Question {escape(found.id)} of the question bank. {about}.</p>{reading}"
    return f'<details class="origin"><summary>Where this question comes from</summary>{text}</details>'


def _passage(one: PassageRef) -> str:
    return f"<li>{escape(one.heading)} <span>{escape(one.source)}</span></li>"


def _thread(lines: list[str], turn: Turn) -> str:
    for one in turn.asides:
        lines += [_line("you", one.said.strip() or "(nothing)"), _line("them", one.reply)]
    return f'<ul class="thread" aria-label="Said so far">{"".join(lines)}</ul>' if lines else ""


def _line(who: str, text: str) -> str:
    name = "Interviewer" if who == "them" else "You"
    return f'<li class="{who}"><b>{name}</b><p>{escape(text)}</p></li>'


def _article(interviewer: str) -> str:
    return f"{'an' if interviewer[:1].lower() in 'aeiou' else 'a'} {escape(interviewer)}"
