"""What a run of a candidate's code is limited to, and what came of it. Plain data that goes through JSON."""

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

Outcome = Literal[
    "passed",
    "wrong",
    "raised",
    "timed_out",
    "out_of_memory",
    "no_such_function",
    "failed",  # all that is said of a hidden case that did not pass
]
Sort = Literal["empty", "single", "large", "zero", "ties", "negative", "ordinary"]

SORT_WORDS: dict[Sort, str] = {
    "empty": "an empty input",
    "single": "an input of one item",
    "large": "large numbers or a long input",
    "zero": "a zero among the arguments",
    "ties": "repeated or tied values",
    "negative": "negative numbers",
    "ordinary": "an ordinary input",
}


@dataclass(frozen=True)
class Limits:
    """What one run may use. Seconds and memory are for one case, `total_seconds` for all of them.

    The clock of the wall is generous, since other programs may have the processor; `cpu_seconds` (whole seconds)
    is what stops a loop without end. `memory_mb` is the address space with Python in it. The rest are characters.
    """

    cpu_seconds: int = 2
    wall_seconds: float = 8.0
    total_seconds: float = 24.0
    memory_mb: int = 512
    code: int = 50_000
    printed: int = 4_000
    shown: int = 300


LIMITS = Limits()


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CaseResult(_Part):
    """What came of one case. A hidden one is `passed` or `failed` and has nothing else but the sort of its input.

    `number` counts from 1, the visible cases first. `message` and `line` (from 1, in the candidate's code) belong to
    an exception; `input`, `expected` and `got` are Python literals, cut to a readable length.
    """

    number: int
    hidden: bool
    outcome: Outcome
    sort: Sort = "ordinary"
    input: str | None = None
    expected: str | None = None
    got: str | None = None
    message: str | None = None
    line: int | None = None
    printed: str = ""

    @property
    def passed(self) -> bool:
        """Whether the code returned what was expected."""
        return self.outcome == "passed"

    @property
    def hint(self) -> str:
        """The sort of the input in words."""
        return SORT_WORDS[self.sort]


class RunResult(_Part):
    """All cases in order; fewer than the task has where the run was stopped."""

    cases: tuple[CaseResult, ...]
    stopped: bool = False

    @property
    def visible(self) -> tuple[CaseResult, ...]:
        """The cases that the candidate can see."""
        return tuple(case for case in self.cases if not case.hidden)

    @property
    def hidden(self) -> tuple[CaseResult, ...]:
        """The cases that the candidate can't see."""
        return tuple(case for case in self.cases if case.hidden)

    @property
    def passed(self) -> int:
        """How many cases passed."""
        return sum(case.passed for case in self.cases)

    @property
    def solved(self) -> bool:
        """Whether every case was run and passed."""
        return bool(self.cases) and not self.stopped and self.passed == len(self.cases)
