"""The moments of an interview: what was said, word for word, and why it counts. The program chooses and quotes."""

from collections.abc import Iterator, Mapping, Sequence

from coach.feedback.feedback import Criterion, Feedback, KeyPoint, TaggedSentence
from coach.feedback.language import read_cues
from coach.feedback.quoting import clause
from coach.feedback.rubric import COMPONENT_TAG, COMPONENTS
from coach.interview.debrief.evidence import Thread
from coach.interview.debrief.model import Moment
from coach.interview.handed_in import spoken
from coach.interview.session import InterviewState, told

_LONGEST = 45  # words of a quote; of a longer sentence, its main clause
_MISSING, _GENERAL, _STRONG = 0.6, 1.2, 1.6  # of 2

_FOR: Mapping[Criterion, str] = {
    "situation": "one can see the scene: who, when, or how big",
    "task": "says what was theirs to reach or decide",
    "action": "a step of their own, concrete enough to be repeated",
    "result": "says what changed, seen from outside",
    "ownership": "says what they did themselves",
    "measured": "puts a number on what came of it",
    "reflection": "says what they took from it",
}
_MISSING_WHY: Mapping[Criterion, str] = {
    "situation": "begins without a scene: not where, when or how big it was",
    "task": "what they had to reach, and why it mattered, is not said",
    "action": "what they did themselves is not told",
    "result": "the story stops here: what came of it is not told",
}
_GENERAL_WHY: Mapping[Criterion, str] = {
    "situation": "a setting in general words, that could be anywhere",
    "task": "the goal can only be guessed, or was the team's",
    "action": "a step in general words, that nobody could repeat",
    "result": "an outcome in general words",
    "ownership": "“we” or others act here: their own part can't be seen",
    "relevance": "is not about what was asked",
    "measured": "an outcome without a number",
    "reflection": "ends without what they learned, which was asked for",
    "hypothetical": "what one would do, or always does, and no one time that it happened",
}
# Of tags that are learned, an interviewer wants to hear in a debrief first what they turn on.
_SHOWN: tuple[Criterion, ...] = (
    "result",
    "action",
    "measured",
    "ownership",
    "reflection",
    "task",
    "situation",
)


def quote(state: InterviewState, thread: Thread, sentence: TaggedSentence) -> tuple[int, int, int] | None:
    """Return where a sentence of the thread's story was said: turn, start and end; None: in none of its answers."""
    if thread.told_to is None or not told(state, thread.told_to).startswith(sentence.text, sentence.start):
        return None
    begins = 0
    for number in range(thread.turn, thread.told_to + 1):
        answer = state.turns[number].answer
        if answer is None:
            continue
        # Of what was handed in with code, what was judged is the explanation at its end.
        said = spoken(answer)
        if sentence.start < begins + len(said):
            start = sentence.start - begins + len(answer) - len(said)
            return number, *_trimmed(answer, start, min(start + len(sentence.text), len(answer)))
        begins += len(said) + len("\n\n")
    return None


def moment(
    state: InterviewState,
    thread: Thread,
    index: int,
    why: str,
    *,
    good: bool,
    criterion: Criterion | None = None,
    point: str | None = None,
) -> Moment | None:
    """Return sentence number `index` of the thread's story as a moment; None: it can't be found in the answers."""
    sentences = thread.feedback.sentences if thread.feedback else ()
    sentence = next((one for one in sentences if one.index == index), None)
    place = quote(state, thread, sentence) if sentence else None
    if place is None:
        return None
    turn, start, end = place
    text = (state.turns[turn].answer or "")[start:end]
    if not text:
        return None
    return Moment(
        turn=turn,
        question=state.turns[turn].question,
        quote=text,
        start=start,
        end=end,
        counts="for" if good else "against",
        why=why,
        criterion=criterion,
        point=point,
    )


def moments_for(state: InterviewState, thread: Thread, criterion: Criterion) -> Iterator[Moment]:
    """Yield the moments in which an answer shows a criterion, the best first; none where it doesn't."""
    feedback = thread.feedback
    if feedback is None or criterion not in _FOR or not _shows(feedback, criterion):
        return
    told_best = sorted(_showing(feedback, criterion), key=lambda one: (-_telling(one), one.index))
    for sentence in told_best:
        found = moment(state, thread, sentence.index, _FOR[criterion], good=True, criterion=criterion)
        if found is not None:
            yield found


def moments_against(state: InterviewState, thread: Thread, criterion: Criterion) -> Iterator[Moment]:
    """Yield the moments that the assessment points at where an answer lacks a criterion."""
    feedback = thread.feedback
    if feedback is None:
        return
    value = value_of(feedback, criterion)
    missing = value is not None and value < _MISSING and criterion in _MISSING_WHY
    why = _MISSING_WHY[criterion] if missing else _GENERAL_WHY.get(criterion)
    places = [place for gap in feedback.gaps if gap.criterion == criterion for place in gap.sentences]
    if not places and value is not None and value < _GENERAL:
        places = _lacking(feedback, criterion, missing=missing)
    for place in dict.fromkeys(places):
        found = why and moment(state, thread, place, why, good=False, criterion=criterion)
        if found:
            yield found


def moments_of_points(state: InterviewState, thread: Thread) -> Iterator[Moment]:
    """Yield the moments that make a key point or get one wrong, the wrong ones first."""
    points = thread.feedback.key_points if thread.feedback else ()
    for one in sorted(points, key=lambda point: point.verdict != "wrong"):
        if one.verdict in ("hit", "wrong") and one.sentences:
            found = moment(
                state, thread, one.sentences[0], _why(one), good=one.verdict == "hit", point=one.point
            )
            if found is not None:
                yield found


