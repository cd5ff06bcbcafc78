"""Vectors of texts that stay the same from run to run, such as the question bank: embedded once, kept in a file."""

import hashlib
import json
import logging
import secrets
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coach.library.embedder import Embedder, Progress, State, Vectors
from coach.settings import Settings

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class KeepingEmbedder:
    """An embedder that keeps what `lasting` asks it for in files of `folder`, made where it is missing."""

    embedder: Embedder
    folder: Path

    @property
    def name(self) -> str:
        return self.embedder.name

    @property
    def dimension(self) -> int:
        return self.embedder.dimension

    @property
    def state(self) -> State:
        return self.embedder.state

    def tokens(self, text: str) -> int:
        """How many tokens a text has."""
        return self.embedder.tokens(text)

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One row of unit length for each text; nothing is kept."""
        return self.embedder.embed(texts, progress)

    def lasting(self, what: str, texts: Sequence[str]) -> Vectors:
        """One row of unit length for each text, from the file of this name where it is of these texts.

        A file of other texts, of another embedder, or a broken one is written anew.
        """
        path, key = self.folder / f"{what}.npz", _key(self.embedder, texts)
        shape = (len(texts), self.dimension)
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
                vectors: Vectors = stored["vectors"]
                if str(stored["key"]) == key and vectors.shape == shape and vectors.dtype == np.float32:
                    return vectors
        except FileNotFoundError:
            pass  # the first time
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            log.info("The vectors in %s can't be read (%s) and are made anew.", path, type(error).__name__)
        vectors = self.embedder.embed(texts)
        self._write(path, key, vectors)
        return vectors

    def _write(self, path: Path, key: str, vectors: Vectors) -> None:
        aside = path.with_name(f"{path.stem}.{secrets.token_hex(4)}.npz")
        try:
            for folder in (self.folder.parent, self.folder):  # the home may not be there yet, and is private
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            np.savez(aside, key=np.array(key), vectors=vectors)
            aside.replace(path)
        except OSError as error:
            with suppress(OSError):
                aside.unlink()
            log.warning("The vectors are not kept: %s can't be written (%s).", path, error.strerror)


def keeping(embedder: Embedder, settings: Settings) -> KeepingEmbedder:
    """Return an embedder that keeps such vectors in the coach's home."""
    return KeepingEmbedder(embedder, settings.home / "vectors")


def lasting(embedder: Embedder, what: str, texts: Sequence[str]) -> Vectors:
    """Embed texts that stay the same from run to run, or take what is kept of them under the name `what`."""
    return embedder.lasting(what, texts) if isinstance(embedder, KeepingEmbedder) else embedder.embed(texts)


def _key(embedder: Embedder, texts: Sequence[str]) -> str:
    whole = json.dumps([embedder.name, embedder.dimension, *texts])
    return hashlib.sha256(whole.encode()).hexdigest()
