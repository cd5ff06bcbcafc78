"""An exercise of a debrief is started: the interview that it asks for, with the question that it is about first."""

from collections.abc import Mapping
from dataclasses import replace

from coach.errors import UsageError
from coach.interview.debrief.making import debrief
from coach.interview.debrief.model import Exercise
from coach.interview.interviews import Interviews
from coach.interview.plans import Plan
from coach.interview.questions import QuestionBank
from coach.interview.session import InterviewState


def exercise_of(state: InterviewState, number: int) -> Exercise:
    """Return exercise `number` (from 0) of the debrief of the whole.

    Raises:
        UsageError: the debrief has fewer.
    """
    them = debrief(state).work_on
    if not 0 <= number < len(them):
        raise UsageError("The debrief has no such exercise any more: reload the page.")
    return them[number].exercise


def begin(interviews: Interviews, exercise: Exercise, plans: Mapping[str, Plan]) -> InterviewState:
    """Start what an exercise asks for: its plan, or practice of its kind and principle.

    The first question is the one to answer once more, else one on its topic, where the bank has such; all that come
    after it are chosen as in any interview.

    Raises:
        UsageError: the bank has no question of its kind and principle.
        StoreError: the store fails.
    """
    plan = plans.get(exercise.plan) if exercise.plan else None
    first = replace(interviews, bank=_first(interviews.bank, exercise))
    if plan is not None:
        return first.start(principle=exercise.principle if plan.one_principle else None, plan=plan)
    return first.start(kind=exercise.kind, principle=exercise.principle)


def _first(bank: QuestionBank, exercise: Exercise) -> QuestionBank:
    """The part of the bank that the first question is taken from."""
    # A coding question is asked with its task behind it.
    again = exercise.question and bank.by_text(exercise.question.partition("\n\n")[0])
    if again:
        return QuestionBank((again,))
    if exercise.topic:
        about = tuple(
            one
            for one in bank.questions
            if one.kind == exercise.kind and exercise.topic.casefold() in one.subject.casefold()
        )
        return QuestionBank(about) if about else bank
    return bank
