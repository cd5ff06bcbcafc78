"""Assess an answer of a technical kind: its key points, what they add up to, gaps, strengths, follow-ups."""

from collections.abc import Iterator, Sequence

from coach.feedback.feedback import Asked, Feedback, Gap, KeyPoint, Strength, TaggedSentence
from coach.feedback.followup import plain_follow_ups
from coach.feedback.keypoints import PointJudge
from coach.feedback.pleas import find_pleas
from coach.feedback.scoring import HIGHEST, LOWEST
from coach.library.embedder import Embedder

_MOST_GAPS, _MOST_STRENGTHS = 3, 2
NO_POINTS = (
    "no key points are known for this question: pick one from the bank, or ingest a guide that explains it"
)
DRAWN = (
    "The bank does not have this question. Its key points are sentences drawn from {where}: they show what the guides "
    "say about it, and the score is a rough one."
)
MEANT = "Judged by the key points of the bank's question “{question}”"


def assess_key_points(
    judge: PointJudge, embedder: Embedder, asked: Asked, sentences: Sequence[TaggedSentence]
) -> Feedback:
    """Judge each key point of the question, and sum up.

    Raises:
        ModelMissing: the embedder's files are not on this machine.
    """
    sentences = tuple(sentences)
    if not asked.key_points:
        return Feedback(
            question=asked.question, kind=asked.kind, graded=False, why_not=NO_POINTS, sentences=sentences
        )
    pleas = find_pleas([sentence.text for sentence in sentences])
    told = [(one.index, one.text) for one in sentences if one.index not in pleas]
    judged = judge.judge(asked, told, embedder)
    points = tuple(one.key_point for one in judged)
    overall = judge.overall(judged)
    spread = judge.grading.spread_drawn if asked.drawn else judge.grading.spread
    gaps = find_gaps(points)
    return Feedback(
        question=asked.question,
        kind=asked.kind,
        graded=True,
        overall=round(overall, 1),
        low=round(max(overall - spread, LOWEST), 1),
        high=round(min(overall + spread, HIGHEST), 1),
        sentences=sentences,
        key_points=points,
        gaps=gaps,
        strengths=find_strengths(points),
        follow_ups=tuple(
            {one.question: one for one in plain_follow_ups(sentences, gaps, kind=asked.kind)}.values()
        ),
        notes=tuple(_notes(asked)),
    )


def find_gaps(points: Sequence[KeyPoint]) -> tuple[Gap, ...]:
    """Return what is wrong with what is right instead, then what is missing, then what is only touched.

    Among the same, the order of the key points decides: the bank has the most important first.
    """
    said: dict[str, str] = {
        "wrong": "Not right. What is right: {right}.",
        "miss": "Not said: {point}",
        "partial": "Touched, not made: {point}",
    }
    return tuple(
        Gap(
            criterion="key_point",
            text=said[verdict].format(point=one.point, right=(one.right or "").rstrip(".")),
            sentences=one.sentences,
        )
        for verdict in said
        for one in points
        if one.verdict == verdict
    )[:_MOST_GAPS]


def find_strengths(points: Sequence[KeyPoint]) -> tuple[Strength, ...]:
    """Return the points that the answer makes, each with the sentences that make it."""
    made = [point for point in points if point.verdict == "hit"]
    return tuple(Strength(text=f"Said: {p.point}", sentences=p.sentences) for p in made[:_MOST_STRENGTHS])


def _notes(asked: Asked) -> Iterator[str]:
    """Where the key points are from, unless it is the question itself."""
    if asked.drawn:
        yield DRAWN.format(
            where=" and ".join(f"“{heading}” ({source})" for source, heading in asked.passages[:2])
        )
    elif asked.meant and not asked.question.startswith(asked.meant):
        yield MEANT.format(question=asked.meant)
