"""The three things to work on, the costliest first, each with its evidence and something to do tomorrow."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from coach.feedback.feedback import Criterion
from coach.interview.debrief.changes import WEIGHT
from coach.interview.debrief.evidence import Thread
from coach.interview.debrief.lines import counted, listed, standing_of
from coach.interview.debrief.model import Exercise, Line, Moment, WorkOn
from coach.interview.debrief.moments import passed
from coach.interview.debrief.tasks import BLANK, TASKS, TITLES
from coach.interview.debrief.weighing import FEWEST
from coach.interview.questions import QuestionKind
from coach.interview.session import InterviewState

MOST = 3
_MOST_MOMENTS = 2
_MOST_PRINCIPLES = 2  # of the three; who lacks more stories than that lacks stories
# What a principle costs that there is one good story for, and one that there is none for.
_SECOND, _NONE = 0.05, 0.06
DRILL = "quick-drill"
_TITLE_KIND: Mapping[str, str] = {
    "technical": "Explain to the end what you know",
    "system_design": "Go through a design in all its stages",
    "coding": "Solve it aloud: approach, cost, tests",
    "case": "Hear everybody, decide, and say why",
    "recruiter": "Say in two minutes who you are and what you want",
}


@dataclass(frozen=True)
class _Candidate:
    cost: float
    about: str
    item: WorkOn


def three_to_work_on(
    state: InterviewState,
    threads: Sequence[Thread],
    principles: Sequence[Line],
    criteria: Sequence[Line],
    kinds: Sequence[Line],
) -> tuple[WorkOn, ...]:
    """Return three things to work on; fewer only where not even three could be thought of."""
    found = [
        *_of_reuse(threads),
        *_of_passed(state, threads),
        *_of_unjudged(threads),
        *_of_criteria(threads, criteria),
        *_of_kinds(kinds),
        *_of_principles(threads, principles),
    ]
    chosen: list[WorkOn] = []
    of_principles = 0
    for one in sorted(found, key=lambda one: -one.cost):
        of_principles += one.about == "principle"
        if one.about != "principle" or of_principles <= _MOST_PRINCIPLES:
            chosen.append(one.item)
    return tuple(chosen[:MOST])


def _of_reuse(threads: Sequence[Thread]) -> Iterator[_Candidate]:
    told: dict[int, list[Thread]] = {}
    for one in threads:
        if one.root.kind == "behavioral" and one.root.answer:
            told.setdefault(one.story, []).append(one)
    for same in told.values():
        names = list(dict.fromkeys(one.root.principle for one in same if one.root.principle))
        if len(same) < FEWEST:
            continue
        other = names[-1] if names else None
        item = WorkOn(
            title="Have more than one story",
            why=f"The same story was told for {counted(len(same), 'question')}: {listed(names)}. "
            "Interviewers compare notes, and it counts once.",
            answers=len(same),
            exercise=Exercise(
                text="List five occasions from different years or projects. Write one line each for what was at stake, "
                f"what you did and what came of it; then tell the one that fits {other or 'the question'} best, aloud.",
                minutes=30,
                plan=DRILL if other else None,
                kind="behavioral",
                principle=other,
                question=same[-1].root.question,
            ),
        )
        yield _Candidate(1.2 + 0.3 * len(same), "stories", item)


def _of_passed(state: InterviewState, threads: Sequence[Thread]) -> Iterator[_Candidate]:
    left = [one for one in threads if one.root.passed]
    if not left:
        return
    first = left[0].root
    names = list(dict.fromkeys(one.root.principle or one.root.topic or one.root.kind for one in left))
    if first.kind == "behavioral":
        text = (
            "Find one occasion, however small, from work or studies, and write four lines: where, what was yours to "
            "reach, your three steps, what was different afterwards. Then answer the question with it."
        )
    else:
        text = "Read up on it for ten minutes, then say aloud what it is for and how you would begin, without notes."
    item = WorkOn(
        title="Have something to say to every question",
        why=f"{counted(len(left), 'question').capitalize()} passed ({listed(names)}), which counts as not shown.",
        answers=len(left),
        moments=tuple(moment for one in left for moment in passed(state, one))[:_MOST_MOMENTS],
        exercise=Exercise(
            text=text,
            minutes=20,
            plan=DRILL if first.principle else None,
            kind=first.kind,
            principle=first.principle,
            topic=first.topic,
            question=first.question,
        ),
    )
    yield _Candidate(1.0 + 0.4 * len(left), "passed", item)


def _of_unjudged(threads: Sequence[Thread]) -> Iterator[_Candidate]:
    refused = [one for one in threads if one.feedback is not None and not one.feedback.graded]
    if refused:
        first = refused[0].root
        whys = sorted({(one.feedback and one.feedback.why_not) or "no reason given" for one in refused})
        item = WorkOn(
            title="Answer so that it can be judged",
            why=f"{counted(len(refused), 'answer').capitalize()} could not be judged: {listed(whys)}.",
            answers=len(refused),
            exercise=Exercise(
                text="Answer this question again in at least five full sentences: where it was, what you had to reach, "
                "two things that you did, and what came of them.",
                minutes=15,
                kind=first.kind,
                principle=first.principle,
                topic=first.topic,
                question=first.question,
            ),
        )
        yield _Candidate(1.0 + 0.4 * len(refused), "unjudged", item)
    silent = [one for one in threads if one.root.answer is None and not one.root.passed]
    if len(silent) > len(threads) / 2:
        first = silent[0].root
        item = WorkOn(
            title="Begin to speak before the answer is perfect",
            why=f"{counted(len(silent), 'question').capitalize()} of {len(threads)} stayed without an answer.",
            answers=0,
            exercise=Exercise(
                text="Set a clock to two minutes and answer this question aloud without stopping, then once more in "
                "three minutes. Half an answer can be worked on; none can't.",
                minutes=10,
                kind=first.kind,
                principle=first.principle,
                topic=first.topic,
                question=first.question,
            ),
        )
        yield _Candidate(1.5, "silence", item)


def _of_criteria(threads: Sequence[Thread], criteria: Sequence[Line]) -> Iterator[_Candidate]:
    stories = [one for one in threads if one.root.kind == "behavioral" and one.feedback is not None]
    # A number for an outcome that isn't told comes later.
    no_outcome = any(one.name == "result" and standing_of(one) == "below" for one in criteria)
    for one in criteria:
        standing = standing_of(one)
        if one.score is None or standing is None or (one.name == "measured" and no_outcome):
            continue
        criterion = cast(Criterion, one.name)
        against = [moment for moment in one.moments if moment.counts == "against"]
        # Worked on where it showed worst, or else in the last story.
        turn = against[0].turn if against else None
        where = next((story for story in stories if turn in story.turns), stories[-1] if stories else None)
        item = WorkOn(
            title=TITLES[criterion],
            why=one.text,
            answers=one.answers,
            moments=_evidence(one),
            exercise=Exercise(
                text=TASKS[criterion],
                minutes=15,
                kind="behavioral",
                principle=where.root.principle if where else None,
                criterion=criterion,
                question=where.root.question if where else None,
            ),
        )
        yield _Candidate(_cost(one, WEIGHT[criterion]), criterion, item)


def _of_kinds(kinds: Sequence[Line]) -> Iterator[_Candidate]:
    for one in kinds:
        if one.score is None:
            continue
        missed = [point for point in one.points if point.verdict in ("miss", "wrong")]
        stages = [stage for never in one.never_raised for stage in never.stages]
        if stages:
            text = f"Take the same design once more and give five minutes each to {', '.join(dict.fromkeys(stages))}."
            topic: str | None = one.never_raised[0].subject
        elif missed:
            text = (
                f"Explain it aloud again without notes, until this is in it: {missed[0].point.rstrip('.')}."
            )
            topic = None
        else:
            text = "Take one more of this kind, and say each decision aloud with what it costs."
            topic = None
        item = WorkOn(
            title=_TITLE_KIND[one.name],
            why=one.text,
            answers=one.answers,
            moments=_evidence(one),
            exercise=Exercise(text=text, minutes=30, kind=cast(QuestionKind, one.name), topic=topic),
        )
        cost = _cost(one, 1.0)
        yield _Candidate(cost + (0.1 * len(stages) if cost > 0 else 0.0), one.name, item)


def _of_principles(threads: Sequence[Thread], principles: Sequence[Line]) -> Iterator[_Candidate]:
    for one in principles:
        own = [thread for thread in threads if thread.root.principle == one.name]
        item = WorkOn(
            title=f"{_which(one)} story for {one.name}",
            why=one.text,
            answers=one.answers,
            moments=_evidence(one),
            exercise=Exercise(
                text=BLANK.format(name=one.name),
                minutes=25,
                plan=DRILL,
                kind="behavioral",
                principle=one.name,
                question=own[0].root.question if own else None,
            ),
        )
        standing = standing_of(one)
        cost = _NONE if standing is None else max(_cost(one, 0.7), _SECOND)
        yield _Candidate(cost, "principle", item)


def _evidence(one: Line) -> tuple[Moment, ...]:
    """What shows it, each sentence once; where nothing speaks against it, the best there is."""
    kept = {(moment.turn, moment.start): moment for moment in one.moments if moment.counts == "against"}
    return tuple(kept.values())[:_MOST_MOMENTS] or one.moments[:1]


def _which(one: Line) -> str:
    standing = standing_of(one)
    if standing is None:
        return "A"
    return "A better" if standing == "below" else "A second" if one.answers < FEWEST else "One more"


def _cost(one: Line, weight: float) -> float:
    """How far it is from the top, from 0 to about 1.5; little where it does already, and less where it is not sure."""
    bottom = 1.0 if one.scale == 5 else 0.0
    lacks = 1 - ((one.score or bottom) - bottom) / (one.scale - bottom)
    standing = {"below": 1.0, "meets": 0.4, "strong": 0.1, None: 0.0}[standing_of(one)]
    return weight * lacks * standing * (1.0 if one.verdict != "not enough evidence" else 0.7)
