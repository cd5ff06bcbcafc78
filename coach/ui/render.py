"""Feedback as HTML: pure functions of plain values. Everything that anyone wrote is escaped here, once."""

import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from coach.feedback.feedback import Citation, Feedback, KeyPoint, Rewrite, TaggedSentence
from coach.feedback.rubric import COMPONENT_TAG, COMPONENTS, TAG_NAMES, TAGS, Tag

# What the reader is told when there is nothing to rate; the keys are the reasons of the gate.
WHY_NOT = {
    "empty": "There is no answer yet. Write what you would say, then try again.",
    "no words in it": "I can't find any words in this answer. Write what you would say, then try again.",
    "not an answer": "That tells the interviewer that you pass. Take a minute, pick any real event that "
    "comes close, and try again: a small true story beats none.",
    "code": "This reads like code. I rate what you would say about it: the idea, the steps, the cost.",
    "gibberish": "I can't read this as an answer. Write it in your own words and try again.",
    "another language": "This seems to be in another language. The loop is held in English, and I can only "
    "rate English.",
    "the question repeated": "This mostly repeats the question. Tell what happened: where, what you had to "
    "reach, what you did, and what came of it.",
    "too short": "This is too short to rate. Two or three minutes of speaking, 250 to 400 words, is a good "
    "length.",
}
STORY_ANCHORS = (
    (4.5, "Would stand in a debrief"),
    (3.5, "Complete and specific"),
    (2.5, "Can be followed, but vague in places"),
    (1.5, "Only hinted at"),
    (0.0, "No usable example yet"),
)
ASTRAY = "A story, but to another question"
KNOWLEDGE_ANCHORS = (
    (4.5, "Holds what was asked for"),
    (3.5, "Most of it is there"),
    (2.5, "The core is there, with holes"),
    (1.5, "Touches on it only"),
    (0.0, "Not there yet"),
)
VERDICTS = {
    "hit": ("✓", "covered"),
    "partial": ("◐", "partly"),
    "miss": ("○", "missing"),
    "wrong": ("✕", "wrong"),
}


def assessment(feedback: Feedback) -> str:
    """Return the first half of a report: the scores and the answer with its sentences marked."""
    if not feedback.graded:
        return not_graded(feedback.why_not or "")
    return f'<div class="report">{_scores(feedback)}{_marked_answer(feedback)}{_points(feedback.key_points)}</div>'


def advice(feedback: Feedback, follow_ups: int = 0) -> str:
    """Return the second half: gaps, strengths, rewrite, so many follow-ups, sources. Empty if not graded."""
    if not feedback.graded:
        return ""
    strengths = _list("What worked", "good", [(one.text, one.sentences) for one in feedback.strengths])
    gaps = _list("What to change first", "todo", [(one.text, one.sentences) for one in feedback.gaps])
    both = f'<div class="pair">{gaps}{strengths}</div>' if strengths or gaps else ""
    asked = [(one.question, one.sentences) for one in feedback.follow_ups[:follow_ups]]
    ahead = _list("They would probably ask next", "next", asked)
    return f"{both}{_rewrite(feedback.rewrite)}{ahead}{_sources(feedback.citations)}{_notes(feedback)}"


def small_print(feedback: Feedback) -> str:
    """Return who wrote it and how long that took."""
    took = {name: f"{ms / 1000:.1f} s" for name, ms in feedback.timings_ms.items()}
    parts = [f"Assessed in {took['assessment']}"] if "assessment" in took else ["Assessed"]
    if feedback.model:
        parts.append(f"words by {feedback.model}" + (f", {took['total']} in all" if "total" in took else ""))
    else:
        parts.append("in the coach's own words")
    return f'<p class="small">{escape("; ".join(parts))}</p>'


def prose(text: str) -> str:
    """Return a guide's own words, escaped, with the Markdown in them shown as what it means: bold, code, bullets."""
    shown = re.sub(r"\*\*(\S(?:[^*\n]*\S)?)\*\*", r"<strong>\1</strong>", escape(text))
    shown = re.sub(r"`([^`\n]+)`", r"<code>\1</code>", shown)
    return re.sub(r"(?m)^( *)[-*] ", r"\1• ", shown)


def not_graded(why: str) -> str:
    """Return a friendly line that says why there is no score."""
    text = WHY_NOT.get(why) or f"This answer can't be rated: {why}." if why else "This answer can't be rated."
    return f'<div class="notice" role="status"><strong>Not rated yet.</strong> {escape(text)}</div>'


