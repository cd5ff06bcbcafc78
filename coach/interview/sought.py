"""What a posting leads an interview to, kept with the interview: it stays as it is when the posting's file changes."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from coach.interview.posting_found import Posting, Quote
from coach.interview.questions import Level


@dataclass(frozen=True)
class Aim:
    """Why a question belongs to a posting: what of it decided, the sentence that says so, and its weight above 0.

    `wanted` is "required", "preferred", "duty", "mentioned", or "principle".
    """

    skill: str
    wanted: str
    quote: Quote
    weight: float


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Reason(_Part):
    """Something that the posting asks for, with one sentence of it that says so."""

    skill: str
    wanted: str
    quote: Quote


class Weight(_Part):
    """How much a question has to do with the posting (above 0), and the place of its strongest reason."""

    reason: int
    weight: float


class Sought(_Part):
    """What a posting asks for, and which questions of the bank it leads to, by id; `level` is the posting's own."""

    title: str
    level: Level | None
    reasons: tuple[Reason, ...]
    questions: dict[str, Weight]

    def aim(self, question_id: str) -> Aim | None:
        """Why this question is asked; None: it has nothing to do with the posting."""
        found = self.questions.get(question_id)
        if found is None:
            return None
        reason = self.reasons[found.reason]
        return Aim(reason.skill, reason.wanted, reason.quote, found.weight)

    @property
    def aims(self) -> dict[str, Aim]:
        """All questions that it leads to, with why."""
        return {name: aim for name in self.questions if (aim := self.aim(name))}


def sought(posting: Posting, aims: Mapping[str, Aim]) -> Sought:
    """Return what an interview keeps of a posting whose aims are known."""
    reasons = list(
        dict.fromkeys(
            (one.skill, one.wanted, one.quote.start, one.quote.end, one.quote.text) for one in aims.values()
        )
    )
    places = {reason: place for place, reason in enumerate(reasons)}
    return Sought(
        title=posting.title,
        level=posting.seniority.level,
        reasons=tuple(
            Reason(skill=skill, wanted=wanted, quote=Quote(start=start, end=end, text=text))
            for skill, wanted, start, end, text in reasons
        ),
        questions={
            name: Weight(
                reason=places[one.skill, one.wanted, one.quote.start, one.quote.end, one.quote.text],
                weight=one.weight,
            )
            for name, one in aims.items()
        },
    )
