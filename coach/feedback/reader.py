"""Read an answer: each sentence's tag, every score of the rubric, and the sentences that earned it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from coach.feedback.encoding import Encoded, Encoder
from coach.feedback.features import question_features, sentence_features
from coach.feedback.language import Cues, read_cues
from coach.feedback.rubric import TAGS
from coach.numerics import multiply_quickly

if TYPE_CHECKING:
    from coach.feedback.network import StoryNetwork

Array = NDArray[np.float32]

# The rubric's top of each scale that the network keeps between 0 and 1.
_TOP: Mapping[str, float] = {"measured": 1.0, "reflection": 1.0, "hypothetical": 1.0}
_TOP_OF_GRADES = 2.0
# From this chance on a sentence is left out as telling nothing.
_SURELY_OTHER = 0.85
# From this share of such sentences on the rest is encoded anew: what a sentence means depends on what is around it.
_PADDED = 0.2


@dataclass(frozen=True)
class Reading:
    """What was read in an answer.

    `tags` are probabilities (sentences, tags); `scores` are on the rubric's scales by its names; `evidence` says by
    the same names, `overall` excepted, how much each sentence (sentences,) has to do with a score, 0 to 1;
    `match` is how well story and question belong together, -1 to 1.
    """

    cues: Sequence[Cues]
    encoded: Encoded
    tags: Array
    scores: Mapping[str, float]
    evidence: Mapping[str, Array]
    match: float


class Reader(Protocol):
    """What the assessor needs: the same answer always gives the same reading."""

    def read(self, question: str, sentences: Sequence[str]) -> Reading: ...


@dataclass(frozen=True)
class StoryReader:
    """Several networks that were fitted from different beginnings; their mean errs less than each of them."""

    encoder: Encoder
    weights: Path

    @cached_property
    def networks(self) -> "Sequence[StoryNetwork]":
        """The networks, loaded when they are first needed."""
        return load_networks(self.weights)

    def read(self, question: str, sentences: Sequence[str]) -> Reading:
        """Read one answer, at least one sentence.

        Raises:
            ModelMissing: the encoder's files are not on this machine.
        """
        return read_story(
            self.networks,
            [read_cues(sentence) for sentence in sentences],
            self.encoder.read(question, sentences),
            lambda kept: self.encoder.read(question, [sentences[place] for place in kept]),
        )


def read_story(
    networks: "Sequence[StoryNetwork]",
    cues: Sequence[Cues],
    encoded: Encoded,
    anew: Callable[[Sequence[int]], Encoded] | None = None,
) -> Reading:
    """Read an answer, and once more without the sentences that surely tell nothing.

    What the story holds is scored from the second reading, so that padding an answer changes little. Whose
    deeds it tells, whether it answers the question and whether it happened at all needs every sentence.

    Args:
        networks: who read.
        cues: one for each sentence.
        encoded: the question and the same sentences.
        anew: encodes only the sentences of these places; None: they stay as they were read among the others.
    """
    from coach.feedback.network import ADDED

    whole = read_encoded(networks, encoded, cues)
    kept = [int(place) for place in np.flatnonzero(whole.tags[:, TAGS.index("O")] < _SURELY_OTHER)]
    if not 0 < len(kept) < len(cues):
        return whole
    padded = 1 - len(kept) / len(cues) >= _PADDED
    left = anew(kept) if anew and padded else replace(encoded, sentences=encoded.sentences[kept])
    core = read_encoded(networks, left, [cues[place] for place in kept])
    evidence = dict(whole.evidence)
    for name in ADDED:
        evidence[name] = np.zeros(len(cues), dtype=np.float32)
        evidence[name][kept] = core.evidence[name]
    scores = {**whole.scores, **{name: core.scores[name] for name in (*ADDED, "overall")}}
    return replace(whole, scores=scores, evidence=evidence)


def read_encoded(networks: "Sequence[StoryNetwork]", encoded: Encoded, cues: Sequence[Cues]) -> Reading:
    """Run the networks on what the encoder made of some sentences."""
    import torch

    from coach.feedback.network import SCORED

    sentences = torch.from_numpy(sentence_features(encoded, cues)).unsqueeze(0)
    asked = torch.from_numpy(question_features(encoded)).unsqueeze(0)
    present = torch.ones(1, len(cues))
    with torch.inference_mode():
        outputs = [network(sentences, asked, present) for network in networks]
        tags = torch.stack([out.tags[0].softmax(-1) for out in outputs]).mean(0).numpy()
        scores = torch.stack([out.scores[0] for out in outputs]).mean(0).numpy()
        evidence = torch.stack([out.evidence[0] for out in outputs]).mean(0).numpy()
        overall = float(torch.stack([out.overall[0] for out in outputs]).mean())
        match = float(torch.stack([(out.story[0] * out.asked[0]).sum() for out in outputs]).mean())
    by_name = {
        name: float(score) * _TOP.get(name, _TOP_OF_GRADES)
        for name, score in zip(SCORED, scores, strict=True)
    }
    return Reading(
        cues=cues,
        encoded=encoded,
        tags=tags,
        scores={**by_name, "overall": overall},
        evidence={name: evidence[:, place] for place, name in enumerate(SCORED)},
        match=match,
    )


def load_networks(path: Path) -> "Sequence[StoryNetwork]":
    """Read what `save_networks` wrote."""
    from safetensors.torch import load_file

    from coach.feedback.network import StoryNetwork

    multiply_quickly()
    stored = load_file(path)
    networks = []
    for number in sorted({name.split(".", 1)[0] for name in stored}):
        network = StoryNetwork()
        prefix = f"{number}."
        network.load_state_dict(
            {name.removeprefix(prefix): w.float() for name, w in stored.items() if name.startswith(prefix)}
        )
        networks.append(network.eval())
    return networks


def save_networks(networks: "Sequence[StoryNetwork]", path: Path) -> None:
    """Write the weights in half precision: numbers only, a format that can't hold code."""
    from safetensors.torch import save_file

    save_file(
        {
            f"{number}.{name}": weight.half().contiguous()
            for number, network in enumerate(networks)
            for name, weight in network.state_dict().items()
        },
        path,
    )
