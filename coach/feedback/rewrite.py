"""Put the candidate's own sentences in telling order, and mark with a question each fact that is missing.

No word of the story is the coach's: what is not in the answer becomes a blank, which only the candidate can
fill (`fill`).
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from coach.errors import UsageError
from coach.feedback.feedback import Criterion, Gap, Rewrite, TaggedSentence
from coach.feedback.giving import says_something, supplies
from coach.feedback.language import read_cues
from coach.feedback.numbers import numbers_in
from coach.feedback.pleas import is_plea
from coach.feedback.quoting import quoted
from coach.feedback.rubric import Tag
from coach.feedback.wording import plainest

# For each criterion where in the story its blank stands, and what it asks. $q is a clause of the answer.
_BLANK: Mapping[Criterion, tuple[Tag, str]] = {
    "situation": ("S", "$q: when and where was this, and how big was it?"),
    "task": ("T", "before $q: what did you have to reach, by when, and why did it matter?"),
    "action": ("A", "$q: how did you go about it, first, next and last?"),
    "ownership": ("A", "$q: which part of it was yours alone?"),
    "result": ("R", "after $q: what was different, seen from outside?"),
    "measured": ("R", "$q: by how much, compared with before?"),
    "reflection": ("L", "since $q: what do you do differently?"),
    "hypothetical": ("S", "$q: when did this last really happen?"),
    "relevance": ("S", "$q: what has it to do with the question?"),
}
# A sentence that begins so hangs on the one before it, and is not moved away from it.
_HANGS = re.compile(
    r"\W*(?:and|but|so|then|also|it|its|that|this|these|those|they|them|he|she|his|her|their|because|which|after that|"
    r"as a result|instead|there)\b",
    re.IGNORECASE,
)


def rewrite(sentences: Sequence[TaggedSentence], gaps: Sequence[Gap]) -> Rewrite | None:
    """Return the answer in telling order with blanks; None when nothing would change.

    A sentence is moved only where it clearly stands in the wrong half of the story, and left out only where it
    tells nothing; a story that is told in order stays as it was told.
    """
    kept = [s for s in sentences if not _tells_nothing(s)] or list(sentences)
    told = _in_order(kept)
    wanted = [gap for gap in gaps if gap.criterion in _BLANK and gap.sentences]
    if not wanted and [s.index for s in told] == [s.index for s in sentences]:
        return None
    blanks = tuple(_blank(gap, sentences) for gap in wanted)
    parts: list[tuple[int | None, str]] = []  # each with the place of the sentence that it is
    waiting = list(zip(wanted, blanks, strict=True))
    acts = [s.index for s in told if s.tag == "A"]
    for place, sentence in enumerate(told):
        for before in (True, False):
            due = [
                pair for pair in waiting if _is_due(pair[0], sentence, place, acts, sentences, before=before)
            ]
            parts += [(None, f"[{blank}]") for _, blank in due]
            waiting = [pair for pair in waiting if pair not in due]
            if before:
                parts.append((sentence.index, sentence.text))
    parts += [(None, f"[{blank}]") for _, blank in waiting]
    return Rewrite(text=_joined(parts), blanks=blanks, asks=tuple(gap.criterion for gap in wanted))


def fill(rewrite: Rewrite, answers: Mapping[str, str]) -> Rewrite:
    """Put the candidate's own words in place of blanks; without a blank left, the rewrite is complete.

    Args:
        rewrite: what `rewrite` or an earlier `fill` returned.
        answers: what the candidate said, by the blank's question; one that says nothing leaves its blank.

    Raises:
        UsageError: there is no such blank, or no more.
    """
    for blank in answers:
        if blank not in rewrite.blanks:
            raise UsageError(f"The rewrite has no blank {blank!r}: it may have been filled already.")
    said = {blank: " ".join(words.split()) for blank, words in answers.items() if says_something(words)}
    text = rewrite.text
    for blank, words in said.items():
        # Brackets mark blanks, so the candidate's become round ones.
        text = text.replace(f"[{blank}]", _sentence(words.replace("[", "(").replace("]", ")")), 1)
    asks = dict(zip(rewrite.blanks, rewrite.asks, strict=False))
    left = tuple(blank for blank in rewrite.blanks if blank not in said)
    given = [asks[blank] for blank, words in said.items() if blank in asks and supplies(asks[blank], words)]
    return Rewrite(
        text=text,
        blanks=left,
        asks=tuple(asks[blank] for blank in left if blank in asks),
        given=(*rewrite.given, *given),
    )


def told_so_far(rewrite: Rewrite) -> str:
    """Return the story without the blanks that are left."""
    text = rewrite.text
    for blank in rewrite.blanks:
        text = text.replace(f"[{blank}]", " ", 1)
    return " ".join(text.split())


def _blank(gap: Gap, sentences: Sequence[TaggedSentence]) -> str:
    own = sentences[plainest(gap.criterion, gap.sentences, sentences)].text
    return _BLANK[gap.criterion][1].replace("$q", quoted(own)).replace("[", "(").replace("]", ")")


def _is_due(
    gap: Gap,
    sentence: TaggedSentence,
    place: int,
    acts: Sequence[int],
    sentences: Sequence[TaggedSentence],
    *,
    before: bool,
) -> bool:
    """Whether a blank stands right before, or right behind, this sentence: the setting's begin the story, the
    task's come before the first step, and all others behind the sentence that they ask about."""
    part = _BLANK[gap.criterion][0]
    if part == "S":
        return before and place == 0
    if part == "T":
        return before and acts[:1] == [sentence.index]
    return not before and sentence.index == plainest(gap.criterion, gap.sentences, sentences)


def _in_order(kept: Sequence[TaggedSentence]) -> list[TaggedSentence]:
    """The order of the telling, but for what stands in the wrong half of the story: setting and task that come
    only after the first step go before it, an outcome that comes before any step and what was learned go last."""
    acts = [place for place, s in enumerate(kept) if s.tag == "A"]
    if not acts:
        return list(kept)
    first, last = acts[0], acts[-1]
    early = {s.tag for s in kept[:first]}

    def part(place: int, s: TaggedSentence) -> int:
        free = not _HANGS.match(s.text)
        if free and s.tag in ("S", "T") and place > first and s.tag not in early:
            return 0 if s.tag == "S" else 2
        if free and s.tag == "R" and place < first and early & {"S", "T"}:
            return 4
        if free and s.tag == "L" and place < last and read_cues(s.text).learned:
            return 5
        return 1 if place < first else 3

    return [s for _, s in sorted(enumerate(kept), key=lambda pair: (part(*pair), pair[0]))]


def _tells_nothing(sentence: TaggedSentence) -> bool:
    if is_plea(sentence.text):
        return True
    cues = read_cues(sentence.text)
    return sentence.tag == "O" and not (
        numbers_in(sentence.text) or cues.concrete or (cues.own_acts and cues.past)
    )


def _joined(parts: Sequence[tuple[int | None, str]]) -> str:
    """All of it, a full stop behind each sentence that has none, unless its own next part goes on from it."""
    out = []
    for (place, text), (after, _) in pairwise([*parts, (None, "")]):
        goes_on = place is not None and after == place + 1 and text.endswith(",")
        out.append(text if goes_on else _ended(text) if place is not None else text)
    return " ".join(out)


def _sentence(said: str) -> str:
    return _ended(said[0].upper() + said[1:])


def _ended(text: str) -> str:
    return text if text[-1:] in ".!?…\"'”’)" else text.rstrip(" ,;:–—-") + "."
