"""The latency suite: how long a candidate waits, beside a bare embedding of question and answer on the same machine."""

import statistics
import time
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from coach.coach import Coach
from coach.evals.rated import Rated, load_rated
from coach.evals.result import Case, Context, Plot, Row, Series, SuiteResult
from coach.feedback.feedback import Asked
from coach.models.connect import connect
from coach.models.openai_chat import Usage

WORDS = (150, 250)  # answers of about 200 words
_ASSESSED, _ADVISED = 24, 3


class Times(BaseModel):
    """Milliseconds for one answer; None for what didn't happen. `read` and `cached` are tokens of prompts."""

    model_config = ConfigDict(frozen=True)

    embedding: float
    assessment: float
    first_word: float | None = None
    all: float | None = None
    read: int = 0
    cached: int = 0


def latency(context: Context) -> SuiteResult:
    """Measure with everything warm; with a language model fewer answers, each of which takes it seconds."""
    coach = context.coach()
    answers = [one for one in load_rated(None) if WORDS[0] <= len(one.answer.split()) <= WORDS[1]]
    answers = answers[: _ASSESSED if coach.model is None else _ADVISED]
    coach.assessor.warm_up()
    coach.assess(Asked(question=answers[0].question), answers[0].answer)
    if coach.model is None:
        judged = context.journal.each("timing", answers, lambda one: _timed(coach, one), Times)
    else:
        judged = _with_usage(context, coach, answers)
    return _result(context, [(rated.id, times) for rated, times in judged])


def _with_usage(context: Context, coach: Coach, answers: Sequence[Rated]) -> list[tuple[Rated, Times]]:
    """The same coach, but with a model whose server's counts are heard; it is stopped afterwards."""
    heard: list[Usage] = []
    model = connect(context.model, context.settings, heard.append)
    own, coach.model = coach.model, model
    try:
        list(coach.feedback(Asked(question=answers[-1].question), answers[-1].answer))

        def judge(rated: Rated) -> Times:
            heard.clear()
            times = _timed(coach, rated)
            counted = {"read": sum(one.prompt for one in heard), "cached": sum(one.cached for one in heard)}
            return times.model_copy(update=counted)

        return context.journal.each("timing", answers, judge, Times)
    finally:
        coach.model = own
        if model is not None:
            model.close()


def _timed(coach: Coach, rated: Rated) -> Times:
    begun = time.perf_counter()
    coach.assessor.embedder.embed([rated.question, rated.answer])
    embedding = _since(begun)
    begun = time.perf_counter()
    assessed = coach.assess(Asked(question=rated.question), rated.answer)
    assessment = _since(begun)
    if coach.model is None:
        return Times(embedding=embedding, assessment=assessment)
    first = None
    begun = time.perf_counter()
    for shown in coach.advise(Asked(question=rated.question), assessed):
        if first is None and shown.model:
            first = assessment + _since(begun)
    return Times(embedding=embedding, assessment=assessment, first_word=first, all=assessment + _since(begun))


def _since(begun: float) -> float:
    return 1000 * (time.perf_counter() - begun)


def _result(context: Context, judged: Sequence[tuple[str, Times]]) -> SuiteResult:
    measured = {
        "bare embedding": [times.embedding for _, times in judged],
        "assessment": [times.assessment for _, times in judged],
        "first word of the model": [times.first_word for _, times in judged if times.first_word is not None],
        "all of the feedback": [times.all for _, times in judged if times.all is not None],
    }
    rows = []
    for name, values in measured.items():
        if not values:
            continue
        rows += [_row(f"{name}, median ms", statistics.median(values), len(values))]
        rows += [_row(f"{name}, slowest ms", max(values), len(values))]
        if name != "bare embedding":
            ratio = statistics.median(values) / statistics.median(measured["bare embedding"])
            rows.append(_row(f"{name}, times a bare embedding", ratio, len(values)))
    read = sum(times.read for _, times in judged)
    if read:
        share = sum(times.cached for _, times in judged) / read
        rows.append(_row("share of the prompts that the server had read", share, len(judged)))
    unscored = {} if read or context.model == "none" else {"the server reports no cached tokens": len(judged)}
    return SuiteResult(
        name="latency",
        model=context.model,
        facts={"answers": len(judged), "words": f"{WORDS[0]} to {WORDS[1]}"},
        rows=tuple(rows),
        guarded=(),  # times differ from machine to machine
        cases=tuple(_case(name, times) for name, times in sorted(judged, key=lambda one: -one[1].assessment)),
        unscored=unscored,
        plots=(_plot(measured),),
    )


def _row(metric: str, value: float, n: int) -> Row:
    return Row(metric=metric, system="coach", subset="all", value=round(value, 3), n=n)


def _case(name: str, times: Times) -> Case:
    detail = {key: None if value is None else round(value) for key, value in times.model_dump().items()}
    return Case(id=name, cluster=name, scores={}, detail=detail)


def _plot(measured: dict[str, list[float]]) -> Plot:
    return Plot(
        kind="histogram",
        title="How long it takes",
        x="milliseconds",
        y="answers",
        series=tuple(Series(name=name, values=tuple(values)) for name, values in measured.items() if values),
    )
