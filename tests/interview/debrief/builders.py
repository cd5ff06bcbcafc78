"""Made-up candidates: states built from events, with feedback as an assessment would give it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from coach.feedback.feedback import Criterion, Feedback, Gap, KeyPoint, ShownPrinciple, TaggedSentence
from coach.feedback.rubric import Kind, Tag
from coach.feedback.sentences import split_sentences
from coach.interview.events import (
    Answered,
    Asided,
    AskedQuestion,
    Assessed,
    Closed,
    Event,
    FollowedUp,
    RoundBegan,
    RoundEnd,
    RoundEnded,
    Skipped,
    Started,
)
from coach.interview.fold import fold
from coach.interview.plans import Plan, Round, Segment
from coach.interview.questions import QuestionKind
from coach.interview.session import InterviewState

BEGIN = datetime(2026, 3, 1, 9, tzinfo=UTC)

# Stories that share little, each told in sentences with these tags.
TAGS: Sequence[Tag] = ("S", "T", "A", "A", "R", "L")
STORIES = (
    "In March 2023 the fraud model at a payments company of 40 people began to miss stolen cards. My job was to get "
    "recall back above 80% before the holiday season. I split the data by time and found that labels arrived 30 days "
    "late. I rebuilt the training set because the old one leaked. As a result recall rose from 61% to 84%. Since then "
    "I check label delay before I train anything.",
    "Last winter our warehouse robots stopped twice a night at the Leipzig depot. I was asked to find the cause within "
    "two weeks. I replayed the sensor logs and saw that a lidar driver froze above 50 degrees. I wrote a watchdog that "
    "restarted it and had it reviewed by the vendor. Stops fell from 14 a week to one. I learned to look at heat "
    "first.",
    "Two years ago a hospital wanted to predict which patients miss appointments. I had to decide whether we could use "
    "postcodes. I interviewed six nurses and measured the bias by district. I dropped the postcodes although accuracy "
    "fell by one point. Missed visits fell by 18% in every district. Since then I measure fairness before accuracy.",
    "In 2021 the search page of a bookseller answered in 900 ms. My goal was 300 ms before the Christmas campaign. I "
    "profiled the ranker and cached the author embeddings. I also removed two features that nobody could explain. The "
    "page answered in 240 ms and conversion grew by 3%. Now I profile before I buy hardware.",
)
WE = (
    "Last year we had trouble with the reporting pipeline at an insurer. We needed to have it fixed by the audit in "
    "June. We talked about the options and we rewrote the scheduler together. We tested it and we rolled it out. The "
    "reports were on time in 98% of the months. We learned to plan earlier.",
    "In spring our team at a airline moved the booking data to another cloud. We had a deadline in May. We split the "
    "work and we wrote the copy jobs. We watched the counters together every night. It was finished 3 days early. We "
    "document such moves now.",
)


@dataclass(frozen=True)
class Quality:
    """What an assessment says of an answer, and how it scores."""

    overall: float
    components: tuple[float, float, float, float]
    ownership: float = 2.0
    relevance: float = 2.0
    measured: bool = True
    reflection: bool = True
    gaps: tuple[tuple[Criterion, int], ...] = ()


GREAT = Quality(4.5, (1.9, 1.8, 2.0, 1.9))
THIN = Quality(
    2.0,
    (0.8, 0.4, 1.0, 0.3),
    ownership=1.4,
    relevance=1.5,
    measured=False,
    reflection=False,
    gaps=(("result", 4), ("action", 2), ("task", 1)),
)
TOGETHER = Quality(2.8, (1.7, 1.3, 1.4, 1.7), ownership=0.3, gaps=(("ownership", 2),))
ASTRAY = Quality(2.0, (1.8, 1.5, 1.8, 1.5), relevance=0.2, gaps=(("relevance", 0),))


def assessed(answer: str, quality: Quality, question: str = "Why?", near: Sequence[str] = ()) -> Feedback:
    """Feedback on a told story."""
    cut = split_sentences(answer)
    sentences = tuple(
        TaggedSentence(
            index=s.index, start=s.start, end=s.end, text=s.text, tag=TAGS[min(s.index, 5)], confidence=0.9
        )
        for s in cut
    )
    names = ("situation", "task", "action", "result")
    return Feedback(
        question=question,
        kind="behavioral",
        graded=True,
        overall=quality.overall,
        low=max(quality.overall - 0.6, 1.0),
        high=min(quality.overall + 0.6, 5.0),
        components=dict(zip(names, quality.components, strict=True)),
        ownership=quality.ownership,
        relevance=quality.relevance,
        measured=quality.measured,
        reflection=quality.reflection,
        hypothetical=False,
        sentences=sentences,
        gaps=tuple(
            Gap(criterion=criterion, text="A gap.", sentences=(min(place, len(sentences) - 1),))
            for criterion, place in quality.gaps
        ),
        principles=tuple(ShownPrinciple(name=name, strength=1.5, sentences=(0,)) for name in near),
    )


def pointed(answer: str, overall: float, verdicts: Sequence[str], kind: Kind = "technical") -> Feedback:
    """Feedback on an answer to another kind of question: a verdict for each key point, of the sentence in its place."""
    cut = split_sentences(answer)
    return Feedback(
        question="How?",
        kind=kind,
        graded=True,
        overall=overall,
        low=max(overall - 0.7, 1.0),
        high=min(overall + 0.7, 5.0),
        sentences=tuple(
            TaggedSentence(index=s.index, start=s.start, end=s.end, text=s.text, tag="O", confidence=0.9)
            for s in cut
        ),
        key_points=tuple(
            KeyPoint.model_validate(
                {
                    "point": f"Point {number}",
                    "verdict": verdict,
                    "sentences": (min(number, len(cut) - 1),) if verdict != "miss" else (),
                    "right": "The other way round." if verdict == "wrong" else None,
                }
            )
            for number, verdict in enumerate(verdicts)
        ),
    )


def refused(why: str) -> Feedback:
    """Feedback on what can't be graded."""
    return Feedback(question="Why?", kind="behavioral", graded=False, why_not=why)


