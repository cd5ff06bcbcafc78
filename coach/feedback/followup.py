"""The follow-ups that an interviewer would ask about this very answer, aimed at its weakest checks."""

from collections.abc import Container, Mapping, Sequence

from coach.feedback.feedback import Criterion, Feedback, FollowUp, Gap, TaggedSentence
from coach.feedback.language import read_cues

_LONGEST_QUOTE = 12  # words

# Several per criterion, so that one that was asked already is not asked again.
_ABOUT: Mapping[Criterion, tuple[str, ...]] = {
    "situation": (
        'You said "$quote". Set the scene for me: when was that, who was involved, and how big was it?',
        'Before "$quote": what was the state of things, in numbers if you have them?',
    ),
    "task": (
        'When you say "$quote": what exactly were you expected to reach, and by when?',
        'Who had decided that "$quote" was worth doing, and what would have happened if nobody had?',
    ),
    "action": (
        'You said "$quote". Walk me through that: what did you do first, and what next?',
        'Take me inside "$quote". What did you try that did not work?',
    ),
    "result": (
        'After "$quote": what was different afterwards, and how could someone outside the team tell?',
        'You stopped at "$quote". What became of it three months later?',
    ),
    "ownership": (
        'You said "$quote". Which part of that was you, and which part was others?',
        'If you had been on vacation, what of "$quote" would not have happened?',
    ),
    "relevance": (
        'I am not sure I see the link: how does "$quote" answer what I asked?',
        'Is there another occasion that fits my question more closely than "$quote"?',
    ),
    "measured": (
        'You said "$quote". By how much, and measured how?',
        'What was the number before "$quote", and what was it after?',
    ),
    "reflection": (
        'Looking back at "$quote": what would you do differently today?',
        'What have you changed in your work since "$quote"?',
    ),
    "hypothetical": (
        'You said "$quote". When did you last do exactly that, and what came of it?',
        'Give me one occasion behind "$quote": where was it, and how did it end?',
    ),
    "key_point": (
        'You said "$quote". What happens at the edge of that, where it stops being true?',
        'How would you convince me of "$quote" with a small example?',
    ),
}
# An answer without a gap is probed where interviewers probe strong answers.
_PROBES: tuple[Criterion, ...] = ("reflection", "ownership", "action", "measured")


def plain_follow_ups(
    sentences: Sequence[TaggedSentence], gaps: Sequence[Gap], answered: Container[Criterion] = ()
) -> tuple[FollowUp, ...]:
    """Return follow-ups in the program's own words: two for each gap, then probes.

    Args:
        sentences: the answer's.
        gaps: most important first.
        answered: what the answer says already and nobody should ask for again.
    """
    aims = [(gap.criterion, gap.sentences) for gap in gaps]
    known = {gap.criterion for gap in gaps}
    aims += [(probe, _heart(sentences)) for probe in _PROBES if probe not in known and probe not in answered]
    return tuple(
        FollowUp(
            question=template.replace("$quote", _quote(sentences[pointed[0]])),
            criterion=criterion,
            sentences=pointed,
        )
        for turn in range(2)
        for criterion, pointed in aims
        for template in _ABOUT[criterion][turn : turn + 1]
        if pointed
    )


def next_follow_up(feedback: Feedback, earlier: Sequence[str]) -> FollowUp | None:
    """Return the first follow-up that was not asked before, or None when nothing is left to ask."""
    asked = {_bare(question) for question in earlier}
    return next((one for one in feedback.follow_ups if _bare(one.question) not in asked), None)


def _heart(sentences: Sequence[TaggedSentence]) -> tuple[int, ...]:
    """The sentence that an interviewer would hold on to: the surest action of the candidate's own."""
    actions = [s for s in sentences if s.tag == "A"] or list(sentences)
    own = [s for s in actions if read_cues(s.text).own_acts] or actions
    return (max(own, key=lambda s: s.confidence).index,) if own else ()


def _quote(sentence: TaggedSentence) -> str:
    words = sentence.text.strip().rstrip(".!?…").split()
    return " ".join(words[:_LONGEST_QUOTE]) + (" ..." if len(words) > _LONGEST_QUOTE else "")


def _bare(question: str) -> str:
    return "".join(letter for letter in question.lower() if letter.isalnum())
