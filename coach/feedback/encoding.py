"""Read an answer once with the embedder's network, and keep what it knows of each sentence in its context.

A sentence by itself loses what came before it ("I had until Friday"); here all sentences go through the
network together, and each is the mean of its own tokens. The middle layers are kept beside the last, since
tense, person and mood, by which a goal differs from a step, are clearest there (Tenney, Das and Pavlick: BERT
Rediscovers the Classical NLP Pipeline, 2019). The question is read by itself, so that what an answer says does
not depend on what was asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Array = NDArray[np.float32]

LAYERS = (2, 4, 6)
DIMENSION = 384
_WINDOW = 512  # tokens, the network's longest input
_LONGEST_SENTENCE = 128  # tokens; the splitter hardly ever leaves longer ones


@dataclass(frozen=True)
class Encoded:
    """Question (layers, dimension) and sentences (sentences, layers, dimension), each row of unit length."""

    question: Array
    sentences: Array


class Encoder(Protocol):
    """What the assessment needs to read an answer."""

    def read(self, question: str, sentences: Sequence[str]) -> Encoded:
        """Read a question and at least one sentence.

        Raises:
            ModelMissing: the network's files are not on this machine.
        """
        ...


class Loader(Protocol):
    """Whoever holds the network, as the library's embedder does."""

    def load(self) -> "SentenceTransformer": ...


class MiniLMEncoder:
    """Reads with the same weights in memory that the library embeds with."""

    def __init__(self, embedder: Loader) -> None:
        """Build one; nothing is loaded before the first `read`."""
        self._embedder = embedder

    def read(self, question: str, sentences: Sequence[str]) -> Encoded:
        """See `Encoder`; an answer beyond 512 tokens is read in several parts of whole sentences."""
        model = self._embedder.load()
        tokenizer, network = model.tokenizer, model[0].auto_model
        asked = tokenizer(question, add_special_tokens=False, truncation=True, max_length=_LONGEST_SENTENCE)
        told = tokenizer(
            list(sentences), add_special_tokens=False, truncation=True, max_length=_LONGEST_SENTENCE
        )
        first, last = tokenizer.cls_token_id, tokenizer.sep_token_id
        states = _states(network, [first, *asked["input_ids"], last])
        rows = [
            _unit(states[:, begin:end].mean(axis=1))
            for ids, spans in _windows(told["input_ids"], first, last)
            for states in [_states(network, ids)]
            for begin, end in spans
        ]
        return Encoded(_unit(states.mean(axis=1)), np.stack(rows))


def _windows(
    sentences: Sequence[Sequence[int]], first: int, last: int
) -> list[tuple[list[int], list[tuple[int, int]]]]:
    """Token ids of each part, and where its sentences lie in it; every sentence ends with a separator."""
    windows: list[tuple[list[int], list[tuple[int, int]]]] = []
    for tokens in sentences:
        if not windows or len(windows[-1][0]) + len(tokens) + 1 > _WINDOW:
            windows.append(([first], []))
        ids, spans = windows[-1]
        spans.append((len(ids), len(ids) + len(tokens) + 1))
        ids += [*tokens, last]
    return windows


def _states(network: Any, ids: Sequence[int]) -> Array:
    """The chosen layers' vectors of each token: (layers, tokens, dimension)."""
    import torch

    with torch.inference_mode():
        layers = network(input_ids=torch.tensor([ids]), output_hidden_states=True).hidden_states
    return np.stack([layers[layer][0].numpy() for layer in LAYERS])


def _unit(vectors: Array) -> Array:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True), dtype=np.float32)
