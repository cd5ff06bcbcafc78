"""Ask the language model whether a story belongs to the question, where the reading leaves it in doubt.

What two texts have in common can't tell a story about a conflict from one about a deadline at the same company,
and a small model alone says yes too easily. So it takes both: the reading's doubt, and a model whose chance of
"yes" is lower than it is for stories that fit (docs/quality.md has both rates).
"""

from coach.feedback.feedback import Asked, Criterion, Feedback, Gap
from coach.feedback.findings import MOST_GAPS
from coach.feedback.followup import plain_follow_ups
from coach.feedback.scoring import ASTRAY_AT_MOST, ASTRAY_RELEVANCE, LOWEST
from coach.feedback.wording import gap_text
from coach.models.chat import ChatModel
from coach.prompts import Prompt, fence

# A relevance below it leaves doubt: so have a quarter of the stories that fit, and two thirds of those that don't.
_IN_DOUBT = 1.7
# Below this chance of "yes" a story in doubt belongs to another question.
_SURE_ENOUGH = 0.8
_YES_NO: tuple[Criterion, ...] = ("measured", "reflection")


def in_doubt(assessed: Feedback) -> bool:
    """Return whether it is worth asking: a good story that may belong to another question."""
    return (
        assessed.graded
        and assessed.kind == "behavioral"
        and (assessed.overall or LOWEST) > ASTRAY_AT_MOST
        and (assessed.relevance or 0.0) < _IN_DOUBT
    )


def goes_astray(model: ChatModel, prompt: Prompt, asked: Asked, assessed: Feedback) -> bool:
    """Return whether the model, too, takes an assessed answer for one to another question.

    Raises:
        ModelError: the model failed.
    """
    story = " ".join(sentence.text for sentence in assessed.sentences)
    messages = prompt.messages(question=fence(asked.question), story=fence(story))
    return model.decide(messages, ("yes", "no"))["yes"] < _SURE_ENOUGH


def set_astray(assessed: Feedback) -> Feedback:
    """Return the feedback on a story that belongs to another question: at most a 2.5, and that gap first."""
    place = (next((s.index for s in assessed.sentences if s.tag != "O"), 0),)
    gap = Gap(criterion="relevance", text=gap_text("relevance", place, assessed.sentences), sentences=place)
    gaps = (gap, *(other for other in assessed.gaps if other.criterion != "relevance"))[:MOST_GAPS]
    overall = assessed.overall or LOWEST
    lowered = overall - min(overall, ASTRAY_AT_MOST)
    known: list[Criterion] = [name for name in _YES_NO if getattr(assessed, name)]
    return assessed.model_copy(
        update={
            "relevance": min(assessed.relevance or 0.0, ASTRAY_RELEVANCE),
            "overall": round(overall - lowered, 1),
            "low": round(max((assessed.low or LOWEST) - lowered, LOWEST), 1),
            "high": round((assessed.high or LOWEST) - lowered, 1),
            "gaps": gaps,
            "follow_ups": plain_follow_ups(assessed.sentences, gaps, known),
        }
    )
