"""The advice suite: is the flaw named that was planted, is nothing named that isn't one, and is nothing invented?"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from pydantic import BaseModel, ConfigDict

from coach.coach import Coach
from coach.errors import AnswerRefused
from coach.evals.checks import contradicted, fits_only_here, inventions, mean_rows, points_right, sentences_of
from coach.evals.planted import NAMED_BY, Subject, load_subjects
from coach.evals.result import Case, Context, Row, SuiteResult
from coach.feedback.faithful import Given, given_by
from coach.feedback.feedback import Asked, Criterion, Feedback

STRONG = 4.0  # a mean rating from which on an answer is a strong one
_FIRST = 2
_MOST_SENTENCES = 2
_EVERY = 3  # with the so many-th answer a text is compared, to see whether it fits there too
# What a candidate might say to a blank. None of it is in any answer, so that it can be told where it has gone.
_REPLIES: Mapping[Criterion, str] = {
    "situation": "This was in my second winter at a ferry operator with 60 people.",
    "task": "I had to get the waiting list below a hundred by Easter, or we would have lost the route.",
    "action": "I first watched two crossings, then drew the queue on paper, and at last moved the gate myself.",
    "ownership": "I drew the plan and moved the gate; the harbour master signed it.",
    "result": "The harbour kept the new gate and the other pier asked for the drawing.",
    "measured": "It went from nine hours to two within a month.",
    "reflection": "Since then I watch a queue for a day before I draw anything.",
    "hypothetical": "That was on the third of May, when the late ferry was full.",
    "relevance": "That crossing is where I had to decide against the advice of the captain.",
}
_METRICS = (
    "flaw in first two",
    "no false alarm",
    "gaps not contradicted",
    "pointers valid",
    "nothing invented",
    "two sentences at most",
    "fits only here",
    "blanks completed",
    "worded by the model",
    "schema kept",
)


class Said(BaseModel):
    """What the coach says of an answer: at once, and at the end; None where the answer is refused.

    `completed` is None without a blank, else whether answering all of them completed the rewrite, with
    nothing left that asks for what was given.
    """

    model_config = ConfigDict(frozen=True)

    assessed: Feedback | None
    final: Feedback | None
    completed: bool | None = None


def advice(context: Context) -> SuiteResult:
    """Let the coach say what it would of every rated answer."""
    subjects = load_subjects(context.public)
    coach = context.coach()
    said = context.journal.each("advising", subjects, lambda subject: _say(coach, subject), Said)
    return evaluate(said, context.model)


def evaluate(said: Sequence[tuple[Subject, Said]], model: str) -> SuiteResult:
    """Hold what was said against the flaws, the ratings and the answers."""
    graded = [(subject, one) for subject, one in said if one.final and one.final.graded]
    own = [subject.rated for subject, _ in graded if subject.rated.source == "own"][::_EVERY]
    given = {rated.id: (rated.answer, given_by(rated.answer, rated.question)) for rated in own}
    cases = [
        _case(subject, one, [other for name, other in given.items() if name != subject.id])
        for subject, one in graded
    ]
    refused: Counter[str] = Counter()
    for _, one in graded:
        refused.update(one.final.refused if one.final else {})
    return SuiteResult(
        name="advice",
        model=model,
        facts={
            "answers": len(said),
            "held out": "no: the scores behind the gaps were fitted on our own answers",
            **{f"texts refused, {reason}": count for reason, count in sorted(refused.items())},
        },
        rows=tuple(_rows(graded, cases)),
        guarded=tuple(metric for metric in _METRICS if "model" not in metric),
        cases=tuple(sorted(cases, key=lambda case: (sum(case.scores.values()) / len(case.scores), case.id))),
        unscored=_unscored(said),
    )


def _say(coach: Coach, subject: Subject) -> Said:
    asked = Asked(question=subject.rated.question, principle=subject.rated.principle)
    try:
        assessed = coach.assess(asked, subject.rated.answer)
        *_, final = coach.advise(asked, assessed)
        return Said(assessed=assessed, final=final, completed=_completed(coach, asked, final))
    except AnswerRefused:
        return Said(assessed=None, final=None)


def _completed(coach: Coach, asked: Asked, feedback: Feedback) -> bool | None:
    if feedback.rewrite is None or not feedback.rewrite.blanks:
        return None
    pairs = zip(feedback.rewrite.blanks, feedback.rewrite.asks, strict=True)
    replies = {blank: _REPLIES[ask] for blank, ask in pairs}
    after = coach.fill(asked, feedback, replies)
    whole = after.rewrite
    if whole is None or whole.blanks or any(f"[{blank}]" in whole.text for blank in replies):
        return False
    asking = {gap.criterion for gap in after.gaps} | {one.criterion for one in after.follow_ups}
    return not asking & set(feedback.rewrite.asks) and all(reply in whole.text for reply in replies.values())


def _case(subject: Subject, said: Said, others: Sequence[tuple[str, Given]]) -> Case:
    final, rated = said.final, subject.rated
    assert final is not None
    mean = rated.mean.numbers
    named = [gap.criterion for gap in final.gaps]
    scores: dict[str, float] = {}
    if subject.nameable:
        first = set(named[:_FIRST])
        scores["flaw in first two"] = float(any(NAMED_BY[flaw] & first for flaw in subject.nameable))
    planted = frozenset[Criterion]().union(*(NAMED_BY[flaw] for flaw in subject.flaws))
    # A flaw that was planted is there, even where the raters overlooked it.
    false = [criterion for criterion in named if contradicted(criterion, mean) and criterion not in planted]
    if mean["overall"] >= STRONG:
        scores["no false alarm"] = float(not false)
    if named:
        scores["gaps not contradicted"] = 1 - len(false) / len(named)
        scores["two sentences at most"] = float(
            all(sentences_of(gap.text) <= _MOST_SENTENCES for gap in final.gaps)
        )
    texts = [*(gap.text for gap in final.gaps), *(one.text for one in final.strengths)]
    if texts and others:
        scores["fits only here"] = sum(fits_only_here(text, others) for text in texts) / len(texts)
    invented = inventions(final, rated.answer, rated.question)
    scores["pointers valid"] = float(points_right(final, rated.answer))
    scores["nothing invented"] = float(not invented)
    if said.completed is not None:
        scores["blanks completed"] = float(said.completed)
    scores |= _of_the_model(said)
    detail: dict[str, str | int | float | None] = {
        "rated": mean["overall"],
        "flaws": ", ".join(subject.flaws),
        "gaps": ", ".join(named),
        "contradicted": ", ".join(false),
        "invented": ", ".join(invented),
        "first gap": final.gaps[0].text if final.gaps else None,
    }
    return Case(id=subject.id, cluster=rated.cluster, scores=scores, detail=detail)


def _of_the_model(said: Said) -> dict[str, float]:
    """How many of the texts that the model was asked for are in use, and whether all had their form."""
    if said.assessed is None or said.final is None:
        return {}
    plain = [gap.text for gap in said.assessed.gaps]
    used = sum(gap.text not in plain for gap in said.final.gaps)
    used += len(said.final.follow_ups) - len(said.assessed.follow_ups)
    asked = used + sum(said.final.refused.values())
    if not asked:
        return {}
    return {"worded by the model": used / asked, "schema kept": float(not said.final.refused.get("form", 0))}


def _rows(graded: Sequence[tuple[Subject, Said]], cases: Sequence[Case]) -> Iterator[Row]:
    pairs = list(zip((subject for subject, _ in graded), cases, strict=True))
    yield from mean_rows(
        [(subject.rated.source, case.cluster, case.scores) for subject, case in pairs], "coach", _METRICS
    )
    for place in (1, _FIRST, 3):
        by_flaw = [
            (
                flaw,
                case.cluster,
                {f"flaw in first {place}": float(bool(NAMED_BY[flaw] & _named(case, place)))},
            )
            for subject, case in pairs
            for flaw in subject.nameable
        ]
        if place == _FIRST:
            yield from mean_rows(sorted(by_flaw), "coach", (f"flaw in first {place}",))
        everything = [("every flaw", cluster, scores) for _, cluster, scores in by_flaw]
        yield from mean_rows(everything, "coach", (f"flaw in first {place}",))


def _named(case: Case, first: int) -> set[str]:
    return set(str(case.detail["gaps"]).split(", ")[:first])


def _unscored(said: Sequence[tuple[Subject, Said]]) -> dict[str, int]:
    reasons: Counter[str] = Counter()
    for subject, one in said:
        if one.final is None:
            reasons["refused"] += 1
        elif not one.final.graded:
            reasons[f"not graded: {one.final.why_not}"] += 1
        elif subject.flaws and not subject.nameable:
            reasons["a flaw that no gap names"] += 1
    return dict(reasons)
