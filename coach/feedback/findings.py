"""Find the gaps and the strengths of an assessed answer, most important first.

Scores are estimates: a gap is named where it is likely enough to be one, and rules that read the sentences
themselves can overrule a score (nobody misses a number that is there).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from coach.feedback.aim import tells_size, tells_when, tells_where
from coach.feedback.evidence import Check
from coach.feedback.feedback import Criterion, Gap, Strength, TaggedSentence
from coach.feedback.giving import says_something
from coach.feedback.language import read_cues
from coach.feedback.rubric import COMPONENT_TAG, COMPONENTS, Component
from coach.feedback.wording import gap_text, strength_text, tells_a_change
from coach.feedback.words import telling

# How much an interviewer's verdict turns on each criterion, relative to the result.
_WEIGHT: Mapping[Criterion, float] = {
    "relevance": 1.5,
    "hypothetical": 1.5,
    "result": 1.0,
    "action": 1.0,
    "ownership": 0.9,
    "task": 0.7,
    "situation": 0.7,
    "measured": 0.6,
    "reflection": 0.5,
}
# Below which score (0 to 2) a gap is named. Chosen on answers that the scores were not fitted on.
_NAMED_BELOW: Mapping[Criterion, float] = {
    "situation": 1.5,
    "task": 1.0,
    "action": 1.4,
    "result": 1.25,
    "ownership": 1.2,
    "relevance": 1.0,
}
# Below it a part of the story is missing, from it on it is there in general words.
_MISSING = 0.6
MOST_GAPS = 3
_MOST_STRENGTHS, _MOST_SHOWN = 2, 3
_STRONG = 1.5
_PICTURED = 2  # of when, where and how big: what a setting needs that a stranger could picture
# An answer below this overall score lacks something: where less stands out, its weakest parts are named.
_LACKING, _FEWEST_GAPS = 3.2, 2


@dataclass(frozen=True)
class Assessed:
    """What the assessment found: every score by its name in the rubric, the checks, and the tagged sentences."""

    scores: Mapping[str, float]
    qualities: Mapping[str, bool]
    checks: Mapping[str, Check]
    sentences: Sequence[TaggedSentence]
    asks_for_learning: bool


def find_gaps(assessed: Assessed) -> tuple[Gap, ...]:
    """Return at most three gaps, the one that costs most first; none where nothing is likely to be missing."""
    costs: dict[Criterion, float] = {}
    for criterion, below in _NAMED_BELOW.items():
        score = assessed.scores[criterion]
        if score < below and _may_lack(assessed, criterion):
            costs[criterion] = _WEIGHT[criterion] * (2 - score)
    absent: Mapping[Criterion, bool] = {
        "measured": assessed.scores["result"] >= _MISSING and _unmeasured(assessed),
        "reflection": assessed.asks_for_learning and _unlearned(assessed),
        "hypothetical": assessed.qualities["hypothetical"],
    }
    for criterion, is_gap in absent.items():
        if is_gap:
            costs[criterion] = _WEIGHT[criterion] * 1.5
    ranked = sorted(costs, key=lambda criterion: -costs[criterion])[:MOST_GAPS]
    if assessed.scores["overall"] < _LACKING:
        rest = [name for name in _NAMED_BELOW if name not in costs and _may_lack(assessed, name)]
        rest.sort(key=lambda criterion: assessed.scores[criterion] / _NAMED_BELOW[criterion])
        ranked += rest[: max(0, _FEWEST_GAPS - len(ranked))]
    return tuple(_gap(assessed, criterion) for criterion in ranked)


def find_strengths(assessed: Assessed) -> tuple[Strength, ...]:
    """Return at most two strengths, only where sentences show them; talk in general has none."""
    if assessed.qualities["hypothetical"]:
        return ()
    met: dict[Criterion, float] = {name: assessed.scores[name] for name in COMPONENTS}
    met["measured"] = 2.0 if assessed.qualities["measured"] else 0.0
    met["reflection"] = 1.6 if assessed.qualities["reflection"] else 0.0
    worth = {criterion: _WEIGHT[criterion] * score for criterion, score in met.items() if score >= _STRONG}
    found: list[Strength] = []
    for criterion in sorted(worth, key=lambda criterion: -worth[criterion]):
        if shown := _showing(assessed, criterion):
            text = strength_text(criterion, shown[0], assessed.sentences)
            found.append(Strength(text=text, sentences=tuple(sorted(shown[:_MOST_SHOWN]))))
    return tuple(found[:_MOST_STRENGTHS])


def _showing(assessed: Assessed, criterion: Criterion) -> list[int]:
    """The sentences that show it beyond doubt, the one with the most in it first."""

    def shows(sentence: TaggedSentence) -> bool:
        text, cues = sentence.text, read_cues(sentence.text)
        if text.rstrip().endswith(":"):
            return False  # a heading
        return {
            "situation": tells_when(text) + tells_where(text) + tells_size(text) >= _PICTURED,
            "action": cues.own_acts > 0 and cues.past > 0,
            "result": cues.past > 0,
            "measured": tells_size(text),
            "reflection": cues.learned > 0,
        }.get(criterion, True)

    found = [assessed.sentences[place] for place in assessed.checks[criterion].sentences]
    component = next((name for name in COMPONENTS if name == criterion), None)
    if component:
        found = [s for s in found if s.tag == COMPONENT_TAG[component]]

    def most_first(sentence: TaggedSentence) -> tuple[bool, int]:
        return criterion == "result" and not tells_size(sentence.text), -len(telling(sentence.text))

    return [s.index for s in sorted(filter(shows, found), key=most_first)]


def _gap(assessed: Assessed, criterion: Criterion) -> Gap:
    where = _where(assessed, criterion)
    return Gap(criterion=criterion, text=gap_text(criterion, where, assessed.sentences), sentences=where)


def _may_lack(assessed: Assessed, criterion: Criterion) -> bool:
    """Whether the sentences leave room for this gap: an outcome with a number in it is not told in general words,
    and nobody hides behind others who speaks of no others."""
    sentences = assessed.sentences
    if criterion == "result" and assessed.scores["result"] >= _MISSING:
        return not any(tells_size(s.text) for s in sentences if s.tag == "R")
    if criterion == "ownership":
        cues = [read_cues(s.text) for s in sentences if s.tag in "TA"]
        return not any(c.first_person for c in cues) or any(c.we and not c.first_person for c in cues)
    return True


def _unmeasured(assessed: Assessed) -> bool:
    """No number where the outcome is told, whatever the estimate says: one that is there is never asked for."""
    return not assessed.qualities["measured"] and not any(
        tells_size(s.text) for s in assessed.sentences if s.tag in "RLO" or tells_a_change(s)
    )


def _unlearned(assessed: Assessed) -> bool:
    return not assessed.qualities["reflection"] and not any(
        s.tag == "L" and read_cues(s.text).learned for s in assessed.sentences
    )


def _where(assessed: Assessed, criterion: Criterion) -> tuple[int, ...]:
    """The sentences where the gap shows; for a part that is missing, the one that it should stand beside."""
    sentences = assessed.sentences
    told = [s.index for s in sentences if s.tag != "O" and says_something(s.text)] or [0]
    of = {part: _tagged(assessed, part) for part in COMPONENTS}
    of["result"] = of["result"] or tuple(s.index for s in sentences if tells_a_change(s))[-1:]
    if criterion == "ownership":
        together = _those(sentences, lambda s: s.tag in "AT" and read_cues(s.text).we > 0)
        return together or of["action"][:3] or (told[0],)
    if criterion == "hypothetical":
        talk = _those(sentences, lambda s: read_cues(s.text).conditional + read_cues(s.text).habit > 0)
        return talk or assessed.checks["hypothetical"].sentences[:3] or (told[0],)
    if criterion == "relevance":
        return (told[0],)
    if criterion in ("measured", "reflection"):
        return (of["result"] or (told[-1],))[-2:]
    present = _vaguest_first(assessed, of["action"]) if criterion == "action" else of[criterion]  # type: ignore[index]
    if present and assessed.scores[criterion] >= _MISSING:
        return present[:3]
    others = [index for index in told if index not in present] or told
    first_act = next((index for index in of["action"] if index in others), others[0])
    beside: Mapping[Criterion, int] = {"situation": others[0], "task": first_act}
    return (beside.get(criterion, others[-1]),)


def _those(sentences: Sequence[TaggedSentence], wanted: Callable[[TaggedSentence], bool]) -> tuple[int, ...]:
    return tuple(s.index for s in sentences if wanted(s))[:3]


def _vaguest_first(assessed: Assessed, places: Sequence[int]) -> tuple[int, ...]:
    """What the candidate did comes before all else; then generic words count against a sentence, names and numbers
    for it."""

    def clearness(place: int) -> tuple[bool, int]:
        cues = read_cues(assessed.sentences[place].text)
        return cues.own_acts == 0, cues.concrete + cues.quantity - cues.generic - cues.we

    return tuple(sorted(places, key=clearness))


def _tagged(assessed: Assessed, component: Component) -> tuple[int, ...]:
    return tuple(s.index for s in assessed.sentences if s.tag == COMPONENT_TAG[component])
