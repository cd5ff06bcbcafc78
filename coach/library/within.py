"""Whether what was found in the library can be the answer to a question, or the library doesn't have it."""

import math
import re
from collections.abc import Sequence

from coach.library.lexical import words
from coach.library.personal import asks_for_own_facts
from coach.library.retrieval import Hit

# The cosine of MiniLM below which a passage is about something else: nothing is cited from it.
NEAR_ENOUGH = 0.35
# A question's `likeness` below which the library doesn't have the answer. This and the weights in `likeness` were
# chosen on half of the golden and the unanswerable questions, see docs/retrieval.md.
_LIKE_ENOUGH = 1.04
# The same for `plain_likeness`: alone, and beside passages with questions. There a word of the query is in some
# passage more often, so it takes more.
_PLAIN_ENOUGH, _PLAIN_BESIDE = 0.83, 1.0
# The cosine of a question that a passage answers from which on it is what was asked, personal as it may sound.
_SAME_ASKED = 0.8
# An invitation or a letter among somebody's own files may know what no book can: it has an address, a number, an hour.
_LETTER = re.compile(
    r"\w@\w|\+\d[\d ()-]{7,}|\(\d{3}\) ?\d{3}-\d{4}|\b\d{3}-\d{3}-\d{4}\b|\b\d\d?:\d\d\b|\b\d\d? ?[ap]\.?m\b|"
    r"\b(?:Dear|Hi|Hello) [A-Z]",
)
# What the library tells of one employer is no answer about another, however alike the questions are.
_EMPLOYERS = re.compile(
    r"\b(adobe|airbnb|anthropic|apple|bytedance|databricks|facebook|google\w*|ibm|jane street|linkedin|"
    r"meta(?![ -]?(?:analy|data|feat|heur|learn))|microsoft|netflix|nvidia|openai|oracle|"
    r"salesforce|spotify|stripe|tesla|tiktok|uber)\b",
    re.IGNORECASE,
)


def within(question: str, hits: Sequence[Hit]) -> bool:
    """Whether what was found, the best few passages, can be the answer."""
    if _of_another_employer(question, hits):
        return False
    if asks_for_own_facts(question):
        letters = [hit for hit in hits if not hit.questioned and _LETTER.search(hit.text)]
        asked = max((hit.asked or 0.0 for hit in hits), default=0.0)
        return asked >= _SAME_ASKED or plain_likeness(letters) >= _PLAIN_ENOUGH
    beside = any(hit.questioned for hit in hits)
    if beside and likeness(question, hits) >= _LIKE_ENOUGH:
        return True
    plain = [hit for hit in hits if not hit.questioned]
    return plain_likeness(plain) >= (_PLAIN_BESIDE if beside else _PLAIN_ENOUGH)


def likeness(question: str, hits: Sequence[Hit]) -> float:
    """How much like the library a question is, about 0.4 to 2: by meaning and by its words.

    The longer a question, the less of it a passage can have that answers it; its length makes up for that.
    """
    near = max((max(hit.cosine or 0.0, hit.asked or 0.0) for hit in hits), default=0.0)
    covered = max((hit.covered for hit in hits), default=0.0)
    return near + 0.7 * covered + 0.2 * math.log(1 + len(words(question)))


def plain_likeness(hits: Sequence[Hit]) -> float:
    """How much like a question passages are whose source has no questions, about 0.2 to 3; 0 without passages.

    Words count far more than meaning here: the cosine of a passage alone hardly tells a short question that it
    answers from one about something else.
    """
    near = max((hit.cosine or 0.0 for hit in hits), default=0.0)
    return near + 4 * max((hit.covered for hit in hits), default=0.0)


def _of_another_employer(question: str, hits: Sequence[Hit]) -> bool:
    """Whether it asks about an employer that no passage names."""
    asked = {name.casefold() for name in _EMPLOYERS.findall(question)}
    named = {name.casefold() for hit in hits for name in _EMPLOYERS.findall(f"{hit.title} {hit.text}")}
    return bool(asked) and not asked & named
