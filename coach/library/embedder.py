"""Texts become vectors: the border, MiniLM behind it, and a small stand-in for tests."""

import hashlib
import math
import re
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from coach.errors import ModelMissing
from coach.numerics import multiply_quickly

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

Vectors = NDArray[np.float32]
_LONG_WORD = re.compile(r"\S{101}")
State = Literal["cold", "loading", "ready"]
Progress = Callable[[int, int], None]
"""Called with how many texts are embedded and how many there are."""


class Embedder(Protocol):
    """What the library needs of an embedder. Two with the same `name` give the same vectors."""

    @property
    def name(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    @property
    def state(self) -> State:
        """Whether it can embed at once."""
        ...

    def tokens(self, text: str) -> int:
        """How many of its tokens a text has, special tokens not counted."""
        ...

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One row of unit length for each text: shape (len(texts), dimension)."""
        ...


class MiniLM:
    """all-MiniLM-L6-v2 from a local folder, on the CPU; it never asks a network for anything.

    Building one is cheap. The model is loaded by the first `embed`, or by `load` ahead of it, once
    however many threads ask; `state` says how far that is.
    """

    name = "all-minilm-l6-v2"
    dimension = 384

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.state: State = "cold"
        self._model: SentenceTransformer | None = None
        self._tokenizer: Tokenizer | None = None
        self._lock = threading.Lock()

    def tokens(self, text: str) -> int:
        """How many tokens a text has. Counting doesn't load the model.

        Words of more than 100 letters are one unknown token to the model; here they count by length,
        so that a page without spaces can't pass for one short passage.

        Raises:
            ModelMissing: the folder doesn't hold the tokenizer.
        """
        if self._tokenizer is None:
            self._tokenizer = self._load_tokenizer()
        encoded = self._tokenizer.encode(text, add_special_tokens=False)
        if not _LONG_WORD.search(text):
            return len(encoded)
        return sum(
            math.ceil((end - start) / 2) if token == "[UNK]" else 1  # noqa: S105
            for token, (start, end) in zip(encoded.tokens, encoded.offsets, strict=True)
        )

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One row of unit length for each text; what goes beyond 256 tokens of a text is not read.

        Raises:
            ModelMissing: the folder doesn't hold the model.
        """
        model = self.load()
        parts = [np.empty((0, self.dimension), dtype=np.float32)]
        batch = 64
        for start in range(0, len(texts), batch):
            part = model.encode(
                list(texts[start : start + batch]), normalize_embeddings=True, show_progress_bar=False
            )
            parts.append(np.asarray(part, dtype=np.float32))
            if progress:
                progress(min(start + batch, len(texts)), len(texts))
        return np.concatenate(parts)

    def load(self) -> "SentenceTransformer":
        """Load the model (4 to 9 seconds, most of it imports) unless it is loaded already.

        Raises:
            ModelMissing: the folder doesn't hold the model.
        """
        with self._lock:
            if self._model is None:
                self._require("model.safetensors")
                self.state = "loading"
                try:
                    self._model = _load_model(self.folder)
                finally:
                    self.state = "cold" if self._model is None else "ready"
            return self._model

    def _load_tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._require("tokenizer.json")))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    def _require(self, file: str) -> Path:
        path = self.folder / file
        if not path.is_file():
            raise ModelMissing(f"{path} is missing: run `coach models pull {self.name}`.")
        return path


def _load_model(folder: Path) -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    multiply_quickly()
    return SentenceTransformer(str(folder), device="cpu", local_files_only=True)


class HashedWords:
    """For tests only: each word adds to a few of 64 numbers, so texts that share words are near.

    Deterministic, instant, without model files. It knows words, not meanings: never offer it to people.
    """

    name = "hashed-words"
    dimension = 64
    state: State = "ready"

    def tokens(self, text: str) -> int:
        """Words and signs, each eight letters begun counting as one."""
        return sum(math.ceil(len(word) / 8) for word in re.findall(r"\w+|[^\w\s]", text))

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One row of unit length for each text."""
        rows = np.full((len(texts), self.dimension), 1e-6, dtype=np.float32)
        for index, text in enumerate(texts):
            for word in re.findall(r"\w+", text.casefold()):
                for place in hashlib.sha256(word.encode()).digest()[:3]:
                    rows[index, place % self.dimension] += 1
            if progress:
                progress(index + 1, len(texts))
        unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit
