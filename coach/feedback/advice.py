"""Put the gaps and the first follow-up into a language model's words, one text each, as they stream in.

The program decides what is a gap, in which order, and which sentences it points at; the model only words
it. A text with a number or a name that the answer doesn't have, or without a single word of the answer, is
dropped, and the assessment's own words stand in for it. Strengths stay in the program's words: small models
praise what isn't there.
"""

import re
from collections.abc import Generator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace

from pydantic import BaseModel, Field, create_model
from pydantic_core import from_json

from coach.errors import BadModelOutput
from coach.feedback.feedback import Asked, Criterion, Feedback
from coach.models.chat import ChatModel
from coach.prompts import Prompt, fence

_LONGEST = 260  # characters a text: two sentences
_POINTER = re.compile(r"\s*\[\d+(?:, ?\d+)*\]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"(?<=[^\s.!?:\"”…] )[A-Z]\w+")
# Words of the trade and of every question: sharing one of them does not tie a text to an answer.
_EVERYDAY = {
    word[:6]
    for word in """
    what when where which with that this have your from they them then than into about after before would could
    should were will been being does didn doing make made more most much many some such very just like also only
    time times work worked working team teams result results outcome outcomes step steps action actions task goal
    goals situation setting example story answer question say said tell told describe specific missing general add
    learn learned learning happen happened change changed different differently important because each other there
    their these those thing things something someone people really always never first next last
    """.split()
}
_ABOUT: Mapping[Criterion, str] = {
    "situation": "the setting (when, where, how big)",
    "task": "the goal and why it mattered",
    "action": "your own steps",
    "result": "the result",
    "ownership": "what you did yourself, as against the team",
    "relevance": "the link to the question",
    "measured": "a number for the result",
    "reflection": "what you learned and do differently since",
    "hypothetical": "one real event (this tells what you would do or always do)",
    "key_point": "this point",
}


@dataclass(frozen=True)
class Worded:
    """What the model has written so far, by the name of the finding; `rejected` counts what was dropped."""

    texts: Mapping[str, str]
    rejected: int = 0


def advise(
    model: ChatModel, prompt: Prompt, asked: Asked, plain: Feedback
) -> Generator[Feedback, None, None]:
    """Yield the feedback again and again, each time with more of its texts in the model's words.

    Args:
        model: who words it.
        prompt: the critique prompt.
        asked: the question.
        plain: the assessment, with its texts in the program's words.

    Raises:
        ModelError: the model failed; what was yielded before stands.
    """
    tasks = _tasks(plain)
    if not tasks:
        return
    schema = _schema(tasks)
    messages = prompt.messages(
        question=fence(asked.question),
        answer="\n".join(f"[{s.index}] {fence(s.text)}" for s in plain.sentences),
        tasks="\n".join(f"- {name}{task}" for name, task in tasks.items()),
    )
    said, shown = "", Worded({})
    with closing(model.stream(messages, schema=schema, max_tokens=90 * len(tasks))) as pieces:
        for piece in pieces:
            said += piece
            texts = _partial(said)
            *finished, growing = texts or [""]
            vetted = _checked({name: texts[name] for name in finished}, asked, plain).texts
            texts = {**vetted, **{name: texts[name] for name in texts if name == growing}}
            if texts != shown.texts:
                shown = replace(shown, texts=texts)
                yield _merged(plain, shown)
    try:
        whole = schema.model_validate_json(said).model_dump()
    except ValueError:
        raise BadModelOutput("The model's critique was not in the form asked for.") from None
    yield _merged(plain, _checked(whole, asked, plain))


def _tasks(plain: Feedback) -> dict[str, str]:
    """One line a finding: where it is, and what the model should say about it."""
    tasks: dict[str, str] = {}
    for number, gap in enumerate(plain.gaps, 1):
        what = (
            gap.text if gap.criterion == "key_point" else f"{_ABOUT[gap.criterion]} is missing or too general"
        )
        tasks[f"gap_{number}"] = f"{_places(gap.sentences)}: {what}"
    if plain.follow_ups:
        first = plain.follow_ups[0]
        tasks["follow_up"] = f"{_places(first.sentences)}: ask about {_ABOUT[first.criterion]}"
    return tasks


def _places(sentences: tuple[int, ...]) -> str:
    if not sentences:
        return ", the whole answer"
    return f", sentence{'s' if len(sentences) > 1 else ''} {', '.join(map(str, sentences))}"


def _schema(tasks: Mapping[str, str]) -> type[BaseModel]:
    fields = {name: (str, Field(min_length=1, max_length=_LONGEST)) for name in tasks}
    return create_model("Critique", **fields)  # type: ignore[call-overload, no-any-return]


def _partial(said: str) -> dict[str, str]:
    try:
        read = from_json(said, allow_partial="trailing-strings")
    except ValueError:
        return {}
    return {k: v for k, v in read.items() if isinstance(v, str) and v} if isinstance(read, dict) else {}


def _checked(texts: Mapping[str, str], asked: Asked, plain: Feedback) -> Worded:
    answer = " ".join(sentence.text for sentence in plain.sentences)
    given = " ".join((asked.question, answer, *asked.key_points))
    # A gap may be told with any word of the answer; a follow-up stays with the sentence that it digs into.
    aimed_at = (
        " ".join(plain.sentences[i].text for one in plain.follow_ups[:1] for i in one.sentences) or answer
    )
    good = {
        name: text
        for name, text in texts.items()
        if _adds_nothing(text, given)
        and _belongs(text, aimed_at if name == "follow_up" else answer)
        and _has_form(name, text)
    }
    return Worded(good, rejected=len(texts) - len(good))


def _adds_nothing(text: str, given: str) -> bool:
    """No number and no name that was not given; a capital at the start of a sentence is no name."""
    numbers = set(_NUMBER.findall(_POINTER.sub("", text))) - set(_NUMBER.findall(given))
    words = re.findall(r"\w+", given.lower())
    names = {name.lower() for name in _NAME.findall(text)}
    return not numbers and all(any(word.startswith(name) for word in words) for name in names)


def _belongs(text: str, own: str) -> bool:
    """At least one word that carries meaning is the candidate's own."""
    return bool(_telling_words(text) & _telling_words(own))


def _has_form(name: str, text: str) -> bool:
    """A follow-up is one question; a gap is told in a sentence at least, and not only asked."""
    if name == "follow_up":
        return text.rstrip().endswith("?") and text.count("?") == 1
    return len(text.split()) >= 4 and not re.fullmatch(r"[^.!;:]*\?\s*", text)


def _telling_words(text: str) -> set[str]:
    return {word[:6] for word in re.findall(r"[a-z]{4,}", text.lower())} - _EVERYDAY


def _merged(plain: Feedback, worded: Worded) -> Feedback:
    texts = {name: _POINTER.sub("", text).strip() for name, text in worded.texts.items()}
    gaps = tuple(g.model_copy(update=_text(texts, f"gap_{n}")) for n, g in enumerate(plain.gaps, 1))
    follow_ups = plain.follow_ups
    if "follow_up" in texts and follow_ups:
        asked_by_model = follow_ups[0].model_copy(update={"question": texts["follow_up"]})
        follow_ups = (asked_by_model, *follow_ups)
    notes = plain.notes
    if worded.rejected:
        notes += (
            f"{worded.rejected} of the model's texts did not fit this answer; the assessment's words stand in.",
        )
    return plain.model_copy(update={"gaps": gaps, "follow_ups": follow_ups, "notes": notes})


def _text(texts: Mapping[str, str], name: str) -> dict[str, str]:
    return {"text": texts[name]} if texts.get(name) else {}
