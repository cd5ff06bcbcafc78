"""Put the findings into a language model's words, one text a finding, as they stream in.

The program decides what is a gap, in which order, and which sentences it points at; the model only words
it. A text that names a number that the answer doesn't have, or that says nothing, is dropped, and the
assessment's own words stand in for it.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace

from pydantic import BaseModel, Field, create_model
from pydantic_core import from_json

from coach.errors import BadModelOutput
from coach.feedback.feedback import Asked, Feedback
from coach.models.chat import ChatModel
from coach.prompts import Prompt, fence

_LONGEST = 260  # characters a text: two sentences
_TASK = {
    "situation": "the setting",
    "task": "the goal and whose it was",
    "action": "the candidate's own steps",
    "result": "what came of it",
    "ownership": "what the candidate did, as against the team",
    "relevance": "the link to the question",
    "measured": "a number for the outcome",
    "reflection": "what the candidate does differently since",
    "hypothetical": "one real event instead of what one would do",
    "key_point": "this point",
}


@dataclass(frozen=True)
class Worded:
    """What the model has written so far, by the name of the finding; `rejected` counts what was dropped."""

    texts: Mapping[str, str]
    rejected: int = 0


def advise(model: ChatModel, prompt: Prompt, asked: Asked, plain: Feedback) -> Iterator[Feedback]:
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
        tasks="\n".join(f"- {name}: {task}" for name, task in tasks.items()),
    )
    said, shown = "", Worded({})
    with closing(model.stream(messages, schema=schema, max_tokens=90 * len(tasks))) as pieces:  # type: ignore[type-var]
        for piece in pieces:
            said += piece
            texts = _partial(said)
            if texts != shown.texts:
                shown = replace(shown, texts=texts)
                yield _merged(plain, shown)
    try:
        whole = schema.model_validate_json(said).model_dump()
    except ValueError:
        raise BadModelOutput("The model's critique was not in the form asked for.") from None
    yield _merged(plain, _checked(whole, asked, plain))


def _tasks(plain: Feedback) -> dict[str, str]:
    tasks: dict[str, str] = {}
    for number, gap in enumerate(plain.gaps, 1):
        where = _places(gap.sentences)
        what = _TASK[gap.criterion] if gap.criterion != "key_point" else gap.text
        tasks[f"gap_{number}"] = f"gap{where}: {what} is missing or too vague"
    for number, strength in enumerate(plain.strengths, 1):
        tasks[f"strength_{number}"] = f"strength{_places(strength.sentences)}: {strength.text}"
    if plain.follow_ups:
        first = plain.follow_ups[0]
        tasks["follow_up"] = f"follow-up question{_places(first.sentences)} about {_TASK[first.criterion]}"
    return tasks


def _places(sentences: tuple[int, ...]) -> str:
    return " at " + ", ".join(f"[{index}]" for index in sentences) if sentences else ""


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
    given = asked.question + " " + " ".join(s.text for s in plain.sentences) + " ".join(asked.key_points)
    good = {name: text for name, text in texts.items() if _acceptable(name, text, given)}
    return Worded(good, rejected=len(texts) - len(good))


def _acceptable(name: str, text: str, given: str) -> bool:
    numbers = set(re.findall(r"\d+(?:[.,]\d+)*", re.sub(r"\[\d+\]", "", text)))
    invented = numbers - set(re.findall(r"\d+(?:[.,]\d+)*", given))
    asks = name != "follow_up" or text.rstrip().endswith("?")
    return not invented and asks and len(text.split()) >= 4


def _merged(plain: Feedback, worded: Worded) -> Feedback:
    texts = {name: re.sub(r"\s*\[\d+(?:, ?\d+)*\]", "", text).strip() for name, text in worded.texts.items()}
    gaps = tuple(g.model_copy(update=_text(texts, f"gap_{n}")) for n, g in enumerate(plain.gaps, 1))
    strengths = tuple(
        s.model_copy(update=_text(texts, f"strength_{n}")) for n, s in enumerate(plain.strengths, 1)
    )
    follow_ups = plain.follow_ups
    if "follow_up" in texts and follow_ups:
        asked_by_model = follow_ups[0].model_copy(update={"question": texts["follow_up"]})
        follow_ups = (asked_by_model, *follow_ups)
    notes = plain.notes
    if worded.rejected:
        notes += (f"{worded.rejected} of the model's texts did not fit this answer; the assessment's words stand in.",)
    return plain.model_copy(
        update={"gaps": gaps, "strengths": strengths, "follow_ups": follow_ups, "notes": notes}
    )


def _text(texts: Mapping[str, str], name: str) -> dict[str, str]:
    return {"text": texts[name]} if texts.get(name) else {}
