"""Answers to technical questions that people have graded, with the bank's question that each belongs to."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from coach.errors import UsageError
from coach.feedback.feedback import Asked, Verdict
from coach.interview.asking import asked_from
from coach.interview.lookup import QuestionFinder

FILE = "ml_answers_graded.jsonl"
TOP_GRADE = 2


@dataclass(frozen=True)
class GradedAnswer:
    """An answer with its grade, 0 to 2, by one person; `verdicts` are a reader's on the key points, or empty."""

    id: str
    student: str
    asked: Asked
    answer: str
    grade: int
    verdicts: tuple[Verdict, ...] = ()

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.answer.split())

    @property
    def as_score(self) -> float:
        """The grade on the coach's scale, 1 to 5."""
        return 1 + 2 * self.grade


def load_graded(
    path: Path, finder: QuestionFinder, verdicts: Mapping[str, tuple[Verdict, ...]] | None = None
) -> list[GradedAnswer]:
    """Read graded answers; those to a question that the bank does not have are left out.

    Raises:
        UsageError: the file isn't there, or is not of this form.
        ModelMissing: the embedder's files are not on this machine.
    """
    try:
        raw = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        asked = {text: _asked(text, finder) for text in dict.fromkeys(row["question"] for row in raw)}
        return [
            GradedAnswer(
                id=row["id"],
                student=row["student"],
                asked=found,
                answer=row["answer"],
                grade=_grade(row["grade"]),
                verdicts=(verdicts or {}).get(row["id"], ()),
            )
            for row in raw
            if (found := asked[row["question"]]) is not None
        ]
    except OSError as error:
        raise UsageError(
            f"{path} can't be read: {error.strerror}. Give --public the folder of {FILE}."
        ) from None
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path} is not a file of graded answers: {error!r}.") from None


def load_verdicts(path: Path) -> dict[str, tuple[Verdict, ...]]:
    """Read a reader's verdicts: one object a line, `id` and `verdicts` in the order of the key points."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return {row["id"]: tuple(row["verdicts"]) for row in rows}


def _grade(given: object) -> int:
    if not isinstance(given, int) or not 0 <= given <= TOP_GRADE:
        raise ValueError(f"a grade is 0 to {TOP_GRADE}, not {given!r}")
    return given


def _asked(text: str, finder: QuestionFinder) -> Asked | None:
    known = finder.find(text, "technical")
    return asked_from(known, Asked(question=text, kind="technical")) if known else None
