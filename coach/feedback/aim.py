"""What a question or a remark is after, and whether an answer has said it already: both decided by rule."""

import re
from collections.abc import Mapping, Sequence

from coach.feedback.feedback import Criterion, TaggedSentence
from coach.feedback.language import read_cues
from coach.feedback.numbers import numbers_in
from coach.feedback.quoting import without_quotes
from coach.feedback.words import telling

# Words without which a text can't be after this criterion.
_ASKS_FOR: Mapping[Criterion, str] = {
    "situation": r"when|where|how (?:big|large|many|long)|who|scene|size|set(?:ting)?|situation|what kind",
    "task": r"goal|reach|aim|supposed|expected|had to|have to|needed|matter(?:ed)?|why|by when|at stake|task|trying|"
    r"asked you|deadline|hung on|depended|responsib\w+|purpose|achieve|worth",
    "action": r"first|next|steps?|(?:did|do|have) you|you (?:did|do)|how (?:did|you|exactly)|way|what you|instead|"
    r"tried|decide|chose|why|know|convince\w*|else|would you have|disagree\w*",
    "result": r"chang\w+|differ\w+|after(?:wards)?|results?|outcome|became|become|came (?:of|out)|led to|effect|"
    r"end(?:ed)?|before|improv\w+|notice\w*|tell|later|now",
    "ownership": r"you|your|yourself|alone|own|part|others|who",
    "measured": r"how (?:much|many|long|often|far|fast|big|large)|numbers?|measur\w+|percent|rate|before and after|"
    r"compared|figures?|count\w*",
    "reflection": r"different\w*|since|learn\w*|again|today|now|next time|changed|take from|looking back|regret",
    "hypothetical": r"time|when|once|last|occasion|happen\w*|event|really|example",
    "relevance": r"question|asked|link|answer\w*|story|occasion|fit\w*|has to do|wanted",
    "key_point": r"",
}
_PATTERNS = {
    criterion: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for criterion, words in _ASKS_FOR.items()
}
_QUANTITY_WANTED = re.compile(
    r"\bhow (?:much|many|long|often|far|fast|big|large)\b|\bwhat (?:number|percent\w*|share)\b|\bput a number on\b",
    re.IGNORECASE,
)
_REASON_WANTED = re.compile(r"\bwhy\b|\bwhat made you\b|\bwhat reason\b", re.IGNORECASE)
_REASON = re.compile(r"\b(?:because|so that|since|as)\b", re.IGNORECASE)
_SAME_THING = 2  # telling words that a question and a sentence share when they are about the same thing
_ALL_SAID = 0.8  # of a question's telling words, when a sentence has said what it asks

_WHEN = re.compile(
    r"""\b(?:(?:19|20)\d\d|january|february|march|april|june|july|august|september|october|november|december|in\ may
      | spring|summer|autumn|winter|christmas|(?:last|this|that)\ (?:year|month|week|quarter|term|fall)
      | \w+\ (?:years?|months?|weeks?|days?)\ ago|(?:first|second|third|final|last)\ (?:year|month|week|semester|job)
      | recently|yesterday|during\ (?:my|the|our|a)|when\ i\ (?:was|worked|joined|started|studied)
      | (?:my|in)\ (?:first|last|previous)|at\ (?:university|college|school)|as\ an?\ (?:student|intern|trainee))\b""",
    re.IGNORECASE | re.VERBOSE,
)
_WHERE = re.compile(
    r"""\b(?:at|for|in|with)\ (?:an?|my|our|the|one|this)\ (?:[\w'-]+\ ){0,4}?
      (?:company|firm|start-?up|bank|shop|store|hospital|clinic|school|university|college|lab|agency|office|restaurant
      | factory|plant|department|team|group|project|insurer|retailer|authority|council|library|museum|hotel|warehouse
      | practice|job|internship|course|class|club|provider|service|business|organi[sz]ation|institute|ministry
      | operator|maker|manufacturer|distributor|platform|app|bureau|charity)s?\b
      | (?-i:\b(?:at|for|with|in)\ (?:the\ )?[A-Z][\w&]+)|\b(?:we|i)\ (?:make|made|run|ran|sell|sold)\ \w+""",
    re.IGNORECASE | re.VERBOSE,
)


def aims_at(criterion: Criterion, text: str) -> bool:
    """Return whether a question or a remark can be after this criterion at all; what it quotes doesn't count."""
    return bool(_PATTERNS[criterion].search(without_quotes(text)))


def tells_when(text: str) -> bool:
    """Return whether a text says at what time something was."""
    return bool(_WHEN.search(text)) or read_cues(text).one_time > 0


def tells_where(text: str) -> bool:
    """Return whether a text says at what kind of place something was."""
    return bool(_WHERE.search(text))


def tells_size(text: str) -> bool:
    """Return whether a text says how big something was; a year is no size."""
    return any(number.unit or not 1900 <= number.value < 2100 for number in numbers_in(text))


def is_answered(question: str, sentences: Sequence[TaggedSentence]) -> bool:
    """Return whether an answer has said what a question asks, as far as words tell.

    A question after a quantity is answered where a sentence about the same thing has a number, one after a
    reason where such a sentence gives one, and any question where one sentence has nearly all of its words.
    """
    asked = telling(without_quotes(question))
    wanted = without_quotes(question)
    about = asked | telling(" ".join(re.findall(r"“([^”]*)”", question)))
    for sentence in sentences:
        own = telling(sentence.text)
        if len(about & own) >= _SAME_THING:
            if _QUANTITY_WANTED.search(wanted) and numbers_in(sentence.text):
                return True
            if _REASON_WANTED.search(wanted) and _REASON.search(sentence.text):
                return True
        if len(asked) > _SAME_THING and len(asked & own) >= _ALL_SAID * len(asked):
            return True
    return False
