"""The numbers of the technical suite: agreement on verdicts and grades, and what length and padding do to scores.

Systems: "coach"; "word count", what the length alone would have given; "people", who graded.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from coach.evals.agreement import Numbers, Values, f1_of, interval, kappa, qwk, resampled, spearman
from coach.evals.by_length import scores_by_length
from coach.evals.metrics import Estimate, bootstrap_mean
from coach.evals.result import Row
from coach.evals.technical_cases import RANKS, Found, Judged, TechnicalCase, Wording
from coach.feedback.feedback import Feedback

OWN, PUBLIC = "own", "graded exam answers"
Some = Sequence[tuple[TechnicalCase, Judged]]
_ORDER = {"miss": 0, "wrong": 0, "partial": 1, "hit": 2}


def verdict_rows(own: Some) -> Iterator[Row]:
    """How far the verdicts agree with a reader's, and whether mistakes are corrected with a passage."""
    pairs = [
        (case.id, wanted, point.verdict)
        for case, one in own
        for wanted, point in zip(case.verdicts, one.feedback.key_points, strict=True)
    ]
    clusters = [name for name, _, _ in pairs]
    wanted, said = (np.array([_ORDER[pair[place]] for pair in pairs]) / 2 for place in (1, 2))
    wrong, called = (np.array([pair[place] == "wrong" for pair in pairs]).astype(int) for place in (1, 2))
    exact = [float(one == other) for _, one, other in pairs]
    yield from _row("verdict kappa", "coach", OWN, interval(qwk, said, wanted, clusters))
    yield from _row("verdict agreement", "coach", OWN, bootstrap_mean(exact, clusters))
    yield from _row("wrong F1", "coach", OWN, interval(f1_of, called, wrong, clusters))
    yield from _row("wrong kappa", "coach", OWN, interval(kappa, called, wrong, clusters))
    corrected = [float(_is_corrected(one.feedback)) for _, one in own if _calls_wrong(one.feedback)]
    if corrected:
        yield from _row(
            "mistake corrected and cited",
            "coach",
            OWN,
            bootstrap_mean(corrected, list(map(str, range(len(corrected))))),
        )


def _calls_wrong(feedback: Feedback) -> bool:
    return any(point.verdict == "wrong" for point in feedback.key_points)


def _is_corrected(feedback: Feedback) -> bool:
    """Whether the first gap says what is right and names the section of a passage that is cited."""
    right = [point.right.rstrip(".") for point in feedback.key_points if point.right]
    text = feedback.gaps[0].text
    return any(one in text for one in right) and any(
        f"“{one.heading.split(' > ')[-1]}” in {one.source}" in text for one in feedback.citations
    )


def level_rows(own: Some) -> Iterator[Row]:
    """How well the score ranks our answers, with what their length alone would give."""
    ranks = np.array([RANKS[case.level] for case, _ in own if case.level])
    clusters = [case.cluster for case, _ in own]
    words = np.array([case.words for case, _ in own], dtype=float)
    yield from _row("level rho", "coach", OWN, interval(spearman, _overall(own), ranks, clusters))
    yield from _row("level rho", "word count", OWN, interval(spearman, words, ranks, clusters))


def grade_rows(others: Some) -> Iterator[Row]:
    """How far the scores agree with people's grades, and whether they follow the length beyond the grade."""
    scores, grades = _overall(others), np.array([case.grade for case, _ in others], dtype=float)
    words = np.array([case.words for case, _ in others], dtype=float)
    clusters = [case.cluster for case, _ in others]
    guessed = scores_by_length([case.words for case, _ in others], grades, clusters)
    inside = [
        float((one.feedback.low or 0) <= (case.grade or 0) <= (one.feedback.high or 0))
        for case, one in others
    ]
    yield from _row("rho", "coach", PUBLIC, interval(spearman, scores, grades, clusters))
    yield from _row("rho", "word count", PUBLIC, interval(spearman, words, grades, clusters))
    yield from _row("qwk", "coach", PUBLIC, interval(qwk, in_grades(scores), in_grades(grades), clusters))
    yield from _row(
        "qwk", "word count", PUBLIC, interval(qwk, _best_cuts(guessed, grades), in_grades(grades), clusters)
    )
    yield from _row("bias", "coach", PUBLIC, bootstrap_mean(list(scores - grades), clusters))
    yield from _row("80% interval covers", "coach", PUBLIC, bootstrap_mean(inside, clusters))
    yield from _row(
        "length lift: rho with words at equal grade", "coach", PUBLIC, _lift(scores, words, grades, clusters)
    )
    yield from _row(
        "length left: rho with words at equal score",
        "people",
        PUBLIC,
        _lift(grades, words, np.round(scores * 2), clusters),
    )


def in_grades(scores: Numbers) -> Numbers:
    """The nearest of the three grades (1, 3, 5) to each score, as half its number, for a kappa on half points."""
    return np.digitize(scores, [2.0, 4.0]) / 2


def _best_cuts(guessed: Numbers, grades: Numbers) -> Numbers:
    """The word count's grades, cut so that each grade is as frequent as it truly is."""
    cuts = [float(np.quantile(guessed, (grades <= grade).mean())) for grade in (1, 3)]
    return np.digitize(guessed, cuts) / 2


def _lift(one: Numbers, words: Numbers, held: Numbers, clusters: Sequence[str]) -> Estimate | None:
    """The rank correlation of two numbers among rows that are equal in a third: -1 to 1."""

    def within(counts: Values) -> Values:
        ranked = [
            (np.searchsorted(np.sort(values), values) + np.searchsorted(np.sort(values), values, "right")) / 2
            for values in (one, words)
        ]
        for place in np.unique(held):
            mine = held == place
            for values in ranked:
                values[mine] -= values[mine].mean()
        return spearman(ranked[0], ranked[1], counts)

    return resampled(within, clusters)


def changed_rows(subset: str, some: Some) -> Iterator[Row]:
    """By how much the overall score rises when nothing is added to the answer."""
    for name in ("padded", "repeated"):
        lifts = [
            (case.cluster, getattr(one, name) - one.feedback.overall)
            for case, one in some
            if getattr(one, name) is not None and one.feedback.overall is not None
        ]
        if lifts:
            mean = bootstrap_mean([lift for _, lift in lifts], [cluster for cluster, _ in lifts])
            yield from _row(f"lift when {name}", "coach", subset, mean)


def echo_row(echoed: Some) -> Iterator[Row]:
    """How often an answer that only repeats its question makes a point."""
    hits = [float(any(p.verdict == "hit" for p in one.feedback.key_points)) for _, one in echoed]
    if hits:
        yield from _row(
            "a hit for the question repeated", "coach", OWN, bootstrap_mean(hits, [c.id for c, _ in echoed])
        )


def found_row(found: Sequence[tuple[Wording, Found]]) -> Iterator[Row]:
    """How often the question that is meant is found, or none where the bank has none."""
    if found:
        right = [float(wording.means == one.id) for wording, one in found]
        yield from _row(
            "question found", "coach", OWN, bootstrap_mean(right, [wording.id for wording, _ in found])
        )


def _overall(some: Some) -> Numbers:
    return np.array([one.feedback.overall for _, one in some], dtype=float)


def _row(metric: str, system: str, subset: str, found: Estimate | None) -> Iterator[Row]:
    if found is not None:
        yield Row(
            metric=metric,
            system=system,
            subset=subset,
            value=found.value,
            low=found.low,
            high=found.high,
            n=found.n,
        )
