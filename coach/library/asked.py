"""Questions that the sections of the coach's own corpus answer, in the words in which people ask them.

They are further ways to a passage, which nobody sees. The questions of `corpus/guides/star.md` are in
`guides/star.yaml` below the folder; a user's own guides have none.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

import numpy as np
import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from coach.errors import LibraryError
from coach.library.embedder import Vectors
from coach.library.passages import Passage
from coach.settings import DATA

ASKED = DATA / "corpus" / "asked"
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class AskedOf(BaseModel):
    """The questions that a section answers; `heading` is its own, the last of its heading path."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    heading: str
    asked: tuple[str, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Asked:
    """A question, and the rows of the passages that its section was cut into."""

    text: str
    rows: tuple[int, ...]

    def nearest(self, passages: Vectors, question: Vectors) -> int:
        """The row whose passage is nearest to the question, by their vectors."""
        return self.rows[int(np.argmax(passages[list(self.rows)] @ question))]


_SECTIONS = TypeAdapter(tuple[AskedOf, ...])


def file_of(source: str, folder: Path) -> Path | None:
    """Where the questions of a source are; None when it has none."""
    corpus, *rest = PurePath(source).parts
    path = folder.joinpath(*rest).with_suffix(".yaml") if rest else folder
    return path if corpus == "corpus" and path.is_file() else None


def digest(source: str, folder: Path) -> str:
    """The SHA-256 of a source's questions, "" when it has none."""
    path = file_of(source, folder)
    return hashlib.sha256(path.read_bytes()).hexdigest() if path else ""


def load_asked(path: Path) -> tuple[AskedOf, ...]:
    """Read the questions of one source.

    Raises:
        LibraryError: the file is no list of headings with questions.
    """
    try:
        entries = yaml.load(path.read_bytes(), Loader=_Loader)  # noqa: S506 (a safe loader)
        return _SECTIONS.validate_python(entries)
    except (yaml.YAMLError, UnicodeDecodeError, ValidationError):
        raise LibraryError(
            f"{path} is not a list of headings with questions: restore it, or install the coach again."
        ) from None


def asked_about(cut: Sequence[tuple[int, Passage]], sections: Sequence[AskedOf]) -> list[Asked]:
    """The questions with the passages they are about; those of a heading that isn't there (any more) are left out.

    `cut` are the passages of one source with their rows. A section without passages of its own is the
    sections below it.
    """
    paths = [(row, passage.heading.split(" > ")) for row, passage in cut]
    found: list[Asked] = []
    for section in sections:
        own = tuple(row for row, path in paths if path[-1] == section.heading)
        if rows := own or tuple(row for row, path in paths if section.heading in path):
            found += [Asked(text, rows) for text in section.asked]
    return found
