"""From a question of the bank to what the assessor needs to know of it."""

from coach.feedback.feedback import Asked, Mistake
from coach.feedback.rubric import Kind
from coach.interview.questions import Question


def asked_from(known: Question, text: str, kind: Kind) -> Asked:
    """Return the question as the assessor wants it, asked in the words `text`."""
    return Asked(
        question=text,
        kind=kind,
        key_points=known.key_points,
        also=known.also,
        mistakes=tuple(
            Mistake(said=known.mistakes[one.mistake - 1], right=one.right, point=one.point - 1)
            for one in known.corrections
        ),
        passages=tuple((passage.source, passage.heading) for passage in known.passages),
    )
