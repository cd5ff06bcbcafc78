"""Fit which question belongs to which story; all else that the network has learned stays as it is.

Two losses: of the questions that the stories of a batch were told to, each story belongs to its own (a contrastive
loss after van den Oord, Li and Vinyals: Representation Learning with Contrastive Predictive Coding, 2018); and of
some common questions it belongs to those that a reader said it answers.
"""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from coach.evals.answered import Answered, CommonQuestion, load_answered, load_common
from coach.evals.examples import Learned
from coach.feedback.encoding import Encoder
from coach.feedback.features import question_features
from coach.feedback.network import StoryNetwork

EPOCHS, BATCH, RATE, DECAY = 20, 64, 2e-3, 0.02
_OTHER_WAY = 0.5  # how often a story comes in another way than as it was typed
_WORTH = {"contrast": 0.15, "common": 2.0, "own": 1.0}
_SHARPNESS = 8.0  # the contrast's inverse temperature, and what the other one begins with
_SELDOM = -2.0  # the common questions' bias at the beginning: most are not answered
_YES_WORTH = 4.0  # a question that is answered weighs as much as so many that are not
_ANSWERS, _TELLS = 1.5, 2.0  # from these ratings of relevance and overall on, a story belongs to its question
_NOTHING = "Yes."  # the encoder wants an answer beside a question


@dataclass(frozen=True)
class Common:
    """Common questions as the network sees them: (questions, wordings, features); and what stories answer."""

    questions: Sequence[CommonQuestion]
    asked: Tensor
    answered: Mapping[str, Answered]

    def labels(self, answers: Sequence[Learned]) -> Tensor:
        """Return (answers, questions): 1, 0, or NaN where nobody said."""
        rows = []
        for answer in answers:
            known = self.answered.get(answer.row.id)
            said = [known.answers(one.id) if known else None for one in self.questions]
            rows.append([math.nan if one is None else one for one in said])
        return torch.tensor(rows)


def encode_common(encoder: Encoder) -> Common:
    """Read the common questions in all their wordings."""
    questions = load_common()
    asked = [
        [question_features(encoder.read(wording, [_NOTHING])) for wording in one.wordings]
        for one in questions
    ]
    return Common(questions, torch.from_numpy(np.array(asked, dtype=np.float32)), load_answered())


def fit_match(
    network: StoryNetwork, answers: Sequence[Learned], common: Common, seed: int, epochs: int = EPOCHS
) -> None:
    """Fit the places of stories and questions in a network that was fitted otherwise; the same seed, the same fit."""
    torch.manual_seed(seed)
    chance = random.Random(seed)  # noqa: S311
    sharpness, bias = (nn.Parameter(torch.tensor(value)) for value in (_SHARPNESS, _SELDOM))
    layers = (network.story, network.asked, network.heart)
    fitted = [*(weight for layer in layers for weight in layer.parameters()), sharpness, bias]
    order = [one for one in answers if _belongs(one)]
    optimizer = torch.optim.AdamW(fitted, lr=RATE, weight_decay=DECAY)
    steps = epochs * math.ceil(len(order) / BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (0.1 * steps)) * max(0.02, 1 - step / steps)
    )
    network.train()
    for _ in range(epochs):
        chance.shuffle(order)
        for begin in range(0, len(order), BATCH):
            chosen = order[begin : begin + BATCH]
            stories, present = _stories(chosen, chance)
            told_to = torch.from_numpy(np.stack([one.ways[0].question for one in chosen]))
            wording = torch.tensor([chance.randrange(common.asked.shape[1]) for _ in common.questions])
            asked = torch.cat([told_to, common.asked[torch.arange(len(wording)), wording]])
            close = network.place_story(stories, present) @ network.place_question(asked).T
            own, others = close[:, : len(chosen)], close[:, len(chosen) :]
            loss = (
                _WORTH["contrast"] * _contrast(own, _strangers(chosen))
                + _WORTH["common"] * _said(sharpness * others + bias, common.labels(chosen))
                + _WORTH["own"] * functional.softplus(-(sharpness * own.diagonal() + bias)).mean()
            )
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(fitted, 1.0)
            optimizer.step()
            schedule.step()
    network.eval()


def _belongs(answer: Learned) -> bool:
    numbers = answer.row.mean.numbers
    return numbers["relevance"] >= _ANSWERS and numbers["overall"] >= _TELLS


def _stories(answers: Sequence[Learned], chance: random.Random) -> tuple[Tensor, Tensor]:
    """Sentences of each, in one of its ways, and which of them are there."""
    ways = [chance.choice(one.ways) if chance.random() < _OTHER_WAY else one.ways[0] for one in answers]
    longest = max(len(way.tags) for way in ways)
    padded = [np.pad(way.sentences, ((0, longest - len(way.tags)), (0, 0))) for way in ways]
    present = [np.arange(longest) < len(way.tags) for way in ways]
    return torch.from_numpy(np.stack(padded)), torch.from_numpy(np.stack(present).astype(np.float32))


def _strangers(answers: Sequence[Learned]) -> Tensor:
    """(answers, answers): whose question can't be this story's."""
    rows = [answer.row for answer in answers]
    return torch.tensor(
        [
            [
                one.question != other.question and (one.principle is None or one.principle != other.principle)
                for other in rows
            ]
            for one in rows
        ]
    )


def _contrast(own: Tensor, strangers: Tensor) -> Tensor:
    """Each story against the questions of the others in the batch that can't be its own."""
    mine = torch.eye(len(own), dtype=torch.bool)
    stories = strangers.any(1)
    if not stories.any():
        return torch.zeros(())
    return functional.cross_entropy(
        (_SHARPNESS * own).masked_fill(~(mine | strangers), -1e4)[stories], torch.arange(len(own))[stories]
    )


def _said(logits: Tensor, labels: Tensor) -> Tensor:
    """How far the logits are from what a reader said."""
    known = ~labels.isnan()
    if not known.any():
        return torch.zeros(())
    return functional.binary_cross_entropy_with_logits(
        logits[known], labels[known], pos_weight=torch.tensor(_YES_WORTH)
    )
