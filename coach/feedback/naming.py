"""Have a language model name what a story turns around, and ask the next question about that.

A small model words advice badly: of what it wrote freely, blind readers preferred the program's own sentence four
times of five. What it does well is to say what an answer is about. So the question stays the program's, and the
model gives the name that ties it to this answer: "Which part of the work on the late export was yours?". Where that
was read as better than a question that quotes, it is asked so (docs/quality.md has the table); elsewhere, and in
all that is said of gaps, the program's words stand.
"""

import re
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing

from pydantic import Field

from coach.errors import BadModelOutput, ModelError
from coach.feedback.advice import Reason, in_plain_words
from coach.feedback.aim import is_answered
from coach.feedback.faithful import Given, added, given_by
from coach.feedback.feedback import Asked, Criterion, Feedback, FollowUp
from coach.feedback.followup import NOTHING_YET, SoFar, next_follow_up
from coach.feedback.words import telling, words_of
from coach.models.chat import ChatModel
from coach.models.growing import OneText, growing_text
from coach.prompts import Prompt, fence

_READ = 90  # words: what a story turns around is told early, and more would delay the first word
_MAX_TOKENS = 24
_MOST_WORDS = 9
# By what they are after; $t is the name. Steps, outcomes and settings are better asked about with a quote.
_ASKS: Mapping[Criterion, tuple[str, ...]] = {
    "task": (
        "What exactly were you expected to reach with $t, and by when?",
        "What was the goal with $t, and who had set it?",
        "Why did $t matter, and to whom?",
    ),
    "ownership": (
        "Which part of the work on $t was yours, and which part was others'?",
        "Who else had a hand in $t, and in what?",
        "What would have gone differently with $t without you?",
    ),
    "reflection": (
        "Looking back at $t, what would you do differently today?",
        "What have you changed in your work since $t?",
        "What did you take from $t, and when have you used it since?",
    ),
}
# A name with one of these is a part of a sentence, or says "I" where the coach speaks to "you".
_NO_NAME = re.compile(
    r"\b(?:i|me|we|us|mine|ours|myself|is|are|was|were|has|have|had|do|does|did|not|\w+n['’]t)\b",
    re.IGNORECASE,
)


class StoryName(OneText):
    """What the story turns around, as it stands in the middle of a sentence."""

    text: str = Field(pattern=r"^(the|your) [A-Za-zÀ-ÖØ-öø-ÿ0-9 '’&+-]{2,60}$")


def name_story(
    model: ChatModel, prompt: Prompt, asked: Asked, assessed: Feedback, so_far: SoFar = NOTHING_YET
) -> Generator[Feedback, None, None]:
    """Yield the feedback again and again while its next question grows; nothing where the question is to quote.

    Whatever the model does costs nothing: a name that adds a fact, says nothing or breaks its form is counted in
    `refused`, and when the model fails, a note says so.

    Args:
        model: who names it.
        prompt: the topic prompt.
        asked: the question.
        assessed: the assessment; what a model had said in it before is dropped.
        so_far: what has been asked in the same session.
    """
    plain = in_plain_words(asked, assessed)
    one = next_follow_up(plain, so_far)
    forms = _forms(plain, one, so_far)
    if one is None or not forms:
        return
    answer = " ".join(sentence.text for sentence in plain.sentences)
    given = given_by(asked.question, answer)
    made_by = {"model": model.name, "prompts": {prompt.id: prompt.stamp}}
    messages = prompt.messages(said=fence(" ".join(answer.split()[:_READ])))
    name, question = "", None
    reason: Reason | None = None
    try:
        with closing(
            growing_text(model, messages, StoryName, max_tokens=_MAX_TOKENS, what="advice")
        ) as growing:
            for name in map(_spoken_to, growing):
                if added(name.rpartition(" ")[0], given):
                    break  # it would be dropped as well when it is whole
                begun = forms[0].partition("$t")[0] + name
                yield _asking(plain, one, begun).model_copy(update=made_by)
        if (reason := _why_not(name, given, answer)) is None:
            questions = (form.replace("$t", name) for form in forms)
            question = next((q for q in questions if not is_answered(q, plain.sentences)), None)
            reason = "answered" if question is None else None
    except BadModelOutput:
        reason = "form"
    except ModelError as error:
        note = f"The language model did not finish: {error} The assessment's own words stand."
        yield plain.model_copy(update={"notes": (*plain.notes, note)})
        return
    if question is None:
        yield plain.model_copy(update={"refused": {reason: 1}})
    else:
        yield _asking(plain, one, question).model_copy(update=made_by)


def _forms(plain: Feedback, one: FollowUp | None, so_far: SoFar) -> Sequence[str]:
    """How the next question may be asked by name: in no way that the session has had; what never happened has none."""
    if plain.kind != "behavioral" or plain.hypothetical or one is None or one.criterion in so_far.aims:
        return ()
    return [
        form for form in _ASKS.get(one.criterion, ()) if not any(_is_of(q, form) for q in so_far.questions)
    ]


def _is_of(question: str, form: str) -> bool:
    before, _, after = form.partition("$t")
    return question.startswith(before) and question.endswith(after)


def _spoken_to(name: str) -> str:
    """The name as the coach says it to the candidate: what was "my" is "your"."""
    return re.sub(r"\b(?:my|our)\b", "your", name)


def _why_not(name: str, given: Given, answer: str) -> Reason | None:
    if len(words_of(name)) > _MOST_WORDS or _NO_NAME.search(name):
        return "form"
    if added(name, given):
        return "adds"
    return None if telling(name) & telling(answer) else "general"


def _asking(plain: Feedback, one: FollowUp, question: str) -> Feedback:
    named = one.model_copy(update={"question": question})
    return plain.model_copy(update={"follow_ups": (named, *plain.follow_ups)})
