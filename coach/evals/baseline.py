"""Has it become worse? A suite's result beside an earlier one's."""

from collections.abc import Iterator

from coach.evals.metrics import Estimate, bootstrap_mean, paired_difference
from coach.evals.result import Change, SuiteResult


def changes(new: SuiteResult, old: SuiteResult) -> Iterator[Change]:
    """How each guarded score has changed.

    Over the cases that both have, paired: it fell when the whole interval of new minus old is below zero.
    Without common cases (a baseline stored without them) it fell when the new mean is below the interval
    of the old one.
    """
    for score in new.guarded:
        before = {case.id: case.scores[score] for case in old.cases if score in case.scores}
        common = [case for case in new.cases if case.id in before and score in case.scores]
        if common:
            difference = paired_difference(
                [case.scores[score] for case in common],
                [before[case.id] for case in common],
                [case.cluster for case in common],
            )
            yield _change(score, difference, paired=True)
        elif (unpaired := _unpaired(new, old, score)) is not None:
            yield _change(score, unpaired, paired=False)


def _unpaired(new: SuiteResult, old: SuiteResult, score: str) -> Estimate | None:
    """The new mean minus the old row's, whose interval it takes over; None when the baseline has no such row."""
    scored = [case for case in new.cases if score in case.scores]
    row = next(
        (row for row in old.rows if f"{row.system} {row.metric}" == score and row.subset == "all"), None
    )
    if row is None or row.low is None or row.high is None or not scored:
        return None
    mean = bootstrap_mean([case.scores[score] for case in scored], [case.cluster for case in scored])
    return Estimate(mean.value - row.value, mean.value - row.high, mean.value - row.low, mean.n)


def _change(score: str, difference: Estimate, *, paired: bool) -> Change:
    return Change(
        score=score,
        value=difference.value,
        low=difference.low,
        high=difference.high,
        n=difference.n,
        paired=paired,
        fell=difference.high < 0,
    )
