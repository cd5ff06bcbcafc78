"""Decide whether there is an answer to rate at all; if not, say why instead of giving a low score."""

import re

from coach.errors import AnswerRefused
from coach.feedback.noise import is_noise
from coach.feedback.pleas import find_pleas
from coach.feedback.sentences import split_sentences
from coach.feedback.tongue import english_share, other_language

MAX_WORDS = 3000  # of one message; a story that was told in several may have so many for each
MIN_WORDS = 6
_LETTERS = 10  # a text without spaces has few words, so it may have so many letters for each that is allowed
_REFUSAL_WORDS = 16

_POLITE = (
    r"(?:(?:oh|well|um+|uh+|er+|h+m+|so|ok(?:ay)?|yeah|yes|no|sorry|honestly|frankly|actually|really|i'm afraid|"
    r"unfortunately|to be honest|please|thanks|thank you) ?\W*)*"
)
# What says no more than that there is nothing to say; each up to the end of the sentence.
_REFUSALS = (
    r"(?:i )?(?:(?:really|honestly|just|simply) )?(?:do not|don'?t|can'?t|can not|cannot|couldn'?t|won'?t) "
    r"(?:(?:really|even) )?(?:(?:know|remember|recall|come up|say|answer|understand)\b|think (?:of|i|there)\b"
    r"|have (?:\w+ ){0,3}(?:example|answer|story|idea|clue|situation|one|any)s?\b).*",
    r"(?:i )?(?:(?:really|honestly) )?have (?:no|nothing)\b.*",
    r"(?:i (?:have|was)|i've|(?:that|this|it) has) ?(?:never|not) (?:been|had|happened|experienced|done|faced)\b.*",
    r"(?:no|not a) (?:idea|clue|comment|answer|example|story|thoughts)\b.*",
    r"(?:idk|dunno|(?:i am |i'm )?not sure)\b.*",
    r"nothing(?: comes\b.*)?|never(?: happened\b.*)?",
    r"i(?:'d| would) (?:rather|prefer)\b.*",
    r"(?:can|could|may|let|shall|should)(?:'s)? (?:(?:i|we|us|you) )?(?:(?:please|maybe|just) )*"
    r"(?:skip|pass|move|go|take|have|do|try|come back|get|repeat|rephrase|clarify|explain|say)\b.*",
    r"(?:what|how) do you mean\b.*|do you mean\b.*|what was the question\b.*",
    r"(?:the )?next (?:question|one)\b.*|(?:pass|skip)\b(?: (?:this|it|that|the|please|on)\b.*)?",
    r"(?:(?:it|that|this|all|everything|things|i|we|i'm|it's|that's) )?(?:(?:was|is|went|am|were) )?"
    r"(?:(?:all|quite|very|pretty|just|so) )?(?:fine|good|great|well|ok(?:ay)?|nice|alright|cool)"
    r"(?: i guess| i think| so far|,? thanks?(?: you)?)?",
    r"n/?a|none|yes|no|nope|yep|yeah|sure|maybe|(?:sure, )?why not|not applicable|whatever|thanks?(?: you)?|sorry",
)
_REFUSAL = re.compile(rf"^\W*{_POLITE}(?:{'|'.join(_REFUSALS)})?\W*$", re.IGNORECASE)
_GOES_ON = re.compile(
    r"\b(?:but|so|and|then|until|because) (?:i|we|my|he|she|they)\b|\bonce\b|\b(?:i|we) (?!need)\w+ed\b",
    re.IGNORECASE,
)
_CODE_LINE = re.compile(
    r"""^\s*(?:
        def\s\w+\(|class\s\w+[(:{]|import\s\w+|from\s[\w.]+\simport|(?:for|if|elif|else|while|with|try|except)\b.*:\s*$
      | return\b|\#include|(?:public|private|protected|static)\s|(?:const|let|var)\s\w+\s*=|function\b.*\(
      | select\s.+\sfrom\s|insert\sinto\s|update\s\w+\sset\s|create\s(?:table|index)\s|delete\sfrom\s
      | \w[\w.\[\]]*\s[-+*/|&]?=\s|[\w.]+\(.*\)[;:]?\s*$|[{}\])]+[;,]?\s*$|[$>]\s?\w+|>>>\s
      | File\s".+",\sline\s\d+|Traceback\s|\w+(?:Error|Exception):|</?\w+[^>]*>|"\w+"\s*: | ```
    )|[;{}]\s*$|^\s*[{[]\s*".*[}\]],?\s*$""",
    re.IGNORECASE | re.VERBOSE,
)


