"""Assess a behavioural answer without a language model: tags, checks, arithmetic, and plain words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from coach.feedback.evidence import Check, gather_evidence
from coach.feedback.feedback import Asked, Feedback, ShownPrinciple, TaggedSentence
from coach.feedback.findings import Assessed, find_gaps, find_strengths
from coach.feedback.followup import plain_follow_ups
from coach.feedback.gate import why_not_graded
from coach.feedback.keypoints import (
    UNCALIBRATED,
    judge_key_points,
    key_point_gaps,
    key_point_strengths,
    overall_of_key_points,
)
from coach.feedback.language import read_cues
from coach.feedback.pleas import is_plea
from coach.feedback.principles import Signals, shown_principles
from coach.feedback.rewrite import rewrite
from coach.feedback.rubric import COMPONENTS, TAGS
from coach.feedback.scoring import HIGHEST, LOWEST, Target, load_targets, score_all
from coach.feedback.sentences import Sentence, split_sentences
from coach.feedback.star import Tagger, load_tagger, most_likely
from coach.library.embedder import Embedder

Array = NDArray[np.float32]

WEIGHTS = Path(__file__).parent / "weights"
_QUALITIES = ("measured", "reflection", "hypothetical")
_ASKS_FOR_LEARNING = re.compile(
    r"\b(?:learn\w*|fail\w*|mistake\w*|differently|wrong|regret|feedback|grow\w*)\b", re.I
)


@dataclass(frozen=True)
class Reading:
    """An answer as the checks see it: embeddings (sentences, dimension) and tags (sentences, 6)."""

    sentences: Sequence[Sentence]
    embeddings: Array
    tags: Array
    checks: Sequence[Check]


class SignalSource(Protocol):
    """Where the principles' signals come from; asked for once an answer needs them."""

    def __call__(self) -> Signals: ...


