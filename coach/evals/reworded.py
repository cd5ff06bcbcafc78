"""Practice answers said anew, sentence by sentence, with the same facts: what the assessment must not be moved by.

A paraphrase tells the story in other words and another tone; a polish puffs a weak answer up. Readers who did not
know that rated both as they had rated the answers themselves (docs/quality.md), so they keep those ratings.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from coach.feedback.rubric import TAGS

REWORDED = Path(__file__).parent / "cases" / "reworded.jsonl"


class Reworded(BaseModel):
    """The rated answer `of` in other words: a tag for each sentence, other for what only a polish adds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    of: str
    kind: Literal["paraphrase", "polish"]
    tags: str
    sentences: tuple[str, ...]

    @model_validator(mode="after")
    def _tagged(self) -> Self:
        if len(self.tags) != len(self.sentences) or set(self.tags) - set(TAGS):
            raise ValueError("not one tag for each sentence")
        return self


def load_reworded(path: Path = REWORDED) -> Mapping[str, Sequence[Reworded]]:
    """Return what was said anew, by the id of the rated answer."""
    found: dict[str, list[Reworded]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        one = Reworded.model_validate(json.loads(line))
        found.setdefault(one.of, []).append(one)
    return found
