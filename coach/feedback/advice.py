"""Let a language model say better what would fill a gap, and what to ask next: one short text each, as they stream.

The program decides what is a gap, in which order, what it hangs on and what is open there. The model, asked once
for each text with only the sentences in question, words the rest; its text is dropped where it breaks its form,
adds a fact, misses its aim or could be said of any answer, and the program's own words stand.
"""

from collections import Counter
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from coach.errors import BadModelOutput, ModelError
from coach.feedback.aim import aims_at, is_answered
from coach.feedback.faithful import Given, added, given_by
from coach.feedback.feedback import Asked, Criterion, Feedback, FollowUp
from coach.feedback.followup import (
    NOTHING_YET,
    SoFar,
    next_follow_up,
    plain_follow_ups,
    said_already,
    weakest,
)
from coach.feedback.giving import set_aside
from coach.feedback.wording import gap_text, parts_of, plainest
from coach.feedback.words import telling
from coach.models.chat import ChatModel
from coach.models.growing import OneText, growing_text
from coach.prompts import Prompt, fence

Reason = Literal["form", "adds", "aim", "general", "answered"]

_GAPS = 2  # so many gaps get the model's words: all of it should be there within twenty seconds
_MAX_TOKENS = 60
_LETTERS = "A-Za-zÀ-ÖØ-öø-ÿ"  # a model that may write no digits writes "¾" for a number
_LONGEST = 220  # characters of a text
_MOST_SAID = 60  # words of the answer that the model reads for one text
# What the model is told to ask for. Without a line, the program's words stand: small models only repeat them.
_ABOUT: dict[Criterion, str] = {
    "situation": "when, where and how big",
    "task": "the goal, and why it mattered",
    "action": "own steps",
    "result": "what was different afterwards",
    "ownership": "your own part",
    "measured": "the number before and after",
    "reflection": "what you do differently since",
    "hypothetical": "one time when it really happened",
}


class Filling(OneText):
    """What would fill a gap. Without digits: the candidate's numbers stand in the quote, others are nobody's."""

    text: str = Field(pattern=rf"^Say [{_LETTERS} ,;:'’()-]+[.]$")


class NextQuestion(OneText):
    """What to ask next."""

    text: str = Field(pattern=rf"^(What|How|Which|Who|When|Where|Why) [{_LETTERS} ,;:'’()-]+[?]$")


@dataclass(frozen=True)
class _Job:
    """One text to be worded: for the gap of this number, or the next question where it is None.

    `pointed` are the sentences that it points at, `said` what the model reads of them.
    """

    gap: int | None
    criterion: Criterion
    pointed: tuple[int, ...]
    said: str


def advise(
    model: ChatModel, prompt: Prompt, asked: Asked, assessed: Feedback, so_far: SoFar = NOTHING_YET
) -> Generator[Feedback, None, None]:
    """Yield the feedback again and again, each time with more of its texts in the model's words.

    Whatever the model does costs nothing: what it got wrong is counted in `refused`, and when it fails, a note
    says so and what it had finished stays.

    Args:
        model: who words it.
        prompt: the critique prompt.
        asked: the question.
        assessed: the assessment; what a model had said in it before is dropped.
        so_far: what has been asked in the same session.
    """
    shown = in_plain_words(asked, assessed)
    made_by = {"model": model.name, "prompts": {prompt.id: prompt.stamp}}
    refused: Counter[str] = Counter()
    given = given_by(asked.question, *(sentence.text for sentence in assessed.sentences))
    for job in _jobs(shown, so_far):
        text = ""
        reason: Reason | None = None
        try:
            with closing(_written(model, prompt, job)) as growing:
                for text in growing:
                    if reason := _adds(text.rpartition(" ")[0], given):
                        break  # the rest would be dropped as well, and costs seconds
                    yield _with(shown, job, text).model_copy(update=made_by)
            reason = reason or _why_not(text, job, given, shown)
        except BadModelOutput:
            reason = "form"
        except ModelError as error:
            note = f"The language model did not finish: {error} The assessment's own words stand."
            yield shown.model_copy(update={"notes": (*shown.notes, note)})
            return
        if reason is None:
            shown = _with(shown, job, text).model_copy(update=made_by)
        else:
            refused[reason] += 1
            shown = shown.model_copy(update={"refused": dict(refused)})
        yield shown


