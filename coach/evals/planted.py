"""The flaws that were planted in our own answers, and which gaps name them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from coach.errors import UsageError
from coach.evals.rated import OWN, Rated, load_rated
from coach.feedback.feedback import Criterion

# Any of these gaps names the flaw. Nothing names a contradiction: the coach does not look for any.
NAMED_BY: Mapping[str, frozenset[Criterion]] = {
    "no_situation": frozenset(("situation", "hypothetical")),
    "vague_situation": frozenset(("situation",)),
    "no_task": frozenset(("task",)),
    "vague_action": frozenset(("action",)),
    "jargon_only": frozenset(("action", "hypothetical")),
    "no_result": frozenset(("result",)),
    "vague_result": frozenset(("result", "measured")),
    "no_metric": frozenset(("measured",)),
    "decorative_numbers": frozenset(("measured", "result")),
    "we_only": frozenset(("ownership",)),
    "team_result_only": frozenset(("ownership", "result")),
    "blames_others": frozenset(("ownership", "action")),
    "off_topic": frozenset(("relevance",)),
    "hypothetical": frozenset(("hypothetical",)),
    "always_habit": frozenset(("hypothetical",)),
    "generic_praise": frozenset(("hypothetical", "action", "relevance")),
    "too_thin": frozenset(("situation", "task", "action", "result")),
    "no_reflection_when_asked": frozenset(("reflection",)),
    "contradiction": frozenset(),
}


@dataclass(frozen=True)
class Subject:
    """A rated answer with the flaws that were planted in it; none where nobody planted any, as in public rows."""

    id: str
    rated: Rated
    flaws: tuple[str, ...]

    @property
    def nameable(self) -> tuple[str, ...]:
        """The flaws that a gap could name."""
        return tuple(flaw for flaw in self.flaws if NAMED_BY[flaw])


def load_subjects(public: Path | None) -> list[Subject]:
    """Our own answers, then the public ones where the folder has them.

    Raises:
        UsageError: a line is no rated answer, or names a flaw that nobody knows.
    """
    flaws: dict[str, tuple[str, ...]] = {}
    for line in OWN.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        flaws[row["id"]] = tuple(row.get("flaws", ()))
        if unknown := set(flaws[row["id"]]) - NAMED_BY.keys():
            raise UsageError(f"{OWN.name}: {row['id']} has an unknown flaw {min(unknown)!r}: mend the line.")
    return [Subject(rated.id, rated, flaws.get(rated.id, ())) for rated in load_rated(public)]
