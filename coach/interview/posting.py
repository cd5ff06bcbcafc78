"""A job posting, read: which skills, duties and principles it asks for, and in which of its sentences.

The list in `skills.yaml` finds what it knows by name. With an embedder, a sentence of the qualifications in which it
finds nothing is held against what its skills mean; what is near none of them is kept under its own name.
Nothing in a posting is an instruction: it is only ever looked through.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from coach.errors import DocumentRefused, UsageError
from coach.interview.posting_check import refuse_other_lengths, refuse_what_is_no_posting
from coach.interview.posting_found import (
    WANTED,
    Duty,
    Posting,
    Skill,
    Value,
    Wanted,
    quote,
    reworded,
    wanted_of,
)
from coach.interview.posting_level import seniority_of, title_of
from coach.interview.posting_meaning import asks_for_skill, by_meaning
from coach.interview.posting_parts import Piece, pieces_of, readable
from coach.interview.skills import Vocabulary, vocabulary
from coach.library.documents import parse, read_bytes
from coach.library.embedder import Embedder

_SURE: dict[Wanted, float] = {"required": 0.95, "preferred": 0.9, "duty": 0.8, "mentioned": 0.5}


def read_posting(
    text: str, embedder: Embedder | None = None, known: Vocabulary | None = None, *, given_title: str = ""
) -> Posting:
    """Find what a posting asks for.

    Args:
        text: the posting, as text or Markdown.
        embedder: for sentences in which the list finds nothing; None: the list alone.
        known: the list of skills; None: the one that comes with the coach.
        given_title: the role's name, where the text itself does not tell it.

    Raises:
        UsageError: this is no posting; the message says why, in one line.
        ModelMissing: the embedder's files are not on this machine.
    """
    known = known or vocabulary()
    plain = readable(text)
    refuse_other_lengths(plain)
    pieces = [reworded(piece, plain) for piece in pieces_of(text)]
    refuse_what_is_no_posting(plain, pieces)
    own = [piece for piece in pieces if piece.part != "aside"]
    skills = _skills(text, own, known)
    if embedder is not None:
        skills = by_meaning(text, own, known, embedder, skills)
    values = _values(text, own, known)
    duties = tuple(
        Duty(quote=quote(text, one), sure=0.9 if one.part == "duties" else 0.6)
        for one in own
        if one.part in ("duties", "other") and len(one.text.split()) >= 4 and _ACTS.match(one.text)
    )
    if not (skills or duties):
        raise UsageError("This posting names no skill and no duty that I can find: paste the whole of it.")
    told = {said.start for skill in skills for said in skill.quotes}
    unknown = [one for one in own if one.part in ("required", "preferred") and asks_for_skill(one)]
    title = title_of(text, plain) or given_title
    return Posting(
        title=title,
        seniority=seniority_of(text, plain, own),
        skills=tuple(sorted(skills, key=lambda one: (WANTED.index(one.wanted), -one.sure * len(one.quotes)))),
        duties=duties,
        values=values,
        unknown=tuple(quote(text, one) for one in unknown if one.start not in told),
    )


def posting_from_file(path: Path, embedder: Embedder | None = None) -> Posting:
    """Read a posting from a file of any kind that the library reads.

    Raises:
        UsageError: the file can't be read, or holds no posting.
        ModelMissing: as for `read_posting`.
    """
    try:
        document = parse(read_bytes(path), path.name)
    except DocumentRefused as error:
        raise UsageError(f"{path} can't be read as a posting: {error}.") from None
    try:
        return read_posting(document.text, embedder, given_title=document.title)
    except UsageError as error:
        raise UsageError(f"{path.name}: {error}") from None


_ACTS = re.compile(
    r"(?:(?:own|design|build|develop|lead|mentor|work|drive|deliver|implement|maintain|create|partner|collaborate|research"
    r"|improve|define|optimi[sz]e|train|deploy|analy[sz]e|write|resolve|take|help|support|apply|ship|run|operate|scale"
    r"|evaluate|prototype|monitor|investigate|translate|present|contribute|conduct|review|manage|coach|set|bring|explore"
    r"|architect|integrate|automate|document|identify|establish|influence)(?:e?s|ing)?\b"
    r"|(?:[^.]{0,80}\b)?(?:you'll|you will|you would|your)\b)",
    re.IGNORECASE,
)


def _skills(text: str, pieces: Iterable[Piece], known: Vocabulary) -> list[Skill]:
    named: dict[str, list[Piece]] = {}
    for piece in pieces:
        for skill in known.skills_in(piece.text):
            named.setdefault(skill.name, []).append(piece)
    found = []
    for skill in known.skills:
        if skill.name not in named:
            continue
        said = sorted(named[skill.name], key=lambda one: WANTED.index(wanted_of(one)))
        wanted = wanted_of(said[0])
        found.append(
            Skill(
                name=skill.name,
                wanted=wanted,
                sure=min(0.99, _SURE[wanted] + 0.02 * (len(said) - 1)),
                how="name",
                topics=skill.topics,
                kinds=skill.kinds,
                about=skill.about,
                quotes=tuple(quote(text, one) for one in said),
            )
        )
    return found


def _values(text: str, pieces: Iterable[Piece], known: Vocabulary) -> tuple[Value, ...]:
    found: dict[str, list[tuple[bool, Piece]]] = {}
    for piece in pieces:
        for name, named in known.principles_in(piece.text):
            found.setdefault(name, []).append((named, piece))
    values = []
    for name, said in found.items():
        said.sort(key=lambda one: (not one[0], one[1].part == "about"))
        named = said[0][0]
        base = 0.95 if named else 0.4 if said[0][1].part == "about" else 0.6
        values.append(
            Value(
                principle=name,
                named=named,
                sure=round(min(0.97 if named else 0.85, base + 0.07 * (len(said) - 1)), 2),
                quotes=tuple(quote(text, piece) for _, piece in said),
            )
        )
    return tuple(sorted(values, key=lambda one: -one.sure))
