"""One interview to take away: as Markdown to read, as JSON to work with."""

import re
from collections.abc import Iterator, Sequence
from functools import partial

from coach.feedback.feedback import Feedback
from coach.feedback.rubric import TAG_NAMES
from coach.interview.course import covered, still_open
from coach.interview.debrief.making import latest
from coach.interview.debrief.model import Debrief
from coach.interview.debrief.shown import sections
from coach.interview.session import InterviewState, Round, Turn

_NO_ANSWER = {
    (False, False): "Not answered.",
    (True, False): "Skipped.",
    (True, True): "Nothing to say, which counts as not shown.",
}
_MARKUP = re.compile(r"[\\`*_\[\]<>&|~#]")


def to_json(state: InterviewState) -> str:
    """Return the whole interview as JSON; `InterviewState.model_validate_json` reads it back."""
    return state.model_dump_json(indent=2)


def to_markdown(state: InterviewState) -> str:
    """Return the interview as Markdown, with its debrief in front. Nothing that was said in it is taken for markup."""
    limits = (state.kind, state.principle, state.level)
    about = ", ".join(_plain(limit.replace("_", " ")) for limit in limits if limit) or "any question"
    lines = [f"# Interview of {state.started_at:%Y-%m-%d %H:%M} UTC", "", f"About: {about}  "]
    if state.plan is not None:
        lines += [f"Plan: {_plain(state.plan.title)}  "]
    if state.posting is not None:
        lines += [f"For the posting: {_plain(state.posting.title or 'without a title')}  "]
    lines += [*_principles(state), f"Identifier: {state.id}  ", f"State: {_end(state)}"]
    if state.answered or any(turn.passed for turn in state.turns):
        lines += ["", *_debrief(latest(state), "## Debrief", "###")]
    # The headings of a plan's rounds stand above those of its questions.
    top = "##" if state.plan is None else "###"
    shown: int | None = None
    for number, turn in enumerate(state.turns, start=1):
        if turn.round is not None and turn.round != shown:
            shown = turn.round
            lines += ["", *_round(state, state.rounds[shown])]
            if len(state.rounds) > 1 and (kept := state.debriefed(shown)):
                lines += ["", *_debrief(kept.debrief, "### Debrief of this round", "####")]
        lines += ["", *_turn(number, turn, top, why_asked(state, turn))]
    return "\n".join(lines) + "\n"


def round_end(state: InterviewState, one: Round) -> str:
    """Return how a round has gone: how it ended, and how long its questions waited for answers."""
    spent = round(sum(turn.spent for turn in state.turns if turn.round == one.number))
    minutes = f" of {state.plan.rounds[one.number].minutes}:00" if state.plan else ""
    return f"{one.why or 'still going on'}, {spent // 60}:{spent % 60:02}{minutes} used"


def _debrief(one: Debrief, title: str, heading: str) -> Iterator[str]:
    yield title
    for section in sections(one):
        yield from ("", f"{heading} {section.title}", "")
        for item in section.items:
            yield f"- {_plain(item.text)}"
            yield from (f"  - {_plain(text)}" for text in item.under)


def _round(state: InterviewState, one: Round) -> Iterator[str]:
    if state.plan is None:
        return
    planned = state.plan.rounds[one.number]
    yield f"## Round {one.number + 1} of {len(state.plan.rounds)}: {_plain(planned.title)}"
    yield ""
    yield f"With: {_plain(planned.interviewer)}  "
    yield f"Time: {round_end(state, one)}"


def _principles(state: InterviewState) -> Iterator[str]:
    wanted = (("Covered", covered(state)), ("Still open", still_open(state))) if state.plan else ()
    for name, principles in wanted:
        if principles:
            yield f"{name}: {_plain('; '.join(principles))}  "


def _end(state: InterviewState) -> str:
    if not state.closed:
        return "open"
    return f"closed ({_plain(state.closed_because)})" if state.closed_because else "closed"


def why_asked(state: InterviewState, turn: Turn) -> str | None:
    """Return what of the posting a question was asked for; None: nothing."""
    aim = state.posting.aim(turn.question_id) if state.posting and turn.question_id else None
    return f"the posting asks for {aim.skill}: “{' '.join(aim.quote.text.split())}”" if aim else None


