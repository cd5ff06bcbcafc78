"""The parts of the PDF: headings, the answer, bars for the scores, and what was said about it."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from reportlab.graphics.shapes import Drawing, Line, Rect
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, KeepTogether, Paragraph, Spacer, Table

from coach.feedback.feedback import Feedback
from coach.interview.debrief.evidence import Thread
from coach.interview.pdf_fonts import BOLD, ITALIC, MONO, REGULAR, markup
from coach.interview.session import Turn

Flowables = Iterator[Any]
_PADDING = 7

INK, QUIET = HexColor("#1f2430"), HexColor("#5c6473")
BLUE, TRACK, PAPER, RULE = HexColor("#2f6fb3"), HexColor("#e3e7ee"), HexColor("#f5f7fa"), HexColor("#c9d2e0")
WIDTH = 170 * 72 / 25.4  # the text's, in points


def _style(
    name: str, font: str = REGULAR, size: float = 10, leading: float = 14.5, **more: Any
) -> ParagraphStyle:
    look = {"textColor": INK, "fontName": font, "fontSize": size, "leading": leading, **more}
    return ParagraphStyle(name, splitLongWords=1, allowWidows=0, allowOrphans=0, **look)


TITLE = _style("title", BOLD, 22, 27)
ABOUT = _style("about", size=10.5, leading=15, textColor=QUIET)
ROUND = _style("round", BOLD, 16, 20, spaceBefore=14, spaceAfter=4)
QUESTION = _style("question", BOLD, 12.5, 17, spaceBefore=4)
FOLLOW_UP = _style("follow-up", BOLD, 11, 15, spaceBefore=4)
SMALL = _style("small", size=8.5, leading=12, textColor=QUIET, spaceAfter=5)
LABEL = _style("label", BOLD, 8.5, 12, textColor=QUIET, spaceBefore=8, spaceAfter=2)
BODY = _style("body")
CODE = _style("code", MONO, 8.5, 11.5)
ANSWERED = _style("answered", leftIndent=11, rightIndent=10)
ANSWERED_CODE = _style("answered code", MONO, 8.5, 11.5, leftIndent=11, rightIndent=10)
ITEM = _style("item", leftIndent=12, bulletIndent=1, spaceAfter=2)
NAME = _style("name", size=9, leading=12)
VALUE = _style("value", size=9, leading=12, alignment=TA_RIGHT)
QUOTE = _style("quote", ITALIC, 9, 13, leftIndent=12, textColor=QUIET, spaceAfter=4)
LINE = _style("line", size=9.5, leading=13)


def turn_parts(number: int, turn: Turn, why: str | None = None) -> Flowables:
    """One question with all that came of it; `why` it was asked, if there was a reason of its own."""
    style = FOLLOW_UP if turn.follow_up_depth else QUESTION
    about = [
        "follow-up" if turn.follow_up_depth else None,
        turn.kind,
        turn.principle or turn.topic,
        f"aims at {turn.aims_at}" if turn.aims_at else None,
    ]
    said = " · ".join(part.replace("_", " ") for part in about if part)
    asked, _, more = turn.question.strip().partition("\n\n")
    question = Paragraph(f"{number}.\u2002{markup(asked, BOLD)}", style)
    question.outline = (1, f"{number}. {' '.join(asked.split())}")
    yield CondPageBreak(90)  # a heading never stands alone at the foot of a page
    yield Spacer(0, 12)
    yield question
    yield Paragraph(markup(said + (f" · {why}" if why else "")), SMALL)
    if more:
        code = turn.kind == "coding"
        yield Paragraph(_spaced(more) if code else markup(more), CODE if code else BODY)
        yield Spacer(0, 7)
    for aside in turn.asides:
        if aside.said.strip():
            yield Paragraph(f"<b>You:</b> {markup(aside.said)}", LINE)
        yield Paragraph(f"<b>Interviewer:</b> {markup(aside.reply)}", LINE)
        yield Spacer(0, 5)
    if turn.answer is None:
        passed = "Passed." if turn.passed else "Skipped."
        yield Paragraph(passed if turn.skipped else "Not answered.", LINE)
        return
    yield from _answer(turn.answer, code=turn.kind == "coding")
    if turn.never_raised:
        unsaid = ", ".join(stage.replace("_", " ") for stage in turn.never_raised)
        yield Paragraph(markup(f"Never raised: {unsaid}."), LINE)
    if turn.feedback is None:
        yield Paragraph("Not assessed yet.", SMALL)
        return
    yield from _feedback(turn.feedback)
    if not turn.complete:
        yield Paragraph("The feedback was interrupted; this is what there was of it.", SMALL)


def overview(threads: Sequence[Thread]) -> Any:
    """All questions of the bank with their scores, as they were finally answered, a line each."""
    rows = []
    for one in threads:
        asked = one.root.question.strip().partition("\n\n")[0]
        name = Paragraph(f"{one.turn + 1}.\u2002{markup(' '.join(asked.split()))}", LINE)
        if (score := one.score) is None:
            told = (
                "skipped" if one.root.skipped else "not answered" if one.root.answer is None else "not graded"
            )
            rows.append([name, Paragraph(told, SMALL), ""])
            continue
        bar = _bar(score.value, 1, 5, 90, (score.low, score.high))
        passed = Paragraph("nothing to tell", SMALL)
        rows.append([name, passed if one.root.passed else bar, Paragraph(f"{score.value:.1f}", VALUE)])
    look = [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]
    return Table(rows, colWidths=[WIDTH - 140, 104, 36], style=look)


class _Answer(Paragraph):  # type: ignore[misc]
    """A paragraph on a light ground with a rule at its left, on every page that it goes over.

    Not a table: that can hang on a cell that is longer than a page.
    """

    def draw(self) -> None:
        """Draw the ground, the rule, then the words."""
        self.canv.saveState()
        self.canv.setFillColor(PAPER)
        self.canv.rect(0, -_PADDING, WIDTH, self.height + 2 * _PADDING, stroke=0, fill=1)
        self.canv.setFillColor(BLUE)
        self.canv.rect(0, -_PADDING, 2.5, self.height + 2 * _PADDING, stroke=0, fill=1)
        self.canv.restoreState()
        super().draw()


def _answer(answer: str, *, code: bool) -> Flowables:
    """The candidate's words; they may go over pages."""
    yield Spacer(0, _PADDING)
    yield _Answer(
        _spaced(answer.strip("\n")) if code else markup(answer.strip()), ANSWERED_CODE if code else ANSWERED
    )
    yield Spacer(0, _PADDING)


