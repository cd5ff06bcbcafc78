"""Which question of the bank comes next in an interview."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from coach.interview.events import AskedQuestion, Assessed, Event
from coach.interview.plans import Scene, Segment
from coach.interview.questions import CodingQuestion, Question, QuestionBank
from coach.interview.session import InterviewState
from coach.interview.tailoring import next_tailored

_WEAK = 3.0  # of 5; whoever is below that on average is asked about it first
_EXAMPLES = 2  # of a coding question that may be told who asks for one


def standing(scores: Mapping[str, float], subject: str) -> tuple[int, float]:
    """Return how soon a subject is due, the smaller the sooner: the weak ones, those never tried, then the rest."""
    score = scores.get(subject)
    if score is None:
        return 1, 0.0
    return (0 if score < _WEAK else 2), score


def scores_by_subject(asked: Iterable[Event], assessed: Iterable[Event]) -> dict[str, float]:
    """Return the mean overall score by principle or topic; the last feedback on each question counts."""
    subject_of = {
        event.question: event.principle or event.topic or ""
        for event in asked
        if isinstance(event, AskedQuestion)
    }
    last = {
        event.feedback.question: event.feedback.overall
        for event in sorted(assessed, key=lambda event: event.at)
        if isinstance(event, Assessed) and event.feedback.overall is not None
    }
    found: dict[str, list[float]] = {}
    for question, score in last.items():
        if subject := subject_of.get(question):
            found.setdefault(subject, []).append(score)
    return {subject: sum(scores) / len(scores) for subject, scores in found.items()}


def weakest_principle(bank: QuestionBank, scores: Mapping[str, float], seed: int) -> str | None:
    """Return the principle to drill: the weakest known, else one that was never tried; None: the bank has none."""
    names = {question.principle for question in bank.questions if question.principle}
    return min(names, key=lambda name: (standing(scores, name), _chance(seed, name)), default=None)


def next_question(bank: QuestionBank, state: InterviewState, lately: Collection[str]) -> AskedQuestion | None:
    """Return the question to ask next, or None when all that fit have been asked in this interview.

    Behavioral questions and others take turns, as in a real loop; so do the other kinds, and then principles
    and topics. Among those that are due, questions that are not in `lately` (ids) come first; the interview's
    seed decides the rest. A recruiter's questions come only when they were asked for.

    With a posting, chance decides by how much it asks for what a question is about, until no question that fits
    has to do with it.
    """
    asked = {turn.question_id for turn in state.turns}
    fresh = [question for question in bank.questions if question.id not in asked and _fits(question, state)]
    if not fresh:
        return None
    if (chosen := _for_posting(fresh, state, lately)) is not None:
        return copied(chosen)
    roots = [turn for turn in state.turns if turn.question_id]
    sides = Counter(turn.kind == "behavioral" for turn in roots)
    kinds = Counter(turn.kind for turn in roots)
    subjects = Counter(turn.principle or turn.topic for turn in roots)

    def due(question: Question) -> tuple[int, int, int, bool, bytes]:
        side, kind = sides[question.kind == "behavioral"], kinds[question.kind]
        return side, kind, subjects[question.subject], question.id in lately, _chance(state.seed, question.id)

    return copied(min(fresh, key=due))


def planned_question(
    bank: QuestionBank, state: InterviewState, number: int, lately: Collection[str]
) -> AskedQuestion | None:
    """Return the next question of segment number `number` of the open round; None: it has no more.

    A question that was not asked lately comes before one that was, then one of the interview's level before others
    (a plan is not cut short because the bank is thin at a level), then a subject that is not covered yet, then what
    is weak or was never tried. Nothing comes twice in an interview.

    With a posting, what it asks for comes first, by chance as in `next_question`; but principles are covered all
    the same.
    """
    if state.planned is None:
        return None
    segment = state.planned.segments[number]
    asked = {turn.question_id for turn in state.turns}
    if segment.scenes:
        scene = next((one for one in segment.scenes if one.id not in asked), None)
        return _put(scene, number) if scene else None
    principles = _principles(state, segment)
    fresh = [
        question
        for question in bank.questions
        if question.id not in asked
        and question.kind == segment.kind
        and (segment.kind != "behavioral" or not principles or question.principle in principles)
        and (segment.topic is None or segment.topic.casefold() in question.subject.casefold())
    ]
    if not fresh:
        return None
    subjects = Counter(turn.principle or turn.topic for turn in state.turns if turn.question_id)

    def due(question: Question) -> tuple[bool, bool, int, tuple[int, float], bytes]:
        return (
            question.id in lately,
            state.level is not None and state.level not in question.level,
            subjects[question.subject],
            standing(state.scores, question.subject),
            _chance(state.seed, question.id),
        )

    wanted = fresh
    if segment.kind == "behavioral":
        least = min(subjects[question.subject] for question in fresh)
        wanted = [question for question in fresh if subjects[question.subject] == least]
    chosen = _for_posting(wanted, state, lately) or min(fresh, key=due)
    return copied(chosen).model_copy(update={"segment": number})


def _for_posting(
    fresh: Sequence[Question], state: InterviewState, lately: Collection[str]
) -> Question | None:
    """Pick what the posting asks for, not asked lately first, then of the right level; None: nothing of this."""
    if state.posting is None:
        return None
    aims = state.posting.aims
    fresh = [question for question in fresh if question.id in aims]
    fresh = [question for question in fresh if question.id not in lately] or fresh
    level = state.level or state.posting.level
    fresh = [question for question in fresh if level in question.level] or fresh
    asked = [turn.question_id for turn in state.turns if turn.question_id]
    return next_tailored(fresh, aims, asked, state.seed)


def copied(question: Question) -> AskedQuestion:
    """Return the event of asking a question of the bank, with all that the interview will need of it."""
    code = question if isinstance(question, CodingQuestion) else None
    examples = [
        f"For example, {code.function}{_call(one.input)} gives {one.output}." for one in code.examples
    ] if code else []  # fmt: skip
    return AskedQuestion(
        question_id=question.id,
        question=question.question + (f"\n\n{code.task}" if code else ""),
        kind=question.kind,
        principle=question.principle,
        topic=question.topic,
        key_points=question.key_points,
        asked_as=question.asked_as,
        facts=tuple(examples[:_EXAMPLES]),
    )


def _call(arguments: str) -> str:
    """A tuple of arguments as a call has it: "(1,)" is "(1)" there."""
    return arguments[:-2] + ")" if arguments.endswith(",)") else arguments


def _put(scene: Scene, number: int) -> AskedQuestion:
    return AskedQuestion(
        question_id=scene.id,
        question=scene.question,
        kind="case",
        principle=None,
        topic="work simulation",
        key_points=scene.key_points,
        facts=scene.facts,
        speaker=scene.speaker,
        segment=number,
    )


def _principles(state: InterviewState, segment: Segment) -> tuple[str, ...]:
    if state.principle is not None:
        return (state.principle,)
    return segment.principles or (state.planned.principles if state.planned else ())


def _chance(seed: int, what: str) -> bytes:
    return hashlib.sha256(f"{seed}:{what}".encode()).digest()


def _fits(question: Question, state: InterviewState) -> bool:
    return (
        (question.kind != "recruiter" if state.kind is None else question.kind == state.kind)
        and state.principle in (None, question.principle)
        and (state.level is None or state.level in question.level)
    )
