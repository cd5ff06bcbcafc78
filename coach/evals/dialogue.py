"""The dialogue suite: scripted candidates go through whole interviews; code decides whether the interviewer behaves."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from coach.errors import UsageError
from coach.evals.metrics import bootstrap_mean
from coach.evals.personas import Persona, personas
from coach.evals.result import Case, Context, Row, SuiteResult
from coach.interview.interviews import Interviews
from coach.interview.session import MAX_DEPTH, InterviewState
from coach.interview.store import open_store
from coach.settings import Settings

# Questions of the bank in one interview, and who takes part; with a language model each answer takes seconds.
_QUESTIONS, _QUESTIONS_WITH_A_MODEL = 2, 1
_WITH_A_MODEL = ("honest and strong", "pastes an injection")
_ALL_KINDS = ("honest and strong", "says I don't know", "repeats himself")
_SEED = 11
_QUOTED = re.compile(r'["“](.*?)["”]')
_ALIKE = 0.8  # share of common words above which two questions are one


@dataclass(frozen=True)
class Trial:
    """An interview of one candidate about one kind of question; None is any."""

    id: str
    persona: Persona
    kind: str | None
    questions: int

    def __repr__(self) -> str:
        return f"{self.id}, {self.questions} questions"


class Check(BaseModel):
    """Whether something held; where it did not, what was seen."""

    model_config = ConfigDict(frozen=True)

    name: str
    holds: bool
    seen: str = ""


class Held(BaseModel):
    """All checks of one interview, and how it went."""

    model_config = ConfigDict(frozen=True)

    checks: tuple[Check, ...]
    turns: int
    questions: str


def dialogue(context: Context) -> SuiteResult:
    """Run every candidate through an interview of behavioral questions, and some through one of all kinds."""
    coach = context.coach()
    spoken = coach.model is not None
    trials = [
        Trial(
            f"{persona.name}, {kind or 'any kind'}",
            persona,
            kind,
            _QUESTIONS_WITH_A_MODEL if spoken else _QUESTIONS,
        )
        for persona in personas()
        for kind in ("behavioral", None)
        if (persona.name in _WITH_A_MODEL if spoken else kind or persona.name in _ALL_KINDS)
        if kind or not spoken
    ]
    judged = context.journal.each(
        "interviewing", trials, lambda trial: hold(coach.interviews, context.settings, trial), Held
    )
    return _result(context, judged)


def hold(interviews: Interviews, settings: Settings, trial: Trial) -> Held:
    """Hold one interview to its end, and check it."""
    state = interviews.start(trial.kind, seed=_SEED)
    checks: list[Check] = []
    asked = 0
    while (turn := state.current) is not None and asked < trial.questions:
        answer = trial.persona.says(turn, asked)
        *_, (state, _) = interviews.answer(state.id, answer, seen=state)
        checks.append(_resumes(interviews, settings, state))
        state = interviews.next(state.id, seen=state)
        asked += state.turns[-1].follow_up_depth == 0
    closed = interviews.close(state.id) if not state.closed else state
    checks += [
        _no_question_twice(closed),
        _caps(closed, interviews),
        _feedback_complete(closed),
        _asks_for_nothing_given(closed, trial.persona),
        _closes(interviews, closed),
        _resumes(interviews, settings, closed),
    ]
    interviews.delete(closed.id)
    return Held(
        checks=tuple(_worst_of_each(checks)),
        turns=len(closed.turns),
        questions=" | ".join(turn.question for turn in closed.turns),
    )


def _no_question_twice(state: InterviewState) -> Check:
    """No two questions share nearly all of their words; what is quoted from the answer doesn't count."""
    asked = [set(re.findall(r"\w+", _QUOTED.sub("", turn.question.lower()))) for turn in state.turns]
    for number, words in enumerate(asked):
        for other in range(number):
            if len(words & asked[other]) >= _ALIKE * len(words | asked[other]):
                seen = f"{state.turns[other].question} / {state.turns[number].question}"
                return Check(name="never repeats a question", holds=False, seen=seen)
    return Check(name="never repeats a question", holds=True)


