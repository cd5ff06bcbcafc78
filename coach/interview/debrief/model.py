"""A debrief as data: verdicts with how sure they are, the moments that they rest on, and what to do next.

Nothing in here is a model's but `words`; all else follows from the assessments, and quotes are the candidate's.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from coach.feedback.feedback import Criterion
from coach.feedback.feedback import Verdict as PointVerdict
from coach.interview.questions import QuestionKind
from coach.interview.stages import Stage

Graded = Literal["strong", "meets", "below"]
Verdict = Literal["strong", "meets", "below", "not enough evidence"]
Lean = Literal["inclined", "not inclined", "not enough evidence"]
Sure = Literal["very sure", "fairly sure", "unsure"]
Sort = Literal["principle", "criterion", "kind"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Moment(_Part):
    """Something that the candidate said, word for word, and why it counts for or against them.

    `quote` is `[start:end]` of the answer of turn number `turn` (from 0), or of its aside number `aside`. `question`
    is what that turn asked. `criterion` is what the moment shows or lacks, `point` the key point that it makes or
    gets wrong.
    """

    turn: int
    question: str
    quote: str
    start: int
    end: int
    aside: int | None = None
    counts: Literal["for", "against"]
    why: str
    criterion: Criterion | None = None
    point: str | None = None


class Point(_Part):
    """A key point of the question of turn number `turn`, and whether it was made."""

    turn: int
    point: str
    verdict: PointVerdict
    right: str | None = None


class NeverRaised(_Part):
    """The stages that a system design, begun in turn number `turn`, never came to."""

    turn: int
    subject: str
    stages: tuple[Stage, ...]


class Code(_Part):
    """What came of the code handed in for the question of turn number `turn`: cases passed, of how many."""

    turn: int
    passed: int
    cases: int
    text: str


class Line(_Part):
    """A verdict about one principle, one criterion of behavioral answers, or one other kind of question.

    `score` is the mean, on a scale up to `scale` (principles and kinds: 1 to 5, criteria: 0 to 2), with its 80%
    interval `low` to `high`; None without an answer. `chance` (0.5 to 1) is how likely the verdict is to be right and
    `sure` the same in words. Where there is "not enough evidence" they are None, and `leans` says what little there
    is points to. `answers` counts different stories or questions that it rests on, `rounds` (from 0) where.
    `near` are questions asked about something else whose answers also come near to a principle: a hint, not counted.
    """

    sort: Sort
    name: str
    verdict: Verdict
    leans: Graded | None = None
    score: float | None = None
    low: float | None = None
    high: float | None = None
    scale: Literal[2, 5]
    chance: float | None = None
    sure: Sure | None = None
    answers: int = 0
    text: str
    moments: tuple[Moment, ...] = ()
    rounds: tuple[int, ...] = ()
    near: tuple[int, ...] = Field(default=(), description="numbers of turns")
    points: tuple[Point, ...] = ()
    never_raised: tuple[NeverRaised, ...] = ()
    code: tuple[Code, ...] = ()


class Change(_Part):
    """What would change the inclination: which kind of answer, to what, and how often."""

    sort: Sort | Literal["round", "stories"]
    name: str
    answers: int
    text: str


class Inclination(_Part):
    """The view on the whole. `chance` (0.5 to 1) and `sure` are None where there is not enough evidence."""

    lean: Lean
    leans: Literal["inclined", "not inclined"] | None = None
    chance: float | None = None
    sure: Sure | None = None
    score: float | None = None
    low: float | None = None
    high: float | None = None
    answers: int = 0
    reasons: tuple[str, ...]
    changes: tuple[Change, ...] = ()


class Exercise(_Part):
    """Something to do tomorrow. `plan`, `kind`, `principle`, `topic` and `criterion` are what to start it with."""

    text: str
    minutes: int
    plan: str | None = None
    kind: QuestionKind | None = None
    principle: str | None = None
    topic: str | None = None
    criterion: Criterion | None = None
    question: str | None = Field(default=None, description="the question to answer once more")


class WorkOn(_Part):
    """One of the things to work on, why, the moments that show it, and an exercise."""

    title: str
    why: str
    answers: int
    moments: tuple[Moment, ...] = ()
    exercise: Exercise


class Tally(_Part):
    """How many questions, follow-ups not counted, came to what; `asides` counts everything by its sort.

    Skipped ones and those that time ran out on are no evidence either way. A `passed` one is: the candidate had
    nothing to tell.
    """

    planned: int | None = None
    asked: int = 0
    answered: int = 0
    graded: int = 0
    not_graded: int = 0
    not_assessed: int = 0
    passed: int = 0
    skipped: int = 0
    timed_out: int = 0
    left: int = 0
    follow_ups: int = 0
    asides: dict[str, int] = Field(default_factory=dict)


class Reused(_Part):
    """One story told for several questions: the numbers of their turns, and the principles they asked for."""

    turns: tuple[int, ...]
    principles: tuple[str, ...]


class RoundView(_Part):
    """One round of a loop in short; `number` from 0."""

    number: int
    title: str
    interviewer: str
    bar_raiser: bool
    ended: str
    inclination: Inclination
    tally: Tally


class Across(_Part):
    """What the bar raiser sees of one principle: where it was asked for, where it came near, and the verdict."""

    principle: str
    asked_in: tuple[int, ...]
    near_in: tuple[int, ...]
    verdict: Verdict
    leans: Graded | None = None
    score: float | None = None
    answers: int = 0


class BarRaiser(_Part):
    """The view of the interviewer from outside the team: each principle weighs the same, whoever asked for it."""

    round: int
    inclination: Inclination
    principles: tuple[Across, ...]
    text: str


class Debrief(_Part):
    """The debrief of one round (from 0), or with None of all that there is.

    `title` names it. `words` is a short paragraph by a language model about what stands here already; None without one,
    or where it was refused. `Debrief.model_validate_json(debrief.model_dump_json())` gives the same debrief.
    """

    round: int | None
    title: str
    interviewer: str | None = None
    inclination: Inclination
    principles: tuple[Line, ...] = ()
    criteria: tuple[Line, ...] = ()
    kinds: tuple[Line, ...] = ()
    work_on: tuple[WorkOn, ...] = ()
    tally: Tally
    reused: tuple[Reused, ...] = ()
    asides: tuple[Moment, ...] = ()
    rounds: tuple[RoundView, ...] = ()
    bar_raiser: BarRaiser | None = None
    notes: tuple[str, ...] = ()
    words: str | None = None
    model: str | None = None
    prompts: dict[str, str] = Field(default_factory=dict)
    refused: dict[str, int] = Field(default_factory=dict)
    words_note: str | None = Field(default=None, description="why there are no words, where a model failed")

    @property
    def plain(self) -> "Debrief":
        """The debrief as it follows from the assessments, without a model's words."""
        return self.model_copy(
            update={"words": None, "model": None, "prompts": {}, "refused": {}, "words_note": None}
        )


class KeptDebrief(_Part):
    """A debrief as it was stored; not `complete` when the model's words were still to come."""

    debrief: Debrief
    complete: bool
