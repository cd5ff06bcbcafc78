"""What the buttons of the interview page do: each turns what a tab has open into updates of the page.

The interview itself is in the store; the page only ever shows a state that was read from there.
"""

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass

from coach.coach import Coach
from coach.errors import CoachError, StoreError
from coach.interview.exercising import begin, exercise_of
from coach.interview.export import to_json, to_markdown
from coach.interview.pdf import to_pdf
from coach.interview.plans import Offered
from coach.interview.session import InterviewState
from coach.ui import render_debrief, render_interview, render_round
from coach.ui.interview_parts import Parts
from coach.ui.interview_view import View, begun
from coach.ui.line import Line
from coach.ui.markup import Updates, adding_up
from coach.ui.opened import act_on, opened, opening
from coach.ui.pace import paced
from coach.ui.plan_picker import HELD
from coach.ui.posting_choice import PostingChoice
from coach.ui.words import ANY

_AWAY = 90.0  # seconds without a sign of the tab, after which the clock is set back to where it was
_FORMATS: dict[str, tuple[str, str, Callable[[InterviewState], bytes]]] = {
    "markdown": ("md", "text/markdown", lambda state: to_markdown(state).encode()),
    "json": ("json", "application/json", lambda state: to_json(state).encode()),
    "pdf": ("pdf", "application/pdf", to_pdf),
}


