"""Let a language model sum a debrief up in a short paragraph, which is dropped where it adds anything.

The model gets the verdicts and the moments by number; it points at moments, and the program puts the quotes in.
"""

import re
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from typing import Literal

from pydantic import Field

from coach.errors import BadModelOutput, ModelError
from coach.feedback.faithful import Given, added, given_by
from coach.feedback.quoting import quoted
from coach.feedback.words import telling
from coach.interview.debrief.lines import listed, spoken
from coach.interview.debrief.model import Debrief, Line, Moment
from coach.models.chat import ChatModel
from coach.models.growing import OneText, growing_text
from coach.prompts import Prompt, fence

Reason = Literal["form", "adds", "general", "verdict"]

_MAX_TOKENS = 140
_LONGEST = 600  # characters
_MOST_MOMENTS = 4
_POINTER = re.compile(r"\[(\d+)\]")
_HALF_POINTER = re.compile(r"\s*\[\d*$")
# What may be said of any interview without claiming anything about this one.
_ANY = (
    "interview interviews round rounds story stories answer answers question questions carried stood strength strong "
    "stronger strongest weak weaker weakest steps outcome outcomes scene part parts principle principles practise "
    "practice tomorrow opening ending evidence missing vague specific specifics stays stay remain remains focus improve"
)
# Whether somebody is hired is the program's to say, with how sure it is.
_VERDICT = re.compile(
    r"\b(?:hir(?:e[ds]?|ing)|inclin\w+|(?:job )?offer\w*|reject\w*|recommend\w*|accepted|(?:pass|fail)(?:e[ds]|ing)?|"
    r"scor(?:e[ds]?|ing)|rating|grade[ds]?|congratulations)\b",
    re.IGNORECASE,
)


class Paragraph(OneText):
    """The model's paragraph. Digits stand in brackets only: they point at what was said."""

    text: str = Field(pattern=r"^[A-Z](?:[^0-9“”\"\\\[\]]|\[[1-9]\])+[.]$")


def summed_up(model: ChatModel, prompt: Prompt, debrief: Debrief) -> Generator[Debrief, None, None]:
    """Yield the debrief with more and more of the model's words, the last one whole, or without them.

    Whatever the model does costs nothing else: a text that adds, judges or is out of form is counted in `refused`,
    and when the model fails, `words_note` says so. Without any answer there is nothing to sum up.
    """
    plain = debrief.plain
    moments = _pointed_at(plain)
    if not moments:
        yield plain
        return
    facts = "\n".join(_facts(plain))
    given = given_by(_ANY, facts, *(one.quote for one in moments), *(one.why for one in moments))
    made_by = {"model": model.name, "prompts": {prompt.id: prompt.stamp}}
    text = ""
    reason: Reason | None = None
    try:
        with closing(_written(model, prompt, facts, moments)) as growing:
            for text in growing:
                whole_words = _without_pointers(text.rpartition(" ")[0])
                if reason := _says_too_much(whole_words, given):
                    break  # the rest would be dropped as well, and costs seconds
                yield plain.model_copy(update={**made_by, "words": _with_quotes(text, moments)})
        reason = reason or _why_not(text, moments, given)
    except BadModelOutput:
        reason = "form"
    except ModelError as error:
        note = f"The language model did not finish: {error} The debrief stands without its words; ask for them again."
        yield plain.model_copy(update={"words_note": note})
        return
    if reason is None:
        yield plain.model_copy(update={**made_by, "words": _with_quotes(text, moments)})
    else:
        yield plain.model_copy(update={"refused": {reason: 1}})


def _pointed_at(debrief: Debrief) -> tuple[Moment, ...]:
    """The moments that the model may point at: those behind what to work on, and the best of what is strong."""
    lines = (*debrief.principles, *debrief.criteria, *debrief.kinds)
    against = [one for item in debrief.work_on for one in item.moments if one.counts == "against"]
    good = [one for line in lines for one in line.moments if one.counts == "for"]
    half = _MOST_MOMENTS // 2
    kept: dict[tuple[int, int], Moment] = {}
    for one in (*good[:half], *against[:half]):
        kept.setdefault((one.turn, one.start), one)
    return tuple(kept.values())


def _facts(debrief: Debrief) -> Iterator[str]:
    lines: Sequence[Line] = (*debrief.principles, *debrief.criteria, *debrief.kinds)
    for verdict in ("strong", "below", "not enough evidence"):
        if names := [spoken(one) for one in lines if one.verdict == verdict]:
            yield f"{verdict.capitalize()}: {listed(names)}."
    for number, item in enumerate(debrief.work_on):
        title = f"{item.title[:1].lower()}{item.title[1:]}"
        yield f"{'First' if number == 0 else 'Then'} to work on: {title}."


def _written(
    model: ChatModel, prompt: Prompt, facts: str, moments: Sequence[Moment]
) -> Generator[str, None, None]:
    """Yield the growing text.

    Raises:
        BadModelOutput, ModelError: as for `growing_text`.
    """
    said = "\n".join(f"[{number}] {fence(one.quote)}" for number, one in enumerate(moments, start=1))
    messages = prompt.messages(facts=facts, said=said)
    growing = growing_text(model, messages, Paragraph, max_tokens=_MAX_TOKENS, what="summary")
    with closing(growing) as texts:
        for text in texts:
            # A pointer that is only half there would stand as a bracket for a moment.
            if whole := _HALF_POINTER.sub("", text):
                yield whole


def _why_not(text: str, moments: Sequence[Moment], given: Given) -> Reason | None:
    pointed = [int(number) for number in _POINTER.findall(text)]
    if len(text) > _LONGEST or any(number > len(moments) for number in pointed):
        return "form"
    if reason := _says_too_much(_without_pointers(text), given):
        return reason
    about = telling(" ".join(one.quote for one in moments))
    return None if pointed or telling(text) & about else "general"


def _says_too_much(text: str, given: Given) -> Reason | None:
    if _VERDICT.search(text):
        return "verdict"
    return "adds" if added(text, given) else None


def _without_pointers(text: str) -> str:
    return _POINTER.sub("", text)


def _with_quotes(text: str, moments: Sequence[Moment]) -> str:
    def put(found: re.Match[str]) -> str:
        number = int(found[1])
        return quoted(moments[number - 1].quote) if 1 <= number <= len(moments) else ""

    return _POINTER.sub(put, text)
