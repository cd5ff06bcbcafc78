"""Read an answer once with a sentence encoder's network, and keep what it knows of each sentence in its context.

A sentence by itself loses what came before it ("I had until Friday"); here all sentences go through the
network together, and each is the mean of its own tokens. Several layers are kept, since tense, person and
mood, by which a goal differs from a step, are clearest in the middle ones (Tenney, Das and Pavlick: BERT
Rediscovers the Classical NLP Pipeline, 2019). The question is read by itself, so that what an answer says does
not depend on what was asked.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from coach.errors import ModelMissing
from coach.numerics import multiply_quickly

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from transformers import MPNetModel

Array = NDArray[np.float32]

LAYERS = (3, 6, 9)
DIMENSION = 768
_WINDOW = 512  # tokens, the network's longest input
_LONGEST_SENTENCE = 128  # tokens; the splitter hardly ever leaves longer ones
_MARKS = ("<s>", "</s>")  # at the begin of a text, and at the end of a sentence


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


class Mpnet:
    """all-mpnet-base-v2 from a local folder, on the CPU; it never asks a network for anything.

    Building one is cheap. The network is loaded by the first `read`, once however many threads ask.
    """

    name = "all-mpnet-base-v2"

    def __init__(self, folder: Path) -> None:
        """Build one that reads its files from `folder`."""
        self.folder = folder
        self._loaded: tuple[Tokenizer, MPNetModel] | None = None
        self._lock = threading.Lock()

    def read(self, question: str, sentences: Sequence[str]) -> Encoded:
        """See `Encoder`; an answer beyond 512 tokens is read in several parts of whole sentences."""
        tokenizer, network = self._load()
        first, last = (tokenizer.encode(mark, add_special_tokens=False).ids[0] for mark in _MARKS)

        def ids(text: str) -> list[int]:
            whole: list[int] = tokenizer.encode(text, add_special_tokens=False).ids
            return whole[:_LONGEST_SENTENCE]

        rows = [
            _unit(states[:, begin:end].mean(axis=1))
            for tokens, spans in _windows([ids(sentence) for sentence in sentences], first, last)
            for states in [_states(network, tokens)]
            for begin, end in spans
        ]
        asked = _states(network, [first, *ids(question), last])
        return Encoded(_unit(asked.mean(axis=1)), np.stack(rows))

    def _load(self) -> "tuple[Tokenizer, MPNetModel]":
        with self._lock:
            if self._loaded is None:
                self._loaded = (self._load_tokenizer(), self._load_network())
            return self._loaded

    def _load_tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._require("tokenizer.json")))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    def _load_network(self) -> "MPNetModel":
        """Build the layers that are read, and no other."""
        from safetensors.torch import load_file
        from transformers import MPNetConfig, MPNetModel

        multiply_quickly()
        config = MPNetConfig.from_json_file(self._require("config.json"))
        config.num_hidden_layers = max(LAYERS)
        network = MPNetModel(config, add_pooling_layer=False)
        stored = load_file(self._require("model.safetensors"))
        network.load_state_dict({name: stored[name] for name in network.state_dict()})
        network.train(mode=False)
        return network

    def _require(self, file: str) -> Path:
        path = self.folder / file
        if not path.is_file():
            raise ModelMissing(f"{path} is missing: run `coach models pull {self.name}`.")
        return path


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


def _states(network: "MPNetModel", ids: Sequence[int]) -> Array:
    """The chosen layers' vectors of each token: (layers, tokens, dimension)."""
    import torch

    with torch.inference_mode():
        layers = network(input_ids=torch.tensor([ids]), output_hidden_states=True).hidden_states
    return np.stack([layers[layer][0].numpy() for layer in LAYERS])


def _unit(vectors: Array) -> Array:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True), dtype=np.float32)