def _spaced(code: str) -> str:
    """Code keeps its indents."""
    return "\n".join(_indented(line) for line in code.splitlines()).replace("\n", "<br/>")


def _indented(line: str) -> str:
    return markup(line.expandtabs(4).replace("  ", "\u00a0\u00a0"), MONO)


def _feedback(feedback: Feedback) -> Flowables:
    if not feedback.graded:
        yield Spacer(0, 4)
        yield Paragraph(markup(f"Not graded: {feedback.why_not or 'no reason given'}."), LINE)
    else:
        yield Spacer(0, 8)
        yield KeepTogether(list(_scores(feedback)))
    yield from _items("Key points", [_Said(f"{one.verdict}: {one.point}") for one in feedback.key_points])
    yield from _items(
        "Strengths", [_Said(one.text, _quoted(feedback, one.sentences)) for one in feedback.strengths]
    )
    yield from _items(
        "What is missing", [_Said(one.text, _quoted(feedback, one.sentences)) for one in feedback.gaps]
    )
    yield from _items(
        "What an interviewer would ask next", [_Said(one.question) for one in feedback.follow_ups]
    )
    if feedback.rewrite is not None:
        yield from _labelled("In telling order", Paragraph(markup(feedback.rewrite.text), BODY))
    yield from _items("Notes", [_Said(note) for note in feedback.notes])


