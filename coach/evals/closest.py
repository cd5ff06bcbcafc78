"""Which questions of the bank are nearest to each other? `python -m coach.evals.closest [N]` prints N pairs."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from coach.build import build_bank, build_embedder
from coach.interview.questions import Question
from coach.library.embedder import Embedder
from coach.settings import load_settings


@dataclass(frozen=True)
class Pair:
    """Two questions of the bank, in its order, and the cosine of their wordings, -1 to 1."""

    one: Question
    other: Question
    cosine: float


def closest(questions: Sequence[Question], embedder: Embedder, count: int = 10) -> list[Pair]:
    """The pairs of questions whose wordings mean most nearly the same, nearest first.

    Raises:
        ModelMissing: the embedder's files are not on this machine.
    """
    vectors = embedder.embed([question.question for question in questions])
    above = np.triu(np.ones((len(questions), len(questions)), dtype=bool), k=1)
    cosines = np.where(above, vectors @ vectors.T, -2.0).round(5)
    rows, columns = np.unravel_index(np.argsort(-cosines, axis=None, kind="stable"), cosines.shape)
    best = [(int(one), int(other)) for one, other in zip(rows, columns, strict=True)]
    pairs = len(questions) * (len(questions) - 1) // 2
    return [
        Pair(questions[one], questions[other], float(cosines[one, other]))
        for one, other in best[: min(count, pairs)]
    ]


def table(pairs: Sequence[Pair]) -> str:
    """The pairs as a Markdown table."""
    rows = [
        f"| {pair.cosine:.3f} | {pair.one.id}: {pair.one.question} | {pair.other.id}: {pair.other.question} |"
        for pair in pairs
    ]
    return "\n".join(("| cosine | one | other |", "|---|---|---|", *rows, ""))


def main() -> None:
    """Print the closest pairs of the bank that comes with the coach."""
    parser = argparse.ArgumentParser(prog="coach.evals.closest", description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=10, help="how many pairs, 10 by default")
    count = parser.parse_args().count
    bank = build_bank()
    sys.stdout.write(table(closest(bank.questions, build_embedder(load_settings()), count)))


if __name__ == "__main__":
    main()
