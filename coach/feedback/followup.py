"""The follow-ups that an interviewer would ask about this very answer, aimed at its weakest checks."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from coach.feedback.aim import is_answered
from coach.feedback.feedback import Criterion, Feedback, FollowUp, Gap, TaggedSentence
from coach.feedback.giving import says_something
from coach.feedback.language import read_cues
from coach.feedback.phrases import ABOUT, DEEPER, PHRASES
from coach.feedback.quoting import quoted, without_quotes
from coach.feedback.rubric import Kind
from coach.feedback.wording import plainest
from coach.feedback.words import telling

# An answer without a gap is probed where interviewers probe strong answers, at its weakest part first.
PROBES: tuple[Criterion, ...] = ("reflection", "action", "ownership", "measured", "result")
_SHOWN = 8  # follow-ups that a feedback lists
_WELL_TOLD = 1.5  # of 2: a part of the story that nobody needs to ask for
# Parts that an answer has told where they are no gap.
_ALWAYS_TOLD: tuple[Criterion, ...] = ("action", "ownership", "result")
_LEAST_TELLING = 2  # words of its own that a sentence needs to be asked about


@dataclass(frozen=True)
class SoFar:
    """What has been asked in a session, and where in the story the latest answer begins.

    `questions` are all of the session's, `aims` what the follow-ups to this answer were after, and `fresh_from`
    is the place (a character of the story) from which on the sentences answer the last follow-up.
    """

    questions: tuple[str, ...] = ()
    aims: tuple[Criterion, ...] = ()
    fresh_from: int = 0


NOTHING_YET = SoFar()


def plain_follow_ups(
    sentences: Sequence[TaggedSentence],
    gaps: Sequence[Gap],
    answered: Container[Criterion] = (),
    kind: Kind = "behavioral",
    probes: Sequence[Criterion] = PROBES,
) -> tuple[FollowUp, ...]:
    """Return follow-ups in the program's own words: one for each gap, then probes, then further ones.

    Args:
        sentences: the answer's.
        gaps: most important first.
        answered: what the answer says already and nobody should ask for again.
        kind: of the question.
        probes: what to ask about where nothing is missing, in this order.
    """
    places = [
        *((*place, ABOUT[place[0]]) for place in _at_gaps(sentences, gaps)),
        *((*place, _deepening(place[0])) for place in _probes(sentences, gaps, answered, kind, probes)),
    ]
    rounds = (
        _ask(criterion, form, pointed, sentences)
        for turn in range(2)
        for criterion, pointed, forms in places
        for form in forms[turn : turn + 1]
    )
    return tuple(one for one in rounds if _can_be_asked(one, sentences))[:_SHOWN]


def next_follow_up(feedback: Feedback, so_far: SoFar) -> FollowUp | None:
    """Return what to ask next about an answer; None when nothing is left to ask.

    A question of the model comes first. Then the gaps that nothing was aimed at yet, the weakest first; then what
    was just said in reply, where it says something; then probes, and only then what was aimed at before. Nothing is
    asked twice, no phrase of the coach comes again before all others have been used, and none twice about one answer
    while another is left.
    """
    asked = {_bare(question) for question in so_far.questions}
    used = {without_quotes(question) for question in so_far.questions}
    thread = so_far.questions[max(0, len(so_far.questions) - len(so_far.aims)) :]
    here = {without_quotes(question) for question in thread}
    rest: FollowUp | None = None
    for new in (True, False):
        left = [
            one
            for one in _candidates(feedback, so_far, new=new)
            if _bare(one.question) not in asked and _can_be_asked(one, feedback.sentences)
        ]
        for spent in (used, here):
            if found := next((one for one in left if without_quotes(one.question) not in spent), None):
                return found
        rest = rest or next(iter(left), None)
    return rest


def weakest(feedback: Feedback) -> tuple[Criterion, ...]:
    """Return what to probe: first what is not told at all, then the parts of the story from the lowest score up.

    Setting and goal are asked for only where they are not told well; of steps and outcome there is always more.
    """
    parts: list[tuple[Criterion, float]] = [
        (name, score)
        for name, score in feedback.components.items()
        if name not in ("situation", "task") or score < _WELL_TOLD
    ]
    if feedback.ownership is not None:
        parts.append(("ownership", feedback.ownership))
    ranked = [criterion for criterion, _ in sorted(parts, key=lambda part: part[1])]
    return ("reflection", "measured", *(ranked or PROBES[1:]))


def said_already(feedback: Feedback) -> tuple[Criterion, ...]:
    """Return what the answer says and no probe should ask for."""
    found: tuple[tuple[Criterion, bool | None], ...] = (
        ("measured", feedback.measured),
        ("reflection", feedback.reflection),
    )
    return tuple(criterion for criterion, is_there in found if is_there)


def _candidates(feedback: Feedback, so_far: SoFar, *, new: bool) -> Iterator[FollowUp]:
    """What could be asked: with `new` where nothing was aimed at yet, else where something was."""
    sentences = feedback.sentences
    if new:
        yield from (one for one in feedback.follow_ups[:1] if without_quotes(one.question) not in PHRASES)
    gaps = _at_gaps(sentences, feedback.gaps)
    told = said_already(feedback)
    probes = _probes(sentences, feedback.gaps, told, feedback.kind, weakest(feedback), so_far.questions)
    fresh = [s for s in sentences if s.start >= so_far.fresh_from > 0 and _has_something(s)]
    for places in (gaps, probes):
        for criterion, pointed in places:
            if (criterion not in so_far.aims) is new:
                forms = ABOUT[criterion] if places is gaps else _deepening(criterion)
                yield from (_ask(criterion, form, pointed, sentences) for form in forms)
        if new and places is gaps and fresh:
            deeper, pointed = _told_by(fresh, feedback.kind)
            yield from (_ask(deeper, form, pointed, sentences) for form in DEEPER.get(deeper, ABOUT[deeper]))


def _told_by(fresh: Sequence[TaggedSentence], kind: Kind) -> tuple[Criterion, tuple[int, ...]]:
    """The sentence with the most in it, and what it tells."""
    richest = max(fresh, key=lambda s: len(telling(s.text)))
    cues = read_cues(richest.text)
    tells: tuple[tuple[Criterion, bool], ...] = (
        ("key_point", kind != "behavioral"),
        ("reflection", cues.learned > 0),
        ("measured", cues.quantity > 0),
        ("action", cues.own_acts > 0),
        ("ownership", cues.we + cues.others > 0),
    )
    return next((criterion for criterion, does in tells if does), "result"), (richest.index,)


def _has_something(sentence: TaggedSentence) -> bool:
    return len(telling(sentence.text)) >= _LEAST_TELLING and says_something(sentence.text)


def _at_gaps(
    sentences: Sequence[TaggedSentence], gaps: Sequence[Gap]
) -> list[tuple[Criterion, tuple[int, ...]]]:
    """What each gap is about, and where; what was left out altogether is asked at the heart of the answer."""
    return [(gap.criterion, gap.sentences or _heart(sentences)) for gap in gaps if sentences]


def _probes(
    sentences: Sequence[TaggedSentence],
    gaps: Sequence[Gap],
    answered: Container[Criterion],
    kind: Kind,
    wanted: Sequence[Criterion],
    asked: Sequence[str] = (),
) -> list[tuple[Criterion, tuple[int, ...]]]:
    known = {gap.criterion for gap in gaps}
    probes = wanted if kind == "behavioral" and "key_point" not in known else ("key_point",)
    left = [
        probe for probe in probes if probe not in answered and (probe not in known or probe == "key_point")
    ]
    return [(probe, _place_of(probe, sentences, asked)) for probe in left if sentences]


def _place_of(probe: Criterion, sentences: Sequence[TaggedSentence], asked: Sequence[str]) -> tuple[int, ...]:
    """What came of it is asked about where it is told; everything else at the heart of the answer."""
    outcome = [one for one in sentences if probe == "result" and one.tag == "R" and _has_something(one)]
    return _heart(outcome or sentences, asked)


def _deepening(probe: Criterion) -> tuple[str, ...]:
    """The phrases for a part that nothing lacks: the first one of its own asks for what was told."""
    first, *others = ABOUT[probe]
    return (*others, first) if probe in _ALWAYS_TOLD else (first, *others)


def _ask(
    criterion: Criterion, form: str, pointed: tuple[int, ...], sentences: Sequence[TaggedSentence]
) -> FollowUp:
    question = form.replace("$q", quoted(sentences[plainest(criterion, pointed, sentences)].text))
    return FollowUp(question=question, criterion=criterion, sentences=pointed)


def _can_be_asked(one: FollowUp, sentences: Sequence[TaggedSentence]) -> bool:
    return one.question.count("?") == 1 and not is_answered(one.question, sentences)


def _heart(sentences: Sequence[TaggedSentence], asked: Sequence[str] = ()) -> tuple[int, ...]:
    """The sentence that an interviewer would hold on to: what the candidate did, with a lot in it, and rather one
    that no question has quoted yet."""

    def worth(sentence: TaggedSentence) -> tuple[bool, bool, bool, bool, int]:
        cues = read_cues(sentence.text)
        quote = quoted(sentence.text)
        return (
            _has_something(sentence),
            not any(quote in question for question in asked),
            sentence.tag == "A",
            cues.own_acts > 0 and not cues.conditional,
            len(telling(sentence.text)),
        )

    return (max(sentences, key=worth).index,) if sentences else ()


def _bare(question: str) -> str:
    return "".join(letter for letter in question.lower() if letter.isalnum())
