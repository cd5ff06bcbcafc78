"""Answers as the tests need them, without any model."""

from collections.abc import Sequence

from coach.feedback.evidence import Check
from coach.feedback.feedback import TaggedSentence
from coach.feedback.network import SCORED
from coach.feedback.rubric import Tag

_SHOWN_BY: dict[str, Tag] = {
    "situation": "S",
    "task": "T",
    "action": "A",
    "result": "R",
    "measured": "R",
    "reflection": "L",
}


def tagged(*pairs: tuple[Tag, str]) -> tuple[TaggedSentence, ...]:
    """Sentences with their tags, one after the other."""
    out, at = [], 0
    for index, (tag, text) in enumerate(pairs):
        out.append(
            TaggedSentence(index=index, start=at, end=at + len(text), text=text, tag=tag, confidence=0.9)
        )
        at += len(text) + 1
    return tuple(out)


def evidence(*pairs: tuple[Tag, str]) -> dict[str, Check]:
    """The checks of an answer: what each sentence is tagged as, it shows; the rest rests on all of them."""
    shown = {
        name: tuple(place for place, (tag, _) in enumerate(pairs) if tag == shows)
        for name, shows in _SHOWN_BY.items()
    }
    everywhere = tuple(range(len(pairs)))
    return {
        name: Check(name, 2.0 if shown.get(name) else 0.0, shown.get(name, everywhere)) for name in SCORED
    }


STRONG: Sequence[tuple[Tag, str]] = (
    ("S", "In March 2023 the fraud model at a payments company of 40 people began to miss cards."),
    ("T", "My job was to get recall back above 80% before the holiday season."),
    ("A", "I split the data by time and found that the labels arrived 30 days late."),
    ("A", "I rebuilt the training set because the old split leaked, and I tested it on two months."),
    ("R", "As a result recall rose from 61% to 84% and losses fell by $90k a month."),
    ("L", "Since then I check label delay before I train anything."),
)
