"""Has it become worse? A suite's result beside an earlier one's, or one model's beside another's."""

from collections.abc import Iterator

from coach.evals.metrics import Estimate, paired_difference
from coach.evals.result import Change, Row, SuiteResult

BASELINE = "the baseline"


def changes(new: SuiteResult, old: SuiteResult, against: str) -> Iterator[Change]:
    """How each guarded score has changed; `against` says what `old` is.

    Over the cases that both have, paired: it fell when the whole interval of new minus old is below zero. What
    has no score in common cases (a correlation, which is one number of all cases; a baseline stored without
    cases) is compared by its rows: it fell when the new number is below the interval of the old one.
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
            yield _change(new, against, score, "all", difference, paired=True)
        else:
            for row, earlier in _rows_of_both(new, old, score):
                yield _change(new, against, score, row.subset, _difference(row, earlier), paired=False)


def _rows_of_both(new: SuiteResult, old: SuiteResult, score: str) -> Iterator[tuple[Row, Row]]:
    earlier = {row.subset: row for row in old.rows if f"{row.system} {row.metric}" == score}
    for row in new.rows:
        if f"{row.system} {row.metric}" == score and row.subset in earlier:
            yield row, earlier[row.subset]


def _difference(new: Row, old: Row) -> Estimate:
    """The new number minus the old one, whose interval it takes over; without one, any fall is a fall."""
    low = old.value if old.low is None else old.low
    high = old.value if old.high is None else old.high
    return Estimate(new.value - old.value, new.value - high, new.value - low, new.n)


def _change(
    new: SuiteResult, against: str, score: str, subset: str, difference: Estimate, *, paired: bool
) -> Change:
    return Change(
        suite=new.name,
        model=new.model,
        against=against,
        score=score,
        subset=subset,
        value=difference.value,
        low=difference.low,
        high=difference.high,
        n=difference.n,
        paired=paired,
        fell=difference.high < 0,
    )
