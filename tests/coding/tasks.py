"""A small task for the tests, and the real ones."""

from pathlib import Path

from coach.coding.results import CaseResult, Limits, RunResult
from coach.coding.runner import run
from coach.interview.questions import CodingQuestion, load_questions

BANK = load_questions(Path(__file__).parents[2] / "corpus" / "questions")
CODING = {question.id: question for question in BANK.questions if isinstance(question, CodingQuestion)}
SHORT = Limits(cpu_seconds=1, wall_seconds=20.0, total_seconds=120.0, memory_mb=256)


def task(
    examples: list[tuple[str, str]] | None = None,
    hidden: list[tuple[str, str]] | None = None,
    signature: str = "def total(values: list[int]) -> int",
    solution: str = "def total(values):\n    return sum(values)\n",
) -> CodingQuestion:
    """A question with these cases; the sum of a list by default."""

    def cases(pairs: list[tuple[str, str]]) -> list[dict[str, str]]:
        return [{"input": given, "output": wanted} for given, wanted in pairs]

    return CodingQuestion.model_validate(
        {
            "id": "coding-total-01",
            "kind": "coding",
            "topic": "total",
            "level": ["mid"],
            "question": "Add the numbers up.",
            "key_points": ["It starts from zero", "b", "c", "It takes linear time"],
            "mistakes": ["a", "b"],
            "probes": ["What if they do not fit in memory?", "How would you split it?", "c"],
            "passages": [{"source": "corpus/guides/x.md", "heading": "X"}],
            "task": signature + "\n\nReturn the sum.",
            "examples": cases(examples or [("([1, 2],)", "3")]),
            "hidden": cases(hidden or [("([],)", "0")] * 5),
            "solution": solution,
            "complexity": "Time O(n); space O(1).",
        }
    )


def run_one(code: str, question: CodingQuestion | None = None, limits: Limits = SHORT) -> CaseResult:
    """Run the first visible case alone."""
    question = question or task()
    alone = question.model_copy(update={"examples": question.examples[:1], "hidden": ()})
    return run(code, alone, limits).cases[0]


def run_all(code: str, question: CodingQuestion) -> RunResult:
    """Run every case within short limits."""
    return run(code, question, SHORT)


def body(*lines: str) -> str:
    """`total` with these lines in it."""
    return "def total(values):\n" + "".join(f"    {line}\n" for line in lines)


def answered(line: str, *before: str) -> str:
    """What the code could learn: `total` returns the outcome of one expression."""
    return body(*before, f"return {line}")