@dataclass(frozen=True)
class Flow:
    """The handlers for choosing, going on and ending; every one returns only what changes."""

    coach: Coach
    parts: Parts
    view: View
    offered: Callable[[], Offered]
    postings: PostingChoice
    line: Line

    def reload(self, kept: object, draft: object, away: float | None) -> Updates:
        """Show the interview that the browser had open, or the choice of a new one."""
        one = opened(kept)
        try:
            if one is None:
                return self.view.choice()
            gone = away is None or away > _AWAY
            state = self.coach.interviews.resume(one.id) if gone else self.coach.interviews.get(one.id)
            return self.view.show(state, one, draft)
        except StoreError:  # it was deleted elsewhere
            return self.view.choice()
        except CoachError as error:
            return {**self.view.choice(), self.parts.problem: render_round.problem(error)}

    def start(self, plan: str, kind: str, principle: str, level: str, hearing: str, posting: str) -> Updates:
        """Begin an interview with its first question."""
        chosen = self.offered().plans.get(plan)
        # A principle picked before another kind was chosen is out of sight, and not meant.
        meant = chosen.one_principle if chosen else kind in (ANY, "behavioral")
        try:
            state = self.coach.interviews.start(
                kind=None if chosen else kind or None,
                principle=principle if principle and meant else None,
                level=level or None,
                plan=chosen,
                posting=self.postings.sought(posting),
            )
        except CoachError as error:
            return {self.parts.problem: render_round.problem(error)}
        return self.view.show(state, opening(state, held=chosen is not None and hearing == HELD))

    def exercise(self, kept: object, number: int) -> Updates:
        """Start exercise `number` (from 0) of the debrief on the screen."""
        one = opened(kept)
        if one is None:
            return self.again()
        try:
            task = exercise_of(self.coach.interviews.get(one.id), number)
            state = begin(self.coach.interviews, task, self.offered().plans)
        except CoachError as error:
            return {self.parts.problem: render_round.problem(error)}
        return self.view.show(state, opening(state, exercise=task.text))

    def resume(self, name: str | None, hearing: str) -> Updates:
        """Go on with an interview that was left open, or look at one that is over."""
        if not name:
            return {self.parts.advising: False}
        try:
            state = self.coach.interviews.resume(name)
        except CoachError as error:
            return {self.parts.problem: render_round.problem(error)}
        held = state.plan is not None and hearing == HELD
        return self.view.show(state, opening(state, held=held))

    def delete(self, name: str | None) -> Updates:
        """Delete an interview, its answers and its feedback."""
        if name:
            try:
                self.coach.interviews.delete(name)
            except CoachError as error:
                return {self.parts.problem: render_round.problem(error)}
        return self.view.choice()

    def again(self) -> Updates:
        """Leave the interview that is on the screen, and choose."""
        try:
            return self.view.choice()
        except CoachError as error:
            return {self.parts.problem: render_round.problem(error)}

    def follow(self, kept: object) -> Updates:
        """Ask the follow-up that was shown."""
        return self._step(kept, lambda state: self.coach.interviews.next(state.id, seen=state))

    def onward(self, kept: object) -> Updates:
        """Ask the next question of the bank, or end the round; where feedback is held, the interviewer decides."""
        one = opened(kept)
        deeper = one is not None and one.held
        return self._step(
            kept, lambda state: self.coach.interviews.next(state.id, follow_up=deeper, seen=state)
        )

    def skip(self, kept: object) -> Updates:
        """Leave the question without an answer."""
        return self._step(kept, lambda state: self.coach.interviews.skip(state.id, seen=state))

    def leave_round(self, kept: object) -> Updates:
        """End the round before its time."""
        return self._step(kept, lambda state: self.coach.interviews.leave_round(state.id, seen=state))

    def end(self, kept: object) -> Updates:
        """Close the interview and look back at it."""
        return self._step(kept, lambda state: self.coach.interviews.close(state.id))

    def begin_round(self, kept: object) -> Updates:
        """Begin the round that has been waiting; its clock starts now."""
        return self._step(kept, lambda state: self.coach.interviews.resume(state.id), begin=True)

    @adding_up
    def reflect(self, kept: object) -> Iterator[Updates]:
        """Stream the debrief with the model's words, between two rounds and at the end."""
        parts, one = self.parts, opened(kept)
        try:
            state = self.coach.interviews.get(one.id) if one else None
            if one is None or state is None or not (state.closed or one.between_rounds(state)):
                yield {parts.reflecting: ""}  # a stream without a step would empty the whole page
                return
            number = None if state.closed or state.round is None else state.round.number - 1
            heading = render_interview.closing(state) if number is None else render_round.between(state)
            room = self.view.sums_up()
            yield {**parts.hush.turn(room), parts.reflecting: self._progress(room)}
            last = None
            with self.line.join() if room else nullcontext(()) as places:
                for place in places:
                    yield {parts.reflecting: render_interview.in_line(place)}
                yield {parts.reflecting: self._progress(room)}
                for _, last in paced(self.coach.interviews.debrief(state.id, number)):
                    yield {parts.debrief: heading + render_debrief.whole(last, state, room=room)}
            note = render_debrief.small_print(last) if last else ""
            yield {**parts.hush.turn(False), parts.reflecting: note}
        except CoachError as error:
            yield {**parts.hush.turn(False), parts.reflecting: "", parts.problem: render_round.problem(error)}

    def _progress(self, room: bool) -> str:
        return render_interview.progress(self.coach.status()) if room else ""

    def hushed(self) -> Updates:
        """Say that the debrief stands as it is."""
        return {**self.parts.hush.turn(False), self.parts.reflecting: render_debrief.hushed()}

    def export(self, kept: object, form: str) -> str:
        """Return the interview as JSON for the page to save: name, media type, and the file in base 64."""
        one = opened(kept)
        if one is None:
            return ""
        try:
            state = self.coach.interviews.get(one.id)
            ending, media, write = _FORMATS[form]
            body = base64.b64encode(write(state)).decode()
        except CoachError as error:
            return json.dumps({"problem": str(error)})
        return json.dumps({"name": f"interview-{state.id}.{ending}", "type": media, "body": body})

    def _step(
        self, kept: object, act: Callable[[InterviewState], InterviewState], *, begin: bool = False
    ) -> Updates:
        one = opened(kept)
        if one is None:
            return self.again()
        try:
            state = act_on(self.coach.interviews, one, act)
            return self.view.show(state, begun(one, state) if begin else one)
        except CoachError as error:
            return {self.parts.problem: render_round.problem(error)}
