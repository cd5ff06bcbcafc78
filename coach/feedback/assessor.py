"""Assess an answer without a language model: tags, scores by fixed arithmetic, and plain words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.feedback.encoding import Encoder
from coach.feedback.evidence import gather_evidence
from coach.feedback.features import most_likely
from coach.feedback.feedback import Asked, Feedback, TaggedSentence
from coach.feedback.findings import Assessed, find_gaps, find_strengths
from coach.feedback.followup import plain_follow_ups
from coach.feedback.gate import why_not_graded
from coach.feedback.keypoints import PointJudge, load_point_judge
from coach.feedback.pleas import is_plea
from coach.feedback.principles import PrincipleReader, load_principles
from coach.feedback.reader import Reader, Reading, StoryReader
from coach.feedback.relevance import held_against_question
from coach.feedback.rewrite import rewrite
from coach.feedback.rubric import COMPONENTS, TAGS
from coach.feedback.scoring import Arithmetic, load_arithmetic
from coach.feedback.sentences import Sentence, split_sentences
from coach.feedback.technical import assess_key_points
from coach.library.embedder import Embedder

Array = NDArray[np.float32]

WEIGHTS = Path(__file__).parent / "weights"
_QUALITIES = ("measured", "reflection", "hypothetical")
_ASKS_FOR_LEARNING = re.compile(
    r"\b(?:learn\w*|fail\w*|mistake\w*|differently|wrong|regret|feedback|grow\w*)\b", re.I
)


@dataclass(frozen=True)
class Assessor:
    """Judges answers; holds only weights, so the same answer gives the same feedback."""

    embedder: Embedder
    reader: Reader
    arithmetic: Arithmetic
    points: PointJudge
    principles: PrincipleReader

    def warm_up(self) -> None:
        """Do ahead of time what the first answer would wait for: load the networks."""
        self.reader.read("", ["Ready."])

    def assess(self, asked: Asked, answer: str) -> Feedback:
        """Return the feedback that needs no language model.

        Raises:
            AnswerRefused: the answer is longer than the coach reads.
            ModelMissing: the embedder's files are not on this machine.
        """
        reason = why_not_graded(
            asked.question, answer, code_is_fine=asked.kind != "behavioral", messages=asked.messages
        )
        sentences = split_sentences(answer)
        told = _told(sentences)
        if reason is None and not told:
            reason = "not an answer"
        if reason is not None:
            return Feedback(question=asked.question, kind=asked.kind, graded=False, why_not=reason)
        reading = self.reader.read(asked.question, [sentence.text for sentence in told])
        tags = _with_places(reading, told, sentences)
        if asked.kind != "behavioral":
            return assess_key_points(self.points, self.embedder, asked, tags)
        return self._assess_story(asked, reading, [sentence.index for sentence in told], tags)

    def _assess_story(
        self,
        asked: Asked,
        reading: Reading,
        places: Sequence[int],
        sentences: tuple[TaggedSentence, ...],
    ) -> Feedback:
        scores = self.arithmetic.scores(reading)
        targets = self.arithmetic.targets
        qualities = {name: targets[name].says_yes(scores[name]) for name in _QUALITIES}
        checks = {
            name: replace(check, sentences=tuple(places[index] for index in check.sentences))
            for name, check in gather_evidence(reading).items()
        }
        assessed = Assessed(
            scores=scores,
            qualities=qualities,
            checks=checks,
            sentences=sentences,
            asks_for_learning=bool(_ASKS_FOR_LEARNING.search(asked.question)),
        )
        gaps = find_gaps(assessed)
        low, high = self.arithmetic.interval(scores["overall"])
        shown = self.principles.shown(reading.encoded.sentences, asked.principle)
        feedback = Feedback(
            question=asked.question,
            kind=asked.kind,
            graded=True,
            overall=round(scores["overall"], 1),
            low=round(low, 1),
            high=round(high, 1),
            components={name: round(scores[name], 2) for name in COMPONENTS},
            ownership=round(scores["ownership"], 2),
            relevance=round(scores["relevance"], 2),
            measured=qualities["measured"],
            reflection=qualities["reflection"],
            hypothetical=qualities["hypothetical"],
            sentences=sentences,
            principles=tuple(
                one.model_copy(update={"sentences": tuple(places[index] for index in one.sentences)})
                for one in shown
            ),
            gaps=gaps,
            strengths=find_strengths(assessed),
            follow_ups=plain_follow_ups(
                sentences, gaps, [name for name in ("measured", "reflection") if qualities[name]]
            ),
            rewrite=rewrite(sentences, gaps),
        )
        return held_against_question(feedback, reading.match, self.arithmetic.belonging)


def load_assessor(embedder: Embedder, encoder: Encoder) -> Assessor:
    """Build the assessor on the weights that come with the package; nothing heavy is loaded yet."""
    return Assessor(
        embedder=embedder,
        reader=StoryReader(encoder, WEIGHTS / "reader.safetensors"),
        arithmetic=load_arithmetic(WEIGHTS / "scores.json"),
        points=load_point_judge(WEIGHTS),
        principles=load_principles(WEIGHTS / "principles.npz"),
    )


def _told(sentences: Sequence[Sentence]) -> list[Sentence]:
    """What belongs to the story: not what speaks to the rater, and nothing a second time."""
    told: list[Sentence] = []
    heard: set[str] = set()
    for sentence in sentences:
        words = " ".join(re.findall(r"\w+", sentence.text.lower()))
        if words not in heard and not is_plea(sentence.text):
            told.append(sentence)
        heard.add(words)
    return told


def _with_places(
    reading: Reading, told: Sequence[Sentence], sentences: Sequence[Sentence]
) -> tuple[TaggedSentence, ...]:
    """Every sentence with its tag; what was left out of the reading is surely other."""
    read = dict(zip((sentence.index for sentence in told), most_likely(reading.tags), strict=True))
    tagged = []
    for sentence in sentences:
        tag, confidence = read.get(sentence.index, (TAGS[-1], 1.0))
        tagged.append(
            TaggedSentence(
                index=sentence.index,
                start=sentence.start,
                end=sentence.end,
                text=sentence.text,
                tag=tag,
                confidence=round(confidence, 3),
            )
        )
    return tuple(tagged)
