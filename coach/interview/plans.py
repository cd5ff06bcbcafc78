"""Interview plans: which rounds there are, who holds them, for how long, and what is asked in each.

A plan is one `*.yaml` file with the fields of `Plan`; its name is its id. Some come with the coach; `plans_of` adds
those that the user keeps in `plans/` of the coach's home.
"""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Self

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from coach.errors import UsageError
from coach.interview.questions import PRINCIPLES, QuestionKind, Text
from coach.settings import DATA

PLANS = DATA / "corpus" / "plans"


def _is_principle(name: str) -> str:
    if name not in PRINCIPLES:
        raise ValueError(f"'{name}' is not the exact name of a principle")
    return name


Principle = Annotated[str, AfterValidator(_is_principle)]
Minutes = Annotated[int, Field(ge=1, le=180)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Scene(_Entry):
    """Someone says something and wants a decision; `facts` is what they say when they are asked for more."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*-\d\d$")]
    speaker: Text
    says: Text
    decision: Text
    key_points: Annotated[tuple[Text, ...], Field(min_length=3, max_length=6)]
    facts: tuple[Text, ...] = ()

    @property
    def question(self) -> str:
        """The scene as it is put to the candidate."""
        return f"{self.speaker}: “{self.says}”\n\n{self.decision}"


class Segment(_Entry):
    """A stretch of a round with questions of one kind: so many from the bank, or its own `scenes`.

    `principles` and `topic` (any part of one) limit the bank; without principles those of the round hold.
    `follow_ups` is the most for each question. After `minutes`, if given, the segment gives way to the next one.
    """

    kind: QuestionKind
    questions: Annotated[int, Field(ge=0, le=10)] = 0
    follow_ups: Annotated[int, Field(ge=0, le=3)] = 2
    minutes: Minutes | None = None
    principles: tuple[Principle, ...] = ()
    topic: str | None = None
    scenes: tuple[Scene, ...] = ()

    @property
    def count(self) -> int:
        """How many questions it has."""
        return len(self.scenes) or self.questions

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if bool(self.questions) == bool(self.scenes):
            raise ValueError("a segment has either a number of questions or scenes")
        if self.scenes and self.kind != "case":
            raise ValueError("a segment with scenes is of the kind case")
        if self.principles and self.kind != "behavioral":
            raise ValueError("only a behavioral segment has principles")
        if self.topic is not None and self.kind == "behavioral":
            raise ValueError("a behavioral segment has principles and no topic")
        return self


class Round(_Entry):
    """One sitting with one interviewer; `principles` are those that this interviewer is to cover."""

    title: Text
    minutes: Minutes
    interviewer: Text
    principles: tuple[Principle, ...] = ()
    segments: Annotated[tuple[Segment, ...], Field(min_length=1)]

    @property
    def questions(self) -> int:
        """How many questions it has, follow-ups not counted."""
        return sum(segment.count for segment in self.segments)


class Plan(_Entry):
    """A whole interview. With `one_principle` all of its behavioral questions are about a single one."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    title: Text
    purpose: Text
    one_principle: bool = False
    rounds: Annotated[tuple[Round, ...], Field(min_length=1)]

    @property
    def minutes(self) -> int:
        """How long all rounds take."""
        return sum(one.minutes for one in self.rounds)

    @property
    def principles(self) -> tuple[str, ...]:
        """The principles that its rounds are to cover, each once."""
        named = [
            name
            for one in self.rounds
            for name in (*one.principles, *(name for part in one.segments for name in part.principles))
        ]
        return tuple(dict.fromkeys(named))

    @model_validator(mode="after")
    def _scenes_differ(self) -> Self:
        ids = [scene.id for one in self.rounds for part in one.segments for scene in part.scenes]
        if len(set(ids)) < len(ids):
            raise ValueError("two scenes have the same id")
        return self


@dataclass(frozen=True)
class Offered:
    """The plans that there are, by their ids, the shortest first; `refused` has a line for each file that is wrong."""

    plans: Mapping[str, Plan]
    refused: tuple[str, ...] = ()


def plans_of(home: Path) -> Offered:
    """Read the plans that come with the coach, and the user's own, which lie in `plans/` of the home.

    One of the user's that is wrong keeps no other from being offered.
    """
    plans, refused = dict(_ours()), []
    for path in sorted((home / "plans").glob("*.yaml")):
        try:
            plan = _read(path)
            if plan.id in plans:
                raise UsageError(
                    f"{path.name}: a plan that comes with the coach is named {plan.id}: rename it."
                )
            plans[plan.id] = plan
        except UsageError as error:
            refused.append(str(error))
    return Offered(_by_length(plans), tuple(refused))


@cache
def _ours() -> Mapping[str, Plan]:
    return load_plans()


def load_plans(folder: Path = PLANS) -> dict[str, Plan]:
    """Read every `*.yaml` of a folder; the plans by their ids, the shortest first.

    Raises:
        UsageError: the folder has none, or one is wrong; the message names file and field.
    """
    plans = [_read(path) for path in sorted(folder.glob("*.yaml"))]
    if not plans:
        raise UsageError(f"{folder} holds no plans (*.yaml): give the folder of the interview plans.")
    return _by_length({plan.id: plan for plan in plans})


def plan_named(name: str, plans: Mapping[str, Plan] | None = None) -> Plan:
    """Return the plan with this name; case, spaces and underscores don't matter.

    Args:
        name: the name.
        plans: those to choose from, by id; None: those that come with the coach.

    Raises:
        UsageError: there is none; the message names those there are.
    """
    plans = _ours() if plans is None else plans
    wanted = "-".join(name.casefold().replace("_", " ").replace("-", " ").split())
    if wanted in plans:
        return plans[wanted]
    near = difflib.get_close_matches(wanted, plans, n=1)
    hint = f"did you mean {near[0]}? The plans are" if near else "choose from"
    raise UsageError(f"There is no plan '{name}': {hint} {', '.join(plans)}.")


def _by_length(plans: Mapping[str, Plan]) -> dict[str, Plan]:
    return dict(sorted(plans.items(), key=lambda one: (one[1].minutes, one[0])))


def _read(path: Path) -> Plan:
    try:
        entry: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        plan = Plan.model_validate(entry)
    except OSError as error:
        raise UsageError(f"{path.name} can't be read: {error.strerror}.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UsageError(f"{path.name} can't be read as YAML: {' '.join(str(error).split())}") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the plan"
        raise UsageError(f"{path.name}, {where}: {first['msg'].removeprefix('Value error, ')}") from None
    if plan.id != path.stem:
        raise UsageError(f"{path.name}: the id '{plan.id}' is not the name of the file.")
    return plan