def why_not_graded(
    question: str, answer: str, *, code_is_fine: bool = False, messages: int = 1
) -> str | None:
    """Return the reason why an answer can't be graded, or None if it can; to a coding question code is fine.

    What speaks to the rater doesn't count: where nothing else is left, there is no answer.

    Raises:
        AnswerRefused: it is longer than `refuse_too_long` allows for so many messages.
    """
    refuse_too_long(answer, messages)
    if not answer.strip():
        return "empty"
    if not re.search(r"[^\W\d_]", answer):
        return "no words in it"
    sentences = [sentence.text for sentence in split_sentences(answer)]
    pleas = find_pleas(sentences)
    told = [text for number, text in enumerate(sentences) if number not in pleas]
    if _looks_like_code("\n".join(told) if pleas and told else answer):
        return None if code_is_fine else "code"
    if all(_refuses(text) for text in told) and not other_language(answer):
        return "not an answer"
    if is_noise(answer):
        return "gibberish"
    if other_language(answer):
        return "another language"
    if _repeats(question, answer):
        return "the question repeated"
    return "too short" if len(re.findall(r"\w+(?:['’]\w+)*", " ".join(told))) < MIN_WORDS else None


def refuse_too_long(text: str, messages: int = 1) -> None:
    """Refuse what is longer than the coach reads.

    Args:
        text: an answer, or a story as told so far.
        messages: in how many messages it was told, at least 1: each may have as much as one answer, so what was taken
            piece by piece can be read as a whole.

    Raises:
        AnswerRefused: it has more than `MAX_WORDS` words for each message, or than ten times as many letters.
    """
    most = MAX_WORDS * messages
    words, letters = len(text.split()), len(text)
    if words <= most and letters <= _LETTERS * most:
        return
    long = f"{words:,} words; the coach reads up to {most:,}"
    if words <= most:
        long = f"{letters:,} letters; the coach reads up to {_LETTERS * most:,}"
    whole = "The answer has" if messages == 1 else "With what was added to it, the answer has"
    raise AnswerRefused(
        f"{whole} {long}. Paste the part that you would say in about three minutes (300 to 450 words)."
    )


def _refuses(sentence: str) -> bool:
    """Whether a sentence says no more than that there is nothing to say, or is mere politeness."""
    plain = " ".join(sentence.replace("’", "'").split())
    short = len(plain.split()) <= _REFUSAL_WORDS
    return short and bool(_REFUSAL.match(plain)) and not _GOES_ON.search(plain)


def _looks_like_code(answer: str) -> bool:
    lines = [line for line in answer.splitlines() if line.strip()]
    marks = len(re.findall(r"[{}()\[\];=<>_]", answer)) / len(answer)
    code = sum(bool(_CODE_LINE.search(line)) for line in lines)
    return (marks > 0.1 and english_share(answer) < 0.3) or (
        code / len(lines) > 0.5
        and (len(lines) >= 2 or english_share(answer) < 0.25 or answer.rstrip()[-1] in ";{}")
    )


_TURNED = {"i": "you", "me": "you", "my": "your", "mine": "yours", "was": "were", "am": "are"}
_ABOUT_IT = frozenset(
    "question is so ask asked asking want know wants and the a an to of about what that".split()
)


def _repeats(question: str, answer: str) -> bool:
    """Whether hardly a word is in the answer that isn't in the question, with I for you."""
    asked = set(re.findall(r"[a-z]+", question.lower()))
    words = re.findall(r"[a-z]+", answer.lower())
    own = [
        word for word in words if {word, _TURNED.get(word, word)}.isdisjoint(asked) and word not in _ABOUT_IT
    ]
    return len(asked) >= 4 and len(words) >= 6 and len(own) <= 0.15 * len(words)
