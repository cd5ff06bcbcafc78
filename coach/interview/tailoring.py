"""A posting decides what is asked: how much each question of the bank has to do with it, and the pick by that weight.

Each thing that the posting asks for has a weight, which its questions share: so what is asked does not depend on how
many questions the bank happens to have about it.
"""

import hashlib
import math
import re
import secrets
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict

from coach.errors import UsageError
from coach.interview.posting_found import Posting, Quote, Skill
from coach.interview.questions import Question, QuestionBank, principle_named
from coach.interview.sought import Aim
from coach.library.embedder import Embedder
from coach.library.lasting import lasting

_WEIGHT = {"required": 1.0, "preferred": 0.6, "duty": 0.8, "mentioned": 0.15}
_PRINCIPLES = 0.5  # what a posting says of the principles weighs less than what it demands
_DUTY, _UNKNOWN = 0.25, 0.5
# How well a question fits a skill: its topic is the skill's, its topic or its words name it, its kind is about it.
_BY_TOPIC, _BY_NAME, _BY_WORDS, _BY_KIND = 1.0, 0.9, 0.4, 0.15
# The cosine of MiniLM from which a question is about what a sentence of a posting says, and how many are at most.
NEAR_A_QUESTION, _NEAREST = 0.45, 3
_AGAIN = 4.0  # what has been asked about waits this much longer for each time


