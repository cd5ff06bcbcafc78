"""A bank of a few questions and a judge without a model, for tests of interviews."""

from collections.abc import Iterator

from coach.feedback.feedback import Asked, Feedback, FollowUp, Strength, TaggedSentence
from coach.feedback.followup import SoFar
from coach.interview.questions import PRINCIPLES, Question, QuestionBank

SUBJECTS = PRINCIPLES[:3]


def question(number: int, subject: str, kind: str = "behavioral", level: str = "senior") -> Question:
    behavioral = kind == "behavioral"
    return Question.model_validate(
        {
            "id": f"{kind.replace('_', '-')}-{subject.lower().replace(' ', '-')}-{number:02}",
            "kind": kind,
            "principle": subject if behavioral else None,
            "topic": None if behavioral else subject,
            "level": (level,),
            "question": f"Question {number} about {subject}?",
            "key_points": ("one", "two", "three", "four"),
            "mistakes": ("none", "all"),
            "probes": ("why", "how", "when"),
            "passages": [{"source": "corpus/guides/a.md", "heading": "A"}] if kind != "recruiter" else [],
        }
    )


def small_bank() -> QuestionBank:
    """Three questions for each of three principles, two of one technical topic, one for a recruiter."""
    behavioral = [question(number, subject) for subject in SUBJECTS for number in (1, 2, 3)]
    others = [question(number, "trees", "technical", "mid") for number in (1, 2)]
    return QuestionBank((*behavioral, *others, question(1, "motivation", "recruiter")))


def feedback_on(asked: Asked, answer: str) -> Feedback:
    """A first feedback that holds the answer and can be followed up three times."""
    sentence = TaggedSentence(index=0, start=0, end=len(answer), text=answer, tag="A", confidence=0.9)
    begin = answer.partition("\n\n")[0]
    wanted = [FollowUp(question=f"{begin}: more {n}?", criterion="result", sentences=(0,)) for n in (1, 2, 3)]
    return Feedback(
        question=asked.question,
        kind=asked.kind,
        graded=True,
        overall=3.0,
        low=2.5,
        high=3.5,
        sentences=(sentence,),
        follow_ups=tuple(wanted),
    )


class FakeJudge:
    """Assesses, then gives two ever fuller feedbacks.

    `asked` is what it was asked to judge, `assessed` counts assessments, `closed` the stops, and `so_far` is what
    it was told of the interview.
    """

    def __init__(self) -> None:
        self.asked: list[tuple[Asked, str]] = []
        self.assessed = 0
        self.closed = 0
        self.so_far: list[SoFar] = []
        self.streams: list[Iterator[Feedback]] = []  # held, so that none is closed by being forgotten

    def assess(self, asked: Asked, answer: str) -> Feedback:
        self.asked.append((asked, answer))
        self.assessed += 1
        return feedback_on(asked, answer)

    def advise(self, asked: Asked, assessed: Feedback, so_far: SoFar) -> Iterator[Feedback]:
        self.so_far.append(so_far)
        self.streams.append(self._growing(assessed))
        return self.streams[-1]

    def _growing(self, assessed: Feedback) -> Iterator[Feedback]:
        try:
            for words in ("You", "You measured it."):
                yield assessed.model_copy(update={"strengths": (Strength(text=words, sentences=(0,)),)})
        except GeneratorExit:
            self.closed += 1
            raise

    def follow_up(self, asked: Asked, feedback: Feedback, so_far: SoFar) -> FollowUp | None:
        return next((one for one in feedback.follow_ups if one.question not in so_far.questions), None)
