"""What the benchmarks share: the corpus in a library of its own, and a plain table."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from coach.build import build_coach
from coach.coach import Coach
from coach.library.embedder import MiniLM
from coach.library.library import Library
from coach.models.catalog import find, folder_of
from coach.settings import DATA, load_settings

CORPUS = DATA / "corpus"


def loaded_embedder() -> MiniLM:
    """The real embedder with its model in memory, so that loading it is in nobody's time."""
    embedder = MiniLM(folder_of(find(MiniLM.name), load_settings().models))
    embedder.embed(["warm up"])
    return embedder


@contextmanager
def empty_library(embedder: MiniLM) -> Iterator[Library]:
    """A library in a folder that is gone afterwards; the user's own stays untouched."""
    with tempfile.TemporaryDirectory() as home:
        settings = load_settings(home=Path(home)).model_copy(update={"chroma_url": None})
        library = Library(settings, embedder)
        try:
            yield library
        finally:
            library.close()


@contextmanager
def build_in(corpus: Path) -> Iterator[Coach]:
    """The whole coach on its default model, with a library in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as home:
        coach = build_coach(load_settings(home=Path(home)))
        try:
            coach.library.ingest([corpus])
            yield coach
        finally:
            coach.close()


def show(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a Markdown table."""
    for row in (header, ["---"] * len(header), *rows):
        print(f"| {' | '.join(row)} |")
