"""Coding rounds as HTML: the visible examples, what came of a run, and what is said of an attempt."""

from collections.abc import Iterable, Sequence
from html import escape

from coach.coding.attempt import Aspect, CodeJudgment, Remark
from coach.coding.results import CaseResult, Outcome, RunResult
from coach.interview.handed_in import HandedIn
from coach.interview.questions import CodingQuestion

_OUTCOMES: dict[Outcome, tuple[str, str]] = {
    "passed": ("✓", "passed"),
    "wrong": ("✕", "another result"),
    "raised": ("✕", "exception"),
    "timed_out": ("✕", "out of time"),
    "out_of_memory": ("✕", "out of memory"),
    "no_such_function": ("✕", "no such function"),
    "failed": ("✕", "failed"),
}
_ASPECTS: dict[Aspect, str] = {
    "result": "Result",
    "approach": "Approach",
    "complexity": "Complexity",
    "tests": "Tests",
    "style": "Style",
    "explanation": "Explanation",
}
_TONES = {"good": "✓", "bad": "✕", "note": "·"}


def stub(question: CodingQuestion) -> str:
    """Return what the editor holds at first: the signature, ready to be filled."""
    signature = question.task.partition("\n")[0].rstrip().rstrip(":")
    return f"{signature}:\n    pass"


def written(code: str, question: CodingQuestion) -> bool:
    """Return whether there is more in the editor than it held at first."""
    return "".join(code.split()) not in ("", "".join(stub(question).split()))


def examples(question: CodingQuestion) -> str:
    """Return the cases that may be seen, as calls and what they give."""
    rows = "".join(
        f"<tr><td>{number}</td><td><code>{escape(question.function + _call(one.input))}</code></td>"
        f"<td><code>{escape(one.output)}</code></td></tr>"
        for number, one in enumerate(question.examples, start=1)
    )
    return _table("Examples", ("", "Call", "Returns"), rows)


def running(done: int, of: int) -> str:
    """Return how far a run is."""
    dots = '<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>'
    return f'<p class="progress" role="status">Running case {min(done + 1, of)} of {of}{dots}</p>'


def ran(result: RunResult, function: str) -> str:
    """Return what came of each visible case, and how many of the hidden ones passed."""
    stopped = " The run was stopped before its end." if result.stopped else ""
    said = f"{result.passed} of {len(result.cases)} cases passed.{stopped}"
    rows = "".join(_case(one, function) for one in result.visible)
    hidden = result.hidden
    more = (
        f"<p>{sum(one.passed for one in hidden)} of {len(hidden)} hidden cases passed.</p>" if hidden else ""
    )
    table = _table("What your code returned", ("", "Call", "Expected", "Returned"), rows) if rows else ""
    kind = "good" if result.passed == len(result.cases) and not result.stopped else "bad"
    return f'<div class="ran"><p class="sum {kind}" role="status">{escape(said)}</p>{table}{more}</div>'


def handed(one: HandedIn) -> str:
    """Return code and explanation as they were handed in, the lines numbered."""
    lines = "".join(f"<li><code>{escape(line) or ' '}</code></li>" for line in one.code.rstrip().split("\n"))
    cases = f"<p>{one.passed} of {one.cases} cases passed.</p>" if one.passed is not None else ""
    said = f'<p class="said plain">{escape(one.explanation)}</p>' if one.explanation.strip() else ""
    code = f'<ol class="code" tabindex="0">{lines}</ol>'
    return f'<section class="handed"><h3>Your code</h3>{code}{cases}{said}</section>'


def judged(judgment: CodeJudgment) -> str:
    """Return what is said of the code, by aspect, each statement with its lines."""
    parts = [_aspect(aspect, judgment.about(aspect)) for aspect in _ASPECTS]
    asked = "".join(f"<li>{escape(one.question)}</li>" for one in judgment.next_questions)
    ahead = (
        f'<section class="advice next"><h3>They would probably ask next</h3><ol>{asked}</ol></section>'
        if asked
        else ""
    )
    return f'<section class="judged"><h3>About your code</h3>{"".join(parts)}</section>{ahead}'


def _aspect(aspect: Aspect, remarks: Sequence[Remark]) -> str:
    if not remarks:
        return ""
    items = "".join(
        f'<li class="r-{one.tone}"><span class="mark" aria-hidden="true">{_TONES[one.tone]}</span>'
        f"<span>{escape(one.text)}{_where(one)}</span></li>"
        for one in remarks
    )
    return f"<div><h4>{_ASPECTS[aspect]}</h4><ul>{items}</ul></div>"


def _where(one: Remark) -> str:
    if not one.lines:
        return ""
    numbers = ", ".join(map(str, one.lines))
    return f" <small>line{'s' * (len(one.lines) > 1)} {numbers}</small>"


def _case(one: CaseResult, function: str) -> str:
    sign, word = _OUTCOMES[one.outcome]
    got = f"<code>{escape(one.got)}</code>" if one.got is not None else escape(word)
    if one.message:
        line = f", line {one.line}" if one.line else ""
        got = f"{escape(one.message)}{line}"
    printed = (
        f'<p class="printed">printed: <code>{escape(one.printed)}</code></p>' if one.printed.strip() else ""
    )
    kind = "yes" if one.passed else "no"
    return (
        f'<tr class="{kind}"><td><span class="mark" aria-hidden="true">{sign}</span><span class="sr">{word}</span></td>'
        f"<td><code>{escape(function + _call(one.input or '()'))}</code></td>"
        f"<td><code>{escape(one.expected or '')}</code></td><td>{got}{printed}</td></tr>"
    )


def _table(caption: str, heads: Iterable[str], rows: str) -> str:
    top = "".join(f'<th scope="col">{head or "<span class=sr>Case</span>"}</th>' for head in heads)
    return (
        f'<div class="cases" tabindex="0" role="region" aria-label="{caption}"><table><caption>{caption}</caption>'
        f"<thead><tr>{top}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _call(arguments: str) -> str:
    """A tuple of arguments as a call has it: "(1,)" is "(1)" there."""
    return arguments[:-2] + ")" if arguments.endswith(",)") else arguments
