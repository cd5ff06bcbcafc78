"""What becomes of an answer: the interviewer's reply to what is none, its assessment, the model's words."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

from coach.coach import Coach
from coach.coding.results import CaseResult, RunResult
from coach.coding.runner import run_each
from coach.errors import CoachError
from coach.feedback.feedback import Feedback
from coach.feedback.gate import why_not_graded
from coach.interview.handed_in import HandedIn
from coach.interview.questions import CodingQuestion
from coach.interview.session import InterviewState, asked_of, told
from coach.ui import render, render_coding, render_interview, render_round
from coach.ui.interview_parts import Parts
from coach.ui.interview_view import View
from coach.ui.line import Line
from coach.ui.markup import Updates, adding_up
from coach.ui.opened import Opened, opened, still
from coach.ui.pace import first_of, paced


@dataclass(frozen=True)
class AnswerFlow:
    """The handlers; every one returns only what changes."""

    coach: Coach
    parts: Parts
    view: View
    line: Line
    _stops: dict[str, threading.Event] = field(default_factory=dict)

    def assess(self, kept: object, text: str, code: str | None) -> Updates:
        """Reply to what is no answer; store and rate what is one. What can't be rated stays in its box."""
        parts, one = self.parts, opened(kept)
        quiet: Updates = {parts.problem: "", parts.advising: False, parts.handing: False}
        if one is None:
            return quiet
        try:
            state = still(self.coach.interviews, one)
            task = self.view.task(state.current)
            wrote = task is not None and render_coding.written(code or "", task)
            if text.strip() or not wrote:
                heard = self.coach.interviews.aside(one.id, text, seen=state)
                if heard is not None:
                    return {**quiet, **self._replied(state, heard, one)}
            if wrote:
                return {**quiet, parts.handing: True}
            turn = len(state.turns) - 1
            asked = asked_of(state, turn)
            why = why_not_graded(
                asked.question,
                f"{told(state, turn)}\n\n{text}",
                code_is_fine=asked.kind != "behavioral",
                messages=asked.messages,
            )
            if why is not None:
                return {**quiet, parts.problem: render.not_graded(why)}
            state, _ = first_of(self.coach.interviews.answer(one.id, text, seen=state))
            return {**quiet, **self._after(state, one)}
        except CoachError as error:
            return {**quiet, **self._stored_or_not(one), parts.problem: render_round.problem(error)}

    @adding_up
    def run(self, kept: object, code: str | None) -> Iterator[Updates]:
        """Run the code against the cases that may be seen; nothing is stored."""
        parts, one = self.parts, opened(kept)
        try:
            state = still(self.coach.interviews, one) if one else None
            task = self.view.task(state.current) if state else None
            if one is None or task is None:
                yield {parts.running: ""}
                return
            yield {parts.problem: "", parts.results: ""}
            shown = task.model_copy(update={"hidden": ()})
            cases: list[CaseResult] = []
            yield from self._running(one, code or "", shown, cases)
            result = RunResult(cases=tuple(cases), stopped=len(cases) < len(shown.examples))
            yield {**self._still(), parts.results: render_coding.ran(result, task.function)}
        except CoachError as error:
            yield {**self._still(), parts.problem: render_round.problem(error)}

    @adding_up
    def hand_in(self, kept: object, text: str, code: str | None, handing: bool) -> Iterator[Updates]:
        """Run the code against all cases; `take` stores what came of it."""
        parts, one = self.parts, opened(kept)
        if not handing or one is None:
            yield {parts.handed: None}  # a stream without a step would empty the whole page
            return
        try:
            task = self.view.task(still(self.coach.interviews, one).current)
            if task is None:
                yield {parts.handed: None}
                return
            cases: list[CaseResult] = []
            yield from self._running(one, code or "", task, cases)
            every = len(task.examples) + len(task.hidden)
            result = RunResult(cases=tuple(cases), stopped=len(cases) < every)
            # Nothing is handed in that was not run: the code stays in the editor.
            given = None if result.stopped else HandedIn(code or "", text, result.passed, every)
            ran = {parts.results: render_coding.ran(result, task.function)} if result.stopped else {}
            yield {**self._still(), **ran, parts.handed: given}
        except CoachError as error:
            yield {**self._still(), parts.handed: None, parts.problem: render_round.problem(error)}

    def take(self, kept: object, handed: HandedIn | None) -> Updates:
        """Store code that was run, with its explanation, and judge both."""
        parts, one = self.parts, opened(kept)
        done: Updates = {parts.handing: False, parts.handed: None}
        if handed is None or one is None:
            return done
        try:
            state = still(self.coach.interviews, one)
            state, _ = first_of(self.coach.interviews.answer(one.id, handed.text, seen=state))
            return {**done, **self._after(state, one)}
        except CoachError as error:
            return {**done, **self._stored_or_not(one), parts.problem: render_round.problem(error)}

    def stop_run(self, kept: object) -> Updates:
        """Stop what runs for this interview; the step that is at work says when that is done."""
        one = opened(kept)
        if one and (event := self._stops.get(one.id)):
            event.set()
        return self.parts.coding_stop.turn(False)

    def finish(self) -> Updates:
        """Let the model say again what it thinks of an answer."""
        return {**self.view.waiting_for_model(), self.parts.problem: "", self.parts.advising: True}

    @adding_up
    def advise(self, kept: object, wanted: bool) -> Iterator[Updates]:
        """Stream what the model says about the last answer."""
        parts, one = self.parts, opened(kept)
        if not wanted or one is None:
            yield {parts.advising: False}  # a stream without a step would empty the whole page
            return
        last: Feedback | None = None
        try:
            with self.line.join() as places:
                for place in places:
                    yield {parts.progress: render_interview.in_line(place)}
                yield {parts.progress: render_interview.progress(self.coach.status())}
                for state, said in paced(self.coach.interviews.assess_again(one.id)):
                    changes = {parts.advice: render.advice(said)}
                    if last is None:
                        changes[parts.scores] = self.view.scores(state.turns[-1], said)
                    last = said
                    yield changes
            state = self.coach.interviews.get(one.id)
            yield {**self.view.done(last), **self.view.onward(state), parts.advising: False}
        except CoachError as error:
            yield {**self.view.broken_off(), parts.problem: render_round.problem(error)}

    def _running(
        self, one: Opened, code: str, task: CodingQuestion, cases: list[CaseResult]
    ) -> Iterator[Updates]:
        """Run all cases of a task into `cases`, telling how far it is."""
        stop = self._stops[one.id] = threading.Event()
        every = len(task.examples) + len(task.hidden)
        yield {**self.parts.coding_stop.turn(True), self.parts.running: render_coding.running(0, every)}
        try:
            for case in run_each(code, task, stop=stop):
                cases.append(case)
                yield {self.parts.running: render_coding.running(len(cases), every)}
        finally:
            stop.set()
            if self._stops.get(one.id) is stop:
                del self._stops[one.id]

    def _still(self) -> Updates:
        return {**self.parts.coding_stop.turn(False), self.parts.running: ""}

    def _replied(self, before: InterviewState, after: InterviewState, one: Opened) -> Updates:
        left = after.current is None or len(after.turns) != len(before.turns)
        return self.view.show(after, one) if left else self.view.heard(after, one)

    def _after(self, state: InterviewState, one: Opened) -> Updates:
        """What follows an answer: its report, or where feedback is held back the next question at once."""
        if one.held:
            return self.view.show(self.coach.interviews.next(one.id, seen=state), one)
        return {
            **self.view.answered(state, one),
            **self.view.waiting_for_model(),
            self.parts.advising: True,
        }

    def _stored_or_not(self, one: Opened) -> Updates:
        """The page after an error: with the report if the answer was stored by this tab, else as it was."""
        try:
            state = self.coach.interviews.get(one.id)
        except CoachError:
            return {}
        if state.current is not None or len(state.turns) != int(one.seen.split()[0] or 0):
            return {}
        return self.view.answered(state, one)
