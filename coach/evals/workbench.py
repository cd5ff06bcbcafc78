"""Where an eval works: in a home of its own, with one coach at a time, on exactly the corpus."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from coach.build import CORPUS, build_coach
from coach.coach import Coach
from coach.evals.journal import Progress
from coach.settings import Settings


@contextmanager
def own_home(settings: Settings) -> Iterator[Settings]:
    """The settings with a home, index and store of their own, gone afterwards: nothing of the user's is read."""
    with tempfile.TemporaryDirectory(prefix="coach-eval-") as home:
        yield settings.model_copy(update={"home": Path(home), "chroma_url": None, "database_url": None})


@contextmanager
def coach_when_asked(settings: Settings, progress: Progress) -> Iterator[Callable[[], Coach]]:
    """A function that returns the coach, built and its library filled at the first call; closed at the end.

    The function raises what `build_coach` and `Library.ingest` raise.
    """
    built: list[Coach] = []

    def coach() -> Coach:
        if not built:
            built.append(build_coach(settings))
            built[0].library.ingest([CORPUS], progress=progress)
        return built[0]

    try:
        yield coach
    finally:
        for one in built:
            one.close()
