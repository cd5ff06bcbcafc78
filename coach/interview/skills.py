"""The list of skills that postings ask for, and how postings speak of the principles (`skills.yaml`)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from coach.interview.questions import PRINCIPLES, QuestionKind

_FILE = Path(__file__).with_name("skills.yaml")


class KnownSkill(BaseModel):
    """A skill of the list.

    `topics` are parts of the question bank's topics; `kinds` are asked about it whatever their topic; `about` says
    in a few words what is meant.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    also: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    kinds: tuple[QuestionKind, ...] = ()
    about: str


@dataclass(frozen=True)
class Vocabulary:
    """The list, ready to be looked for in a text; see `vocabulary`."""

    skills: tuple[KnownSkill, ...]
    patterns: tuple[re.Pattern[str], ...]
    principles: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]

    def skills_in(self, text: str) -> Iterator[KnownSkill]:
        """The skills that a sentence names."""
        return (one for one, pattern in zip(self.skills, self.patterns, strict=True) if pattern.search(text))

    def principles_in(self, text: str) -> Iterator[tuple[str, bool]]:
        """The principles that a sentence speaks of, and whether it names them by their name."""
        for name, named, cues in self.principles:
            if named.search(text):
                yield name, True
            elif cues.search(text):
                yield name, False


@cache
def vocabulary() -> Vocabulary:
    """The list that comes with the coach; read once."""
    listed = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    skills = tuple(KnownSkill.model_validate(one) for one in listed["skills"])
    spoken = listed["principles"]
    return Vocabulary(
        skills=skills,
        patterns=tuple(_any_of(_phrases(one), one.exact) for one in skills),
        principles=tuple((name, _any_of([_named(name)]), _any_of(spoken[name])) for name in PRINCIPLES),
    )


def _phrases(skill: KnownSkill) -> tuple[str, ...]:
    return skill.also if skill.name in skill.exact else (skill.name.lower(), *skill.also)


def _named(principle: str) -> str:
    # "Learn and Be Curious", "Are Right A Lot": its words in order; the signs between them don't matter.
    return " ".join(re.findall(r"\w+(?:'\w+)?", principle.lower()))


def _any_of(phrases: tuple[str, ...] | list[str], exact: tuple[str, ...] = ()) -> re.Pattern[str]:
    parts = [*(_phrase(one) for one in phrases), *(f"(?-i:{_exact(one)})" for one in exact)]
    return re.compile("|".join(parts), re.IGNORECASE)


def _phrase(phrase: str) -> str:
    words = [
        r"(?:[\w'-]+\W{1,3}){0,4}?" if word == "..." else re.escape(word).replace(r"\*", r"[\w'-]*")
        for word in phrase.split()
    ]
    joined = words[0]
    for before, word in zip(phrase.split(), words[1:], strict=False):
        joined += word if before == "..." else rf"[\s/,;&.-]{{1,3}}{word}"
    # "ml" is not in "html", nor "c++" in "c+++"; what follows may be a plural.
    return rf"(?<![\w.#]){joined}(?![\w+#])"


def _exact(name: str) -> str:
    # A single letter or an everyday word is a language only in a list of them.
    if len(name) <= 2 and name not in ("ML",):
        return rf"(?<![\w&]){re.escape(name)}(?=\s*(?:[,;/)]|\.(?:\s|$)|or\b|and\s+[A-Z]|$))"
    return rf"(?<![\w]){re.escape(name)}(?!\w)"