class _Said(NamedTuple):
    text: str
    quote: str = ""


def _items(label: str, items: Sequence[_Said]) -> Flowables:
    if not items:
        return
    blocks = [
        [
            Paragraph(markup(item.text), ITEM, bulletText="\u2022"),
            *([Paragraph(f"\u201c{markup(item.quote, ITALIC)}\u201d", QUOTE)] if item.quote else []),
        ]
        for item in items
    ]
    yield from _labelled(label, *blocks[0])
    for block in blocks[1:]:
        yield from block


def _labelled(label: str, *first: Any) -> Flowables:
    """A label stays with what it stands over."""
    yield KeepTogether([Paragraph(markup(label.upper(), BOLD), LABEL), *first])


def _quoted(feedback: Feedback, sentences: Sequence[int]) -> str:
    texts = {one.index: one.text for one in feedback.sentences}
    return " \u2026 ".join(" ".join(texts[index].split()) for index in sentences[:2] if index in texts)


def _scores(feedback: Feedback) -> Flowables:
    bars: list[tuple[str, float, float, float, tuple[float | None, float | None]]] = []
    if feedback.overall is not None:
        bars.append(("overall", feedback.overall, 1, 5, (feedback.low, feedback.high)))
    twos = [
        *feedback.components.items(),
        ("ownership", feedback.ownership),
        ("relevance", feedback.relevance),
    ]
    bars += [(str(name), score, 0, 2, (None, None)) for name, score in twos if score is not None]
    bars += [(one.name, one.strength, 0, 2, (None, None)) for one in feedback.principles]
    cells = [
        [
            Paragraph(markup(name[:1].upper() + name[1:]), NAME),
            _bar(score, low, high, 74, interval),
            _figure(*bar),
        ]
        for bar in bars
        for name, score, low, high, interval in [bar]
    ]
    half = (len(cells) + 1) // 2
    rows = [
        [*left, "", *right] for left, right in zip(cells[:half], [*cells[half:], ["", "", ""]], strict=False)
    ]
    if rows:
        widths = [88, 80, 56, WIDTH - 2 * 224, 88, 80, 56]
        look = [
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 1.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
        ]
        yield Table(rows, colWidths=widths, style=look)
    told = [
        f"{name}: {'yes' if found else 'no'}"
        for name in ("measured", "reflection", "hypothetical")
        if (found := getattr(feedback, name)) is not None
    ]
    if told:
        yield Spacer(0, 2)
        yield Paragraph(markup(" \u00b7 ".join(told)), SMALL)


def _figure(
    _name: str, score: float, _low: float, high: float, interval: tuple[float | None, float | None]
) -> Any:
    spread = f" ({interval[0]:.1f}\u2013{interval[1]:.1f})" if None not in interval else ""
    return Paragraph(f"{score:.1f}{spread}" if spread else f"{score:.1f} of {high:g}", VALUE)


def _bar(
    score: float,
    low: float,
    high: float,
    width: float,
    interval: tuple[float | None, float | None] = (None, None),
) -> Any:
    """A small bar, with a line over it for the interval."""
    height = 7

    def along(value: float) -> float:
        return width * min(max((value - low) / (high - low), 0), 1)

    drawing = Drawing(width, height)
    drawing.add(Rect(0, 0, width, height, rx=2, ry=2, fillColor=TRACK, strokeColor=None))
    drawing.add(Rect(0, 0, max(along(score), 2), height, rx=2, ry=2, fillColor=BLUE, strokeColor=None))
    begin, end = interval
    if begin is not None and end is not None:
        drawing.add(Line(along(begin), height / 2, along(end), height / 2, strokeColor=INK, strokeWidth=1))
        for edge in (along(begin), along(end)):
            drawing.add(Line(edge, 1.5, edge, height - 1.5, strokeColor=INK, strokeWidth=1))
    return drawing
