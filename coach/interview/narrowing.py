"""Narrow a choice of questions down, limit by limit, and where nothing is left say what there is."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from coach.errors import UsageError

T = TypeVar("T")


@dataclass(frozen=True)
class Pool(Generic[T]):
    """The questions that fit all limits so far, which are told in `limits`, such as " with kind 'coding'"."""

    questions: tuple[T, ...]
    limits: str = ""

    def narrow(
        self, what: str, wanted: str, values: Callable[[T], Sequence[str]], *, part: bool = False
    ) -> "Pool[T]":
        """Return the questions that have the wanted value too.

        Args:
            what: what is limited, as the message calls it.
            wanted: the value; case, punctuation and spaces don't matter.
            values: the values that a question has.
            part: a part of a value is enough.

        Raises:
            UsageError: no question has it; the message names the values that there are.
        """
        target = plain(wanted)

        def fits(value: str) -> bool:
            return target in plain(value) if part else target == plain(value)

        kept = tuple(question for question in self.questions if any(map(fits, values(question))))
        if kept:
            return Pool(kept, f"{self.limits} with {what} '{wanted}'")
        there = list(dict.fromkeys(value for question in self.questions for value in values(question)))
        choice = f"choose from: {'; '.join(there)}" if there else f"leave out the {what}"
        raise UsageError(f"There is no question{self.limits} with {what} '{wanted}': {choice}.")


def plain(text: str) -> str:
    """Return the words alone: without case, punctuation and apostrophes."""
    folded = text.casefold().replace("&", " and ").replace("'", "").replace("’", "")
    return " ".join(re.findall(r"[a-z0-9]+", folded))
