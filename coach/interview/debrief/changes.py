"""What would turn an inclination round: so many answers of such a kind, to what stands weakest or strongest."""

from collections.abc import Iterator, Mapping, Sequence
from math import ceil

from coach.interview.debrief.lines import counted, spoken, standing_of
from coach.interview.debrief.model import Change, Line
from coach.interview.debrief.weighing import BAR, Weight

_GOOD, _POOR = 4.5, 2.0  # of 5: an answer that would lift the whole, and one that would pull it down
_MOST = 3
_ONE_INTERVIEW = 5  # answers; what takes more takes another one
_CLOSE = 0.05  # no mean can be moved by less
# How much a view turns on each criterion of a story, relative to the result.
WEIGHT: Mapping[str, float] = {
    "relevance": 1.5,
    "hypothetical": 1.5,
    "result": 1.0,
    "action": 1.0,
    "ownership": 1.0,
    "task": 0.7,
    "situation": 0.7,
    "measured": 0.6,
    "reflection": 0.3,
}
# The answer that is needed, by what the stories lack most.
WANTED: Mapping[str, str] = {
    "situation": "that begins with where, when and how big",
    "task": "that says what was yours to reach, and why it mattered",
    "action": "that tells your own steps so that somebody could repeat them",
    "result": "that ends with what was different afterwards",
    "ownership": "that says “I” wherever it was you",
    "relevance": "that is about what was asked",
    "measured": "with a number for what came of it",
    "reflection": "that says what you do differently since",
    "hypothetical": "that happened once, and not what you would do",
}


def what_would_change(
    weight: Weight, inclined: bool, held_back: Sequence[Line], lines: Sequence[Line], criteria: Sequence[Line]
) -> tuple[Change, ...]:
    """Return what would turn the inclination, the most telling first."""
    heard = [one for one in lines if one.score is not None]
    heard.sort(key=lambda one: one.score or 0.0)
    return tuple(_down(weight, heard) if inclined else _up(weight, held_back, heard, criteria))[:_MOST]


def weakest_criterion(criteria: Sequence[Line]) -> Line | None:
    """Return what the stories lack most; None: nothing."""
    lacking = [one for one in criteria if standing_of(one) == "below"]
    return max(lacking, key=lambda one: WEIGHT[one.name] * (one.scale - (one.score or 0.0)), default=None)


def _up(
    weight: Weight, held_back: Sequence[Line], heard: Sequence[Line], criteria: Sequence[Line]
) -> Iterator[Change]:
    lack = weakest_criterion(criteria)
    like = WANTED[lack.name] if lack else "that stands on its own in every part"
    for one in held_back:
        number = max(2, _needed(one.answers, one.score or 0.0, BAR, _GOOD)) if one.scale == 5 else one.answers
        about = "" if one.sort == "criterion" else f" about {spoken(one)}"
        wanted = WANTED.get(one.name) or _like(one, like)
        text = f"{counted(number, 'strong answer').capitalize()}{about}, each one {wanted}."
        yield Change(sort=one.sort, name=one.name, answers=number, text=text)
    weak = next((one for one in heard if one not in held_back), None)
    if weight.score < BAR and weak is not None:
        number = _needed(weight.answers, weight.score, BAR, _GOOD)
        text = f"{counted(number, 'strong answer').capitalize()} ({_GOOD} of 5)" + (
            ", which takes another interview" if number > _ONE_INTERVIEW else ""
        )
        text = f"{text}. Begin with {spoken(weak)}: one {_like(weak, like)}."
        yield Change(sort=weak.sort, name=weak.name, answers=number, text=text)


def _down(weight: Weight, heard: Sequence[Line]) -> Iterator[Change]:
    number = _needed(weight.answers, weight.score, BAR, _POOR)
    for one in heard[:1]:
        poor = counted(number, "poor answer").capitalize()
        text = f"{poor} ({_POOR:.0f} of 5) would turn it. The weakest is {spoken(one)}: one would ask there."
        yield Change(sort=one.sort, name=one.name, answers=number, text=text)


def _like(one: Line, behavioral: str) -> str:
    if one.sort != "kind":
        return behavioral
    if one.never_raised:
        return f"with {', '.join(one.never_raised[-1].stages)}"
    return "with the key points that were missed"


def _needed(answers: int, score: float, bar: float, each: float) -> int:
    """How many answers of a score it takes to bring a mean to the bar."""
    return max(1, ceil(answers * max(abs(score - bar), _CLOSE) / abs(each - bar)))
