"""Skills that a posting asks for in other words than those of our list, and names that the list doesn't have."""

import re
from collections.abc import Sequence

import numpy as np

from coach.interview.posting_found import WANTED, Skill, quote, wanted_of
from coach.interview.posting_parts import Piece
from coach.interview.skills import Vocabulary
from coach.library.embedder import Embedder
from coach.library.lasting import lasting

# The cosine of MiniLM from which a sentence is taken to speak of a skill that it doesn't name: of 13 such sentences of
# our own it leads 9 to a skill, of 11 that ask for nothing we know none.
NEAR_A_SKILL = 0.42


def by_meaning(
    text: str, pieces: Sequence[Piece], known: Vocabulary, embedder: Embedder, found: Sequence[Skill]
) -> list[Skill]:
    """Add the skills of sentences of the qualifications in which the list finds none, or a name it doesn't know."""
    held = {quote.start for skill in found for quote in skill.quotes}
    asked = [one for one in pieces if one.part in ("required", "preferred") and asks_for_skill(one)]
    names = {one.start: _own_names(one, known) for one in asked}
    open_ones = [one for one in asked if one.start not in held or names[one.start]]
    if not open_ones:
        return list(found)
    meant = lasting(embedder, "skills", [f"{skill.name}: {skill.about}" for skill in known.skills])
    said = embedder.embed([one.text for one in open_ones])
    skills = {skill.name: skill for skill in found}
    for piece, row in zip(open_ones, said @ meant.T, strict=True):
        best = int(np.argmax(row))
        near = known.skills[best] if row[best] >= NEAR_A_SKILL else None
        new: list[Skill] = []
        if near and piece.start not in held and not names[piece.start]:
            new.append(
                Skill(
                    name=near.name, wanted=wanted_of(piece), sure=round(min(0.8, float(row[best])), 2), how="meaning",
                    topics=near.topics, kinds=near.kinds, about=near.about, quotes=(quote(text, piece),),
                )
            )  # fmt: skip
        for name in names[piece.start]:
            sure, topics, kinds = (0.6, near.topics, near.kinds) if near else (0.4, (), ())
            new.append(
                Skill(
                    name=name, wanted=wanted_of(piece), sure=sure, how="own words", topics=topics, kinds=kinds,
                    about=piece.text, quotes=(quote(text, piece),),
                )
            )  # fmt: skip
        for one in new:
            skills[one.name] = _both(skills[one.name], one) if one.name in skills else one
    return list(skills.values())


def _both(skill: Skill, again: Skill) -> Skill:
    """A skill that another sentence asks for too; what demands it most comes first."""
    if WANTED.index(again.wanted) >= WANTED.index(skill.wanted):
        return skill.model_copy(update={"quotes": (*skill.quotes, *again.quotes)})
    return skill.model_copy(update={"wanted": again.wanted, "quotes": (*again.quotes, *skill.quotes)})


def asks_for_skill(piece: Piece) -> bool:
    """Whether a sentence of the qualifications may ask for a skill, and not only for a degree or a permit."""
    degree = re.search(
        r"\b(?:bachelor|master|ph\.?d|degree|diploma|authorized to work|work permit|visa)\b",
        piece.text,
        re.IGNORECASE,
    )
    return not degree and len(piece.text.split()) >= 3


def _own_names(piece: Piece, known: Vocabulary) -> tuple[str, ...]:
    """Names in a sentence that our list doesn't know: "experience with Trino, Hudi and dltHub"."""
    listed = re.search(
        r"\b(?:with|in|of|using|like|as|including|e\.g\.,?)\s+((?:[A-Z][\w.+#-]*|and|or|,|/|\s)+)", piece.text
    )
    if not listed:
        return ()
    names = re.findall(r"[A-Z][\w.+#-]*\w(?: [A-Z][\w.+#-]*\w)?", listed[1])
    return tuple(
        name for name in names
        if name not in _NO_SKILLS and not any(known.skills_in(name)) and not any(known.skills_in(f"{name},"))
    )[:4]  # fmt: skip


_NO_SKILLS = frozenset(
    "Computer Science|Computer|Science|Engineering|Mathematics|Statistics|Physics|English|Amazon|Google|Microsoft"
    "|Seattle|New York|London|Berlin|Agile|Scrum|Knowledge|Experience|STEM|US|USA|UK|EU|AI|IT|Software".split(
        "|"
    )
)
