"""One interview to take away: as Markdown to read, as JSON to work with."""

import re
from collections.abc import Iterator, Sequence

from coach.feedback.feedback import Feedback
from coach.feedback.rubric import TAG_NAMES
from coach.interview.session import InterviewState, Turn

_MARKUP = re.compile(r"[\\`*_\[\]<>&|~#]")


def to_json(state: InterviewState) -> str:
    """Return the whole interview as JSON; `InterviewState.model_validate_json` reads it back."""
    return state.model_dump_json(indent=2)


def to_markdown(state: InterviewState) -> str:
    """Return the interview as Markdown. Nothing that was said in it is taken for markup."""
    limits = (state.kind, state.principle, state.level)
    about = ", ".join(_plain(limit.replace("_", " ")) for limit in limits if limit) or "any question"
    lines = [f"# Interview of {state.started_at:%Y-%m-%d %H:%M} UTC", "", f"About: {about}  "]
    lines += [f"Identifier: {state.id}  ", f"State: {_end(state)}"]
    for number, turn in enumerate(state.turns, start=1):
        lines += ["", *_turn(number, turn)]
    return "\n".join(lines) + "\n"


def _end(state: InterviewState) -> str:
    if not state.closed:
        return "open"
    return f"closed ({_plain(state.closed_because)})" if state.closed_because else "closed"


def _turn(number: int, turn: Turn) -> Iterator[str]:
    follow_up = "Follow-up: " if turn.follow_up_depth else ""
    yield f"## {number}. {follow_up}{_plain(turn.question)}"
    about = [turn.kind, turn.principle or turn.topic, f"aims at {turn.aims_at}" if turn.aims_at else None]
    yield ""
    yield ", ".join(_plain(part.replace("_", " ")) for part in about if part)
    yield ""
    if turn.answer is None:
        yield "Skipped." if turn.skipped else "Not answered."
        return
    yield "### Answer"
    yield ""
    yield from (f"> {_plain(line)}".rstrip() for line in turn.answer.splitlines() or [""])
    yield ""
    yield "### Feedback"
    yield ""
    if turn.feedback is None:
        yield "Not assessed yet."
        return
    yield from _feedback(turn.feedback)
    if not turn.complete:
        yield ""
        yield "The feedback was interrupted; this is what there was of it."


def _feedback(feedback: Feedback) -> Iterator[str]:
    if not feedback.graded:
        yield f"Not graded: {_plain(feedback.why_not or 'no reason given')}."
    for name, value in _scores(feedback):
        yield f"- {name}: {value}"
    yield from _part(
        "Sentences",
        [f"**{TAG_NAMES[s.tag]}** ({s.confidence:.2f}) {_plain(s.text)}" for s in feedback.sentences],
        numbered=True,
    )
    yield from _part(
        "Principles",
        [f"{_plain(p.name)}: {p.strength:g} of 2{_where(p.sentences)}" for p in feedback.principles],
    )
    yield from _part(
        "Key points", [f"{p.verdict}: {_plain(p.point)}{_where(p.sentences)}" for p in feedback.key_points]
    )
    yield from _part("Strengths", [_plain(s.text) + _where(s.sentences) for s in feedback.strengths])
    yield from _part(
        "Gaps",
        [f"{g.criterion.replace('_', ' ')}: {_plain(g.text)}{_where(g.sentences)}" for g in feedback.gaps],
    )
    yield from _part("What an interviewer would ask next", [_plain(f.question) for f in feedback.follow_ups])
    if feedback.rewrite is not None:
        yield from ("", "#### In telling order", "")
        yield from (f"> {_plain(line)}".rstrip() for line in feedback.rewrite.text.splitlines())
        yield from _part("To fill in", [_plain(blank) for blank in feedback.rewrite.blanks])
    yield from _part("Read more", [f"{_plain(c.source)}, {_plain(c.heading)}" for c in feedback.citations])
    yield from _part("Notes", [_plain(note) for note in feedback.notes])


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


def _part(title: str, items: Sequence[str], *, numbered: bool = False) -> Iterator[str]:
    if items:
        yield from ("", f"#### {title}", "")
        yield from (f"{number}. {x}" if numbered else f"- {x}" for number, x in enumerate(items, start=1))


def _where(sentences: Sequence[int]) -> str:
    """The sentences that prove it, counted from 1 as the list of sentences is."""
    if not sentences:
        return ""
    return f" (sentence{'s' * (len(sentences) > 1)} {', '.join(str(index + 1) for index in sentences)})"


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", " ".join(text.split()))
