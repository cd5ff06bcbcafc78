"""Decide whether there is an answer to rate at all; if not, say why instead of giving a low score."""

import re
from functools import cache
from typing import Any

from coach.errors import AnswerRefused

MAX_WORDS = 3000
MIN_WORDS = 8

# The words that make up a third to a half of any English text.
_COMMON = frozenset(
    """
    the a an and or but so if of to in on at for from with by as is are was were be been am do did does
    have has had i me my we our us you your he she it they them their his her its this that these those
    there what which who when where how why not no yes then than because about after before into over up
    out just would could should will can one all more some any very also get got made make
    """.split()
)
_NO_ANSWER = re.compile(
    r"^\W*(?:(?:sorry|well|um+|uh+|hmm+|honestly|to be honest)\W+)*"
    r"(?:i (?:really )?(?:do not|don'?t|dont) (?:know|remember|have (?:one|any|an? (?:answer|example|story))|recall)|"
    r"no idea|not sure|nothing comes to mind|i can(?:no|')?t (?:think of|remember)"
    r"|pass|skip|n/?a|none|fine|ok(?:ay)?|good|yes|no)\b[^.!?]{0,60}[.!?\s]*$",
    re.IGNORECASE,
)
_CODE_LINE = re.compile(
    r"^\s*(?:def |class |import |from \w+ import|for .*:$|if .*:$|while .*:$|return\b|#include|public |private |"
    r"const |let |var |function\b|select .* from|\w+ = |\w[\w.]*\(.*\)[;:]?$|[{}\])]+[;,]?$)|[;{}]\s*$",
    re.IGNORECASE,
)


def why_not_graded(question: str, answer: str, *, code_is_fine: bool = False) -> str | None:
    """Return the reason why an answer can't be graded, or None if it can; to a coding question code is fine.

    Raises:
        AnswerRefused: it is longer than `MAX_WORDS` words.
    """
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", answer.lower())
    if len(answer.split()) > MAX_WORDS:
        raise AnswerRefused(
            f"The answer has {len(answer.split()):,} words; the coach reads up to {MAX_WORDS:,}. "
            "Paste the part that you would say in about three minutes (300 to 450 words)."
        )
    if not answer.strip():
        return "empty"
    if not words:
        return "no words in it"
    if _NO_ANSWER.match(answer):
        return "not an answer"
    if _looks_like_code(answer):
        return None if code_is_fine else "code"
    if (reason := _not_english(words, answer)) is not None:
        return reason
    if _repeats(question, words):
        return "the question repeated"
    return "too short" if len(words) < MIN_WORDS else None


def _looks_like_code(answer: str) -> bool:
    lines = [line for line in answer.splitlines() if line.strip()]
    marks = len(re.findall(r"[{}()\[\];=<>_]", answer)) / len(answer)
    return marks > 0.1 or (
        len(lines) >= 2 and sum(bool(_CODE_LINE.search(x)) for x in lines) / len(lines) > 0.5
    )


def _not_english(words: list[str], answer: str) -> str | None:
    common = sum(word.replace("’", "'").split("'")[0] in _COMMON for word in words) / len(words)
    if common >= 0.18:
        return None
    if common < 0.05 and len(words) >= 3 and answer.isascii() and not _looks_pronounceable(words):
        return "gibberish"
    language, sure = _identifier().classify(answer)
    written_otherwise = sum(ord(letter) > 0x24F for letter in "".join(words)) > 0.5 * len("".join(words))
    return (
        "another language"
        if written_otherwise or (language != "en" and sure > 0.9 and len(words) >= 3)
        else None
    )


def _looks_pronounceable(words: list[str]) -> bool:
    """Keyboard noise has words without vowels, with long runs of consonants, or one word again and again."""
    odd = sum(
        not re.search(r"[aeiouy]", word) or bool(re.search(r"[bcdfghjklmnpqrstvwxz]{4}|q(?!u)", word))
        for word in words
    )
    return odd / len(words) < 0.3 and len(set(words)) / len(words) > 0.4


def _repeats(question: str, words: list[str]) -> bool:
    asked = set(re.findall(r"[a-z]+", question.lower()))
    own = [word for word in words if word not in asked]
    return len(asked) >= 4 and len(words) >= 4 and len(own) <= max(2, 0.15 * len(words))


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
