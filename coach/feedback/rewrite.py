"""Put the candidate's own sentences in telling order, and mark with a question each fact that is missing.

No word of the story is the coach's: what is not in the answer becomes a blank.
"""

from collections.abc import Mapping, Sequence

from coach.feedback.feedback import Criterion, Gap, Rewrite, TaggedSentence
from coach.feedback.rubric import TAGS, Tag

_BLANK: Mapping[Criterion, tuple[Tag, str]] = {
    "situation": ("S", "when and where was this, and how big was it?"),
    "task": ("T", "what did you have to reach, by when, and why did it matter?"),
    "action": ("A", "what did you do first, next and last, and with what?"),
    "ownership": ("A", "which of these steps were yours alone?"),
    "result": ("R", "what was different afterwards, seen from outside?"),
    "measured": ("R", "by how much, compared with before?"),
    "reflection": ("L", "what do you do differently since?"),
    "hypothetical": ("S", "when did this last really happen?"),
    "relevance": ("S", "what in this story answers the question?"),
}


def rewrite(sentences: Sequence[TaggedSentence], gaps: Sequence[Gap]) -> Rewrite | None:
    """Return the answer in the order S, T, A, R, L with blanks; None when nothing would change.

    Sentences that tell nothing (tag O) are left out, unless that would leave none.
    """
    kept = [s for s in sentences if s.tag != "O"] or list(sentences)
    blanks = [_BLANK[gap.criterion] for gap in gaps if gap.criterion in _BLANK]
    parts: list[str] = []
    for tag in TAGS:
        parts += [_ended(s.text) for s in kept if s.tag == tag]
        parts += [f"[{question}]" for at, question in blanks if at == tag]
    if not blanks and [s.index for s in kept] == sorted(s.index for s in sentences):
        return None
    return Rewrite(text=" ".join(parts), blanks=tuple(question for _, question in blanks))


def _ended(text: str) -> str:
    return text if text[-1:] in ".!?…\"'”’)" else text + "."
