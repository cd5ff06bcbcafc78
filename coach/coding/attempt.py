"""One go at a coding task, as it can be kept: the code, what was said about it, and what came of running it."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from coach.coding.grown import Growth
from coach.coding.results import RunResult
from coach.feedback.feedback import Feedback, KeyPoint


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Attempt(_Part):
    """What the candidate handed in, and the results of its run; `result` is None while it has not been run.

    `Attempt.model_validate_json(attempt.model_dump_json())` gives the same attempt.
    """

    question_id: str
    code: str
    explanation: str = ""
    result: RunResult | None = None


Aspect = Literal["result", "approach", "complexity", "tests", "style", "explanation"]
Tone = Literal["good", "bad", "note"]


class Remark(_Part):
    """One statement: about lines of the code (from 1), sentences of the explanation (from 0) or cases (from 1).

    Only what is missing altogether points at nothing.
    """

    aspect: Aspect
    tone: Tone
    text: str
    lines: tuple[int, ...] = ()
    sentences: tuple[int, ...] = ()
    cases: tuple[int, ...] = ()


class NextQuestion(_Part):
    """What a bar raiser would ask next, and about what."""

    question: str
    aspect: Aspect
    lines: tuple[int, ...] = ()


class CodeJudgment(_Part):
    """What is to be said of an attempt, in the order of the aspects; there is no grade.

    `growth` is None where the code can't be read or defines no such function; `explained` is the feedback on the
    explanation, None where there is none, and `key_points` are its verdicts.
    """

    remarks: tuple[Remark, ...]
    growth: Growth | None = None
    key_points: tuple[KeyPoint, ...] = ()
    explained: Feedback | None = None
    next_questions: tuple[NextQuestion, ...] = ()

    def about(self, aspect: Aspect) -> tuple[Remark, ...]:
        """The remarks on one aspect."""
        return tuple(remark for remark in self.remarks if remark.aspect == aspect)
