"""Fit the story network: all scores and tags at once. Which question a story belongs to is learned by `learn_match`.

What is learned beside the ratings: an answer without the sentences of a component lacks that component, and a
sentence of one kind earns nothing of another, which ratings of whole answers leave open.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from coach.evals.examples import Example, Learned
from coach.evals.ways import components_in, gone_with, unknown_without
from coach.feedback.features import placed_anew
from coach.feedback.network import ADDED, GATED_BY, SCORED, Output, StoryNetwork
from coach.feedback.rubric import TAGS

EPOCHS, BATCH, RATE, DECAY = 45, 32, 2e-3, 0.02
# How often an answer comes in another way than as it was typed, without one of its components, in another order.
_OTHER_WAY, _CUT, _MIXED = 0.6, 0.4, 0.2
_WORTH = {"overall": 0.6, "elsewhere": 4.0}
_SCORE_WORTH = {"measured": 0.7, "reflection": 0.7, "hypothetical": 0.7}
_PADDING = -100  # the tag of no sentence, which torch leaves out of a loss
_NEVER_SURE = 0.999


@dataclass(frozen=True)
class _Batch:
    sentences: Tensor
    question: Tensor
    present: Tensor
    tags: Tensor
    scores: Tensor
    overall: Tensor


def fit_network(answers: Sequence[Learned], seed: int, epochs: int = EPOCHS) -> StoryNetwork:
    """Fit one network; the same seed on the same machine gives the same one."""
    torch.manual_seed(seed)
    chance = random.Random(seed)  # noqa: S311
    network = StoryNetwork()
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    steps = epochs * math.ceil(len(answers) / BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (0.1 * steps)) * max(0.02, 1 - step / steps)
    )
    weights = _tag_weights(answers)
    order = list(answers)
    network.train()
    for _ in range(epochs):
        chance.shuffle(order)
        for begin in range(0, len(order), BATCH):
            chosen = order[begin : begin + BATCH]
            batch = _batch([_some_way(one, chance) for one in chosen])
            loss = _loss(network(batch.sentences, batch.question, batch.present), batch, weights)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    network.eval()
    return network


def _some_way(answer: Learned, chance: random.Random) -> Example:
    way = chance.choice(answer.ways[1:]) if chance.random() < _OTHER_WAY else answer.ways[0]
    present = components_in("".join(TAGS[place] for place in way.tags))
    if present and chance.random() < _CUT:
        way = _cut(way, chance.choice(present))
    return _mixed(way, chance) if chance.random() < _MIXED else way


def _cut(way: Example, tag: str) -> Example:
    """The answer without the sentences of one tag, the others as they were read beside them."""
    kept = np.flatnonzero(way.tags != TAGS.index(tag))
    scores = way.scores.copy()
    for name, most in gone_with(tag).items():
        place = SCORED.index(name)
        scores[place] = min(scores[place], most)
    for name in unknown_without(tag):
        scores[SCORED.index(name)] = np.nan
    return replace(
        way,
        sentences=placed_anew(way.sentences[kept]),
        tags=way.tags[kept],
        scores=scores,
        overall=float("nan"),
    )


def _mixed(way: Example, chance: random.Random) -> Example:
    """The answer in another order, each sentence as it was read where it stood."""
    order = chance.sample(range(len(way.tags)), len(way.tags))
    return replace(way, sentences=placed_anew(way.sentences[order]), tags=way.tags[order])


def _batch(ways: Sequence[Example]) -> _Batch:
    longest = max(len(way.tags) for way in ways)

    def padded(rows: Sequence[np.ndarray], fill: float) -> Tensor:
        return torch.stack(
            [
                functional.pad(
                    torch.from_numpy(row), (0, 0) * (row.ndim - 1) + (0, longest - len(row)), value=fill
                )
                for row in rows
            ]
        )

    scores = torch.from_numpy(np.stack([way.scores for way in ways]))
    return _Batch(
        sentences=padded([way.sentences for way in ways], 0.0),
        question=torch.from_numpy(np.stack([way.question for way in ways])),
        present=padded([np.ones(len(way.tags), dtype=np.float32) for way in ways], 0.0),
        tags=padded([way.tags for way in ways], _PADDING),
        scores=scores,
        overall=torch.tensor([way.overall for way in ways]),
    )


def _loss(out: Output, batch: _Batch, tag_weights: Tensor) -> Tensor:
    tags = functional.cross_entropy(
        out.tags.flatten(0, 1), batch.tags.flatten(), weight=tag_weights, label_smoothing=0.05
    )
    known = ~batch.scores.isnan()
    worth = torch.tensor([_SCORE_WORTH.get(name, 1.0) for name in SCORED]).expand_as(batch.scores)
    cross = functional.binary_cross_entropy(
        out.scores[known].clamp(1e-4, 1 - 1e-4), batch.scores[known], weight=worth[known]
    )
    rated = ~batch.overall.isnan()
    overall = (
        functional.mse_loss(out.overall[rated], batch.overall[rated]) if rated.any() else torch.zeros(())
    )
    return tags + cross + _WORTH["overall"] * overall + _WORTH["elsewhere"] * _elsewhere(out, batch)


def _elsewhere(out: Output, batch: _Batch) -> Tensor:
    """What sentences earn that are of another kind than the one that earns it."""
    total = torch.zeros(())
    for place, name in enumerate(ADDED):
        other = (batch.tags != TAGS.index(GATED_BY[name])) & (batch.tags != _PADDING)
        earned = out.evidence[:, :, place][other].clamp(max=_NEVER_SURE)
        total = total - torch.log1p(-earned).sum() / max(1, len(earned))
    return total / len(ADDED)


def _tag_weights(answers: Sequence[Learned]) -> Tensor:
    """Rare tags weigh more, by the root of how rare they are."""
    counts = np.bincount(np.concatenate([one.ways[0].tags for one in answers]), minlength=len(TAGS))
    weights = (counts.sum() / np.maximum(counts, 1)) ** 0.5
    return torch.tensor(weights / weights.mean(), dtype=torch.float32)
