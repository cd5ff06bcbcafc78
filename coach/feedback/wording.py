"""The coach's own words for what an answer lacks and what it shows, each hung on a clause of the answer.

A gap's text is two sentences: what is open at this place, then, beginning with "Say", what would fill it. The
second one is what a language model may put better (`advice.py`); these words are what it has to beat.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from coach.feedback.aim import tells_size, tells_when, tells_where
from coach.feedback.feedback import Criterion, TaggedSentence
from coach.feedback.language import read_cues
from coach.feedback.numbers import Number, numbers_in
from coach.feedback.quoting import quoted
from coach.feedback.rubric import Tag
from coach.feedback.words import telling

_FILL = " Say "
_ENOUGH = 2  # words of its own that a sentence needs to be quoted before others
_CALENDAR = ("day", "week", "month", "year")
_FELT = re.compile(r"\b(?:experience|proud|lesson)\b", re.IGNORECASE)  # what nobody could put a number on
_TAG: Mapping[Criterion, Tag] = {"situation": "S", "task": "T", "action": "A", "result": "R"}
# What a setting may lack: how to find out, what it is called, and how to ask for it.
_DETAILS: tuple[tuple[Callable[[str], bool], str, str], ...] = (
    (tells_when, "time", "when that was"),
    (tells_where, "place", "where it was"),
    (tells_size, "size", "how many people, users or things it was about"),
)

# What is open and what would fill it: where the part is missing, and where it is there in general words. $q is
# the clause that the gap hangs on.
_WORDS: Mapping[Criterion, tuple[tuple[str, str], tuple[str, str]]] = {
    "task": (
        (
            "Up to $q nobody hears what you had to reach.",
            "before it what the goal was, who had set it, and why it mattered.",
        ),
        (
            "$q only hints at the goal.",
            "what you yourself had to reach or decide there, by when, and what depended on it.",
        ),
    ),
    "action": (
        (
            "After $q your own steps are missing.",
            "what you did first, next and last, concretely enough that someone could repeat it.",
        ),
        (
            "$q names a step and not how you went about it.",
            "what you did there first and next, with what, and why that way.",
        ),
    ),
    "result": (
        (
            "The story stops at $q, before anybody hears what came of it.",
            "what was different after that, seen from outside, and how you know.",
        ),
        (
            "$q is an outcome in general words.",
            "what was different then: a before and after, a decision, or what somebody could do at last.",
        ),
    ),
    "ownership": (
        (
            "$q hides your own part.",
            'which steps were yours, with "I", and which were others\'.',
        ),
        (
            "In $q it is hard to tell your part from that of the others.",
            'which part of it you did yourself, with "I", and who did the rest.',
        ),
    ),
}
_WORDS_OF_OTHERS: Mapping[Criterion, tuple[str, str]] = {
    "relevance": (
        "$q is not tied to the question yet.",
        "in your first sentence where in this story the question is answered, or tell one that is about it.",
    ),
    "measured": (
        "$q comes without a number.",
        "in a number what came of it: how much or how many before and after, and how you know.",
    ),
    "reflection": (
        "The question asks what you took from it, and you end with $q.",
        "what you do differently since then, and give one occasion.",
    ),
    "hypothetical": (
        "$q is what you would do or always do, and not something that happened once.",
        "when it last happened, what you did that time, and how it ended.",
    ),
}
_SHOWN: Mapping[Criterion, str] = {
    "situation": "$q sets the scene so that a stranger could picture it.",
    "task": "$q makes clear what you had to reach.",
    "action": "$q is a step of your own that someone could repeat.",
    "result": "$q lets an outsider see what came of it.",
    "measured": "$q puts a number on the outcome.",
    "reflection": "$q says what you took from it.",
}


def gap_text(criterion: Criterion, pointed: Sequence[int], sentences: Sequence[TaggedSentence]) -> str:
    """Return what is open and what would fill it.

    Args:
        criterion: any but "key_point".
        pointed: the sentences that the gap points at, at least one: those of the part that is there in general
            words, or one of another part, beside which a missing part should stand.
        sentences: the answer's.
    """
    quote = quoted(sentences[plainest(criterion, pointed, sentences)].text)
    if criterion == "situation":
        return _setting(quote, _is_there(criterion, pointed, sentences), sentences)
    if criterion in _WORDS:
        opening, filling = _WORDS[criterion][_is_there(criterion, pointed, sentences)]
    else:
        opening, filling = _WORDS_OF_OTHERS[criterion]
    return f"{opening.replace('$q', quote)}{_FILL}{filling}"


def parts_of(text: str) -> tuple[str, str]:
    """Return the two sentences of a gap's text: what is open, and what would fill it ("" if it doesn't say)."""
    opening, fill, rest = text.rpartition(_FILL)
    return (opening, f"{fill}{rest}".strip()) if fill else (text, "")


def strength_text(criterion: Criterion, place: int, sentences: Sequence[TaggedSentence]) -> str:
    """Return what the sentence at `place` shows; an outcome that has a number in it is quoted with that."""
    text, around = sentences[place].text, None
    if criterion in ("measured", "result") and (number := _figure(text)):
        around = (text.index(number.text), text.index(number.text) + len(number.text))
    return _SHOWN[criterion].replace("$q", quoted(text, around))


def tells_a_change(sentence: TaggedSentence) -> bool:
    """Return whether a step, or what was learned, tells on the way what came of it."""
    return sentence.tag in "AL" and read_cues(sentence.text).change > 0


def _setting(quote: str, is_there: bool, sentences: Sequence[TaggedSentence]) -> str:
    """Ask only for what of time, place and size nobody hears in the setting and the task."""
    told = " ".join(s.text for s in sentences if s.tag in "ST" or s.index == 0)
    lacking = [(f"no {name}", ask) for is_told, name, ask in _DETAILS if not is_told(told)]
    if not lacking:
        return (
            f"{quote} is a setting in general words.{_FILL}who was involved, and what exactly it was about."
        )
    opening = f"{quote} gives a stranger" if is_there else f"The story begins at {quote} with"
    names, asks = ([pair[place] for pair in lacking] for place in (0, 1))
    return f"{opening} {_listed(names)}.{_FILL}{_listed(asks)}."


def _is_there(criterion: Criterion, pointed: Sequence[int], sentences: Sequence[TaggedSentence]) -> bool:
    """Whether the part of the story is there, if only in general words; for ownership, whether "I" is."""
    if criterion == "ownership":
        return read_cues(sentences[plainest(criterion, pointed, sentences)].text).first_person > 0
    if criterion == "result" and any(tells_a_change(sentences[place]) for place in pointed):
        return True
    return any(sentences[place].tag == _TAG[criterion] for place in pointed)


def _figure(text: str) -> Number | None:
    """The number that says how large an outcome is: how long something took is rarely it."""
    numbers = list(numbers_in(text))
    return next((one for one in numbers if one.unit not in _CALENDAR), next(iter(numbers), None))


def _listed(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def plainest(criterion: Criterion, pointed: Sequence[int], sentences: Sequence[TaggedSentence]) -> int:
    """Which of the sentences a gap quotes: the first where it is plain to see and that says enough."""

    def shows(place: int) -> bool:
        text = sentences[place].text
        if criterion == "measured":
            return not numbers_in(text) and not _FELT.search(text)
        if criterion == "hypothetical":
            cues = read_cues(quoted(text))
            return cues.conditional + cues.habit > 0
        if criterion == "ownership":
            return bool(re.search(r"\b(?:we|us|our|team)\b", text, re.IGNORECASE))
        return True

    # What came of it last is what should carry the number.
    order = tuple(reversed(pointed)) if criterion == "measured" else tuple(pointed)
    plain = [place for place in order if shows(place)] or order
    return next((place for place in plain if len(telling(sentences[place].text)) >= _ENOUGH), plain[0])
