"""The feedback page: any question, any answer, the same report; nothing of it is stored."""

from collections.abc import Iterator
from typing import Any

from coach.coach import Coach
from coach.errors import CoachError, UsageError
from coach.feedback.feedback import Asked, Feedback
from coach.feedback.rubric import KINDS
from coach.stories.story import Draft, title_of
from coach.ui import render, render_interview
from coach.ui.line import Line
from coach.ui.markup import MODEL, QUIET, Updates, adding_up, markup, switch
from coach.ui.pace import first_of, paced
from coach.ui.save_story import save_story_button
from coach.ui.words import ANY, GOOD_LENGTH, kind_choices, kind_name, principle_choices

_AHEAD = 3  # follow-ups to show


def feedback_page(coach: Coach, line: Line) -> None:
    """Build the page inside the tab that is open; `line` is that for the model."""
    import gradio as gr

    known = {one.id: one for one in coach.bank.questions if one.kind in KINDS}
    report, running, lp = (
        switch("feedback-report"),
        switch("feedback-stop"),
        switch("feedback-principle", on=True),
    )
    with gr.Column(elem_classes="page"):
        markup(
            '<div class="intro"><h2>Feedback on one answer</h2><p>Paste what you would say. You get its scores, '
            "its sentences by what they do, and what to change first. It is not kept, unless you save it as "
            "a story.</p></div>"
        )
        bank = gr.Dropdown(
            [
                ("My own question", ANY),
                *((f"{kind_name(one.kind)}: {one.question}", one.id) for one in known.values()),
            ],
            value=ANY,
            label="Pick a question",
            elem_id="feedback-bank",
        )
        question = gr.Textbox(
            label="Question",
            lines=2,
            max_lines=6,
            placeholder="Tell me about a time ...",
            elem_id="feedback-question",
        )
        kind = gr.Radio(kind_choices(), value="behavioral", label="Kind of question", elem_classes="pills")
        principle = gr.Dropdown(
            principle_choices(), value=ANY, label="Leadership principle", elem_id="feedback-principle"
        )
        answer = gr.Textbox(
            label="Your answer",
            lines=9,
            max_lines=24,
            placeholder="Paste or write it here",
            elem_id="feedback-answer",
        )
        markup(f'<p class="count" data-counts="feedback-answer" data-empty="{GOOD_LENGTH}"></p>')
        with gr.Row(elem_classes="buttons"):
            submit = gr.Button("Get feedback", variant="primary", elem_id="feedback-submit")
        problem = markup(elem_id="feedback-problem")
        with gr.Column(elem_id="feedback-report", elem_classes="whole-report"):
            scores = markup()
            with gr.Row(elem_classes="working"):
                progress = markup()
                stop = gr.Button("Stop", size="sm", elem_id="feedback-stop")
            advice = markup(elem_classes="advice-area")
            judged = gr.State(None)
            saving = save_story_button(coach, "feedback", _draft, [judged])
        rated = gr.State(None)  # what was rated, for the model: the fields may be edited meanwhile

    changing = [problem, scores, progress, advice, rated, judged, report.part, running.part, *saving.parts]

    def pick(name: str) -> Updates:
        if name not in known:
            return {question: gr.skip()}
        one = known[name]
        return {
            question: gr.update(value=one.question),
            kind: gr.update(value=one.kind),
            principle: one.principle or ANY,
            **lp.turn(one.kind == "behavioral"),
        }

    def asked(name: str, text: str, of_kind: Any, about: str) -> Asked:
        chosen = known.get(name)
        # The bank's points count only while the question is still the bank's.
        points = chosen.key_points if chosen and chosen.question == text and chosen.kind == of_kind else ()
        wanted = about if of_kind == "behavioral" and about else None
        return Asked(question=text, kind=of_kind, principle=wanted, key_points=points)

    def rate(name: str, text: str, of_kind: str, about: str, said: str) -> Updates:
        try:
            if not text.strip():
                return {
                    problem: render.problem("Write the question first, or pick one."),
                    rated: None,
                }
            one = asked(name, text, of_kind, about)
            first = first_of(coach.feedback(one, said, fast=True))
        except CoachError as error:
            return {problem: render.problem(str(error)), rated: None}
        if not first.graded:
            why = render.not_graded(first.why_not or "")
            return {problem: why, **report.turn(False), rated: None}
        return {
            rated: (one, said),
            judged: _kept(said, one.principle, first),
            **saving.offer(of_kind == "behavioral"),
            problem: "",
            **report.turn(True),
            scores: render.assessment(first),
            advice: render.advice(first, _AHEAD),
            **running.turn(True),
            progress: render_interview.progress(coach.status()),
        }

    @adding_up
    def advise(going: tuple[Asked, str] | None) -> Iterator[Updates]:
        if going is None:
            yield {rated: None}  # a stream without a step would empty the whole page
            return
        one, said = going
        last = None
        try:
            with line.join() as places:
                for place in places:
                    yield {progress: render_interview.in_line(place)}
                yield {progress: render_interview.progress(coach.status())}
                for last in paced(coach.feedback(one, said)):
                    yield {advice: render.advice(last, _AHEAD)}
        except CoachError as error:
            yield {problem: render.problem(str(error))}
        fuller: Updates = {judged: _kept(said, one.principle, last)} if last else {}
        yield {**running.turn(False), **fuller, progress: render.small_print(last) if last else ""}

    written = [bank, question, kind, principle, answer]
    bank.change(pick, bank, [question, kind, principle, lp.part], **QUIET)
    kind.change(lambda one: lp.turn(one == "behavioral"), kind, [lp.part], **QUIET)
    rating = submit.click(
        rate, written, changing, concurrency_limit=4, api_name="feedback", show_progress="hidden"
    )
    rating.then(None, js="() => coachReport('feedback')", **QUIET)
    advising = rating.then(advise, rated, changing, **MODEL, **QUIET)
    stop.click(None, cancels=[advising], **QUIET).then(
        lambda: {**running.turn(False), progress: render_interview.broken_off()}, None, changing, **QUIET
    )


def _kept(answer: str, principle: str | None, feedback: Feedback) -> dict[str, Any]:
    """What was rated, as plain data, for whoever saves it: the fields may be edited meanwhile."""
    return {"text": answer, "principle": principle, "feedback": feedback.model_dump(mode="json")}


def _draft(judged: dict[str, Any] | None) -> Draft:
    if not judged:
        raise UsageError("There is no feedback to save: get feedback on an answer first.")
    feedback = Feedback.model_validate(judged["feedback"])
    text = judged["text"]
    return Draft(
        title=title_of(text),
        question=feedback.question,
        text=text,
        principle=judged["principle"],
        feedback=feedback,
    )
