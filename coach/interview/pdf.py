"""One interview as a PDF to read, print or give to a mentor."""

import io
from collections.abc import Iterator
from typing import Any

from coach.interview.debrief.evidence import threads_of
from coach.interview.debrief.making import latest
from coach.interview.export import why_asked
from coach.interview.session import InterviewState


def to_pdf(state: InterviewState) -> bytes:
    """Return the interview as a PDF of A4 pages: an overview, the debrief, then each question with its answer.

    Nothing that was said in it is taken for markup. What no font has a letter for is told by name or boxed.
    """
    from coach.interview.pdf_fonts import register

    register()
    _, pages = _build(state, 0)
    return _build(state, pages)[0]


def _build(state: InterviewState, pages: int) -> tuple[bytes, int]:
    """The document and how many pages it has; `pages` stands in its footers."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.platypus import SimpleDocTemplate

    from coach.interview.pdf_fonts import REGULAR
    from coach.interview.pdf_parts import QUIET, RULE

    title = f"{_title(state)}, {state.started_at:%d %B %Y}"
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=20 * mm,
        rightMargin=20 * mm,
        topMargin=18 * mm,
        bottomMargin=20 * mm,
        title=title,
        author="Interview coach",
        subject=_about(state),
        lang="en",
        invariant=1,
    )
    # The frame inside the margins has a padding of its own, which would narrow the text.
    document.leftMargin -= 6
    document.rightMargin -= 6

    def footer(canvas: Any, page: Any) -> None:
        canvas.saveState()
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.4)
        canvas.line(20 * mm, 15 * mm, A4[0] - 20 * mm, 15 * mm)
        canvas.setFont(REGULAR, 8)
        canvas.setFillColor(QUIET)
        canvas.drawString(20 * mm, 10.5 * mm, title)
        canvas.drawRightString(A4[0] - 20 * mm, 10.5 * mm, f"Page {page.page} of {pages}")
        canvas.restoreState()

    def outline(flowable: Any) -> None:
        if entry := getattr(flowable, "outline", None):
            level, text = entry
            key = f"h{document.seq.nextf('heading')}"
            document.canv.bookmarkPage(key)
            document.canv.addOutlineEntry(text, key, level, closed=level > 0)

    document.afterFlowable = outline
    document.build(list(_story(state)), onFirstPage=footer, onLaterPages=footer)
    return out.getvalue(), int(document.page)


def _story(state: InterviewState) -> Iterator[Any]:
    from reportlab.platypus import Paragraph, Spacer

    from coach.interview.pdf_debrief import debrief_parts, round_parts
    from coach.interview.pdf_fonts import BOLD, markup
    from coach.interview.pdf_parts import ABOUT, BODY, TITLE, overview, turn_parts

    title = Paragraph(markup(_title(state), BOLD), TITLE)
    title.outline = (0, "Overview")
    yield title
    yield Paragraph(f"{state.started_at:%d %B %Y, %H:%M} UTC \u00b7 {markup(_about(state))}", ABOUT)
    if state.posting is not None:
        yield Paragraph(markup(f"For the posting: {state.posting.title or 'without a title'}"), ABOUT)
    yield Paragraph(markup(_result(state)), ABOUT)
    yield Spacer(0, 10)
    numbered = list(enumerate(state.turns, start=1))
    if not numbered:
        yield Paragraph("Nothing was asked in this interview.", BODY)
        return
    yield overview(threads_of(state))
    if state.answered or any(turn.passed for turn in state.turns):
        yield from debrief_parts(latest(state), "Debrief", level=1)
    shown: int | None = None
    for number, turn in numbered:
        if turn.round is not None and turn.round != shown:
            shown = turn.round
            yield from round_parts(state, shown)
        yield from turn_parts(number, turn, why_asked(state, turn))


def _title(state: InterviewState) -> str:
    return f"Mock interview: {state.plan.title}" if state.plan else "Mock interview"


def _about(state: InterviewState) -> str:
    limits = (state.kind, state.principle, state.level)
    return ", ".join(limit.replace("_", " ") for limit in limits if limit) or "any question"


def _result(state: InterviewState) -> str:
    answers = f"{state.answered} answer{'s' * (state.answered != 1)}"
    if passed := sum(turn.passed for turn in state.turns):
        answers += f" \u00b7 {passed} passed"
    score = "no graded answer yet" if state.overall is None else f"{state.overall:.1f} of 5 on average"
    end = "still open" if not state.closed else state.closed_because or "closed"
    return f"{answers} \u00b7 {score} \u00b7 {end}"
