"""Which of some common questions each of our good stories answers, by a reading that did not see its own question."""

import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict

_CASES = Path(__file__).parent / "cases"
COMMON, ANSWERED = _CASES / "common.jsonl", _CASES / "answered.jsonl"


class CommonQuestion(BaseModel):
    """A question that interviewers ask, in several wordings that ask for the same."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    wordings: tuple[str, ...]


class Answered(BaseModel):
    """What the story of rated answer `of` is an answer to, and what it touches; to all other questions it is none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    of: str
    yes: tuple[str, ...]
    partly: tuple[str, ...]

    def answers(self, question: str) -> float | None:
        """Return 1 for a question that is answered, 0 for one that is not, None for one that is touched."""
        return None if question in self.partly else float(question in self.yes)


def load_common(path: Path = COMMON) -> tuple[CommonQuestion, ...]:
    """Return the questions, in the order of the file."""
    return tuple(CommonQuestion.model_validate(json.loads(line)) for line in _lines(path))


def load_answered(path: Path = ANSWERED) -> Mapping[str, Answered]:
    """Return what each story answers, by the id of the rated answer."""
    found = (Answered.model_validate(json.loads(line)) for line in _lines(path))
    return {one.of: one for one in found}


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()