def best_and_worst(state: InterviewState, thread: Thread, most: int = 2) -> tuple[Moment, ...]:
    """Return what speaks most for an answer and most against it, for half of `most` each."""
    if thread.root.passed:
        return passed(state, thread)
    if thread.root.kind != "behavioral":
        found = list(moments_of_points(state, thread))
        return (*_of(found, "for")[: most // 2], *_of(found, "against")[: most // 2])
    good = [next(moments_for(state, thread, one), None) for one in _SHOWN]
    gaps = thread.feedback.gaps if thread.feedback else ()
    bad = [next(moments_against(state, thread, gap.criterion), None) for gap in gaps]
    return (*_each_once(good)[: most // 2], *_each_once(bad)[: most // 2])


def passed(state: InterviewState, thread: Thread) -> tuple[Moment, ...]:
    """Return the words with which the candidate passed."""
    for number, aside in reversed(list(enumerate(thread.root.asides))):
        start, end = _trimmed(aside.said, 0, len(aside.said))
        if end > start:
            text = aside.said[start:end]
            why = "nothing to tell, which counts as not shown"
            return (_aside(state, thread.turn, number, text, (start, end), why, good=False),)
    return ()


_ASIDES = {
    "steer": "tries to lead the interview instead of answering",
    "clarify": "asks what is needed before going on",
}


def asides_of(state: InterviewState, threads: Sequence[Thread], most: int = 4) -> tuple[Moment, ...]:
    """Return what was said beside the answers and counts: a question back in an open task, an attempt to steer."""
    found = []
    for thread in threads:
        for turn in thread.turns:
            for number, aside in enumerate(state.turns[turn].asides):
                open_task = state.turns[turn].kind in ("system_design", "coding", "case")
                if aside.what == "steer" or (aside.what == "clarify" and open_task):
                    start, end = _trimmed(aside.said, 0, len(aside.said))
                    if end > start:
                        good = aside.what == "clarify"
                        text = aside.said[start:end]
                        found.append(
                            _aside(state, turn, number, text, (start, end), _ASIDES[aside.what], good=good)
                        )
    return (*_of(found, "against")[: most // 2], *_of(found, "for")[: most // 2])


def value_of(feedback: Feedback, criterion: str) -> float | None:
    """Return a criterion's value, 0 to 2; of a quality that is there or not, 0 or 2."""
    for name in COMPONENTS:
        if name == criterion:
            return feedback.components.get(name)
    if criterion in ("ownership", "relevance"):
        value: float | None = getattr(feedback, criterion)
        return value
    there: bool | None = getattr(feedback, criterion, None)
    return None if there is None else 2.0 * (there is not (criterion == "hypothetical"))


def _shows(feedback: Feedback, criterion: Criterion) -> bool:
    value = value_of(feedback, criterion)
    return value is not None and value >= _STRONG


def _showing(feedback: Feedback, criterion: Criterion) -> Iterator[TaggedSentence]:
    component = next((name for name in COMPONENTS if name == criterion), None)
    for one in feedback.sentences:
        cues = read_cues(one.text)
        if component:
            shown = one.tag == COMPONENT_TAG[component]
        elif criterion == "ownership":
            shown = one.tag in "TA" and cues.own_acts > 0
        elif criterion == "measured":
            shown = one.tag == "R" and cues.quantity > 0
        else:
            shown = one.tag == "L"
        if shown:
            yield one


def _lacking(feedback: Feedback, criterion: Criterion, *, missing: bool) -> list[int]:
    """Where an answer lacks what is no gap of its first three: beside it where it is missing, else in its own words."""
    told = [one for one in feedback.sentences if one.tag != "O"] or list(feedback.sentences)
    tag = next((COMPONENT_TAG[name] for name in COMPONENTS if name == criterion), None)
    own = [one for one in told if one.tag == tag]
    if criterion == "ownership":
        own = [one for one in told if one.tag in "TA" and read_cues(one.text).we]
    elif criterion == "measured":
        own = [one for one in told if one.tag == "R" and not read_cues(one.text).quantity]
    elif missing or not own:
        own = told[:1] if criterion in ("situation", "task", "relevance") else told[-1:]
    return [one.index for one in own]


def _telling(sentence: TaggedSentence) -> float:
    cues = read_cues(sentence.text)
    return cues.quantity + cues.concrete + cues.own_acts - cues.generic - cues.we


def _why(point: KeyPoint) -> str:
    if point.verdict == "wrong":
        return f"not right: {(point.right or point.point).rstrip('.')}"
    return f"makes the point: {point.point.rstrip('.')}"


def _aside(
    state: InterviewState, turn: int, number: int, text: str, place: tuple[int, int], why: str, *, good: bool
) -> Moment:
    return Moment(
        turn=turn,
        question=state.turns[turn].question,
        quote=text,
        start=place[0],
        end=place[1],
        aside=number,
        counts="for" if good else "against",
        why=why,
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut white space off a part of a text, and what of it is too long to be quoted."""
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    part = part.strip()
    if len(part.split()) > _LONGEST:
        short = clause(part)
        start, part = start + part.index(short), short
    return start, start + len(part)


def _of(moments: Sequence[Moment], counts: str) -> list[Moment]:
    return [one for one in moments if one.counts == counts]


def _each_once(moments: Sequence[Moment | None]) -> list[Moment]:
    """Without doubles: one sentence may show several criteria, and the first of them counts."""
    kept: dict[tuple[int, int], Moment] = {}
    for one in moments:
        if one is not None:
            kept.setdefault((one.turn, one.start), one)
    return list(kept.values())