@dataclass
class Script:
    """An interview as it happens, one minute after the other."""

    plan: Plan | None = None
    principle: str | None = None
    events: list[Event] = field(default_factory=list)
    turns: int = 0
    _minutes: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.events.append(
            Started(at=BEGIN, kind=None, principle=self.principle, level=None, seed=1, plan=self.plan)
        )

    def happens(self, event: Event) -> "Script":
        at = BEGIN + timedelta(minutes=next(self._minutes))
        self.events.append(event.model_copy(update={"at": at}))
        return self

    def asked(self, subject: str, kind: QuestionKind = "behavioral", question: str | None = None) -> "Script":
        behavioral = kind == "behavioral"
        self.turns += 1
        return self.happens(
            AskedQuestion(
                question_id=f"q-{self.turns:02}",
                question=question or f"Question {self.turns} about {subject}?",
                kind=kind,
                principle=subject if behavioral else None,
                topic=None if behavioral else subject,
                key_points=(),
                segment=0 if self.plan else None,
            )
        )

    def told(self, answer: str, feedback: Feedback | None) -> "Script":
        self.happens(Answered(answer=answer))
        if feedback is not None:
            self.happens(Assessed(turn=self.turns - 1, feedback=feedback, complete=True))
        return self

    def story(
        self, principle: str, number: int, quality: Quality = GREAT, near: Sequence[str] = ()
    ) -> "Script":
        return self.asked(principle).told(STORIES[number], assessed(STORIES[number], quality, near=near))

    def followed_up(self, answer: str, told: str, quality: Quality) -> "Script":
        """A follow-up that is answered; `told` is the story with it."""
        self.happens(FollowedUp(question="By how much?", criterion="measured", sentences=(0,)))
        self.turns += 1
        return self.told(answer, assessed(told, quality))

    def passed(self, said: str = "I don't know.") -> "Script":
        self.happens(Asided(what="unknown", said=said, reply="We leave it there."))
        return self.happens(Skipped(passed=True))

    def skipped(self) -> "Script":
        return self.happens(Skipped())

    def round(self, number: int) -> "Script":
        return self.happens(RoundBegan(round=number))

    def over(self, number: int, why: RoundEnd = "done") -> "Script":
        return self.happens(RoundEnded(round=number, why=why))

    def closed(self) -> "Script":
        return self.happens(Closed())

    def state(self) -> InterviewState:
        return fold("20260301-abcd", self.events)


def loop() -> Plan:
    """Three rounds, the last one a bar raiser's: four stories and a technical question in the middle."""
    told = Segment(kind="behavioral", questions=2)
    return Plan(
        id="small-loop",
        title="Small loop",
        purpose="For tests.",
        rounds=(
            Round(
                title="Stories",
                minutes=30,
                interviewer="engineer",
                principles=("Ownership", "Dive Deep"),
                segments=(told,),
            ),
            Round(
                title="Knowledge",
                minutes=30,
                interviewer="scientist",
                segments=(Segment(kind="technical", questions=2),),
            ),
            Round(
                title="Bar raiser",
                minutes=30,
                interviewer="bar raiser from elsewhere",
                principles=("Earn Trust", "Deliver Results"),
                segments=(told,),
            ),
        ),
    )
