"""The choice of an interview: free practice or a plan, each as a card."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from coach.interview.plans import Offered, Plan
from coach.ui.markup import QUIET, Switch, Updates, markup, switch
from coach.ui.words import ANY, kind_choices, level_choices, principle_choices

FREE = ""  # gradio's choices want a value; this one is practice without a plan
AT_ONCE, HELD = "at once", "held"
_HEAR = f"(plan, drills) => JSON.parse(drills).includes(plan) ? {AT_ONCE!r} : {HELD!r}"
_FREE = "Free practice\nOne question at a time, of the kind you choose, for as long as you like.\nNo rounds, no clock"


@dataclass(frozen=True)
class Picker:
    """The fields of the choice, and the switches for those that only some choices have."""

    plan: Any
    kind: Any
    principle: Any
    level: Any
    hearing: Any
    drills: Any  # hidden: the ids of the plans that are there to learn from at once, as JSON
    kinds: Switch
    principles: Switch
    hears: Switch
    refused: Any
    offered: Callable[[], Offered]

    @property
    def fields(self) -> list[Any]:
        """What `Flow.start` takes, in its order."""
        return [self.plan, self.kind, self.principle, self.level, self.hearing]

    @property
    def changing(self) -> list[Any]:
        """What `turn` changes."""
        return [self.kinds.part, self.principles.part, self.hears.part, self.hearing, self.principle]

    def listed(self, chosen: str = FREE) -> Updates:
        """List the plans that there are now, and say which files hold none that can be used.

        A plan that was `chosen` and is gone is chosen no more.
        """
        import gradio as gr

        offered = self.offered()
        gone: dict[str, Any] = {} if chosen in {FREE, *offered.plans} else {"value": FREE}
        return {
            self.plan: gr.update(choices=cards(offered), **gone),
            self.drills: drills(offered),
            self.refused: left_out(offered.refused),
        }

    def turn(self, plan: str, kind: str) -> Updates:
        """Show the fields that go with a plan, or with a kind of free practice."""
        import gradio as gr

        chosen = self.offered().plans.get(plan)
        about = chosen.one_principle if chosen else kind in ("behavioral", ANY)
        weakest = "Your weakest" if chosen else "Any principle"
        return {
            **self.kinds.turn(chosen is None),
            **self.principles.turn(about),
            **self.hears.turn(chosen is not None),
            self.principle: gr.update(choices=[(weakest, ANY), *principle_choices()[1:]]),
        }


def pick_plan(offered: Callable[[], Offered]) -> Picker:
    """Put the choice on the page."""
    import gradio as gr

    kinds, principles, hears = switch("free-kind", on=True), switch("principle", on=True), switch("hearing")
    now = offered()
    plan = gr.Radio(cards(now), value=FREE, label="Interview", elem_id="plan", elem_classes="cards")
    refused = markup(left_out(now.refused), elem_id="plans-refused")
    kind = gr.Radio(
        [("Surprise me", ANY), *kind_choices(), ("Recruiter call", "recruiter")],
        value="behavioral",
        label="Kind of question",
        elem_id="free-kind",
        elem_classes="pills",
    )
    with gr.Row(elem_classes="pairing"):
        principle = gr.Dropdown(
            principle_choices(), value=ANY, label="Leadership principle", elem_id="principle"
        )
        level = gr.Radio(level_choices(), value=ANY, label="Level", elem_id="level", elem_classes="pills")
    hearing = gr.Radio(
        [("After each round, as in a real loop", HELD), ("After each answer", AT_ONCE)],
        value=HELD,
        label="Feedback",
        elem_id="hearing",
        elem_classes="pills",
    )
    listed = gr.Textbox(drills(now), visible="hidden", elem_classes="switch")
    # In the browser, at once: an answer of the server could undo what was picked meanwhile.
    plan.change(None, [plan, listed], hearing, js=_HEAR, **QUIET)
    return Picker(plan, kind, principle, level, hearing, listed, kinds, principles, hears, refused, offered)


def drills(offered: Offered) -> str:
    """Return the plans after whose answers feedback comes at once by default; a loop is held like a real one."""
    return json.dumps([FREE, *(plan.id for plan in offered.plans.values() if plan.one_principle)])


def cards(offered: Offered) -> list[tuple[str, str]]:
    """Return the choices: free practice, then the plans."""
    return [(_FREE, FREE), *((card(plan), plan.id) for plan in offered.plans.values())]


def left_out(refused: Sequence[str]) -> str:
    """Return a line for each of the user's own plans that is wrong; the others can be held."""
    shown = "".join(f"<p>{escape(line)}</p>" for line in refused)
    return (
        f'<div class="notice" role="status"><strong>Left out of your plans:</strong>{shown}</div>'
        if shown
        else ""
    )


def card(plan: Plan) -> str:
    """Return a plan as the lines of its card: title, what it is for, and how long it takes."""
    rounds = f"{len(plan.rounds)} round{'s' * (len(plan.rounds) != 1)}"
    asked = sum(one.questions for one in plan.rounds)
    return f"{plan.title}\n{plan.purpose}\n{rounds}, {_long(plan.minutes)}, {asked} questions"


def intro() -> None:
    """Say what is to be chosen."""
    markup(
        '<div class="intro"><h2>What would you like to practise?</h2>'
        "<p>You get one question at a time. Answer as you would aloud, then see what an interviewer "
        "would write down, and the follow-up that they would ask.</p></div>"
    )


def _long(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"
