"""What candidates say instead of an answer, told from a real one by its words, and what an interviewer replies.

Only a text in which every sentence is beside the matter is an aside: "I don't know who found it, but I fixed it"
is an answer. A reply is made of the question and of what may be told about it, never of its key points.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from coach.feedback.pleas import find_pleas
from coach.feedback.sentences import split_sentences
from coach.feedback.tongue import other_language
from coach.feedback.words import telling
from coach.interview.aside_words import (
    AMOUNT,
    ASKS,
    BESIDE,
    CONTENT,
    EXAMPLES,
    FILLERS,
    GUESS,
    HELD_BACK,
    HOSTILE,
    LATER,
    OTHER_WORDS,
    REPEAT,
    SHORT_ANSWER,
    SIZES,
    SPEEDS,
    STEERS,
    STORY,
    THINKS,
    TIME,
    UNKNOWN,
    VERDICT,
    WOULD_ASK,
)
from coach.interview.events import AsideKind
from coach.interview.questions import QuestionKind

_LONGEST = 80  # words; whoever says more says something
_LONG_SENTENCE = 22
_OPEN = frozenset({"system_design", "technical", "coding", "case"})
# After so many of one sort, the interviewer leaves the question and goes on.
_MOST: Mapping[AsideKind, int] = {
    "unknown": 1, "silence": 1, "repeat": 3, "clarify": 8, "aside": 3, "steer": 2,
}  # fmt: skip
_ORDER: tuple[AsideKind, ...] = ("steer", "clarify", "repeat", "unknown", "aside")


@dataclass(frozen=True)
class Open:
    """The question that waits, and what was said about it so far instead of an answer."""

    question: str
    kind: QuestionKind
    asked_as: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    follow_up: bool = False
    before: tuple[AsideKind, ...] = ()
    replies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reply:
    """What the candidate's words were, what the interviewer says to them, and whether the question is left."""

    what: AsideKind
    reply: str
    moves_on: bool = False


def reply_to(said: str, waiting: Open) -> Reply | None:
    """Return the interviewer's reply to what is no answer; None: it is one, to be judged."""
    what = sort_of(said, waiting)
    if what is None:
        return None
    times = Counter(waiting.before)[what]
    if times >= _MOST[what]:
        return Reply(what, _LEAVES[what], moves_on=True)
    return Reply(what, _words(what, said, waiting, times))


def sort_of(said: str, waiting: Open) -> AsideKind | None:
    """Return what was said instead of an answer; None: it is an answer."""
    text = said.replace("’", "'").strip()
    if FILLERS.fullmatch(text):
        return "repeat" if "?" in text else "silence"
    if len(text.split()) > _LONGEST and not _is_the_question(text, waiting.question):
        return None
    if _is_the_question(text, waiting.question):
        return "aside"
    sentences = [one.text for one in split_sentences(text)] or [text]
    # Who answers in another language answers; words to the interviewer are known in English only.
    pleas: frozenset[int] = frozenset() if other_language(text) else find_pleas(sentences)
    sorts: list[AsideKind | None] = [
        _sort(one, waiting) or ("steer" if number in pleas else None) for number, one in enumerate(sentences)
    ]
    found = [one for one in sorts if one is not None]
    if len(found) < len(sorts):
        return None
    return next(sort for sort in _ORDER if sort in found)


def _sort(sentence: str, waiting: Open) -> AsideKind | None:
    text = " ".join(sentence.split())
    if waiting.follow_up and SHORT_ANSWER.match(text) and "?" not in text:
        return None
    if len(text.split()) <= _LONG_SENTENCE:
        empty = not CONTENT.search(text)
        if STEERS.match(text) or VERDICT.match(text):
            return "steer"
        if REPEAT.match(text):
            return "repeat"
        if UNKNOWN.match(text) and empty:
            return "unknown"
        beside = LATER.match(text) or THINKS.match(text) or HOSTILE.search(text)
        if not STORY.search(text) and (beside or (BESIDE.match(text) and empty)):
            return "aside"
    return "clarify" if _asks_back(text, waiting) else None


def _asks_back(text: str, waiting: Open) -> bool:
    if GUESS.match(text) and waiting.kind in ("technical", "case", "coding"):
        return False  # "Isn't it the learning rate?" is a guess
    if text.rstrip("\"'”’) ").endswith("?"):
        return True
    short = len(text.split()) <= _LONG_SENTENCE
    return short and bool(ASKS.match(text) or (WOULD_ASK.match(text) and not CONTENT.search(text)))


def _is_the_question(text: str, question: str) -> bool:
    """Whether a candidate has handed the question back as it is."""
    said, asked = re.findall(r"\w+", text.lower()), set(re.findall(r"\w+", question.lower()))
    return (
        len(said) >= 6
        and sum(word in asked for word in said) >= 0.9 * len(said)
        and len(set(said)) >= len(asked) / 3
    )


