"""What a job posting leads to: one question for it, or an interview. It is a file, or one of the user's material."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from coach.errors import ModelMissing
from coach.interview.posting import posting_from_file, read_posting
from coach.interview.posting_found import Posting
from coach.interview.questions import QuestionBank
from coach.interview.sought import Sought, sought
from coach.interview.tailoring import Tailored, aims, tailored
from coach.library.embedder import Embedder
from coach.library.lasting import keeping
from coach.library.library import Library
from coach.library.material import Held, Material

T = TypeVar("T")


def question_for(
    path: Path, bank: QuestionBank, embedder: Embedder, limits: Mapping[str, Any]
) -> dict[str, object]:
    """Pick a question for the posting in a file: its fields without the hidden ones, and why under `posting`.

    Raises:
        UsageError: the file can't be read, is no posting, or nothing fits.
    """

    def pick(embedder: Embedder | None) -> Tailored:
        return tailored(bank, posting_from_file(path, embedder), **limits, embedder=embedder)

    picked = _by_meaning(embedder, pick)
    why = picked.model_dump(mode="json", include={"skill", "wanted", "quote"})
    return {**picked.question.model_dump(mode="json", exclude={"hidden", "solution"}), "posting": why}


def sought_in(path: Path, bank: QuestionBank, embedder: Embedder) -> Sought:
    """Read the posting in a file for an interview.

    Raises:
        UsageError: the file can't be read, or is no posting.
    """

    posting_from_file(path)  # what is no posting is told before the wait

    def read(embedder: Embedder | None) -> Sought:
        posting = posting_from_file(path, embedder)
        return sought(posting, aims(bank, posting, embedder))

    print("Reading the posting ...", file=sys.stderr, flush=True)
    return _by_meaning(embedder, read)


def postings_held(library: Library) -> list[Held]:
    """Return the postings among the user's own material, the latest first.

    Raises:
        IndexUnreachable: the library can't be read.
    """
    return [one for one in Material(library).listed() if one.posting]


def read_held(library: Library, bank: QuestionBank, source: str) -> tuple[Posting, Sought]:
    """Read a posting of the user's material: what it asks for, and what it leads an interview to.

    Raises:
        LibraryError: the library has no such source (any more), or can't be read.
        UsageError: it is no posting.
        ModelMissing: the embedder's files are not on this machine.
    """
    title = next((one.title for one in postings_held(library) if one.source == source), "")
    embedder = keeping(library.embedder, library.settings)
    posting = read_posting(library.text(source), embedder, given_title=title)
    return posting, sought(posting, aims(bank, posting, embedder))


def _by_meaning(embedder: Embedder, act: Callable[[Embedder | None], T]) -> T:
    """Read a posting by what it means, or, where the embedder's files are missing, by its words alone."""
    try:
        return act(embedder)
    except ModelMissing as error:
        print(f"coach: the posting is read by its words alone: {error}", file=sys.stderr)
        return act(None)
