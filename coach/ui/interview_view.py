"""An interview as updates of the page; whatever is shown is read off its state."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from coach.coach import Coach
from coach.coding.attempt import Attempt
from coach.coding.judge import judge
from coach.errors import CoachError
from coach.feedback.feedback import Feedback
from coach.interview.course import standing
from coach.interview.handed_in import handed_in
from coach.interview.questions import CodingQuestion
from coach.interview.session import InterviewState, Turn
from coach.ui import render, render_coding, render_interview, render_round
from coach.ui.interview_parts import Parts
from coach.ui.markup import Updates
from coach.ui.opened import Opened
from coach.ui.render_debrief import look_back

_LISTED = 30  # stored interviews that can be picked
_EXPLAIN = "Your explanation"
_ANSWER = "Your answer"


@dataclass(frozen=True)
class View:
    """What the page looks like in each state; every method returns only what changes."""

    coach: Coach
    parts: Parts
    offer: Callable[[], Updates]  # what can be chosen now: plans and postings

    def choice(self) -> Updates:
        """The choice of an interview, with those that are stored."""
        import gradio as gr

        parts = self.parts
        every = sorted(self.coach.interviews.list(), key=lambda one: one.closed)[:_LISTED]
        left = [(render_interview.one_line(one), one.id) for one in every]
        return {
            parts.current: None,
            parts.advising: False,
            **self._only(parts.setup),
            **parts.unfinished.turn(bool(left)),
            parts.pick: gr.update(choices=left, value=left[0][1] if left else None),
            parts.problem: "",
            **self.offer(),
        }

    def show(self, state: InterviewState, one: Opened, draft: object = None) -> Updates:
        """An interview wherever it stands; `draft` is what the browser kept of an answer that is not given yet."""
        one = one.at(state)
        kept = {self.parts.current: one.kept, self.parts.advising: False, self.parts.problem: ""}
        if state.closed:
            return {**kept, **self._finished(state)}
        if one.between_rounds(state):
            return {**kept, **self._between(state)}
        if state.current is None:
            return {
                **kept,
                **self._only(self.parts.practice),
                **self._round(state, one),
                **self.answered(state, one),
            }
        return {
            **kept,
            **self._only(self.parts.practice),
            **self._round(state, one),
            **self._asked(state, self._drafted(one, draft)),
        }

    def heard(self, state: InterviewState, one: Opened) -> Updates:
        """The interviewer's reply to what was no answer; the question still waits."""
        parts = self.parts
        return {
            parts.current: one.at(state).kept,
            parts.draft: None,
            parts.thread: render_round.thread(state),
            parts.box: "",
            **self._clock(state),
        }

    def answered(self, state: InterviewState, one: Opened) -> Updates:
        """The last answer with its report, and the ways on; where feedback is held back, only the ways on."""
        parts, last = self.parts, state.turns[-1]
        quiet = one.held or last.answer is None
        rated = last.feedback
        return {
            parts.current: one.at(state).kept,
            parts.draft: None,
            **self._clock(state),
            **parts.answering.turn(False),
            parts.thread: "",
            **parts.report.turn(not quiet),
            parts.scores: "" if quiet else self.scores(last),
            parts.advice: render.advice(rated) if rated and not quiet else "",
            **(self.done(rated) if last.complete else self.broken_off()),
            **self.onward(state, hidden=quiet),
        }

    def scores(self, turn: Turn, said: Feedback | None = None) -> str:
        """The first half of a report: what is said of the code, if there is any, and the assessment."""
        rated = said or turn.feedback
        shown = render.assessment(rated) if rated else render.unrated(turn.answer or "")
        return f"{self.code(turn)}{shown}"

    def code(self, turn: Turn) -> str:
        """What was handed in with an answer, and what can be said of it."""
        given, task = handed_in(turn.answer or ""), self.task(turn)
        if given is None or task is None:
            return ""
        attempt = Attempt(question_id=task.id, code=given.code, explanation=given.explanation)
        return render_coding.handed(given) + render_coding.judged(judge(task, attempt))

    def task(self, turn: Turn | None) -> CodingQuestion | None:
        """The coding task of a question, where the bank still has it."""
        if turn is None or turn.kind != "coding" or turn.question_id is None:
            return None
        found = next((one for one in self.coach.bank.questions if one.id == turn.question_id), None)
        return found if isinstance(found, CodingQuestion) else None

    def onward(self, state: InterviewState, *, hidden: bool = False) -> Updates:
        """The ways on from an answer."""
        parts = self.parts
        aim = None if hidden else self.coach.interviews.follow_up(state)
        return {
            **parts.onward.turn(True),
            parts.preview: render_interview.follow_up(aim.question) if aim else "",
            **parts.follow.turn(aim is not None),
        }

    def waiting_for_model(self) -> Updates:
        """The model has been asked."""
        return self._working(render_interview.progress(self.coach.status()))

    def broken_off(self) -> Updates:
        """The model was stopped; what it had said stays."""
        return {**self._working(render_interview.broken_off(), finish=True), self.parts.advising: False}

    def done(self, said: Feedback | None) -> Updates:
        """The model has said all."""
        return self._working(render.small_print(said) if said else "", stop=False)

    def _working(self, text: str, *, stop: bool = True, finish: bool = False) -> Updates:
        return {
            self.parts.progress: text,
            **self.parts.stop.turn(stop and not finish),
            **self.parts.finish.turn(finish),
        }

    def _only(self, shown: object) -> Updates:
        """One of the page's four faces."""
        parts = self.parts
        faces = (parts.setup, parts.practice, parts.interlude, parts.finished)
        return {part: value for face in faces for part, value in face.turn(face is shown).items()} | {
            **parts.onward.turn(False),
            **parts.hush.turn(False),
            **parts.looking_back.turn(shown in (parts.interlude, parts.finished)),
            parts.reflecting: "",
        }

    def _round(self, state: InterviewState, one: Opened) -> Updates:
        number = state.round.number if state.round else None
        past = [turn for turn in state.turns[:-1] if turn.round == number]
        return {
            self.parts.exercise: render_interview.exercise(one.exercise),
            self.parts.history: render_interview.history(past, quiet=one.held),
            **self._question(state),
        }

    def _question(self, state: InterviewState) -> Updates:
        now = standing(state, self.coach.interviews.now())
        return {
            self.parts.question: render_round.question(state, now, self.coach.bank),
            self.parts.thread: render_round.thread(state),
            **self._clock(state),
            **self.parts.leave_round.turn(now is not None and now.rounds > 1),
        }

    def _clock(self, state: InterviewState) -> Updates:
        now = standing(state, self.coach.interviews.now())
        return {self.parts.round: render_round.header(state, now)}

    def _asked(self, state: InterviewState, draft: dict[str, str]) -> Updates:
        import gradio as gr

        parts, task = self.parts, self.task(state.current)
        return {
            **parts.answering.turn(True),
            **parts.report.turn(False),
            **parts.onward.turn(False),
            **parts.coding.turn(task is not None),
            **parts.coding_stop.turn(False),
            parts.examples: render_coding.examples(task) if task else "",
            parts.code: draft.get("code") or (render_coding.stub(task) if task else ""),
            parts.results: "",
            parts.running: "",
            parts.box: gr.update(value=draft.get("text", ""), label=_EXPLAIN if task else _ANSWER),
        }

    def _drafted(self, one: Opened, draft: object) -> dict[str, str]:
        if not isinstance(draft, dict) or draft.get("of") != f"{one.id} {one.seen}":
            return {}
        return {name: draft[name] for name in ("text", "code") if isinstance(draft.get(name), str)}

    def _between(self, state: InterviewState) -> Updates:
        import gradio as gr

        number = state.round.number if state.round else 0
        return {
            **self._only(self.parts.interlude),
            self.parts.debrief: render_round.between(state) + self._looking_back(state, number - 1),
            self.parts.past: self._said(state, number - 1),
            self.parts.between: render_round.coming(state),
            self.parts.begin: gr.update(value=f"Begin round {number + 1}"),
        }

    def _finished(self, state: InterviewState) -> Updates:
        return {
            **self._only(self.parts.finished),
            self.parts.debrief: render_interview.closing(state) + self._looking_back(state, None),
            self.parts.past: self._said(state, None),
        }

    def _looking_back(self, state: InterviewState, number: int | None) -> str:
        try:
            return look_back(state, number, room=self.sums_up())
        except CoachError as error:
            return render_round.problem(error)

    def sums_up(self) -> bool:
        """Whether a model will sum a debrief up."""
        able = self.coach.status().model_state not in ("none", "failed")
        return able and self.coach.interviews.sum_up is not None

    def _said(self, state: InterviewState, number: int | None) -> str:
        turns = [turn for turn in state.turns if number is None or turn.round == number]
        return render_interview.history([turn for turn in turns if number is not None or not turn.waiting])


def begun(one: Opened, state: InterviewState) -> Opened:
    """Return a tab in which the open round has been begun."""
    return replace(one, round=state.round.number if state.round else one.round)
