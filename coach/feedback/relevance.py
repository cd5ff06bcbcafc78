"""Whether a story belongs to the question: by how well they match.

A story whose match is lower than that of nearly all stories to their own question was told to another one. No language
model is asked: the default one doubts stories that fit as easily as others (docs/quality.md has the rates).
"""

from coach.feedback.feedback import Criterion, Feedback, Gap
from coach.feedback.findings import MOST_GAPS
from coach.feedback.followup import plain_follow_ups
from coach.feedback.scoring import ASTRAY_AT_MOST, ASTRAY_RELEVANCE, LOWEST, Belonging
from coach.feedback.wording import gap_text

_YES_NO: tuple[Criterion, ...] = ("measured", "reflection")


def held_against_question(assessed: Feedback, match: float, bars: Belonging) -> Feedback:
    """Return the feedback on a story with `on_topic` set; where that is "no", with all that follows from it.

    A story that is not worth more than one that goes astray is left as it is.
    """
    if (assessed.overall or LOWEST) <= ASTRAY_AT_MOST:
        return assessed
    if match < bars.astray:
        return set_astray(assessed)
    return assessed.model_copy(update={"on_topic": "yes"})


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
