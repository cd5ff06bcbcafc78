"""What a candidate has said when asked for it is not asked for again: not as a gap, a blank or a follow-up."""

import re
from collections.abc import Collection

from coach.feedback.feedback import Criterion, Feedback, Rewrite
from coach.feedback.numbers import numbers_in

_FEWEST_WORDS = 3
_NOTHING = re.compile(
    r"\W*(?:(?:i )?(?:really )?(?:do not|don'?t|dont|can(?:no|')?t|couldn'?t) (?:know|remember|recall|say|tell)\b"
    r".{0,40}|(?:no idea|not sure|none|nothing|n/?a|skip|pass)\b.{0,20})?\W*$",
    re.IGNORECASE,
)


def says_something(text: str) -> bool:
    """Return whether what was said in reply to a question holds anything: "no idea" does not."""
    return bool(re.search(r"\w", text)) and not _NOTHING.match(text)


def supplies(criterion: Criterion, said: str) -> bool:
    """Return whether a reply gives what it was asked for, as far as can be told: a number where one was wanted,
    some words elsewhere."""
    if not says_something(said):
        return False
    return bool(numbers_in(said)) if criterion == "measured" else len(said.split()) >= _FEWEST_WORDS


def set_aside(feedback: Feedback, given: Collection[Criterion]) -> Feedback:
    """Return the feedback without what asks for any of `given`."""
    if not given:
        return feedback
    return feedback.model_copy(
        update={
            "gaps": tuple(gap for gap in feedback.gaps if gap.criterion not in given),
            "follow_ups": tuple(one for one in feedback.follow_ups if one.criterion not in given),
            "rewrite": _without(feedback, given) if feedback.rewrite else None,
        }
    )


def _without(feedback: Feedback, given: Collection[Criterion]) -> Rewrite | None:
    """The rewrite without the blanks that ask for it; None where nothing is left that differs from the answer."""
    rewrite = feedback.rewrite
    if rewrite is None or not rewrite.asks:
        return rewrite
    text, left = rewrite.text, []
    for blank, ask in zip(rewrite.blanks, rewrite.asks, strict=True):
        if ask in given:
            text = " ".join(text.replace(f"[{blank}]", "", 1).split())
        else:
            left.append((blank, ask))
    if not left and _letters(text) == _letters(" ".join(s.text for s in feedback.sentences)):
        return None
    kept = {"blanks": tuple(blank for blank, _ in left), "asks": tuple(ask for _, ask in left)}
    return rewrite.model_copy(update={"text": text, **kept})


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text)
