"""One verdict from the evidence for it: what all lines of a debrief have in common."""

from collections.abc import Sequence
from typing import Any, Literal

from coach.interview.debrief.model import Graded, Line, Sort
from coach.interview.debrief.weighing import FEWEST, OVERALL, Scale, Score, graded, in_words, weigh

_NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def line(
    sort: Sort,
    name: str,
    scores: Sequence[Score],
    *,
    of_what: str,
    nothing: str,
    scale: Scale = OVERALL,
    passed: int = 0,
    **more: Any,
) -> Line:
    """Return the verdict that scores come to.

    Args:
        sort: what it is about.
        name: the same by its name.
        scores: one for each story, or question.
        of_what: what was counted, in the singular: "story", "answer".
        nothing: the line's text where there is no score.
        scale: of the scores.
        passed: how many of the scores are those of questions that were passed.
        more: other fields of the line.
    """
    top: Literal[2, 5] = 5 if scale.top == OVERALL.top else 2
    weight = weigh(scores, scale)
    if weight is None:
        return Line(sort=sort, name=name, verdict="not enough evidence", scale=top, text=nothing, **more)
    verdict, chance = graded(weight, scale)
    held: dict[str, Any] = {
        "score": weight.score,
        "low": weight.low,
        "high": weight.high,
        "answers": weight.answers,
    }
    told = f"{counted(weight.answers, of_what)}, {weight.score:.1f} of {top}"
    # Where nothing was answered, a mean would be read as one of answers.
    silent = (
        f"{counted(passed, 'question')} passed, which counts as not shown." if passed == len(scores) else ""
    )
    if weight.answers < FEWEST:
        text = silent or f"{told}: {_LEANS[verdict]}, but one {of_what} alone decides nothing."
        return Line(
            sort=sort,
            name=name,
            verdict="not enough evidence",
            leans=verdict,
            scale=top,
            text=_begun(text),
            **held,
            **more,
        )
    text = silent or f"{told} on average, probably {weight.low:.1f} to {weight.high:.1f}: {_SAYS[verdict]}."
    sure: dict[str, Any] = {"chance": chance, "sure": in_words(chance)}
    return Line(sort=sort, name=name, verdict=verdict, scale=top, text=_begun(text), **held, **sure, **more)


def counted(number: int, what: str) -> str:
    """Say how many there are: "two stories"."""
    word = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    plural = what if number == 1 else f"{what[:-1]}ies" if what.endswith("y") else f"{what}s"
    return f"{word} {plural}"


def standing_of(one: Line) -> Graded | None:
    """Return the verdict, or what there is of one."""
    return one.leans if one.verdict == "not enough evidence" else one.verdict


def spoken(one: Line) -> str:
    """A line's name as people say it."""
    return _SPOKEN.get(one.name, one.name.replace("_", " "))


def listed(names: Sequence[str]) -> str:
    """Names in a row. Two principles have a comma in their names."""
    return "; ".join(names)


_SPOKEN = {
    "technical": "technical questions",
    "case": "cases",
    "recruiter": "the recruiter's questions",
    "measured": "numbers",
}
_LEANS: dict[Graded, str] = {
    "strong": "it would be strong",
    "meets": "it would do",
    "below": "it stays below what is looked for",
}
_SAYS: dict[Graded, str] = {
    "strong": "strong",
    "meets": "what is looked for",
    "below": "below what is looked for",
}


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
