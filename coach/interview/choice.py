"""Which question of the bank comes next in an interview."""

import hashlib
from collections import Counter
from collections.abc import Collection

from coach.interview.events import AskedQuestion
from coach.interview.questions import CodingQuestion, Question, QuestionBank
from coach.interview.session import InterviewState


def next_question(bank: QuestionBank, state: InterviewState, lately: Collection[str]) -> AskedQuestion | None:
    """Return the question to ask next, or None when all that fit have been asked in this interview.

    Behavioral questions and others take turns, as in a real loop; so do the other kinds, and then principles
    and topics. Among those that are due, questions that are not in `lately` (ids) come first; the interview's
    seed decides the rest. A recruiter's questions come only when they were asked for.
    """
    asked = {turn.question_id for turn in state.turns}
    fresh = [question for question in bank.questions if question.id not in asked and _fits(question, state)]
    if not fresh:
        return None
    roots = [turn for turn in state.turns if turn.question_id]
    sides = Counter(turn.kind == "behavioral" for turn in roots)
    kinds = Counter(turn.kind for turn in roots)
    subjects = Counter(turn.principle or turn.topic for turn in roots)

    def due(question: Question) -> tuple[int, int, int, bool, bytes]:
        side, kind = sides[question.kind == "behavioral"], kinds[question.kind]
        chance = hashlib.sha256(f"{state.seed}:{question.id}".encode()).digest()
        return side, kind, subjects[question.subject], question.id in lately, chance

    chosen = min(fresh, key=due)
    task = f"\n\n{chosen.task}" if isinstance(chosen, CodingQuestion) else ""
    return AskedQuestion(
        question_id=chosen.id,
        question=chosen.question + task,
        kind=chosen.kind,
        principle=chosen.principle,
        topic=chosen.topic,
        key_points=chosen.key_points,
    )


def _fits(question: Question, state: InterviewState) -> bool:
    return (
        (question.kind != "recruiter" if state.kind is None else question.kind == state.kind)
        and state.principle in (None, question.principle)
        and (state.level is None or state.level in question.level)
    )