def in_plain_words(asked: Asked, feedback: Feedback) -> Feedback:
    """Return the feedback as it was before any model had a say in it."""
    if asked.kind != "behavioral" or not feedback.graded:
        return feedback
    gaps = tuple(
        gap
        if gap.criterion == "key_point"
        else gap.model_copy(update={"text": gap_text(gap.criterion, gap.sentences, feedback.sentences)})
        for gap in feedback.gaps
    )
    plain: dict[str, object] = {"gaps": gaps, "model": None, "prompts": {}, "refused": {}}
    plain["follow_ups"] = plain_follow_ups(
        feedback.sentences, gaps, said_already(feedback), feedback.kind, weakest(feedback)
    )
    return set_aside(feedback.model_copy(update=plain), asked.given)


def _jobs(plain: Feedback, so_far: SoFar) -> list[_Job]:
    """What to word, in order; an answer of another kind is judged by its key points, whose words are exact.

    What digs deeper where an answer was already given keeps words that quote it: a model asks the same again.
    """
    if plain.kind != "behavioral":
        return []
    jobs = [
        _Job(number, gap.criterion, gap.sentences, _said(plain, gap.criterion, gap.sentences))
        for number, gap in enumerate(plain.gaps[:_GAPS])
    ]
    one = next_follow_up(plain, so_far)
    if one is not None and one.criterion not in so_far.aims:
        jobs.append(_Job(None, one.criterion, one.sentences, _said(plain, one.criterion, one.sentences)))
    return [job for job in jobs if job.criterion in _ABOUT]


def _said(plain: Feedback, criterion: Criterion, pointed: Sequence[int]) -> str:
    """The sentence that a text hangs on, with the one before it."""
    place = plainest(criterion, pointed, plain.sentences)
    words = " ".join(one.text for one in plain.sentences[max(0, place - 1) : place + 1]).split()
    return " ".join(words[-_MOST_SAID:])


def _written(model: ChatModel, prompt: Prompt, job: _Job) -> Generator[str, None, None]:
    """The growing text, as `growing_text` yields it."""
    form = NextQuestion if job.gap is None else Filling
    task = f"{'Ask' if job.gap is None else 'Missing'}: {_ABOUT[job.criterion]}"
    messages = prompt.messages(said=fence(job.said), task=task)
    return growing_text(model, messages, form, max_tokens=_MAX_TOKENS, what="advice")


def _why_not(text: str, job: _Job, given: Given, plain: Feedback) -> Reason | None:
    if len(text) > _LONGEST:
        return "form"
    if reason := _adds(text, given):
        return reason
    if not aims_at(job.criterion, text):
        return "aim"
    if not telling(text) & telling(job.said):
        return "general"
    return "answered" if is_answered(text, plain.sentences) else None


def _adds(text: str, given: Given) -> Reason | None:
    return "adds" if added(text, given) else None


def _with(feedback: Feedback, job: _Job, text: str) -> Feedback:
    """The feedback with one more text of the model: after what is open at its gap, or as the first question."""
    if job.gap is None:
        worded = FollowUp(question=text, criterion=job.criterion, sentences=job.pointed)
        return feedback.model_copy(update={"follow_ups": (worded, *feedback.follow_ups)})
    gaps = list(feedback.gaps)
    opening, _ = parts_of(gaps[job.gap].text)
    gaps[job.gap] = gaps[job.gap].model_copy(update={"text": f"{opening} {text}"})
    return feedback.model_copy(update={"gaps": tuple(gaps)})
