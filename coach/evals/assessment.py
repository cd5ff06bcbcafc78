"""The assessment suite: does the coach rate answers as people do who use the same rubric?"""

from collections import Counter
from collections.abc import Iterator, Sequence

from pydantic import BaseModel, ConfigDict

from coach.errors import AnswerRefused
from coach.evals.assessment_plots import plots_of
from coach.evals.assessment_rows import rows_of
from coach.evals.compared import Compared, score_of
from coach.evals.metrics import bootstrap_mean
from coach.evals.rated import GRADED, QUALITIES, Rated, load_rated, matched
from coach.evals.result import Case, Context, Row, SuiteResult
from coach.feedback.feedback import Asked, Feedback
from coach.feedback.rubric import COMPONENTS

FITTED = "no: the weights in use were fitted on our own answers, perhaps on the public ones too; such numbers flatter"
_EVERY = 5  # the so many-th answer is assessed twice
_SHOWN = 600  # characters of an answer as evidence


class Judged(BaseModel):
    """What the coach says of a rated answer, None where it refuses it, and whether it says the same again.

    `same_again` is None where it was not asked again.
    """

    model_config = ConfigDict(frozen=True)

    feedback: Feedback | None
    why_not: str = ""
    same_again: bool | None = None


def assessment(context: Context) -> SuiteResult:
    """Assess every rated answer, and some of them again."""
    assessor = context.coach().assessor
    rated_answers = load_rated(context.public)
    again = {rated.id for rated in rated_answers[::_EVERY]}

    def judge(rated: Rated) -> Judged:
        asked = Asked(question=rated.question, principle=rated.principle)
        try:
            said = assessor.assess(asked, rated.answer)
            same = said == assessor.assess(asked, rated.answer) if rated.id in again else None
        except AnswerRefused as error:
            return Judged(feedback=None, why_not=str(error))
        return Judged(feedback=said, why_not=said.why_not or "", same_again=same)

    judged = context.journal.each("assessing", rated_answers, judge, Judged)
    return evaluate(judged, context.model, held_out=FITTED)


def evaluate(judged: Sequence[tuple[Rated, Judged]], model: str, *, held_out: str) -> SuiteResult:
    """Compare what was said of rated answers with their ratings.

    `held_out` says whether what judged them was fitted without them; it stands at the top of every report.
    """
    graded = [(rated, one.feedback) for rated, one in judged if one.feedback and one.feedback.graded]
    compared = Compared([rated for rated, _ in graded], [feedback for _, feedback in graded])
    sources = dict.fromkeys(rated.source for rated, _ in graded)
    subsets: dict[str, Compared] = {source: compared.of(source) for source in sources}
    if len(subsets) > 1:
        subsets["all"] = compared
    rows = [row for subset, some in subsets.items() for row in rows_of(subset, some)]
    rows += _same_twice(judged)
    cases = [_case(rated, one) for rated, one in judged]
    counts = Counter(rated.source for rated, _ in judged)
    return SuiteResult(
        name="assessment",
        model=model,
        facts={"held out": held_out, **{f"{source} answers": count for source, count in counts.items()}},
        rows=tuple(rows),
        guarded=(
            *(f"{name} closeness" for name in ("overall", "components", "ownership", "relevance")),
            "qualities",
            "tags",
            "same twice",
            *(f"coach {metric}" for metric in ("overall rho", "overall qwk", "tags macro-F1")),
        ),
        cases=tuple(sorted(cases, key=lambda case: (case.scores.get("overall closeness", 1.0), case.id))),
        unscored=_unscored(judged),
        plots=tuple(plots_of(compared, rows, list(subsets)[-1])),
    )


def _case(rated: Rated, judged: Judged) -> Case:
    feedback = judged.feedback
    scores = {} if judged.same_again is None else {"same twice": float(judged.same_again)}
    detail: dict[str, str | int | float | None] = {
        "question": rated.question,
        "answer": f"{rated.answer[:_SHOWN]} …" if len(rated.answer) > _SHOWN else rated.answer,
        "words": len(rated.answer.split()),
        "rated": rated.mean.numbers["overall"],
    }
    if feedback is None or not feedback.graded:
        detail["scored"] = f"not graded: {judged.why_not}"
        return Case(id=rated.id, cluster=rated.cluster, scores=scores, detail=detail)
    off = {name: score_of(feedback, name) - rated.mean.numbers[name] for name in (*GRADED, *QUALITIES)}
    close = {name: 1 - abs(off[name]) / (high - low) for name, (low, high) in GRADED.items()}
    scores |= {f"{name} closeness": close[name] for name in ("overall", "ownership", "relevance")}
    scores["components closeness"] = sum(close[name] for name in COMPONENTS) / len(COMPONENTS)
    scores["qualities"] = sum(abs(off[name]) < 0.5 for name in QUALITIES) / len(QUALITIES)
    pairs = zip(rated.mean.tags, matched(rated, feedback.sentences), strict=True)
    tags = [(place, true, own.tag) for place, (true, own) in enumerate(pairs) if own]
    if tags:
        scores["tags"] = sum(true == said for _, true, said in tags) / len(tags)
    detail |= {
        "scored": f"{feedback.overall} ({feedback.low} to {feedback.high})",
        "off by half or more": "; ".join(
            f"{name} {score_of(feedback, name):g} for {rated.mean.numbers[name]:.3g}"
            for name, far in off.items()
            if abs(far) >= 0.5 and name != "overall"
        ),
        "other tags": "; ".join(f"[{place}] {said} for {true}" for place, true, said in tags if said != true),
    }
    return Case(id=rated.id, cluster=rated.cluster, scores=scores, detail=detail)


def _same_twice(judged: Sequence[tuple[Rated, Judged]]) -> Iterator[Row]:
    asked_again = [(rated, one) for rated, one in judged if one.same_again is not None]
    if asked_again:
        values = [float(bool(one.same_again)) for _, one in asked_again]
        same = bootstrap_mean(values, [rated.cluster for rated, _ in asked_again])
        yield Row(
            metric="same twice",
            system="coach",
            subset="all",
            value=same.value,
            low=same.low,
            high=same.high,
            n=same.n,
        )


def _unscored(judged: Sequence[tuple[Rated, Judged]]) -> dict[str, int]:
    """Answers that were not graded and sentences that the coach has none for, by the reason."""
    reasons: Counter[str] = Counter()
    for rated, one in judged:
        if one.feedback is None:
            reasons["answers: refused"] += 1
        elif not one.feedback.graded:
            reasons[f"answers: {one.why_not}"] += 1
        elif lost := matched(rated, one.feedback.sentences).count(None):
            reasons["sentences: the coach has none there"] += lost
    return dict(reasons)
