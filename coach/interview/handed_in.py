"""What a candidate hands in at a coding round, as the one text that an answer is: code, cases, explanation."""

import re
from dataclasses import dataclass

_FENCED = re.compile(
    r"\A(?P<fence>`{3,})python\n(?P<code>.*?)\n?(?P=fence)(?:\n+Cases passed: (?P<passed>\d+) of (?P<cases>\d+)\.)?"
    r"(?:\n+(?P<explanation>.*))?\Z",
    re.DOTALL,
)


@dataclass(frozen=True)
class HandedIn:
    """Code and what was said about it; `passed` of `cases` is None where the code was not run."""

    code: str
    explanation: str = ""
    passed: int | None = None
    cases: int | None = None

    @property
    def text(self) -> str:
        """The answer to store; `handed_in` reads it back."""
        fence = "`" * max(3, *(len(run) + 1 for run in re.findall(r"`+", self.code)), 3)
        parts = [f"{fence}python\n{self.code.rstrip()}\n{fence}"]
        if self.passed is not None:
            parts.append(f"Cases passed: {self.passed} of {self.cases}.")
        return "\n\n".join([*parts, *filter(None, [self.explanation.strip()])])


def handed_in(answer: str) -> HandedIn | None:
    """Return code and explanation of an answer that has code; None: it is words alone."""
    found = _FENCED.match(answer)
    if found is None:
        return None
    passed, cases = found["passed"], found["cases"]
    return HandedIn(
        code=found["code"],
        explanation=found["explanation"] or "",
        passed=int(passed) if passed else None,
        cases=int(cases) if cases else None,
    )


def spoken(answer: str) -> str:
    """Return what is said in an answer, without the code; where nothing is said, the answer as it is."""
    found = handed_in(answer)
    return found.explanation if found and found.explanation.strip() else answer
