"""Do queries find what answers them in somebody's own guides, and does `coach ask` answer them?

Our cases say where, never what stands there. None of the questions that the corpus can't answer is answered there.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coach.errors import UsageError
from coach.evals.abstention import ABSTAINS, ANSWERS, load_questions
from coach.evals.golden import CASES
from coach.evals.metrics import bootstrap_mean, recall_at, reciprocal_rank
from coach.evals.result import Context, Row
from coach.library.embedder import Embedder
from coach.library.library import Library
from coach.library.reply import PASSAGES
from coach.library.retrieval import Hit
from coach.library.within import within

_TOP = 10
SUBSET, BESIDE = "guides", "guides beside the corpus"
NOT_APPLICABLE = "not applicable: the folder of --public has none of them"


class GuideQuery(BaseModel):
    """A query and the lines, first and last from 1, of the file that answer it, any of them by itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    query: str
    file: str
    sha256: str
    lines: tuple[tuple[int, int], ...] = Field(min_length=1)


def load_guide_queries(path: Path = CASES / "guides.jsonl") -> list[GuideQuery]:
    """Read them, one JSON object a line.

    Raises:
        UsageError: a line is no such query.
    """
    try:
        return [GuideQuery.model_validate_json(line) for line in path.read_text("utf-8").splitlines()]
    except ValidationError as error:
        raise UsageError(f"{path.name}: {error.errors()[0]['msg']}. Mend the line.") from None


def guide_rows(
    context: Context,
    embedder: Embedder,
    queries: Sequence[GuideQuery] | None = None,
    corpus: Path | None = None,
) -> tuple[list[Row], str]:
    """How well the guides are searched, and of which files; no rows where they aren't in the public folder.

    A file counts when its bytes are those that the queries were written for; it may lie in a folder `guides`. With
    `corpus`, the folder of a library, they are searched beside what it holds too; it stays as it is.

    Raises:
        UsageError: a line of the cases is no query.
    """
    asked = load_guide_queries() if queries is None else queries
    files = _files(context.public, asked)
    some = [query for query in asked if query.file in files]
    if not some:
        return [], NOT_APPLICABLE
    rows: list[Row] = []
    told = [f"{len(files)} files"]
    for subset, folder in ((SUBSET, None), (BESIDE, corpus)):
        if subset == SUBSET or folder is not None:
            with _library(context, embedder, list(files.values()), folder) as library:
                ranks = [_rank(query, library) for query in some]
                rows += _scored(subset, some, ranks, library)
            missed = [query.id for query, rank in zip(some, ranks, strict=True) if rank is None or rank > 5]
            told.append(f"{subset}: not among the best 5: {', '.join(missed) or 'none'}")
    return rows, "; ".join(told)


@contextmanager
def _library(
    context: Context, embedder: Embedder, files: Sequence[Path], corpus: Path | None
) -> Iterator[Library]:
    with tempfile.TemporaryDirectory(prefix="coach-guides-") as home:
        library = Library(context.settings.model_copy(update={"home": Path(home)}), embedder)
        if corpus is not None:
            shutil.copytree(corpus, library.settings.library)
        try:
            library.ingest(files, progress=context.progress)
            yield library
        finally:
            library.close()


def _scored(
    subset: str, queries: Sequence[GuideQuery], ranks: Sequence[int | None], library: Library
) -> Iterator[Row]:
    clusters = [query.file for query in queries]
    scores: dict[str, list[float]] = {
        "recall@1": [recall_at(rank, 1) for rank in ranks],
        "recall@5": [recall_at(rank, 5) for rank in ranks],
        "mrr": [reciprocal_rank(rank) for rank in ranks],
        ANSWERS: [float(_answered(query.query, library)) for query in queries],
    }
    for metric, values in scores.items():
        yield _row(metric, subset, values, clusters)
    absent = [one for one in load_questions() if not one.answerable]
    refused = [float(not _answered(one.question, library)) for one in absent]
    yield _row(ABSTAINS, subset, refused, [one.cluster for one in absent])


def _row(metric: str, subset: str, values: Sequence[float], clusters: Sequence[str]) -> Row:
    mean = bootstrap_mean(values, clusters)
    return Row(
        metric=metric,
        system="fused",
        subset=subset,
        value=mean.value,
        low=mean.low,
        high=mean.high,
        n=mean.n,
    )


def answers(query: GuideQuery, hit: Hit, text: str) -> bool:
    """Whether a hit holds half of the lines that answer, or consists of them for half."""
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for first, last in query.lines:
        start, end = starts[first - 1], starts[last]
        shared = min(end, hit.end) - max(start, hit.start)
        if shared >= min(end - start, hit.end - hit.start) / 2:
            return True
    return False


def _answered(question: str, library: Library) -> bool:
    """Whether `coach ask` answers without a model, which may still find that it isn't there."""
    return within(question, library.search(question, PASSAGES))


def _rank(query: GuideQuery, library: Library) -> int | None:
    text = library.text(query.file)
    for rank, hit in enumerate(library.search(query.query, _TOP), start=1):
        if hit.source == query.file and answers(query, hit, text):
            return rank
    return None


def _files(public: Path | None, queries: Sequence[GuideQuery]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for name, sha256 in {query.file: query.sha256 for query in queries}.items():
        for path in [public / name, public / "guides" / name] if public else []:
            if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256:
                found[name] = path
    return found
