"""Judge an attempt at a coding task: beside the result approach, complexity, tests, style and explanation.

All of it is read off the code, the run and the sentences; each statement says where. The key points of the question are
judged in the explanation alone, by the same means as every technical answer.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol

from coach.coding.attempt import Attempt, CodeJudgment, NextQuestion, Remark
from coach.coding.claims import claims_of_time
from coach.coding.grown import Growth
from coach.coding.growth import estimate
from coach.coding.reading import Reading, read_code
from coach.coding.results import SORT_WORDS, CaseResult, RunResult, Sort
from coach.feedback.feedback import Asked, Feedback
from coach.feedback.sentences import Sentence, split_sentences
from coach.interview.asking import asked_from
from coach.interview.questions import CodingQuestion

_MOST_NAMES = 3
_SAID = {
    "wrong": "Case {number} returns something else than was expected{value}.",
    "raised": "Case {number} ends in an exception: {message}.",
    "timed_out": "Case {number} does not come to an end in time.",
    "out_of_memory": "Case {number} uses more memory than there is.",
    "no_such_function": "There is no function of the name that the task asks for.",
}
_TRY: dict[Sort, str] = {
    "empty": "What does your code do with an empty input? Go through it line by line.",
    "single": "Take an input of one item. What does each variable hold when your code returns?",
    "large": "What happens with very large numbers, or a very long input? Where does it break first?",
    "zero": "Suppose one of the arguments is zero. What should come out, and what does your code do?",
    "ties": "Which rule decides between equal values, and which line of yours holds to it?",
    "negative": "Your code assumes something about the sign of the numbers. What if they are negative?",
    "ordinary": "Make up an input that would break your code, and go through it line by line with me.",
}


class ExplanationJudge(Protocol):
    """What judges the explanation; the Coach does."""

    def assess(self, asked: Asked, answer: str) -> Feedback:
        """Judge an answer without a language model."""


def judge(
    question: CodingQuestion, attempt: Attempt, explains: ExplanationJudge | None = None
) -> CodeJudgment:
    """Return what is to be said of an attempt.

    Args:
        question: the task.
        attempt: what was handed in; without a result nothing is said of one.
        explains: judges the explanation by the question's key points; None leaves that out.

    Raises:
        AnswerRefused: the explanation is longer than the coach reads.
        ModelMissing: the embedder's files are not on this machine.
    """
    reading = read_code(attempt.code, question.function)
    signature = question.task.partition("\n")[0]
    growth = estimate(reading.tree, question.function, signature) if reading else None
    reference = read_code(question.solution, question.function)
    needed = None
    # What numpy does in one call and plain Python in a loop can't be read the same way.
    if reading and reference and _uses_numpy(reading) == _uses_numpy(reference):
        needed = estimate(reference.tree, question.function, signature)
    sentences = split_sentences(attempt.explanation)
    explained = None
    if explains is not None and attempt.explanation.strip():
        asked = asked_from(question, Asked(question=question.question, kind="coding"))
        explained = explains.assess(asked, attempt.explanation)
    remarks = [
        *(_of_result(attempt.result) if attempt.result else ()),
        *_of_code(reading, growth, needed, sentences),
        *_of_explanation(attempt, sentences, explained),
    ]
    return CodeJudgment(
        remarks=tuple(remarks),
        growth=growth,
        key_points=explained.key_points if explained else (),
        explained=explained,
        next_questions=tuple(_next(question, attempt.result, reading, growth, needed, sentences)),
    )


def _uses_numpy(reading: Reading) -> bool:
    return any("numpy" in fact.text for fact in reading.approach)


def _of_result(result: RunResult) -> Iterator[Remark]:
    if result.solved:
        numbers = tuple(case.number for case in result.cases)
        yield Remark(aspect="result", tone="good", text=f"All {len(numbers)} cases pass.", cases=numbers)
        return
    shown = [case for case in result.visible if not case.passed]
    same = {(case.outcome, case.message, case.line): case for case in reversed(shown)}
    for case in sorted(same.values(), key=lambda one: one.number):
        value = f": {case.got} and not {case.expected}" if case.got else ""
        text = _SAID[case.outcome].format(number=case.number, value=value, message=case.message)
        lines = (case.line,) if case.line else ()
        yield Remark(aspect="result", tone="bad", text=text, lines=lines, cases=(case.number,))
    for sort, numbers in _failing(result.hidden).items():
        text = f"{_cases(numbers)} on {SORT_WORDS[sort]}, out of {len(result.hidden)} hidden ones."
        yield Remark(aspect="result", tone="bad", text=text, cases=numbers)
    if result.stopped:
        text = "The run was stopped before its end; the other cases are unknown."
        yield Remark(
            aspect="result", tone="note", text=text, cases=tuple(case.number for case in result.cases)
        )


def _cases(numbers: Sequence[int]) -> str:
    return "One hidden case fails" if len(numbers) == 1 else f"{len(numbers)} hidden cases fail"


def _failing(cases: Sequence[CaseResult]) -> dict[Sort, tuple[int, ...]]:
    """The numbers of the cases that fail, by the sort of their input, the most frequent first."""
    found: dict[Sort, tuple[int, ...]] = {}
    for case in cases:
        if not case.passed:
            found[case.sort] = (*found.get(case.sort, ()), case.number)
    return dict(sorted(found.items(), key=lambda item: (item[0] == "ordinary", -len(item[1]))))


def _of_code(
    reading: Reading | None, growth: Growth | None, needed: Growth | None, sentences: Sequence[Sentence]
) -> Iterator[Remark]:
    if reading is None:
        text = "The code can't be parsed, so nothing is said of its approach, complexity, tests and style."
        yield Remark(aspect="approach", tone="bad", text=text, lines=(1,))
        return
    for fact in reading.approach:
        yield Remark(aspect="approach", tone="note", text=f"The code {fact.text}.", lines=fact.lines)
    if not reading.approach and growth is not None and growth.reasons:
        lines = tuple(one.line for one in growth.reasons)
        text = "The code goes through its input with plain loops, and sorts, counts and remembers nothing."
        yield Remark(aspect="approach", tone="note", text=text, lines=lines)
    if growth is not None:
        yield from _of_growth(growth, needed, sentences, reading.defined or 1)
    if reading.tests:
        text = "The code tries its function out itself."
        yield Remark(aspect="tests", tone="good", text=text, lines=reading.tests)
    else:
        at = (reading.defined,) if reading.defined else ()
        text = "No test of your own: two or three asserts, one of them for an edge case, would have shown it works."
        yield Remark(aspect="tests", tone="bad", text=text, lines=at)
    for fact in (*reading.poor_names[:_MOST_NAMES], *reading.dead):
        text = f"{fact.text[0].upper()}{fact.text[1:]}."
        yield Remark(aspect="style", tone="bad", text=text, lines=fact.lines)


def _of_growth(
    growth: Growth, needed: Growth | None, sentences: Sequence[Sentence], defined: int
) -> Iterator[Remark]:
    why = "; ".join(f"line {one.line}: {one.text}" for one in growth.reasons) or "no loop over the input"
    lines = tuple(one.line for one in growth.reasons) or (defined,)
    text = f"As far as the code shows, its time is {growth.words}, {growth.notation} ({why})."
    slower = _slower(growth, needed)
    yield Remark(aspect="complexity", tone="bad" if slower else "note", text=text, lines=lines)
    if slower and needed is not None:
        text = f"By the same reading, the time of a reference solution is {needed.words}."
        yield Remark(aspect="complexity", tone="bad", text=text, lines=lines)
    if growth.unsure:
        text = "How many rounds this takes can't be told from the code alone: be ready to argue for it."
        yield Remark(aspect="complexity", tone="note", text=text, lines=growth.unsure)
    claims = claims_of_time(sentences)
    if not claims:
        return
    highest = max(claims, key=lambda claim: claim.rank)
    at = (highest.sentence,)
    # The sizes of items may or may not have been counted in what was said.
    fits = growth.compared[1:] <= highest.rank <= growth.rank[1:] and not growth.exponential
    if growth.unsure or fits:
        text = f"You name its time: {highest.said}."
        yield Remark(aspect="complexity", tone="good", text=text, sentences=at)
    else:
        text = f"You say {highest.said}; the code seems to take {growth.notation}."
        yield Remark(aspect="complexity", tone="bad", text=text, lines=lines, sentences=at)


def _slower(growth: Growth, needed: Growth | None) -> bool:
    """Whether it surely grows faster than a reference that was read the same way."""
    return needed is not None and growth.compared > needed.compared and not growth.unsure


def _of_explanation(
    attempt: Attempt, sentences: Sequence[Sentence], explained: Feedback | None
) -> Iterator[Remark]:
    if not attempt.explanation.strip():
        text = "No explanation: say what you do and why, and what it costs, before and while you write."
        yield Remark(aspect="explanation", tone="bad", text=text)
        return
    if not claims_of_time(sentences):
        text = "The explanation names no time complexity."
        yield Remark(aspect="explanation", tone="bad", text=text, sentences=tuple(s.index for s in sentences))
    if explained is None:
        return
    if not explained.graded:
        text = f"The explanation is not judged: {explained.why_not}."
        yield Remark(
            aspect="explanation", tone="note", text=text, sentences=tuple(s.index for s in sentences)
        )
    for point in explained.key_points:
        match point.verdict:
            case "hit":
                text = f"Said: {point.point}."
            case "partial":
                text = f"Touched, not made: {point.point}."
            case "wrong":
                text = f"Not right: {(point.right or point.point).rstrip('.')}."
            case _:
                text = f"Not said: {point.point}."
        tone = "good" if point.verdict == "hit" else "note" if point.verdict == "partial" else "bad"
        yield Remark(aspect="explanation", tone=tone, text=text, sentences=point.sentences)


def _next(
    question: CodingQuestion,
    result: RunResult | None,
    reading: Reading | None,
    growth: Growth | None,
    needed: Growth | None,
    sentences: Sequence[Sentence],
) -> Iterator[NextQuestion]:
    """Two or three: the sort of case that fails, the complexity, then tests, or else a probe of the bank's."""
    asked = 0
    failing = _failing(result.hidden) if result else {}
    broken = next((case for case in result.visible if not case.passed), None) if result else None
    if failing:
        yield NextQuestion(question=_TRY[next(iter(failing))], aspect="result")
        asked += 1
    elif broken is not None:
        lines = (broken.line,) if broken.line else ()
        text = f"Go through example {broken.number} with me, line by line. Where does it part from what you expect?"
        yield NextQuestion(question=text, aspect="result", lines=lines)
        asked += 1
    if growth is not None:
        reasons = tuple(one.line for one in growth.reasons)
        if _slower(growth, needed):
            text = "How does the time of your code grow if the input is ten times as long? Can you do better?"
            yield NextQuestion(question=text, aspect="complexity", lines=reasons)
            asked += 1
        elif growth.unsure or not claims_of_time(sentences):
            text = "What are the time and space complexity of your code, and which line decides them?"
            yield NextQuestion(question=text, aspect="complexity", lines=growth.unsure or reasons)
            asked += 1
    if reading is None or not reading.tests:
        text = "How would you test this? Name the three inputs that you would try first, and why these."
        yield NextQuestion(question=text, aspect="tests")
        asked += 1
    for probe in question.probes[: max(2 - asked, 0)]:
        yield NextQuestion(question=probe, aspect="approach")
