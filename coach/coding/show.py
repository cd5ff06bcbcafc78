"""An attempt and what is to be said of it as Markdown, for the terminal and for an export."""

import re
from collections.abc import Iterator

from coach.coding.attempt import Aspect, Attempt, CodeJudgment, Remark
from coach.coding.results import CaseResult, Outcome, RunResult

_MARKUP = re.compile(r"[\\`*_\[\]<>&|~#]")
_TITLES: dict[Aspect, str] = {
    "result": "Result",
    "approach": "Approach",
    "complexity": "Complexity",
    "tests": "Tests",
    "style": "Style",
    "explanation": "Explanation",
}
_TONES = {"good": "+", "bad": "−", "note": "·"}
_OUTCOMES: dict[Outcome, str] = {
    "passed": "passed",
    "wrong": "wrong",
    "raised": "raised",
    "timed_out": "timed out",
    "out_of_memory": "out of memory",
    "no_such_function": "no such function",
    "failed": "failed",
}


def attempt_markdown(attempt: Attempt, judgment: CodeJudgment | None = None) -> str:
    """Return code, explanation, results and judgment. Nothing that the candidate wrote is taken for markup."""
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall(r"`+", attempt.code)), 3)
    lines = ["### Code", "", f"{fence}python", *attempt.code.rstrip().splitlines(), fence]
    if attempt.explanation.strip():
        lines += [
            "",
            "### Explanation",
            "",
            *(f"> {_plain(line)}".rstrip() for line in attempt.explanation.splitlines()),
        ]
    if attempt.result is not None:
        lines += ["", "### Cases", "", *_result(attempt.result)]
    if judgment is not None:
        lines += ["", judgment_markdown(judgment).rstrip()]
    return "\n".join(lines) + "\n"


def result_markdown(result: RunResult) -> str:
    """Return what came of each case."""
    return "\n".join(_result(result)) + "\n"


def judgment_markdown(judgment: CodeJudgment) -> str:
    """Return the remarks by aspect, and what a bar raiser would ask next."""
    lines: list[str] = []
    for aspect, title in _TITLES.items():
        if remarks := judgment.about(aspect):
            lines += [
                "",
                f"#### {title}",
                "",
                *(f"- {_TONES[r.tone]} {_plain(r.text)}{_where(r)}" for r in remarks),
            ]
    if judgment.next_questions:
        lines += ["", "#### What a bar raiser would ask next", ""]
        lines += [f"{n}. {_plain(one.question)}" for n, one in enumerate(judgment.next_questions, start=1)]
    return "\n".join(lines).lstrip("\n") + "\n"


def _result(result: RunResult) -> Iterator[str]:
    stopped = " before the run was stopped" if result.stopped else ""
    yield f"{result.passed} of {len(result.cases)} cases passed{stopped}."
    yield ""
    for case in result.cases:
        yield from _case(case)


def _case(case: CaseResult) -> Iterator[str]:
    hidden = f" (hidden, {case.hint})" if case.hidden else ""
    yield f"{case.number}. {_OUTCOMES[case.outcome]}{hidden}"
    if case.hidden or case.passed:
        return
    for name, text in (("input", case.input), ("expected", case.expected), ("got", case.got)):
        if text is not None:
            yield f"   - {name}: {_plain(text)}"
    if case.message:
        yield f"   - {_plain(case.message)}{f', line {case.line} of your code' if case.line else ''}"
    if case.printed.strip():
        yield f"   - printed: {_plain(case.printed)}"


def _where(remark: Remark) -> str:
    parts = [
        f"{name}{'s' * (len(numbers) > 1)} {', '.join(map(str, numbers))}"
        for name, numbers in (
            ("line", remark.lines),
            ("sentence", [index + 1 for index in remark.sentences]),
            ("case", remark.cases),
        )
        if numbers
    ]
    return f" ({'; '.join(parts)})" if parts else ""


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", " ".join(text.split()))
