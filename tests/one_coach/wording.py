"""A guide, an answer, and a model that words texts which fit them."""

from collections.abc import Callable, Mapping

from coach.coach import Coach
from coach.feedback.feedback import Asked
from coach.models.scripted import Call
from tests.feedback.builders import STRONG

GUIDE = (
    "# Answers\n\n## The result of a STAR answer\n\nSay what changed, seen from outside, in the result of a STAR "
    "answer.\n\n## The task\n\nThe task in a STAR answer: what you had to reach and why it mattered.\n"
)
# It breaks off before its result.
ANSWER = " ".join(text for _, text in STRONG[:4])
ASKED = Asked(question="Tell me about a time you found the cause of a hard problem.")
Build = Callable[..., Coach]
SAID = "Say what was different about the training set and the split afterwards, and what had to be reached."
NEXT = "What was different afterwards about the training set, and which goal had you set?"


def texts_for(call: Call) -> Mapping[str, object]:
    """A text that fits the answer, whichever the model is asked for; and the answer fits the question."""
    if call.verb == "decide":
        return {"yes": 0.95, "no": 0.05}
    return {"text": SAID if "Missing:" in call.messages[-1].content else NEXT}
