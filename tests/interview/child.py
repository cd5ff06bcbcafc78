"""Answer a question in a process of its own; the judge halts after `feedbacks` feedbacks until it is killed."""

import sys
from collections.abc import Iterator
from pathlib import Path

from coach.feedback.feedback import Asked, Feedback
from coach.feedback.followup import SoFar
from coach.interview.interviews import Interviews
from coach.interview.store import open_store
from coach.settings import Settings

from .fakes import FakeJudge, small_bank

home, interview_id, answer, feedbacks = sys.argv[1:]


class Halting(FakeJudge):
    def assess(self, asked: Asked, answer: str) -> Feedback:
        if feedbacks == "0":
            halt()
        return super().assess(asked, answer)

    def advise(self, asked: Asked, assessed: Feedback, so_far: SoFar) -> Iterator[Feedback]:
        given = super().advise(asked, assessed, so_far)
        for _ in range(1, int(feedbacks)):
            yield next(given)
        halt()


def halt() -> None:
    print("halted", flush=True)  # noqa: T201
    sys.stdin.readline()


interviews = Interviews(open_store(Settings(home=Path(home), database_url=None)), small_bank(), Halting())
for _ in interviews.answer(interview_id, answer):
    pass