_LEAVES: Mapping[AsideKind, str] = {
    "unknown": "All right, we leave it there and go on. I note that there was nothing to this one.",
    "silence": "I still hear nothing, so let us leave this one and go on.",
    "repeat": "I have said it a few times now. Let us leave it and go on.",
    "clarify": "We could go on like this for long. Let us leave it here and go on.",
    "aside": "We don't get to it like this. Let us leave this question and go on.",
    "steer": "Then I note that you did not want to answer this one, and we go on with mine.",
}
_SIMPLER: Mapping[QuestionKind, str] = {
    "behavioral": "Any real occasion will do, also a small one, at work, in your studies or elsewhere. "
    "Where were you, what did you do, and what came of it?",
    "technical": "Explain it as you would to a colleague who has never met it, as far as you get. What is it for, "
    "and when would you use it?",
    "system_design": "Begin small. Who uses it, and what is the one thing that it has to do? Take one step from there.",
    "coding": "Begin with the simplest thing that could work, however slow it is, and tell me its steps.",
    "case": "Begin with a single thing: what would you look at first, and why that?",
    "recruiter": "Two or three sentences are enough. What is the first thing that comes to mind?",
}
_DECIDE = (
    "That is yours to decide: assume what you need, say it aloud, and go on from there.",
    "I leave that open. Take an assumption that you can defend, tell me which, and carry on.",
    "Pick what seems sensible to you and say so; I will speak up if it leads astray.",
)
_AS_YOU_SEE = (
    "Take it as you understand it. Any real occasion counts, as long as you were in it yourself.",
    "Either is fine with me. Choose the one that shows best what you did.",
    "I leave that to you. Tell me the occasion that you have in mind.",
)
_NOT_NOW = (
    "Where you stand is for the end, not for the middle of a round. My question is still open: {question}"
)
_NO_HINTS = (
    "I can't give you that; I want to hear how you think. Begin wherever you can.",
    "That stays with me. Take the smallest step that you are sure of, and we go on from there.",
)
_MY_ORDER = (
    "I would like to keep to my order. We have this question now: {question}",
    "I hear you, but I need your own answer to this one. Shall we try?",
)


def _words(what: AsideKind, said: str, waiting: Open, times: int) -> str:
    question = waiting.question.partition("\n\n")[0] if waiting.kind == "coding" else waiting.question
    if what == "unknown":
        return f"That is all right. Let me put it another way. {_reworded(waiting)}"
    if what == "silence":
        return "Take your time. Think aloud if it helps; half a thought is enough to begin with."
    if what == "repeat":
        return f"Of course. {_reworded(waiting) if OTHER_WORDS.search(said) else question}"
    if what == "clarify":
        return _told_back(said, waiting, times)
    if what == "steer":
        if VERDICT.match(said.strip().replace("’", "'")):
            return _NOT_NOW.format(question=question)
        forms = _NO_HINTS if re.search(HELD_BACK, said, re.IGNORECASE) else _MY_ORDER
        return forms[times % len(forms)].format(question=question)
    return _beside(said, question, waiting)


def _beside(said: str, question: str, waiting: Open) -> str:
    if _is_the_question(said, waiting.question):
        return "Those were my words. Now I would like to hear yours."
    if HOSTILE.search(said):
        return f"I hear that you don't like this one. I would still like your answer: {question}"
    if LATER.match(said):
        return f"Keep that for the end, there is time for your questions then. For now: {question}"
    if THINKS.match(said):
        return "Of course, take the time that you need. I am here."
    if SHORT_ANSWER.match(said):
        return "Go on, I would like to hear the whole of it."
    return f"No problem. When you are ready: {question}"


def _reworded(waiting: Open) -> str:
    """The question in other words: those that the bank has, else an easier way into it."""
    fresh = [form for form in waiting.asked_as if not any(form in reply for reply in waiting.replies)]
    if fresh and not waiting.follow_up:
        return fresh[0]
    if waiting.follow_up:
        return (
            "I only want to know a little more about what you just told me; a rough idea is fine. "
            + waiting.question
        )
    return _SIMPLER[waiting.kind]


def _told_back(said: str, waiting: Open, times: int) -> str:
    """What the question, or what may be told about it, says to a question back; else it is theirs to decide."""
    if known := _known(said, waiting):
        return known
    forms = _DECIDE if waiting.kind in _OPEN else _AS_YOU_SEE
    return forms[times % len(forms)]


def _known(said: str, waiting: Open) -> str | None:
    if waiting.kind not in _OPEN:
        return None
    parts = [
        *waiting.facts,
        *(one.text for one in split_sentences(waiting.question) if not one.text.rstrip().endswith("?")),
    ]
    fresh = [part for part in parts if not any(part in reply for reply in waiting.replies)]
    if EXAMPLES.search(said) and waiting.kind == "coding":
        return next((fact for fact in fresh if fact in waiting.facts), None)
    wanted = telling(said)
    for cue, tells in ((SPEEDS, TIME), (SIZES, AMOUNT)):
        fitting = [part for part in fresh if tells.search(part)] if cue.search(said) else []
        if fitting:
            return _as_told(max(fitting, key=lambda part: len(wanted & telling(part))), waiting)
    near = max(fresh, key=lambda part: len(wanted & telling(part)), default=None)
    if near is None or not wanted or len(wanted & telling(near)) < max(1, len(wanted) / 2):
        return None
    return _as_told(near, waiting)


def _as_told(part: str, waiting: Open) -> str:
    if part in waiting.facts:
        return part
    return f"What I can give you is this: {part} The rest is yours to assume; say it aloud."