@dataclass(frozen=True)
class Assessor:
    """Judges answers; holds only weights, so the same answer gives the same feedback."""

    embedder: Embedder
    tagger: Tagger
    targets: Mapping[str, Target]
    signals: SignalSource

    def warm_up(self) -> None:
        """Do ahead of time what the first answer would wait for: load the embedder, embed the signals."""
        self.signals()

    def read(self, question: str, answer: str) -> Reading:
        """Split, embed, tag and check an answer; what speaks to the rater is read as if it were not there.

        It needs at least one sentence that doesn't.
        """
        sentences = split_sentences(answer)
        told = [sentence for sentence in sentences if not is_plea(sentence.text)]
        if len(told) == len(sentences):
            return self._read(question, answer, sentences)
        return _with_pleas(self._read(question, " ".join(s.text for s in told), told), told, sentences)

    def _read(self, question: str, answer: str, sentences: Sequence[Sentence]) -> Reading:
        vectors = self.embedder.embed([question, answer, *(sentence.text for sentence in sentences)])
        cues = [read_cues(sentence.text) for sentence in sentences]
        tags = self.tagger.probabilities(vectors[2:], cues)
        closeness = float((vectors[1:] @ vectors[0]).max())
        return Reading(sentences, vectors[2:], tags, gather_evidence(tags, cues, closeness))

    def assess(self, asked: Asked, answer: str) -> Feedback:
        """Return the feedback that needs no language model.

        Raises:
            AnswerRefused: the answer is longer than the coach reads.
            ModelMissing: the embedder's files are not on this machine.
        """
        reason = why_not_graded(asked.question, answer, code_is_fine=asked.kind == "coding")
        if reason is None and all(is_plea(sentence.text) for sentence in split_sentences(answer)):
            reason = "not an answer"
        if reason is not None:
            return Feedback(question=asked.question, kind=asked.kind, graded=False, why_not=reason)
        reading = self.read(asked.question, answer)
        if asked.kind != "behavioral":
            return self._assess_key_points(asked, reading)
        sentences = _tagged(reading)
        scores = score_all(self.targets, reading.checks)
        qualities = {name: self.targets[name].says_yes(scores[name]) for name in _QUALITIES}
        assessed = Assessed(
            scores=scores,
            qualities=qualities,
            checks={check.name: check for check in reading.checks},
            sentences=sentences,
            asks_for_learning=bool(_ASKS_FOR_LEARNING.search(asked.question)),
        )
        gaps = find_gaps(assessed)
        low, overall, high = _with_interval(scores["overall"], self.targets["overall"].spread)
        return Feedback(
            question=asked.question,
            kind=asked.kind,
            graded=True,
            overall=overall,
            low=low,
            high=high,
            components={name: round(scores[name], 2) for name in COMPONENTS},
            ownership=round(scores["ownership"], 2),
            relevance=round(scores["relevance"], 2),
            measured=qualities["measured"],
            reflection=qualities["reflection"],
            hypothetical=qualities["hypothetical"],
            sentences=sentences,
            principles=self._principles(reading, asked),
            gaps=gaps,
            strengths=find_strengths(assessed),
            follow_ups=plain_follow_ups(
                sentences, gaps, [name for name in ("measured", "reflection") if qualities[name]]
            ),
            rewrite=rewrite(sentences, gaps),
        )

    def _assess_key_points(self, asked: Asked, reading: Reading) -> Feedback:
        sentences = _tagged(reading)
        if not asked.key_points:
            why = "no key points are known for this question; pick one from the bank"
            return Feedback(
                question=asked.question, kind=asked.kind, graded=False, why_not=why, sentences=sentences
            )
        points = judge_key_points(
            asked.key_points, self.embedder.embed(list(asked.key_points)), reading.embeddings
        )
        low, overall, high = _with_interval(*overall_of_key_points(points))
        gaps = key_point_gaps(points)
        return Feedback(
            question=asked.question,
            kind=asked.kind,
            graded=True,
            overall=overall,
            low=low,
            high=high,
            sentences=sentences,
            key_points=points,
            gaps=gaps,
            strengths=key_point_strengths(points),
            follow_ups=plain_follow_ups(sentences, gaps),
            notes=(UNCALIBRATED,),
        )

    def _principles(self, reading: Reading, asked: Asked) -> tuple[ShownPrinciple, ...]:
        return shown_principles(self.signals(), reading.embeddings, asked.principle)


def load_assessor(embedder: Embedder, signals: SignalSource) -> Assessor:
    """Build the assessor on the weights that come with the package."""
    return Assessor(
        embedder, load_tagger(WEIGHTS / "tagger.npz"), load_targets(WEIGHTS / "scores.json"), signals
    )


def _with_pleas(reading: Reading, told: Sequence[Sentence], sentences: Sequence[Sentence]) -> Reading:
    """Give the sentences that were left out their places back: near to nothing, surely tagged as other."""
    places = [sentence.index for sentence in told]
    embeddings = np.zeros((len(sentences), reading.embeddings.shape[1]), dtype=np.float32)
    tags = np.zeros((len(sentences), len(TAGS)), dtype=np.float32)
    tags[:, TAGS.index("O")] = 1.0
    embeddings[places], tags[places] = reading.embeddings, reading.tags
    checks = [replace(c, sentences=tuple(places[index] for index in c.sentences)) for c in reading.checks]
    return Reading(sentences, embeddings, tags, checks)


def _tagged(reading: Reading) -> tuple[TaggedSentence, ...]:
    return tuple(
        TaggedSentence(
            index=sentence.index,
            start=sentence.start,
            end=sentence.end,
            text=sentence.text,
            tag=tag,
            confidence=round(confidence, 3),
        )
        for sentence, (tag, confidence) in zip(reading.sentences, most_likely(reading.tags), strict=True)
    )


def _with_interval(score: float, spread: float) -> tuple[float, float, float]:
    low, high = max(score - spread, LOWEST), min(score + spread, HIGHEST)
    return round(low, 1), round(score, 1), round(high, 1)
