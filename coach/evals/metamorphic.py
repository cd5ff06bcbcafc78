"""The metamorphic suite: answers are changed in known ways, and the assessment must follow, or stay where it was."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from pydantic import BaseModel, ConfigDict

from coach.evals.metamorphic_cases import Line, load_lines, load_strong
from coach.evals.metrics import bootstrap_mean
from coach.evals.rated import Rated
from coach.evals.relations import RELATIONS, Relation, Trial, Verdict
from coach.evals.result import Case, Context, Plot, Point, Row, Series, SuiteResult
from coach.feedback.feedback import Asked, Feedback

Assess = Callable[[Asked, str], Feedback]
_SHOWN = 400


class Outcome(BaseModel):
    """What came of a trial: its verdicts; or, when it could not be judged, none and the reason."""

    model_config = ConfigDict(frozen=True)

    verdicts: tuple[Verdict, ...]
    reason: str = ""


def metamorphic(context: Context) -> SuiteResult:
    """Assess every strong answer before and after each change; a language model has no say in it."""
    return evaluate(context, context.coach().assessor.assess, load_strong(), load_lines())


def evaluate(
    context: Context,
    assess: Assess,
    strong: Sequence[Rated],
    lines: Sequence[Line],
    relations: Sequence[Relation] = RELATIONS,
) -> SuiteResult:
    """Run relations with `assess`, which may raise what assessing raises."""

    @cache
    def assessed(question: str, answer: str) -> Feedback:
        return assess(Asked(question=question), answer)

    judges = {relation.name: relation.judge for relation in relations}

    def judge(trial: Trial) -> Outcome:
        before = assessed(trial.question, trial.before)
        after = assessed(trial.asked_after or trial.question, trial.after)
        for when, feedback in (("before", before), ("after", after)):
            if not feedback.graded:
                return Outcome(verdicts=(), reason=f"not graded {when} ({feedback.why_not})")
        verdicts = tuple(judges[trial.relation](before, after, trial))
        return Outcome(verdicts=verdicts, reason="" if verdicts else "not measured before")

    trials = [trial for relation in relations for trial in relation.trials(strong, lines)]
    judged = context.journal.each("metamorphic", trials, judge, Outcome)
    unscored: dict[str, int] = {}
    for trial, outcome in judged:
        if outcome.reason:
            why = f"{trial.relation}: {outcome.reason}"
            unscored[why] = unscored.get(why, 0) + 1
    cases = [_case(trial, outcome) for trial, outcome in judged]
    rows = [row for relation in relations for row in _rows(relation, judged)]
    return SuiteResult(
        name="metamorphic",
        model=context.model,
        facts={"strong answers": len(strong), "trials": len(trials)},
        rows=tuple(rows),
        guarded=tuple(f"holds {row.metric}" for row in rows if row.system == "holds" and row.subset == "all"),
        cases=tuple(sorted(cases, key=_worst_first)),
        unscored=unscored,
        plots=(_plot(rows),),
    )


def _plot(rows: Sequence[Row]) -> Plot:
    bars = [row for row in rows if row.system == "holds" and row.subset == "all"]
    return Plot(
        kind="bars",
        title="How often what must follow does",
        x="what must follow",
        y="share of the answers",
        series=(
            Series(
                name="holds",
                points=tuple(Point(x=row.metric, y=row.value, low=row.low, high=row.high) for row in bars),
            ),
        ),
        y_range=(0.0, 1.0),
    )


def _case(trial: Trial, outcome: Outcome) -> Case:
    failed = [verdict for verdict in outcome.verdicts if not verdict.holds]
    return Case(
        id=trial.id,
        cluster=trial.source,
        scores={f"holds {trial.relation}: {one.check}": float(one.holds) for one in outcome.verdicts},
        detail={
            "failed": "; ".join(verdict.check for verdict in failed) or None,
            "evidence": "; ".join(one.evidence for one in failed or outcome.verdicts) or outcome.reason,
            "change": round(_largest([one.change for one in failed or outcome.verdicts]), 2),
            "answer": trial.after[:_SHOWN],
        },
    )


def _largest(changes: Sequence[float]) -> float:
    return max(changes, default=0.0, key=lambda change: abs(change))


def _worst_first(case: Case) -> tuple[bool, float, str]:
    change = case.detail["change"]
    return case.detail["failed"] is None, -abs(change) if isinstance(change, float) else 0.0, case.id


def _rows(relation: Relation, judged: Sequence[tuple[Trial, Outcome]]) -> Iterator[Row]:
    """For each check the share that holds, and beside it the mean change; for parts of the trials as well."""
    mine = [(trial, outcome) for trial, outcome in judged if trial.relation == relation.name]
    checks = dict.fromkeys(verdict.check for _, outcome in mine for verdict in outcome.verdicts)
    for subset in dict.fromkeys(("all", *(trial.subset for trial, _ in mine if trial.subset))):
        for check in checks:
            found = [
                (trial.source, verdict)
                for trial, outcome in mine
                if subset in ("all", trial.subset)
                for verdict in outcome.verdicts
                if verdict.check == check
            ]
            if not found:
                continue
            clusters = [source for source, _ in found]
            for system, values in (
                ("holds", [float(verdict.holds) for _, verdict in found]),
                ("mean change", [verdict.change for _, verdict in found]),
            ):
                mean = bootstrap_mean(values, clusters)
                yield Row(
                    metric=f"{relation.name}: {check}",
                    system=system,
                    subset=subset,
                    value=mean.value,
                    low=mean.low,
                    high=mean.high,
                    n=mean.n,
                )
