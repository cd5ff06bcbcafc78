"""What the buttons of the interview page do: each turns an id and a text into updates of the page.

The interview itself is in the store; the page only ever shows a state that was read from there.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from coach.coach import Coach
from coach.errors import CoachError, StoreError, UsageError
from coach.feedback.feedback import Feedback
from coach.feedback.gate import why_not_graded
from coach.interview.session import InterviewState, asked_of, told
from coach.ui import render, render_interview
from coach.ui.markup import Switch, Updates, adding_up
from coach.ui.pace import first_of, paced
from coach.ui.words import ANY


@dataclass(frozen=True)
class Parts:
    """What of the page changes."""

    current: Any  # BrowserState: the id of the interview that is open
    advising: Any  # State: whether the model is to say something about the last answer
    debrief: Any
    pick: Any
    history: Any
    question: Any
    box: Any
    problem: Any
    scores: Any
    progress: Any
    advice: Any
    preview: Any
    setup: Switch
    unfinished: Switch
    practice: Switch
    answering: Switch
    report: Switch
    stop: Switch
    finish: Switch
    onward: Switch
    follow: Switch

    @property
    def components(self) -> list[Any]:
        """All of them, as gradio wants them."""
        return [part.part if isinstance(part, Switch) else part for part in vars(self).values()]


@dataclass(frozen=True)
class Flow:
    """The handlers; every one returns only what changes."""

    coach: Coach
    parts: Parts

    def reload(self, name: str | None) -> Updates:
        """Show the interview that the browser had open, or the choice of a new one."""
        try:
            state = self.coach.interviews.get(name) if name else None
        except StoreError:  # it was deleted elsewhere
            state = None
        except CoachError as error:
            return {**self._choice(), self.parts.problem: render.problem(str(error))}
        return self._choice() if state is None or state.closed else self._show(state)

    def start(self, kind: str, principle: str, level: str) -> Updates:
        """Begin an interview with its first question."""
        # A principle picked before another kind was chosen is out of sight, and not meant.
        lp = principle if kind in (ANY, "behavioral") else ANY
        return self._step(lambda: self.coach.interviews.start(kind or None, lp or None, level or None))

    def resume(self, name: str | None) -> Updates:
        """Go on with an interview that was left open."""
        return self._step(lambda: self.coach.interviews.get(name)) if name else {self.parts.advising: False}

    def delete(self, name: str | None) -> Updates:
        """Delete an interview, its answers and its feedback."""
        if name:
            try:
                self.coach.interviews.delete(name)
            except CoachError as error:
                return {self.parts.problem: render.problem(str(error))}
        return self._choice()

    @adding_up
    def assess(self, name: str, text: str) -> Iterator[Updates]:
        """Store the answer and rate it; one that can't be rated is not stored and stays in its box."""
        parts = self.parts
        yield {parts.problem: "", parts.advising: False}
        try:
            state = self.coach.interviews.get(name)
            turn = len(state.turns) - 1
            why = why_not_graded(asked_of(state, turn).question, f"{told(state, turn)}\n\n{text}")
            if why is not None:
                yield {parts.problem: render.not_graded(why)}
                return
            state, _ = first_of(self.coach.interviews.answer(name, text))
        except CoachError as error:
            yield {**self._stored_or_not(name), parts.problem: render.problem(str(error))}
            return
        yield {**self._answered(state), **self._waiting_for_model(), parts.advising: True}

    def finish(self) -> Updates:
        """Let the model say again what it thinks of an answer."""
        return {**self._waiting_for_model(), self.parts.problem: "", self.parts.advising: True}

    @adding_up
    def advise(self, name: str, wanted: bool) -> Iterator[Updates]:
        """Stream what the model says about the last answer."""
        if not wanted:
            yield {self.parts.advising: False}  # a stream without a step would empty the whole page
            return
        parts = self.parts
        last: Feedback | None = None
        try:
            for _, said in paced(self.coach.interviews.assess_again(name)):
                changes = {parts.advice: render.advice(said)}
                if last is None:
                    changes[parts.scores] = render.assessment(said)
                last = said
                yield changes
            state = self.coach.interviews.get(name)
            yield {**self._done(last), **self._onward(state), parts.advising: False}
        except CoachError as error:
            yield {**self._broken_off(), parts.problem: render.problem(str(error))}

    def stopped(self) -> Updates:
        """Say that the model was stopped; what it had said stays."""
        return self._broken_off()

    def follow(self, name: str) -> Updates:
        """Ask the follow-up that was shown."""
        return self._step(lambda: self.coach.interviews.next(name))

    def onward(self, name: str) -> Updates:
        """Ask the next question of the bank."""
        return self._step(lambda: self.coach.interviews.next(name, follow_up=False))

    def skip(self, name: str) -> Updates:
        """Leave the question without an answer."""
        return self._step(lambda: self.coach.interviews.skip(name))

    def end(self, name: str) -> Updates:
        """Close the interview and look back at it."""
        return self._step(lambda: self.coach.interviews.close(name))

    def _step(self, act: Callable[[], InterviewState]) -> Updates:
        try:
            try:
                state = act()
            except UsageError:
                # A model that was just stopped may have stored its last word in between; then nothing was done.
                state = act()
        except CoachError as error:
            return {self.parts.problem: render.problem(str(error))}
        return self._choice(state) if state.closed else self._show(state)

    def _choice(self, closed: InterviewState | None = None) -> Updates:
        import gradio as gr

        parts = self.parts
        left = [
            (render_interview.one_line(one), one.id) for one in self.coach.interviews.list() if not one.closed
        ]
        return {
            parts.current: None,
            parts.advising: False,
            **parts.setup.turn(True),
            **parts.practice.turn(False),
            **parts.onward.turn(False),
            parts.debrief: render_interview.debrief(closed) if closed else "",
            **parts.unfinished.turn(bool(left)),
            parts.pick: gr.update(choices=left, value=left[0][1] if left else None),
            parts.problem: "",
        }

    def _show(self, state: InterviewState) -> Updates:
        parts = self.parts
        waiting = state.current is not None
        return {
            parts.current: state.id,
            parts.advising: False,
            **parts.setup.turn(False),
            **parts.practice.turn(True),
            parts.history: render_interview.history(state.turns[:-1]),
            parts.question: render_interview.question(state),
            parts.box: "",
            parts.problem: "",
            **(self._asked() if waiting else self._answered(state)),
        }

    def _asked(self) -> Updates:
        parts = self.parts
        return {**parts.answering.turn(True), **parts.report.turn(False), **parts.onward.turn(False)}

    def _answered(self, state: InterviewState) -> Updates:
        parts, last = self.parts, state.turns[-1]
        rated = last.feedback
        return {
            **parts.answering.turn(False),
            **parts.report.turn(True),
            parts.scores: render.assessment(rated) if rated else render.unrated(last.answer or ""),
            parts.advice: render.advice(rated) if rated else "",
            **(self._done(rated) if last.complete else self._broken_off()),
            **self._onward(state),
        }

    def _stored_or_not(self, name: str) -> Updates:
        """After an error: an answer that reached the store is shown from there, one that didn't is still in its box."""
        try:
            state = self.coach.interviews.get(name)
        except CoachError:
            return {}
        return {} if state.current is not None else self._answered(state)

    def _waiting_for_model(self) -> Updates:
        return self._working(render_interview.progress(self.coach.status()))

    def _broken_off(self) -> Updates:
        return {**self._working(render_interview.broken_off(), finish=True), self.parts.advising: False}

    def _done(self, said: Feedback | None) -> Updates:
        return self._working(render.small_print(said) if said else "", stop=False)

    def _working(self, text: str, *, stop: bool = True, finish: bool = False) -> Updates:
        return {
            self.parts.progress: text,
            **self.parts.stop.turn(stop and not finish),
            **self.parts.finish.turn(finish),
        }

    def _onward(self, state: InterviewState) -> Updates:
        parts = self.parts
        aim = self.coach.interviews.follow_up(state)
        return {
            **parts.onward.turn(True),
            parts.preview: render_interview.follow_up(aim.question) if aim else "",
            **parts.follow.turn(aim is not None),
        }