def unrated(answer: str) -> str:
    """Return an answer that has no assessment yet, as it was written."""
    return f'<section class="answer"><h3>Your answer</h3><p class="said plain">{escape(answer)}</p></section>'


def problem(message: str) -> str:
    """Return an error as one clear line; nothing for an empty message."""
    return f'<div class="problem" role="alert">{escape(message)}</div>' if message else ""


def _scores(feedback: Feedback) -> str:
    meters = [(name.title(), feedback.components[name]) for name in COMPONENTS if name in feedback.components]
    more = [("Ownership", feedback.ownership), ("Relevance", feedback.relevance)]
    meters += [(name, value) for name, value in more if value is not None]
    shown = "".join(_meter(name, value) for name, value in meters)
    grid = f'<div class="meters">{shown}</div>' if shown else ""
    return (
        f'<section class="scores" aria-label="Scores">{_overall(feedback)}{grid}{_badges(feedback)}</section>'
    )


def _overall(feedback: Feedback) -> str:
    if feedback.overall is None:
        return ""
    low = feedback.overall if feedback.low is None else feedback.low
    high = feedback.overall if feedback.high is None else feedback.high
    anchors = STORY_ANCHORS if feedback.kind == "behavioral" else KNOWLEDGE_ANCHORS
    worth = next(text for floor, text in anchors if feedback.overall >= floor)
    anchor = ASTRAY if feedback.on_topic == "no" else worth
    left, right, at = (100 * (value - 1) / 4 for value in (low, high, feedback.overall))
    spoken = f"{feedback.overall:.1f} of 5, probably between {low:.1f} and {high:.1f}"
    ticks = "".join(f'<i style="left:{25 * step}%">{step + 1}</i>' for step in range(5))
    return (
        '<div class="overall">'
        f'<p class="figure"><b>{feedback.overall:.1f}</b><span>of 5</span></p>'
        f'<div class="anchor"><p class="verdict">{escape(anchor)}</p>'
        f'<div class="range" role="img" aria-label="{spoken}">'
        f'<span class="band" style="left:{left:.1f}%;width:{max(right - left, 0):.1f}%"></span>'
        f'<span class="dot" style="left:{at:.1f}%"></span><span class="ticks" aria-hidden="true">{ticks}</span></div>'
        f'<p class="between">probably between {low:.1f} and {high:.1f}</p></div></div>'
    )


def _meter(name: str, value: float) -> str:
    return (
        f'<div class="meter" role="meter" aria-label="{name}" aria-valuemin="0" aria-valuemax="2" '
        f'aria-valuenow="{value:.1f}"><span class="name">{name}</span>'
        f'<span class="bar"><span style="width:{min(max(value / 2, 0), 1):.0%}"></span></span>'
        f'<span class="value">{value:.1f}<small> / 2</small></span></div>'
    )


def _badges(feedback: Feedback) -> str:
    said: list[tuple[str, bool | None, str, str]] = [
        ("measured", feedback.measured, "Result has a number", "No number in the result"),
        ("reflection", feedback.reflection, "Says what was learned", "Nothing learned is told"),
    ]
    shown = [
        f'<li class="{"yes" if value else "no"}"><span aria-hidden="true">{"✓" if value else "–"}</span> '
        f"{good if value else bad}</li>"
        for _, value, good, bad in said
        if value is not None
    ]
    if feedback.hypothetical is not None:
        text = "Tells what you would do, not what you did" if feedback.hypothetical else "One real event"
        kind, mark = ("no", "–") if feedback.hypothetical else ("yes", "✓")
        shown.append(f'<li class="{kind}"><span aria-hidden="true">{mark}</span> {text}</li>')
    shown += [
        f'<li class="lp" {_pointing(one.sentences)}>{escape(one.name)} {_refs(one.sentences)}</li>'
        for one in feedback.principles
    ]
    return f'<ul class="badges" aria-label="Qualities">{"".join(shown)}</ul>' if shown else ""


def _marked_answer(feedback: Feedback) -> str:
    if not feedback.sentences:
        return ""
    if feedback.kind == "behavioral":
        runs = groupby(feedback.sentences, key=lambda one: one.tag)
        blocks = "".join(_run(tag, list(sentences)) for tag, sentences in runs)
        shown = f'{_shape(feedback.sentences)}<div class="script">{blocks}</div>'
    else:  # situation, task, action and result say nothing about an explanation
        said = _said(feedback.sentences)
        shown = f'<div class="script untagged"><div class="run">{said}</div></div>'
    return f'<section class="answer"><h3>Your answer, sentence by sentence</h3>{shown}</section>'


