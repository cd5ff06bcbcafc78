"""What a run measured, and with what: the form that is kept as JSON for the next comparison."""

from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError

from coach.errors import UsageError
from coach.evals.provenance import Provenance
from coach.evals.result import Change, SuiteResult


class Report(BaseModel):
    """One run of some suites with some models; the results of a suite stand together.

    `changes` are against the baseline, if one was given; `between` are each model against the first.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    made_with: Provenance
    suites: tuple[SuiteResult, ...]
    changes: tuple[Change, ...] = ()
    between: tuple[Change, ...] = ()

    @property
    def fell(self) -> bool:
        """Whether a guarded score fell below the baseline."""
        return any(change.fell for change in self.changes)

    @property
    def by_suite(self) -> dict[str, list[SuiteResult]]:
        """The results of each suite, one for each model."""
        names = dict.fromkeys(result.name for result in self.suites)
        return {name: [result for result in self.suites if result.name == name] for name in names}

    def baseline_of(self, suite: str) -> Self:
        """What a later run needs to be compared with a suite of this one: small enough to commit."""
        small = [
            result.model_copy(
                update={
                    "plots": (),
                    "cases": tuple(
                        case.model_copy(
                            update={
                                "detail": {},
                                "scores": {s: v for s, v in case.scores.items() if s in result.guarded},
                            }
                        )
                        for case in result.cases
                    ),
                }
            )
            for result in self.by_suite[suite]
        ]
        return self.model_copy(update={"suites": tuple(small), "changes": (), "between": ()})


def load_report(path: Path) -> Report:
    """Read a report that a run wrote.

    Raises:
        UsageError: it isn't there, or isn't one.
    """
    try:
        return Report.model_validate_json(path.read_bytes())
    except OSError as error:
        raise UsageError(
            f"The baseline {path} can't be read: {error.strerror}. Make one with --out."
        ) from None
    except ValidationError:
        raise UsageError(f"{path} is not a report of `coach eval`: make one with --out.") from None
