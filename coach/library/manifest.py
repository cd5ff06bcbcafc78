"""What a generation of the index was made of, so that the next one makes only what is new."""

import hashlib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from coach.errors import IndexUnreachable

FORMAT = 2  # count up when the readers or the layout of a generation change: all files are read again


class Source(BaseModel):
    """One file in the library. `path` is absolute; `mtime_ns` and `size` tell cheaply whether it changed.

    `title` and `passages` (how many it was cut into) are known once it is read. `asked` is the SHA-256 of
    the questions that its sections answer, "" where it has none.
    """

    model_config = ConfigDict(frozen=True)

    path: str
    sha256: str
    size: int
    mtime_ns: int
    ingested_at: str
    title: str = ""
    passages: int = 0
    asked: str = ""


class Manifest(BaseModel):
    """A generation's own description. `sources` maps source names to files, sorted by name.

    `server` is the Chroma server that holds the vectors, without credentials; None when they are local.
    `previous` is the generation before this one, kept for readers that still have it open.
    """

    model_config = ConfigDict(frozen=True)

    format: int
    embedder: str
    dimension: int
    chunker: str
    server: str | None
    previous: str | None
    corpus: str
    passages: int
    sources: dict[str, Source]

    def save(self, folder: Path) -> None:
        """Write it into a generation's folder."""
        (folder / "manifest.json").write_text(self.model_dump_json(indent=1), encoding="utf-8")


def load_manifest(folder: Path) -> Manifest:
    """Read the manifest in a generation's folder.

    Raises:
        FileNotFoundError: there is none.
        IndexUnreachable: it can't be understood.
    """
    try:
        return Manifest.model_validate_json((folder / "manifest.json").read_bytes())
    except ValidationError:
        raise IndexUnreachable(
            f"{folder / 'manifest.json'} is damaged: run `coach ingest --rebuild` with all your guides."
        ) from None


def corpus_hash(sources: dict[str, Source]) -> str:
    """The same for two libraries that hold the same files and questions under the same names."""
    lines = (f"{name}\0{source.sha256}{source.asked}\n" for name, source in sorted(sources.items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()
