"""Answers as the tests need them, without any model."""

from collections.abc import Sequence

import numpy as np

from coach.feedback.evidence import Check, gather_evidence
from coach.feedback.feedback import TaggedSentence
from coach.feedback.language import read_cues
from coach.feedback.rubric import TAGS, Tag


def tagged(*pairs: tuple[Tag, str]) -> tuple[TaggedSentence, ...]:
    """Sentences with their tags, one after the other."""
    out, at = [], 0
    for index, (tag, text) in enumerate(pairs):
        out.append(
            TaggedSentence(index=index, start=at, end=at + len(text), text=text, tag=tag, confidence=0.9)
        )
        at += len(text) + 1
    return tuple(out)


def evidence(*pairs: tuple[Tag, str], closeness: float = 0.6) -> dict[str, Check]:
    """The checks of an answer whose tags are nearly certain."""
    tags = np.full((len(pairs), len(TAGS)), 0.02, dtype=np.float32)
    for row, (tag, _) in enumerate(pairs):
        tags[row, TAGS.index(tag)] = 0.9
    cues = [read_cues(text) for _, text in pairs]
    return {check.name: check for check in gather_evidence(tags, cues, closeness)}


STRONG: Sequence[tuple[Tag, str]] = (
    ("S", "In March 2023 the fraud model at a payments company of 40 people began to miss cards."),
    ("T", "My job was to get recall back above 80% before the holiday season."),
    ("A", "I split the data by time and found that the labels arrived 30 days late."),
    ("A", "I rebuilt the training set because the old split leaked, and I tested it on two months."),
    ("R", "As a result recall rose from 61% to 84% and losses fell by $90k a month."),
    ("L", "Since then I check label delay before I train anything."),
)
