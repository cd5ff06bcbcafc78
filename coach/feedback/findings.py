"""Find the gaps and the strengths of an assessed answer, most important first, in plain words.

These words stand alone when there is no language model, and stand in for it where it fails. They quote
nothing: they point at sentences, and whoever shows them puts the sentences in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coach.feedback.evidence import Check
from coach.feedback.feedback import Criterion, Gap, Strength, TaggedSentence
from coach.feedback.rubric import COMPONENT_TAG, COMPONENTS, Component

# How much an interviewer's verdict turns on each criterion, relative to the result.
_WEIGHT: Mapping[Criterion, float] = {
    "relevance": 1.5,
    "hypothetical": 1.5,
    "result": 1.0,
    "action": 1.0,
    "ownership": 0.9,
    "task": 0.7,
    "situation": 0.6,
    "measured": 0.5,
    "reflection": 0.3,
}
_MOST_GAPS, _MOST_STRENGTHS = 3, 2
# Below the first a part is missing, below the second it is there in general words, from the third it is strong.
_MISSING, _VAGUE, _STRONG = 0.6, 1.25, 1.5
# From this overall score on, an answer without a gap is left alone; below, its weakest part is named.
_OUTSTANDING = 4.3

_MISSING_TEXT: Mapping[Criterion, str] = {
    "situation": "There is no setting. Open with one sentence that says when and where it was, and how big it was.",
    "task": "It stays open what you had to reach. Say in one sentence what the goal was, whose it was, and why it mattered.",
    "action": "What you did is missing. Tell your own steps in order, concretely enough that someone could repeat them.",
    "result": "It ends before the outcome. Say what changed afterwards, seen from outside, and how you know.",
    "ownership": "Your own part can't be seen behind the others. Say which steps were yours, in the first person.",
    "relevance": "This tells about something else than the question asks. Pick the story that answers it, and say in the first sentence why it does.",
}
_VAGUE_TEXT: Mapping[Criterion, str] = {
    "situation": "The setting is in general words. Add who was involved, when it was, and how large the thing was.",
    "task": "The goal is only implied. Say what you yourself had to reach or decide, and what hung on it.",
    "action": "The steps stay general. Name what you did first, next and last, with what, and why that way.",
    "result": "The outcome is in general words. Say what was different afterwards: a before and after, a decision, a named effect.",
    "ownership": 'It is only partly clear what you did and what the others did. Turn each step of yours from "we" into "I".',
    "relevance": "It only partly answers what was asked. Tie the story to the question in your first sentence.",
}
_QUALITY_TEXT: Mapping[Criterion, str] = {
    "measured": "The outcome carries no number. Give one: how much, how many, how fast, compared with before.",
    "reflection": "The question asks what you took from it, and nothing says so. Add what you do differently since.",
    "hypothetical": "This tells what you would do or always do. Tell one thing that happened, from start to end.",
}
_STRENGTH_TEXT: Mapping[Criterion, str] = {
    "situation": "The setting is concrete: a stranger could picture it.",
    "task": "It is clear what you had to reach, and that it was yours.",
    "action": "Your steps are your own and concrete enough to be repeated.",
    "result": "The outcome can be seen from outside.",
    "measured": "The outcome is measured, which is what a debrief remembers.",
    "reflection": "You say what you took from it, which shows judgment.",
}
# Which check's sentences show that a criterion is met.
_SHOWN_BY: Mapping[Criterion, str] = {
    "situation": "setting",
    "task": "task",
    "action": "own_action",
    "result": "outcome",
    "measured": "measured",
    "reflection": "learned",
    "hypothetical": "hypothetical",
    "ownership": "ownership",
}


@dataclass(frozen=True)
class Assessed:
    """What the assessment found: every score by its name in the rubric, the checks, and the tagged sentences."""

    scores: Mapping[str, float]
    qualities: Mapping[str, bool]
    checks: Mapping[str, Check]
    sentences: Sequence[TaggedSentence]
    asks_for_learning: bool


def find_gaps(assessed: Assessed) -> tuple[Gap, ...]:
    """Return at most three gaps, the one that costs most first; none only where the answer is outstanding."""
    costs: list[tuple[float, Gap]] = []
    graded: tuple[Criterion, ...] = (*COMPONENTS, "ownership", "relevance")
    for criterion in graded:
        score = assessed.scores[criterion]
        if score < _VAGUE:
            text = (_MISSING_TEXT if score < _MISSING else _VAGUE_TEXT)[criterion]
            cost = _WEIGHT[criterion] * (2 - score)
            costs.append((cost, Gap(criterion=criterion, text=text, sentences=_where(assessed, criterion))))
    absent: list[tuple[Criterion, bool]] = [
        ("measured", not assessed.qualities["measured"] and assessed.scores["result"] >= _MISSING),
        ("reflection", not assessed.qualities["reflection"] and assessed.asks_for_learning),
        ("hypothetical", assessed.qualities["hypothetical"]),
    ]
    for criterion, is_gap in absent:
        if is_gap:
            gap = Gap(
                criterion=criterion, text=_QUALITY_TEXT[criterion], sentences=_where(assessed, criterion)
            )
            costs.append((_WEIGHT[criterion] * 1.5, gap))
    if not costs and assessed.scores["overall"] < _OUTSTANDING:
        weakest = max(graded, key=lambda name: _WEIGHT[name] * (2 - assessed.scores[name]))
        where = _where(assessed, weakest)
        costs.append((0.0, Gap(criterion=weakest, text=_VAGUE_TEXT[weakest], sentences=where)))
    costs.sort(key=lambda pair: -pair[0])
    return tuple(gap for _, gap in costs[:_MOST_GAPS])


def find_strengths(assessed: Assessed) -> tuple[Strength, ...]:
    """Return at most two strengths, only where sentences show them."""
    found: list[tuple[float, Strength]] = []
    met: list[tuple[Criterion, float]] = [(name, assessed.scores[name]) for name in COMPONENTS]
    met += [("measured", 2.0 if assessed.qualities["measured"] else 0.0)]
    met += [("reflection", 1.6 if assessed.qualities["reflection"] else 0.0)]
    for criterion, score in met:
        shown = assessed.checks[_SHOWN_BY[criterion]].sentences
        if score >= _STRONG and shown:
            found.append(
                (_WEIGHT[criterion] * score, Strength(text=_STRENGTH_TEXT[criterion], sentences=shown))
            )
    found.sort(key=lambda pair: -pair[0])
    return tuple(strength for _, strength in found[:_MOST_STRENGTHS])


def _where(assessed: Assessed, criterion: Criterion) -> tuple[int, ...]:
    """The sentences where the gap shows; for a part that is missing, the one that it should stand beside."""
    count = len(assessed.sentences)
    if criterion == "ownership":
        together = tuple(
            s.index for s in assessed.sentences if " we " in f" {s.text.lower()} " and s.tag in "AT"
        )
        return together[:3] or _tagged(assessed, "action")[:3] or (0,)
    if criterion == "hypothetical":
        return assessed.checks["hypothetical"].sentences[:3] or (0,)
    if criterion == "relevance":
        return (0,)
    if criterion in ("measured", "reflection"):
        return (_tagged(assessed, "result") or (count - 1,))[-1:]
    present = _tagged(assessed, criterion)  # type: ignore[arg-type]
    beside: Mapping[Criterion, tuple[int, ...]] = {
        "situation": (0,),
        "task": _tagged(assessed, "situation")[-1:] or (0,),
        "action": _tagged(assessed, "task")[-1:] or (count - 1,),
        "result": (count - 1,),
    }
    return present[:3] or beside[criterion]


def _tagged(assessed: Assessed, component: Component) -> tuple[int, ...]:
    return tuple(s.index for s in assessed.sentences if s.tag == COMPONENT_TAG[component])
