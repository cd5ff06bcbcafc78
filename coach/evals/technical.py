"""The technical suite: are key points judged as a reader would, and scores given as people who graded would?"""

from collections import Counter
from collections.abc import Iterator, Sequence

from coach.evals.graded import FILE, load_graded
from coach.evals.result import Case, Context, Plot, Point, Series, SuiteResult
from coach.evals.technical_cases import Found, Judged, TechnicalCase, Wording, load_technical, load_wordings
from coach.evals.technical_rows import (
    OWN,
    PUBLIC,
    Some,
    changed_rows,
    echo_row,
    found_row,
    grade_rows,
    level_rows,
    verdict_rows,
)

FITTED = "our own answers: yes; of the graded ones those that the weights were not fitted on"
# True, and no answer to any question here: what a candidate might say to fill the time.
PADDING = (
    "Good documentation saves a team a lot of time later on. A p-value says how surprising the data would be if there "
    "were no effect. Feature stores keep the values for training and serving consistent. In a large company it helps "
    "to write down decisions. An A/B test compares two variants on users who are assigned at random."
)
_CHANGED_EACH = 4  # every so many-th answer of others is also judged padded and repeated
_SHOWN = 600  # characters of an answer as evidence


def technical(context: Context) -> SuiteResult:
    """Judge our own answers, and where there is public data those that people graded.

    Raises:
        UsageError: the public file is not of its form.
    """
    coach = context.coach()
    cases = load_technical(coach.bank)
    if context.public is not None and (context.public / FILE).is_file():
        cases += [
            TechnicalCase(one.id, one.student, one.asked, one.answer, grade=one.as_score)
            for one in load_graded(context.public / FILE, coach.finder)
        ]
    changed = {
        case.id for place, case in enumerate(cases) if case.grade is None or place % _CHANGED_EACH == 0
    }

    def judge(case: TechnicalCase) -> Judged:
        if case.id not in changed:
            return Judged(feedback=coach.assess(case.asked, case.answer))
        padded, repeated = (f"{case.answer}\n\n{more}" for more in (PADDING, case.answer))
        return Judged(
            feedback=coach.assess(case.asked, case.answer),
            padded=coach.assess(case.asked, padded).overall,
            repeated=coach.assess(case.asked, repeated).overall,
        )

    def find(wording: Wording) -> Found:
        known = coach.finder.find(wording.question, wording.kind)
        return Found(id=known.id if known else None)

    def echo(case: TechnicalCase) -> Judged:
        said = (
            f"That is a good question. {case.asked.question} So the question is this: {case.asked.question}"
        )
        return Judged(feedback=coach.assess(case.asked, said))

    return evaluate(
        context.model,
        context.journal.each("judging", cases, judge, Judged),
        context.journal.each(
            "repeating the question", [case for case in cases if case.grade is None], echo, Judged
        ),
        context.journal.each("finding questions", load_wordings(), find, Found),
    )


def evaluate(
    model: str,
    judged: Sequence[tuple[TechnicalCase, Judged]],
    echoed: Sequence[tuple[TechnicalCase, Judged]],
    found: Sequence[tuple[Wording, Found]],
) -> SuiteResult:
    """Compare what was said with verdicts, levels and grades."""
    graded = [(case, one) for case, one in judged if one.feedback.graded]
    own = [(case, one) for case, one in graded if case.grade is None]
    others = [(case, one) for case, one in graded if case.grade is not None]
    rows = [
        *verdict_rows(own),
        *level_rows(own),
        *changed_rows(OWN, own),
        *echo_row(echoed),
        *found_row(found),
    ]
    if others:
        rows += [*grade_rows(others), *changed_rows(PUBLIC, others)]
    cases = [_case(case, one) for case, one in judged] + [_lookup(wording, one) for wording, one in found]
    unscored = Counter(f"answers: {one.feedback.why_not}" for _, one in judged if not one.feedback.graded)
    return SuiteResult(
        name="technical",
        model=model,
        facts={
            "held out": FITTED,
            "own answers": len(own),
            "graded answers": len(others),
            "wordings": len(found),
        },
        rows=tuple(rows),
        guarded=(
            "verdicts",
            "question found",
            "unmoved by padding",
            "coach verdict kappa",
            "coach level rho",
        ),
        cases=tuple(sorted(cases, key=lambda case: (min(case.scores.values(), default=1.0), case.id))),
        unscored=dict(unscored),
        plots=tuple(_plots(others)),
    )


def _case(case: TechnicalCase, judged: Judged) -> Case:
    feedback = judged.feedback
    scores: dict[str, float] = {}
    detail: dict[str, str | int | float | None] = {
        "question": case.asked.question,
        "answer": case.answer[:_SHOWN],
        "words": case.words,
        "wanted": case.grade if case.grade is not None else case.level,
        "scored": feedback.overall if feedback.graded else f"not graded: {feedback.why_not}",
    }
    if case.verdicts and feedback.graded:
        pairs = list(zip(case.verdicts, feedback.key_points, strict=True))
        scores["verdicts"] = sum(wanted == point.verdict for wanted, point in pairs) / len(pairs)
        detail["other verdicts"] = "; ".join(
            f"{point.verdict} for {wanted}: {point.point}"
            for wanted, point in pairs
            if wanted != point.verdict
        )
    if case.grade is not None and feedback.overall is not None:
        scores["closeness"] = 1 - abs(feedback.overall - case.grade) / 4
    if feedback.overall is not None and judged.padded is not None and judged.repeated is not None:
        rise = max(judged.padded, judged.repeated) - feedback.overall
        scores["unmoved by padding"] = 1 - max(0.0, rise) / 4
        detail["when padded, repeated"] = f"{judged.padded}, {judged.repeated}"
    return Case(id=case.id, cluster=case.cluster, scores=scores, detail=detail)


def _lookup(wording: Wording, found: Found) -> Case:
    return Case(
        id=wording.id,
        cluster=wording.id,
        scores={"question found": float(wording.means == found.id)},
        detail={"question": wording.question, "wanted": wording.means, "scored": found.id},
    )


def _plots(others: Some) -> Iterator[Plot]:
    if others:
        yield Plot(
            kind="scatter",
            title="Technical answers that people graded",
            x="grade on the coach's scale",
            y="overall score",
            series=(
                Series(
                    name="coach",
                    points=tuple(
                        Point(x=case.grade, y=one.feedback.overall)
                        for case, one in others
                        if case.grade is not None and one.feedback.overall is not None
                    ),
                ),
            ),
            x_range=(1, 5),
            y_range=(1, 5),
        )