def _turn(number: int, turn: Turn, top: str, why: str | None) -> Iterator[str]:
    follow_up = "Follow-up: " if turn.follow_up_depth else ""
    yield f"{top} {number}. {follow_up}{_plain(turn.question)}"
    aim = f"aims at {turn.stage or turn.aims_at}" if turn.aims_at else None
    about = [turn.kind, turn.principle or turn.topic, aim, why]
    yield ""
    yield ", ".join(_plain(part if part is why else part.replace("_", " ")) for part in about if part)
    yield ""
    for aside in turn.asides:
        yield f"- You: {_plain(aside.said) or '(nothing)'}"
        yield f"- Interviewer: {_plain(aside.reply)}"
    if turn.asides:
        yield ""
    if turn.answer is None:
        yield _NO_ANSWER[turn.skipped, turn.passed]
        return
    yield f"{top}# Answer"
    yield ""
    yield from (f"> {_plain(line)}".rstrip() for line in turn.answer.splitlines() or [""])
    yield ""
    if turn.never_raised:
        yield f"Never raised: {', '.join(turn.never_raised)}"
        yield ""
    yield f"{top}# Feedback"
    yield ""
    if turn.feedback is None:
        yield "Not assessed yet."
        return
    yield from _feedback(turn.feedback, f"{top}##")
    if not turn.complete:
        yield ""
        yield "The feedback was interrupted; this is what there was of it."


def _feedback(feedback: Feedback, heading: str) -> Iterator[str]:
    part = partial(_part, heading)
    if not feedback.graded:
        yield f"Not graded: {_plain(feedback.why_not or 'no reason given')}."
    for name, value in _scores(feedback):
        yield f"- {name}: {value}"
    yield from part(
        "Sentences",
        [f"**{TAG_NAMES[s.tag]}** ({s.confidence:.2f}) {_plain(s.text)}" for s in feedback.sentences],
        numbered=True,
    )
    yield from part(
        "Principles",
        [f"{_plain(p.name)}: {p.strength:g} of 2{_where(p.sentences)}" for p in feedback.principles],
    )
    yield from part(
        "Key points", [f"{p.verdict}: {_plain(p.point)}{_where(p.sentences)}" for p in feedback.key_points]
    )
    yield from part("Strengths", [_plain(s.text) + _where(s.sentences) for s in feedback.strengths])
    yield from part(
        "Gaps",
        [f"{g.criterion.replace('_', ' ')}: {_plain(g.text)}{_where(g.sentences)}" for g in feedback.gaps],
    )
    yield from part("What an interviewer would ask next", [_plain(f.question) for f in feedback.follow_ups])
    if feedback.rewrite is not None:
        yield from ("", f"{heading} In telling order", "")
        yield from (f"> {_plain(line)}".rstrip() for line in feedback.rewrite.text.splitlines())
        yield from part("To fill in", [_plain(blank) for blank in feedback.rewrite.blanks])
    yield from part("Read more", [f"{_plain(c.source)}, {_plain(c.heading)}" for c in feedback.citations])
    yield from part("Notes", [_plain(note) for note in feedback.notes])


def _scores(feedback: Feedback) -> Iterator[tuple[str, str]]:
    if feedback.overall is not None:
        spread = (
            f" ({feedback.low:g} to {feedback.high:g})"
            if feedback.low is not None and feedback.high is not None
            else ""
        )
        yield "Overall", f"{feedback.overall:g} of 5{spread}"
    twos = [
        *feedback.components.items(),
        ("ownership", feedback.ownership),
        ("relevance", feedback.relevance),
    ]
    for name, score in twos:
        if score is not None:
            yield name.capitalize(), f"{score:g} of 2"
    for name in ("measured", "reflection", "hypothetical"):
        if (found := getattr(feedback, name)) is not None:
            yield name.capitalize(), "yes" if found else "no"


def _part(heading: str, title: str, items: Sequence[str], *, numbered: bool = False) -> Iterator[str]:
    if items:
        yield from ("", f"{heading} {title}", "")
        yield from (f"{number}. {x}" if numbered else f"- {x}" for number, x in enumerate(items, start=1))


def _where(sentences: Sequence[int]) -> str:
    """The sentences that prove it, counted from 1 as the list of sentences is."""
    if not sentences:
        return ""
    return f" (sentence{'s' * (len(sentences) > 1)} {', '.join(str(index + 1) for index in sentences)})"


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", " ".join(text.split()))
