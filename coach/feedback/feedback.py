"""What the coach says about one answer: the shape that people script against (docs and `--json`)."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from coach.feedback.rubric import Component, Kind, Tag

Criterion = Literal[
    "situation",
    "task",
    "action",
    "result",
    "ownership",
    "relevance",
    "measured",
    "reflection",
    "hypothetical",
    "key_point",
]
Verdict = Literal["hit", "partial", "miss", "wrong"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Mistake(_Part):
    """A wrong claim, what is right instead, and the key point (counted from 0) that it gets wrong."""

    said: str
    right: str
    point: int


class Asked(_Part):
    """The question that an answer belongs to. Key points are for kinds other than behavioural.

    `also` has other words for each key point, in their order, or is empty. `passages` are sections (source,
    heading) that explain the question. `meant` is the bank's question that all this belongs to; `drawn` says that
    there is none, and that the key points are sentences of these passages.

    `given` is what the candidate was asked for about this answer and has said since: nobody asks for it again.
    `messages` (from 1) is in how many pieces the answer was told; each may be as long as an answer may be.
    """

    question: str
    kind: Kind = "behavioral"
    principle: str | None = None
    key_points: tuple[str, ...] = ()
    also: tuple[tuple[str, ...], ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    passages: tuple[tuple[str, str], ...] = ()
    meant: str | None = None
    drawn: bool = False
    given: tuple[Criterion, ...] = ()
    messages: int = Field(default=1, ge=1)


class TaggedSentence(_Part):
    """`answer[start:end] == text`; `confidence` is the tag's probability, 0 to 1."""

    index: int
    start: int
    end: int
    text: str
    tag: Tag
    confidence: float


class ShownPrinciple(_Part):
    """A leadership principle that the answer shows; `strength` 0 to 2."""

    name: str
    strength: float
    sentences: tuple[int, ...]


class KeyPoint(_Part):
    """One thing that a strong answer to this question holds, and whether this one does; `right` where it is wrong."""

    point: str
    verdict: Verdict
    sentences: tuple[int, ...]
    right: str | None = None


class Strength(_Part):
    """Praise, always with the sentences that earned it."""

    text: str
    sentences: tuple[int, ...]


class Gap(_Part):
    """What is missing in this answer, where, and what would fill it."""

    criterion: Criterion
    text: str
    sentences: tuple[int, ...]


class FollowUp(_Part):
    """What an interviewer would ask next, at which weakness it aims, and at which sentences."""

    question: str
    criterion: Criterion
    sentences: tuple[int, ...]


class Rewrite(_Part):
    """The candidate's own sentences in telling order, with a marked blank for each missing fact.

    `asks` says what each blank is after, `given` what blanks that are filled by now were after.
    """

    text: str
    blanks: tuple[str, ...]
    asks: tuple[Criterion, ...] = ()
    given: tuple[Criterion, ...] = ()


class Citation(_Part):
    """A verbatim part of a source in the library."""

    source: str
    heading: str
    quote: str


class Feedback(_Part):
    """All of it. Scores are None (components empty) when the answer was not graded: `why_not` says why."""

    id: str | None = None
    question: str
    kind: Kind
    graded: bool
    why_not: str | None = None
    overall: float | None = None
    low: float | None = None
    high: float | None = None
    components: dict[Component, float] = Field(default_factory=dict)
    ownership: float | None = None
    relevance: float | None = None
    on_topic: Literal["yes", "no"] | None = Field(
        default=None, description="whether a story belongs to the question"
    )
    measured: bool | None = None
    reflection: bool | None = None
    hypothetical: bool | None = None
    sentences: tuple[TaggedSentence, ...] = ()
    principles: tuple[ShownPrinciple, ...] = ()
    key_points: tuple[KeyPoint, ...] = ()
    strengths: tuple[Strength, ...] = ()
    gaps: tuple[Gap, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    rewrite: Rewrite | None = None
    citations: tuple[Citation, ...] = ()
    model: str | None = None
    prompts: dict[str, str] = Field(default_factory=dict)
    notes: tuple[str, ...] = Field(
        default=(), description="what the reader should know, e.g. why the model is silent"
    )
    refused: dict[str, int] = Field(
        default_factory=dict, description="how many texts of the model were not used, by the reason"
    )
    timings_ms: dict[str, int] = Field(default_factory=dict)