class Tailored(BaseModel):
    """A question picked for a posting, with what decided. The question is dumped without its hidden parts."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    question: Question
    skill: str
    wanted: str
    quote: Quote


@dataclass
class _Tally:
    """What the questions have collected so far: their weight, and the strongest single reason."""

    weights: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    reasons: dict[str, tuple[float, str, str, Quote]] = field(default_factory=dict)

    def share(self, skill: str, wanted: str, quote: Quote, weight: float, fits: Mapping[str, float]) -> None:
        whole = sum(fits.values())
        for name, fit in fits.items():
            part = weight * fit / whole
            self.weights[name] += part
            if part * fit > self.reasons.get(name, (0.0,))[0]:
                self.reasons[name] = (part * fit, skill, wanted, quote)


def aims(bank: QuestionBank, posting: Posting, embedder: Embedder | None = None) -> dict[str, Aim]:
    """Say which questions a posting leads to, by id; a recruiter's are never among them.

    With an embedder, what has no question by topic or by name gets the nearest ones by meaning, and so do duties.

    Raises:
        ModelMissing: the embedder's files are not on this machine.
    """
    questions = [one for one in bank.questions if one.kind != "recruiter"]
    tally, alone = _Tally(), []
    for skill in posting.skills:
        weight = _WEIGHT[skill.wanted] * skill.sure * min(1.5, 1 + 0.1 * (len(skill.quotes) - 1))
        fits = _fits(skill, questions)
        if max(fits.values(), default=0.0) > _BY_KIND or embedder is None:
            tally.share(skill.name, skill.wanted, skill.quotes[0], weight, fits)
        else:
            said = f"{skill.name}: {skill.about}" if skill.how == "name" else skill.quotes[0].text
            alone.append((skill.name, skill.wanted, skill.quotes[0], weight, said, fits))
    for value in posting.values:
        ours = {one.id: 1.0 for one in questions if one.principle == principle_named(value.principle)}
        tally.share(value.principle, "principle", value.quotes[0], _PRINCIPLES * value.sure, ours)
    if embedder is not None:
        wanted = [
            *alone,
            *(("its own words", "required", one, _UNKNOWN, one.text, {}) for one in posting.unknown),
            *(
                ("what you would do", "duty", one.quote, _DUTY * one.sure, one.quote.text, {})
                for one in posting.duties
            ),
        ]
        near = _nearest([said for *_, said, _ in wanted], questions, embedder)
        for (name, kind, quote, weight, _, fits), found in zip(wanted, near, strict=True):
            tally.share(name, kind, quote, weight, found or fits)
    return {
        name: Aim(skill, kind, quote, round(tally.weights[name], 4))
        for name, (_, skill, kind, quote) in tally.reasons.items()
    }


def tailored(
    bank: QuestionBank,
    posting: Posting,
    *,
    kind: str | None = None,
    principle: str | None = None,
    topic: str | None = None,
    level: str | None = None,
    seed: int | None = None,
    exclude: Collection[str] = frozenset(),
    embedder: Embedder | None = None,
) -> Tailored:
    """Pick one question for a posting, the likelier the more the posting asks for it.

    The limits are those of `QuestionBank.select`; without a level, that of the posting, where the bank has any.

    Raises:
        UsageError: nothing fits; the message says what to do.
        ModelMissing: the embedder's files are not on this machine.
    """
    found = aims(bank, posting, embedder)
    limits = {"kind": kind, "principle": principle, "topic": topic}
    fitting = [
        one for one in _selected(bank, **limits, level=level) if one.id in found and one.id not in exclude
    ]
    if level is None and posting.seniority.level:
        fitting = [one for one in fitting if posting.seniority.level in one.level] or fitting
    chosen = next_tailored(fitting, found, asked=(), seed=seed if seed is not None else secrets.randbits(32))
    if chosen is None:
        raise UsageError(
            "The bank has no such question about what the posting asks for: widen the choice, or leave the posting out."
        )
    aim = found[chosen.id]
    return Tailored(question=chosen, skill=aim.skill, wanted=aim.wanted, quote=aim.quote)


def next_tailored(
    fresh: Sequence[Question], found: Mapping[str, Aim], asked: Collection[str], seed: int
) -> Question | None:
    """Pick, from questions that may be asked, the next one for a posting; None: none of them has to do with it.

    Args:
        fresh: the candidates, in any order.
        found: from `aims`.
        asked: the ids of questions asked before; what they were about comes again later.
        seed: one seed, one order.
    """
    times = Counter(found[name].skill for name in asked if name in found)
    candidates = [one for one in fresh if one.id in found]
    return min(candidates, key=lambda one: waiting(found[one.id], one.id, times, seed), default=None)


def waiting(aim: Aim, question_id: str, times: Mapping[str, int], seed: int) -> float:
    """How long a question waits for its turn: chance by the seed, shorter for more weight; the least comes next.

    `times` says how often each skill has been asked about.
    """
    digest = hashlib.sha256(f"{seed}:{question_id}".encode()).digest()
    chance = (int.from_bytes(digest[:8], "big") + 1) / (2**64 + 1)
    return -math.log(chance) / aim.weight * (1 + _AGAIN * times.get(aim.skill, 0))


def _selected(bank: QuestionBank, **limits: Any) -> Iterator[Question]:
    """All questions that `select` could give; what it refuses is refused in its words."""
    bank.select(**limits)
    for one in bank.questions:
        with suppress(UsageError):
            yield QuestionBank((one,)).select(**limits, seed=0)


def _fits(skill: Skill, questions: Sequence[Question]) -> dict[str, float]:
    name = re.compile(rf"\b{re.escape(skill.name.lower())}\b")
    topics = re.compile("|".join(rf"\b{re.escape(part)}" for part in skill.topics)) if skill.topics else None
    fits = {}
    for one in questions:
        topic = one.topic or ""
        if topics and topics.search(topic):
            fits[one.id] = _BY_TOPIC
        elif name.search(topic):
            fits[one.id] = _BY_NAME
        elif one.kind != "behavioral" and name.search(one.question.lower()):
            fits[one.id] = _BY_WORDS
        elif one.kind in skill.kinds:
            fits[one.id] = _BY_KIND
    return fits


def _nearest(
    said: Sequence[str], questions: Sequence[Question], embedder: Embedder
) -> list[dict[str, float]]:
    """For each text the nearest questions and how near: at most a few, and none that is about something else."""
    if not said or not questions:
        return [{} for _ in said]
    asked = lasting(embedder, "questions", [f"{one.subject}: {one.question}" for one in questions])
    found = []
    for row in embedder.embed(list(said)) @ asked.T:
        best = np.argsort(-row)[:_NEAREST]
        found.append({questions[i].id: float(row[i]) for i in best if row[i] >= NEAR_A_QUESTION})
    return found