def _caps(state: InterviewState, interviews: Interviews) -> Check:
    most = max(turn.follow_up_depth for turn in state.turns)
    cap = min(interviews.follow_ups, MAX_DEPTH)
    return Check(name="keeps to its caps", holds=most <= cap, seen=f"{most} follow-ups, {cap} at most")


def _feedback_complete(state: InterviewState) -> Check:
    missing = [
        number for number, turn in enumerate(state.turns) if turn.answer is not None and not turn.complete
    ]
    return Check(name="gives feedback on every answer", holds=not missing, seen=f"none on {missing}")


def _asks_for_nothing_given(state: InterviewState, persona: Persona) -> Check:
    """Once a follow-up was answered with what it asked for, no later one about the same story asks for that.

    Nor does one ask for a number, or a lesson, where the feedback itself says that the story has it. A question
    that quotes what was just given digs deeper, which is another thing.
    """
    name = "never asks for what was given"
    given: set[str] = set()
    for before, turn in zip([None, *state.turns], state.turns, strict=False):
        if turn.follow_up_depth == 0 or before is None:
            given = set()
            continue
        if not (turn.follow_up_depth > 1 and _quotes(turn.question, before.answer or "")):
            if turn.aims_at in given:
                return Check(name=name, holds=False, seen=f"{turn.aims_at} again: {turn.question}")
            feedback = before.feedback
            has = {"measured": feedback.measured, "reflection": feedback.reflection} if feedback else {}
            if has.get(turn.aims_at or ""):
                return Check(name=name, holds=False, seen=f"{turn.aims_at} is there: {turn.question}")
        if turn.aims_at and persona.gives:
            given.add(turn.aims_at)
    return Check(name=name, holds=True)


def _quotes(question: str, answer: str) -> bool:
    said = " ".join(answer.lower().split())
    quoted = (" ".join(part.lower().split()).strip(" .,…") for part in _QUOTED.findall(question))
    return any(part and part in said for part in quoted)


def _closes(interviews: Interviews, state: InterviewState) -> Check:
    """A closed interview has no question open, takes no answer, and is still there."""
    name = "closes properly"
    try:
        list(interviews.answer(state.id, "One more thing that I wanted to say about it."))
    except UsageError:
        listed = any(one.id == state.id for one in interviews.list())
        return Check(name=name, holds=state.closed and state.current is None and listed)
    return Check(name=name, holds=False, seen="it took an answer when it was closed")


def _resumes(interviews: Interviews, settings: Settings, state: InterviewState) -> Check:
    """Another process finds the interview as it is."""
    store = open_store(settings)
    try:
        found = Interviews(store, interviews.bank, interviews.judge).get(state.id)
    finally:
        store.close()
    return Check(name="can be resumed", holds=found == state, seen=f"turn {len(state.turns)} differs")


def _worst_of_each(checks: Sequence[Check]) -> Iterator[Check]:
    for name in dict.fromkeys(check.name for check in checks):
        yield min((check for check in checks if check.name == name), key=lambda check: check.holds)


def _result(context: Context, judged: Sequence[tuple[Trial, Held]]) -> SuiteResult:
    cases = [
        Case(
            id=trial.id,
            cluster=trial.persona.name,
            scores={f"coach {check.name}": float(check.holds) for check in held.checks},
            detail={
                "failed": "; ".join(f"{c.name}: {c.seen}" for c in held.checks if not c.holds) or None,
                "turns": held.turns,
                "questions": held.questions[:600],
            },
        )
        for trial, held in judged
    ]
    names = dict.fromkeys(name for case in cases for name in case.scores)
    rows = []
    for name in names:
        mean = bootstrap_mean([case.scores[name] for case in cases], [case.cluster for case in cases])
        metric = name.removeprefix("coach ")
        rows.append(
            Row(
                metric=metric,
                system="coach",
                subset="all",
                value=mean.value,
                low=mean.low,
                high=mean.high,
                n=mean.n,
            )
        )
    return SuiteResult(
        name="dialogue",
        model=context.model,
        facts={"interviews": len(cases), "turns": sum(held.turns for _, held in judged)},
        rows=tuple(rows),
        guarded=tuple(names),
        cases=tuple(sorted(cases, key=lambda case: (min(case.scores.values()), case.id))),
    )
