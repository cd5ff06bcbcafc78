"""The abstention suite: what the library can't answer `coach ask` leaves alone, and what it can it answers."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from coach.errors import UsageError
from coach.evals.golden import CASES, load_queries
from coach.evals.metrics import bootstrap_mean
from coach.evals.result import Case, Context, Plot, Row, Series, SuiteResult
from coach.library.reply import Reply

# With a language model a question takes seconds: every so many-th of each kind is asked then.
_UNANSWERABLE_EACH, _ANSWERABLE_EACH = 6, 20
ABSTAINS, ANSWERS = "abstains where it should", "answers where it can"
ANSWERS_HARD = (
    "answers what is hard to find"  # told, not guarded: those queries share no rare word with the answer
)
Ask = Callable[[str], Reply]


class _Stored(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str
    family: str
    question: str
    answerable: bool = False


@dataclass(frozen=True)
class Asked:
    """A question, whether the library has the answer, and for golden queries the file that has it."""

    id: str
    question: str
    family: str
    answerable: bool
    cluster: str


class Said(BaseModel):
    """What came: the answer, whether it was an abstention, and the cosine of the nearest passage."""

    model_config = ConfigDict(frozen=True)

    abstained: bool
    cosine: float
    answer: str


def abstention(context: Context) -> SuiteResult:
    """Ask what the corpus doesn't hold, and the golden queries, which it does."""
    coach = context.coach()

    def ask(question: str) -> Reply:
        *_, last = coach.ask(question)
        return last

    questions = load_questions()
    if coach.model is not None:
        questions = [
            *[one for one in questions if not one.answerable][::_UNANSWERABLE_EACH],
            *[one for one in questions if one.answerable][::_ANSWERABLE_EACH],
        ]
    return evaluate(context, ask, questions)


def load_questions(path: Path = CASES / "abstention.jsonl") -> list[Asked]:
    """The questions of the file, most of them unanswerable, then the golden queries.

    Raises:
        UsageError: a line is no such question.
    """
    try:
        stored = [_Stored.model_validate_json(line) for line in path.read_text(encoding="utf-8").splitlines()]
    except ValidationError as error:
        raise UsageError(f"{path.name}: {error.errors()[0]['msg']}. Mend the line.") from None
    return [
        *(Asked(one.id, one.question, one.family, one.answerable, cluster=one.id) for one in stored),
        *(Asked(one.id, one.query, one.kind, answerable=True, cluster=one.cluster) for one in load_queries()),
    ]


def evaluate(context: Context, ask: Ask, questions: Sequence[Asked]) -> SuiteResult:
    """Ask them all."""

    def judge(one: Asked) -> Said:
        reply = ask(one.question)
        nearest = max((hit.cosine or 0.0 for hit in reply.passages), default=0.0)
        return Said(abstained=reply.abstained, cosine=nearest, answer=reply.answer)

    judged = context.journal.each("asking", questions, judge, Said)
    cases = [_case(one, said) for one, said in judged]
    return SuiteResult(
        name="abstention",
        model=context.model,
        facts={
            "unanswerable": sum(not one.answerable for one in questions),
            "answerable": sum(one.answerable for one in questions),
        },
        rows=tuple(_rows(questions, cases)),
        guarded=(f"coach {ABSTAINS}", f"coach {ANSWERS}"),
        cases=tuple(sorted(cases, key=lambda case: (min(case.scores.values()), case.id))),
        plots=(_plot(judged),),
    )


def _case(one: Asked, said: Said) -> Case:
    name = _metric(one)
    return Case(
        id=one.id,
        cluster=one.cluster,
        scores={f"coach {name}": float(said.abstained is not one.answerable)},
        detail={
            "question": one.question,
            "kind": one.family,
            "said": "abstained" if said.abstained else said.answer[:160],
            "nearest cosine": round(said.cosine, 3),
        },
    )


def _metric(one: Asked) -> str:
    if not one.answerable:
        return ABSTAINS
    return ANSWERS_HARD if one.family == "hard" else ANSWERS


def _rows(questions: Sequence[Asked], cases: Sequence[Case]) -> Iterator[Row]:
    for metric in (ABSTAINS, ANSWERS, ANSWERS_HARD):
        families = dict.fromkeys(one.family for one in questions if _metric(one) == metric)
        for subset in ("all", *families):
            some = [
                case
                for case in cases
                if f"coach {metric}" in case.scores and subset in ("all", case.detail["kind"])
            ]
            if some:
                mean = bootstrap_mean(
                    [case.scores[f"coach {metric}"] for case in some], [case.cluster for case in some]
                )
                yield Row(
                    metric=metric,
                    system="coach",
                    subset=subset,
                    value=mean.value,
                    low=mean.low,
                    high=mean.high,
                    n=mean.n,
                )


def _plot(judged: Sequence[tuple[Asked, Said]]) -> Plot:
    """How near the nearest passage is: where the two heaps overlap, no threshold can tell them apart."""
    return Plot(
        kind="histogram",
        title="The nearest passage",
        x="cosine",
        y="questions",
        series=tuple(
            Series(
                name=name, values=tuple(said.cosine for one, said in judged if one.answerable is answerable)
            )
            for name, answerable in (("unanswerable", False), ("answerable", True))
        ),
        x_range=(0.0, 1.0),
    )
