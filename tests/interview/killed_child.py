"""A whole app process that halts at one step, until it is killed: the coach and its model, on SQLite.

It halts in the assessment, after some words of a critique, or after some words of a debrief; `none` never does.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from coach.feedback.feedback import Asked, Feedback
from coach.feedback.followup import SoFar
from coach.interview.debrief.model import Debrief
from coach.interview.interviews import Interviews
from coach.interview.store import open_store
from coach.settings import Settings

from .fakes import FakeJudge, small_bank

WORDS = ("You", "You measured it.")


class Halting(FakeJudge):
    def __init__(self, where: str) -> None:
        super().__init__()
        self.where = where

    def assess(self, asked: Asked, answer: str) -> Feedback:
        if self.where == "assessing":
            halt()
        return super().assess(asked, answer)

    def advise(self, asked: Asked, assessed: Feedback, so_far: SoFar) -> Iterator[Feedback]:
        for number, one in enumerate(super().advise(asked, assessed, so_far)):
            if self.where == f"critique {number}":
                halt()
            yield one
        if self.where == "critique 2":
            halt()

    def sum_up(self, debrief: Debrief) -> Iterator[Debrief]:
        for number, words in enumerate(WORDS):
            if self.where == f"debrief {number}":
                halt()
            yield debrief.model_copy(update={"words": words, "model": "fake"})
        if self.where == "debrief 2":
            halt()


def halt() -> None:
    print("halted", flush=True)  # noqa: T201
    sys.stdin.readline()


def opened(home: Path, where: str = "none") -> Interviews:
    """The interviews as a process has them."""
    judge = Halting(where)
    return Interviews(
        open_store(Settings(home=home, database_url=None)), small_bank(), judge, sum_up=judge.sum_up
    )


def main() -> None:
    home, where, interview_id, answer = sys.argv[1:]
    interviews = opened(Path(home), where)
    if not where.startswith("debrief"):
        for _ in interviews.answer(interview_id, answer):
            pass
    for _ in interviews.debrief(interview_id, 0 if interviews.get(interview_id).plan else None):
        pass


if __name__ == "__main__":
    main()
