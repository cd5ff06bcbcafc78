"""The small recurrent network that turns an encoded answer into tags, scores, and who in the answer earned them.

Tags follow from sentences in sequence (after Jin and Szolovits: Hierarchical Neural Networks for Sequential
Sentence Classification, 2018). A component is a noisy-or over sentences (Maron and Lozano-Pérez: multiple-instance
learning, 1998): the chance that at least one sentence both is of the kind that earns it and earns it. So no
sentence can take any away, what is deleted is gone, a setting can't vouch for a goal, and the sentences that a
score points at are those that made it. What belongs to an answer as a whole (whose deeds, whether it answers
the question, whether it tells one event) is a mean weighted by attention.

It needs torch, so it is imported only where an answer is read or the network is fitted.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from coach.feedback.encoding import DIMENSION, LAYERS
from coach.feedback.features import FEATURES, NUMBER
from coach.feedback.rubric import TAGS, Tag

# In this order in every tensor of scores.
ADDED = ("situation", "task", "action", "result", "measured", "reflection")
WEIGHED = ("ownership", "relevance", "hypothetical")
SCORED = (*ADDED, *WEIGHED)

_HIDDEN = 96
_LATENT = 2  # further noisy-ors that only the overall score sees: reasoning, trade-offs, whatever helps
_MATCH = 64
# The kind of sentence that earns a score.
GATED_BY: Mapping[str, Tag] = {
    "situation": "S",
    "task": "T",
    "action": "A",
    "result": "R",
    "measured": "R",
    "reflection": "L",
}
# What a sentence without a number may still add to `measured`: some numbers are not told by rule.
_UNNUMBERED = 0.02
_EVEN = 0.5  # how much of a latent quality one sentence may carry
_BEGINS = 0.5  # the bias with which a sentence earns what its tag is for, before anything is learned
_NEVER_SURE = 0.999


@dataclass(frozen=True)
class Output:
    """For a batch: tags (answers, sentences, tags) as logits; scores (answers, 9), each 0 to 1; overall
    (answers,), 1 to 5; evidence (answers, sentences, 9), whose share in each score a sentence has; and the
    answer's and the question's place (answers, 64), whose dot product tells whether they belong together."""

    tags: Tensor
    scores: Tensor
    overall: Tensor
    evidence: Tensor
    story: Tensor
    asked: Tensor


class StoryNetwork(nn.Module):  # type: ignore[misc]  # torch ships without types for it
    """About 800,000 weights; see the module's docstring."""

    def __init__(self, dropout: float = 0.35) -> None:
        """Build it with random weights; `dropout` matters only while it is fitted."""
        super().__init__()
        self.early, self.late = nn.Dropout(dropout), nn.Dropout(dropout)
        self.inward = nn.Linear(FEATURES, _HIDDEN)
        self.sequence = nn.GRU(_HIDDEN, _HIDDEN // 2, bidirectional=True, batch_first=True)
        self.tag = nn.Linear(2 * _HIDDEN, len(TAGS))
        self.adds = nn.Linear(2 * _HIDDEN, len(ADDED) + _LATENT)
        self.attention = nn.Linear(2 * _HIDDEN, len(WEIGHED))
        self.weighed = nn.Linear(2 * _HIDDEN, len(WEIGHED))
        self.question = nn.Linear(DIMENSION * len(LAYERS), _HIDDEN)
        self.answers = nn.Sequential(nn.Linear(3 * _HIDDEN, 24), nn.GELU(), nn.Linear(24, 1))
        self.verdict = nn.Sequential(nn.Linear(len(SCORED) + _LATENT, 8), nn.Tanh(), nn.Linear(8, 1))
        self.story, self.asked = (nn.Linear(DIMENSION * len(LAYERS), _MATCH) for _ in range(2))
        self.heart = nn.Linear(DIMENSION * len(LAYERS), 1)
        nn.init.constant_(self.adds.bias, _BEGINS)

    def forward(self, sentences: Tensor, question: Tensor, present: Tensor) -> Output:
        """Run a batch.

        Args:
            sentences: (answers, sentences, FEATURES), padded with zeros.
            question: (answers, dimension of all layers).
            present: (answers, sentences), 1 for a sentence and 0 for padding.
        """
        inner = functional.gelu(self.inward(self.early(sentences)))
        packed = pack_padded_sequence(
            inner, present.sum(1).long().cpu(), batch_first=True, enforce_sorted=False
        )
        followed, _ = pad_packed_sequence(
            self.sequence(packed)[0], batch_first=True, total_length=inner.shape[1]
        )
        told = self.late(torch.cat([inner, followed], -1))
        tags = self.tag(told)
        earns = torch.sigmoid(self.adds(told)) * self._gate(sentences, tags) * present.unsqueeze(-1)
        noisy_or = 1 - (1 - earns.clamp(max=_NEVER_SURE)).prod(1)
        weight = _softmax(self.attention(told), present)
        weighed = (weight * self.weighed(told)).sum(1)
        asked = functional.gelu(self.question(self.early(question)))
        about = (inner * weight[:, :, 1:2]).sum(1)
        fits = self.answers(self.late(torch.cat([asked, about, asked * about], -1)))
        whole = torch.sigmoid(weighed + functional.pad(fits, (1, 1)))
        scores = torch.cat([noisy_or[:, : len(ADDED)], whole], -1)
        verdict = self.verdict(2 * torch.cat([scores, noisy_or[:, len(ADDED) :]], -1) - 1)
        return Output(
            tags=tags,
            scores=scores,
            overall=1 + 4 * torch.sigmoid(verdict).squeeze(-1),
            evidence=torch.cat([earns[:, :, : len(ADDED)], weight], -1),
            story=self.place_story(sentences, present),
            asked=self.place_question(question),
        )

    def _gate(self, sentences: Tensor, tags: Tensor) -> Tensor:
        """The chance that each sentence is of the kind that earns a score, and for a measure has a number."""
        chances = tags.softmax(-1)
        gate = torch.stack([chances[:, :, TAGS.index(GATED_BY[name])] for name in ADDED], -1)
        numbered = (sentences[:, :, NUMBER] > 0).float()
        shut = torch.ones_like(gate)
        shut[:, :, ADDED.index("measured")] = _UNNUMBERED + (1 - _UNNUMBERED) * numbered
        return functional.pad(gate * shut, (0, _LATENT), value=_EVEN)

    def place_question(self, question: Tensor) -> Tensor:
        """Where questions (questions, dimension of all layers) stand among stories: (questions, 64), unit vectors."""
        return functional.normalize(self.asked(self.early(question)), dim=-1)

    def place_story(self, sentences: Tensor, present: Tensor) -> Tensor:
        """Where stories stand among questions: (answers, 64), unit vectors; arguments as in `forward`."""
        vectors = self.early(sentences[:, :, : DIMENSION * len(LAYERS)])
        weight = _softmax(self.heart(vectors), present)
        return functional.normalize((self.story(vectors) * weight).sum(1), dim=-1)


def _softmax(logits: Tensor, present: Tensor) -> Tensor:
    """Over the sentences that are there."""
    return logits.masked_fill(present.unsqueeze(-1) == 0, -1e4).softmax(1)
