"""Whether a story belongs to the question: by how well they match, and where that leaves doubt, by the model.

A story whose match is lower than that of nearly all stories to their own question was told to another one. Between
that and a match as most have it, a small language model is asked; alone it says yes too easily, so what counts is
that its chance of "yes" is lower than it is for stories that fit (docs/quality.md has the rates).
"""

from coach.feedback.feedback import Asked, Criterion, Feedback, Gap
from coach.feedback.findings import MOST_GAPS
from coach.feedback.followup import plain_follow_ups
from coach.feedback.scoring import ASTRAY_AT_MOST, ASTRAY_RELEVANCE, LOWEST, Belonging
from coach.feedback.wording import gap_text
from coach.models.chat import ChatModel
from coach.prompts import Prompt, fence

# Below this chance of "yes" a story in doubt belongs to another question.
_SURE_ENOUGH = 0.8
_YES_NO: tuple[Criterion, ...] = ("measured", "reflection")


def held_against_question(assessed: Feedback, match: float, bars: Belonging) -> Feedback:
    """Return the feedback on a story with `on_topic` set; where that is "no", with all that follows from it.

    A story that is not worth more than one that goes astray is left as it is.
    """
    if (assessed.overall or LOWEST) <= ASTRAY_AT_MOST:
        return assessed
    if match < bars.astray:
        return set_astray(assessed)
    return assessed.model_copy(update={"on_topic": "unsure" if match < bars.unsure else "yes"})


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
            "on_topic": "no",
            "overall": round(overall - lowered, 1),
            "low": round(max((assessed.low or LOWEST) - lowered, LOWEST), 1),
            "high": round((assessed.high or LOWEST) - lowered, 1),
            "gaps": gaps,
            "follow_ups": plain_follow_ups(assessed.sentences, gaps, known),
        }
    )
