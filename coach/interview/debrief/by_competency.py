"""What an interview shows of each criterion of a told story, and of each other kind of question."""

from collections.abc import Iterator, Sequence

from coach.feedback.feedback import Criterion
from coach.interview.debrief.evidence import Thread, distinct
from coach.interview.debrief.lines import line
from coach.interview.debrief.model import Code, Line, Moment, NeverRaised, Point
from coach.interview.debrief.moments import (
    best_and_worst,
    moments_against,
    moments_for,
    value_of,
)
from coach.interview.debrief.weighing import CRITERION, REFLECTION, YES_OR_NO, Scale, criterion_score
from coach.interview.questions import QuestionKind
from coach.interview.session import InterviewState

CRITERIA: dict[Criterion, Scale] = {
    "situation": CRITERION,
    "task": CRITERION,
    "action": CRITERION,
    "result": CRITERION,
    "ownership": CRITERION,
    "relevance": CRITERION,
    "measured": YES_OR_NO,
    "reflection": REFLECTION,
    "hypothetical": YES_OR_NO,
}
KINDS: tuple[QuestionKind, ...] = ("technical", "system_design", "coding", "case", "recruiter")
_MOST_MOMENTS = 2  # for, and as many against


def by_criterion(state: InterviewState, threads: Sequence[Thread]) -> tuple[Line, ...]:
    """Return a line for each criterion of behavioral answers; none where nothing behavioral was asked.

    A question that was passed has no story in which anything could be looked for. "hypothetical" is turned round: 2 is
    a story that really happened; it only has a line where one did not.
    """
    behavioral = [one for one in threads if one.root.kind == "behavioral"]
    if not behavioral:
        return ()
    told = [one for one in distinct(behavioral) if not one.root.passed]
    lines = (_criterion(state, told, criterion, scale) for criterion, scale in CRITERIA.items())
    return tuple(one for one in lines if _worth_a_line(one, told))


def by_kind(state: InterviewState, threads: Sequence[Thread], code: Sequence[Code] = ()) -> tuple[Line, ...]:
    """Return a line for each kind of question but behavioral ones that was asked, with its key points."""
    return tuple(
        _kind(state, own, kind, code)
        for kind in KINDS
        if (own := [one for one in threads if one.root.kind == kind])
    )


def _criterion(state: InterviewState, told: Sequence[Thread], criterion: Criterion, scale: Scale) -> Line:
    values = [
        value for one in told if one.feedback and (value := value_of(one.feedback, criterion)) is not None
    ]
    good = [next(moments_for(state, one, criterion), None) for one in told]
    bad = [next(moments_against(state, one, criterion), None) for one in told]
    return line(
        "criterion",
        criterion,
        [criterion_score(value) for value in values],
        of_what="story",
        nothing="No story was told in which it could be looked for.",
        scale=scale,
        moments=(*_some(good), *_some(bad)),
        rounds=_rounds(told),
    )


def _worth_a_line(one: Line, told: Sequence[Thread]) -> bool:
    """Whether there is something to say: not where stories were told and nobody looked for it in them."""
    if one.name == "hypothetical":
        return one.score is not None and one.score < one.scale
    return one.score is not None or not told


def _some(moments: Sequence[Moment | None]) -> tuple[Moment, ...]:
    return tuple(one for one in moments if one is not None)[:_MOST_MOMENTS]


def _kind(state: InterviewState, own: Sequence[Thread], kind: QuestionKind, code: Sequence[Code]) -> Line:
    evidence = distinct(own)
    turns = {one.turn for one in own}
    codes = tuple(one for one in code if one.turn in turns)
    found = line(
        "kind",
        kind,
        [score for one in evidence if (score := one.score)],
        of_what="answer",
        nothing="It was asked, and there is no answer that could be judged.",
        passed=sum(one.root.passed for one in evidence),
        moments=tuple(moment for one in evidence for moment in best_and_worst(state, one, 4)),
        rounds=_rounds(own),
        points=tuple(_points(own)),
        never_raised=tuple(_never_raised(own)),
        code=codes,
    )
    return found.model_copy(update={"text": " ".join([found.text, *_said(found)])})


def _points(own: Sequence[Thread]) -> Iterator[Point]:
    for one in own:
        for point in one.feedback.key_points if one.feedback and one.feedback.graded else ():
            yield Point(turn=one.turn, point=point.point, verdict=point.verdict, right=point.right)


def _never_raised(own: Sequence[Thread]) -> Iterator[NeverRaised]:
    for one in own:
        if one.root.never_raised:
            subject = one.root.topic or one.root.question
            yield NeverRaised(turn=one.turn, subject=subject, stages=one.root.never_raised)


def _said(found: Line) -> Iterator[str]:
    if found.points:
        made = sum(point.verdict == "hit" for point in found.points)
        wrong = sum(point.verdict == "wrong" for point in found.points)
        yield f"{made} of {len(found.points)} key points were made" + (
            f", {wrong} got wrong." if wrong else "."
        )
    for one in found.never_raised:
        yield f"Never raised for {one.subject}: {', '.join(one.stages)}."
    for done in found.code:
        yield f"The code passed {done.passed} of {done.cases} cases."


def _rounds(threads: Sequence[Thread]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(one.root.round for one in threads if one.root.round is not None))
