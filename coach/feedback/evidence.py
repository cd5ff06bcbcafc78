"""Seventeen yes/no checks on an answer, each with how likely it holds and the sentences that show it.

A check is either read off by rule (who acts, in which mood, with which quantities) or follows from the
sentences' tags. No check looks at the length of the answer: length earns nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.feedback.language import Cues
from coach.feedback.rubric import TAGS, Tag

Array = NDArray[np.float32]

# A sentence shows a check where it contributes at least this much of it.
_SHOWS = 0.35
# Cosine of MiniLM between a question and an answer: below the first it is another topic, above the
# second it is as close as answers that fit come.
_FAR, _NEAR = 0.05, 0.45


@dataclass(frozen=True)
class Check:
    """One yes/no question about an answer: `value` is how likely the answer to it is yes, 0 to 1."""

    name: str
    value: float
    sentences: tuple[int, ...]


def gather_evidence(tags: Array, cues: Sequence[Cues], closeness: float) -> tuple[Check, ...]:
    """Run every check.

    Args:
        tags: (sentences, tags), the probabilities of the tagger.
        cues: one for each sentence.
        closeness: cosine between the question and the closest part of the answer, -1 to 1.
    """

    def tag(name: Tag) -> Array:
        return tags[:, TAGS.index(name)]

    def cue(name: str, enough: float = 1.0) -> Array:
        return np.minimum([getattr(cue, name) / enough for cue in cues], 1.0).astype(np.float32)

    setting, task, action, result = tag("S"), tag("T"), tag("A"), tag("R")
    mine = cue("first_person") * (1 - 0.5 * cue("we"))
    happened = cue("past") * (1 - cue("conditional"))
    detail = np.minimum(cue("concrete", 3) + 0.5 * cue("quantity") + 0.5 * cue("one_time"), 1.0)
    own_act = cue("own_acts") * happened
    outcome = np.maximum(result, 0.5 * cue("change") * (1 - action))

    first, ours = sum(c.first_person for c in cues), sum(c.we for c in cues)
    talk = np.maximum(cue("conditional"), cue("habit") * (1 - 0.7 * happened))
    return (
        _any("setting", setting),
        _best("setting_specific", setting * detail),
        _any("task", task),
        _best("own_goal", np.maximum(task, 0.6 * cue("goal")) * mine),
        _any("action", action),
        _best("own_action", action * own_act),
        _sum("steps", action * own_act, 3.0),
        _sum("action_detail", action * happened * (0.4 + 0.6 * detail), 2.5),
        _any("outcome", result),
        _best("outcome_concrete", outcome * np.maximum(detail, cue("change"))),
        _best("measured", np.maximum(outcome, 0.5 * cue("change")) * cue("quantity")),
        Check("ownership", first / (first + ours) if first + ours else 0.0, _shown(own_act)),
        _best("learned", np.maximum(tag("L"), 0.7 * cue("learned"))),
        _sum("one_event", happened * (1 - cue("habit")) * (0.5 + 0.5 * cue("one_time")), 3.0),
        Check("hypothetical", float(talk.mean()), _shown(talk)),
        _best("reasoning", cue("reason") * np.maximum(action, result)),
        Check("relevant", float(np.clip((closeness - _FAR) / (_NEAR - _FAR), 0, 1)), ()),
    )


def _shown(contributions: Array) -> tuple[int, ...]:
    return tuple(int(i) for i in np.flatnonzero(contributions >= _SHOWS))


def _any(name: str, chances: Array) -> Check:
    """Yes, if any sentence does it: the chances are taken as independent."""
    return Check(name, float(1 - np.prod(1 - chances)), _shown(chances))


def _best(name: str, chances: Array) -> Check:
    """As sure as its best sentence."""
    return Check(name, float(chances.max()), _shown(chances))


def _sum(name: str, chances: Array, enough: float) -> Check:
    """Grows with every sentence that does it, until there are enough."""
    return Check(name, float(min(chances.sum() / enough, 1.0)), _shown(chances))