def _shape(sentences: Sequence[TaggedSentence]) -> str:
    """Legend and picture in one: how many of the words each part of the story got."""
    words = {tag: sum(len(one.text.split()) for one in sentences if one.tag == tag) for tag in TAGS}
    total = sum(words.values()) or 1
    used = [tag for tag in TAGS if words[tag]]
    bar = "".join(f'<span class="t-{tag}" style="flex-grow:{words[tag]}"></span>' for tag in used)
    missing = [tag for tag in COMPONENT_TAG.values() if not words[tag]]
    legend = "".join(
        f'<li class="t-{tag}"><b>{tag}</b> {TAG_NAMES[tag]} <small>{words[tag] / total:.0%}</small></li>'
        for tag in used
    ) + "".join(
        f'<li class="absent"><b>{tag}</b> {TAG_NAMES[tag]} <small>none</small></li>' for tag in missing
    )
    return (
        f'<div class="shape" aria-hidden="true">{bar}</div>'
        f'<ul class="legend" aria-label="Parts of the answer">{legend}</ul>'
    )


def _run(tag: Tag, sentences: Sequence[TaggedSentence]) -> str:
    label = f'<p class="tag"><b>{tag}</b> <span>{TAG_NAMES[tag]}</span></p>'
    return f'<div class="run t-{tag}">{label}{_said(sentences)}</div>'


def _said(sentences: Sequence[TaggedSentence]) -> str:
    shown = " ".join(
        f'<span class="sentence" data-n="{one.index}"><sup>{one.index + 1}</sup>{escape(one.text.strip())}</span>'
        for one in sentences
    )
    return f'<p class="said">{shown}</p>'


def _points(points: Sequence[KeyPoint]) -> str:
    if not points:
        return ""
    shown = "".join(map(_point, points))
    return f'<section class="points"><h3>What a strong answer holds</h3><ul>{shown}</ul></section>'


def _point(one: KeyPoint) -> str:
    mark, word = VERDICTS[one.verdict]
    return (
        f'<li class="v-{one.verdict}" {_pointing(one.sentences)}><span class="mark" aria-hidden="true">{mark}</span>'
        f"<span>{escape(one.point)} <small>{word}</small> {_refs(one.sentences)}</span></li>"
    )


def _list(title: str, kind: str, items: Iterable[tuple[str, Sequence[int]]]) -> str:
    shown = "".join(
        f"<li {_pointing(sentences)}>{escape(text)} {_refs(sentences)}</li>" for text, sentences in items
    )
    tag = "ul" if kind == "good" else "ol"
    return f'<section class="advice {kind}"><h3>{title}</h3><{tag}>{shown}</{tag}></section>' if shown else ""


def _pointing(sentences: Sequence[int]) -> str:
    return f'data-points="{" ".join(map(str, sentences))}"' if sentences else ""


def _refs(sentences: Sequence[int]) -> str:
    if not sentences:
        return ""
    numbers = ", ".join(str(one + 1) for one in sentences)
    label = f"Show sentence{'s' if len(sentences) > 1 else ''} {numbers} of your answer"
    return f'<button type="button" class="ref" aria-label="{label}">{numbers}</button>'


def _rewrite(rewrite: Rewrite | None) -> str:
    if rewrite is None:
        return ""
    text = re.sub(r"\[([^\[\]]+)\]", r'<mark class="blank">\1</mark>', escape(rewrite.text))
    blanks = "".join(f"<li>{escape(one)}</li>" for one in rewrite.blanks)
    ask = f'<p class="hint">Only you can fill these in:</p><ul class="blanks">{blanks}</ul>' if blanks else ""
    return (
        '<section class="rewrite"><h3>The same story, in telling order</h3>'
        f'<p class="retold">{text}</p>{ask}</section>'
    )


def _sources(citations: Sequence[Citation]) -> str:
    shown = "".join(
        f"<li><blockquote>{prose(one.quote)}</blockquote>"
        f'<p class="where">{escape(one.heading)} <span>{escape(one.source)}</span></p></li>'
        for one in citations
    )
    return f'<section class="sources"><h3>From your guides</h3><ol>{shown}</ol></section>' if shown else ""


def _notes(feedback: Feedback) -> str:
    return "".join(f'<p class="note">{escape(one)}</p>' for one in feedback.notes)
