"""The parts of the PDF about rounds and what they came to: headings, times and debriefs."""

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, KeepTogether, Paragraph, Spacer

from coach.interview.debrief.model import Debrief
from coach.interview.debrief.shown import Item, sections
from coach.interview.pdf_fonts import BOLD, markup
from coach.interview.pdf_parts import INK, ITEM, LABEL, QUIET, ROUND, SMALL, Flowables
from coach.interview.session import InterviewState

UNDER = ParagraphStyle("under", ITEM, fontSize=9, leading=13, leftIndent=24, bulletIndent=14, textColor=QUIET)
SECTION = ParagraphStyle("section", LABEL, fontSize=9, spaceBefore=10, spaceAfter=3)
PART = ParagraphStyle("part", ROUND, fontSize=12.5, leading=17, textColor=INK)


def round_parts(state: InterviewState, number: int) -> Flowables:
    """The heading of a round (from 0), who holds it, how it went, and its debrief where it was held with others."""
    planned = state.plan.rounds[number] if state.plan and number < len(state.plan.rounds) else None
    held = next((one for one in state.rounds if one.number == number), None)
    spent = sum(turn.spent for turn in state.turns if turn.round == number)
    name = f"Round {number + 1}" + (f": {planned.title}" if planned else "")
    heading = Paragraph(markup(name, BOLD), ROUND)
    heading.outline = (0, name)
    about = [
        planned.interviewer if planned else None,
        f"{_minutes(spent)} of {planned.minutes} minutes" if planned else None,
        held.why if held else None,
    ]
    yield CondPageBreak(150)
    yield Spacer(0, 10)
    yield heading
    yield Paragraph(markup(" \u00b7 ".join(part for part in about if part)), SMALL)
    if len(state.rounds) > 1 and (kept := state.debriefed(number)):
        yield from debrief_parts(kept.debrief, "Debrief of this round", PART, 1)


def debrief_parts(debrief: Debrief, title: str, style: ParagraphStyle = ROUND, level: int = 0) -> Flowables:
    """A debrief under its heading, section by section; `level` is the heading's place in the outline."""
    heading = Paragraph(markup(title, BOLD), style)
    heading.outline = (level, title)
    yield CondPageBreak(120)
    yield Spacer(0, 10)
    yield heading
    for section in sections(debrief):
        first, *rest = section.items
        label = Paragraph(markup(section.title.upper(), BOLD), SECTION)
        yield KeepTogether([label, _item(first)])
        yield from _under(first)
        for item in rest:
            yield _item(item)
            yield from _under(item)
    yield Spacer(0, 6)


def _item(item: Item) -> Paragraph:
    lead = f'<font name="{BOLD}">{markup(item.text[: item.lead], BOLD)}</font>' if item.lead else ""
    style = ParagraphStyle("led", ITEM, keepWithNext=1) if item.under else ITEM
    return Paragraph(lead + markup(item.text[item.lead :]), style, bulletText="\u2022")


def _under(item: Item) -> Flowables:
    for text in item.under:
        yield Paragraph(markup(text), UNDER, bulletText="\u2013")


def _minutes(spent: float) -> str:
    return "under 1" if spent < 60 else f"{round(spent / 60)}"
