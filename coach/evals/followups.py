"""The follow-ups suite: three questions deep, each on target, about this answer alone, unanswered and new."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from coach.coach import Coach
from coach.errors import AnswerRefused, UsageError
from coach.evals.checks import contradicted, fits_only_here, mean_rows
from coach.evals.rated import Rated, load_rated
from coach.evals.result import Case, Context, Row, SuiteResult
from coach.feedback.aim import aims_at, is_answered
from coach.feedback.faithful import Given, added, given_by, misquoted
from coach.feedback.feedback import Asked, Criterion, FollowUp, TaggedSentence
from coach.feedback.followup import SoFar
from coach.feedback.giving import supplies
from coach.feedback.quoting import without_quotes
from coach.feedback.words import stems

PUBLIC = "followups.jsonl"
DEPTH = 3
_ANSWERS = 3  # of a session
_EVERY = 5  # with a language model the so many-th session is held: each takes minutes
_ALIKE = 0.8  # of the words of the shorter question, when two are the same
# What the candidate replies, by what was asked for; to the second question every other one has nothing to say.
_REPLIES: Mapping[Criterion, str] = {
    "situation": "That was at a ferry operator with sixty people, in my second winter there.",
    "task": "I had to get the waiting list below a hundred by Easter, or we would have lost the route.",
    "action": "I first watched two crossings, then drew the queue on paper, and at last I moved the gate myself.",
    "ownership": "I drew the plan and moved the gate; the harbour master only signed it.",
    "result": "The harbour kept the new gate, and the other pier asked us for the drawing.",
    "measured": "It went from nine hours to two within a month, the harbour master counted.",
    "reflection": "Since then I watch a queue for a whole day before I draw anything.",
    "hypothetical": "That was on the third of May, when the late ferry was full and I was alone.",
    "relevance": "The crossing is where I had to decide against the advice of the captain.",
}
_NOTHING = "I don't remember exactly."
_CHECKS = (
    "on target",
    "asks for its aim",
    "only here",
    "one question",
    "unanswered",
    "new in the session",
    "nothing invented",
)
_METRICS = (*_CHECKS, "all of these", "three deep")


@dataclass(frozen=True)
class Session:
    """A few answers that one candidate might give in one interview."""

    id: str
    answers: tuple[Rated, ...]


@dataclass(frozen=True)
class Unrated:
    """A public answer with the follow-ups that people asked about it."""

    id: str
    question: str
    answer: str
    follow_ups: tuple[str, ...]


class Turn(BaseModel):
    """One follow-up, the story that it was asked about, and what had been asked before in the session."""

    model_config = ConfigDict(frozen=True)

    root: str
    depth: int
    follow_up: FollowUp | None
    story: str
    sentences: tuple[TaggedSentence, ...]
    earlier: tuple[str, ...]


class Held(BaseModel):
    """All turns of a session, or of one answer; an answer that isn't graded has none."""

    model_config = ConfigDict(frozen=True)

    turns: tuple[Turn, ...]


def followups(context: Context) -> SuiteResult:
    """Hold sessions of three answers, each followed up three deep; public answers are followed up once.

    Raises:
        UsageError: a line of the public follow-ups can't be read.
    """
    coach = context.coach()
    sessions = list(_sessions(load_rated(context.public)))[:: 1 if context.model == "none" else _EVERY]
    held = context.journal.each("following up", sessions, lambda one: _hold(coach, one), Held)
    unrated = _unrated(context.public)
    once = context.journal.each(
        "following up once", unrated if context.model == "none" else [], lambda one: _once(coach, one), Held
    )
    return evaluate(held, once, unrated, context.model)


def evaluate(
    held: Sequence[tuple[Session, Held]],
    once: Sequence[tuple[Unrated, Held]],
    unrated: Sequence[Unrated],
    model: str,
) -> SuiteResult:
    """Put every question through the checklist; beside the coach's the people's, as far as it applies to them.

    Whether a question fits elsewhere too is tried on the first answer of each session.
    """
    means = {rated.id: rated.mean.numbers for session, _ in held for rated in session.answers}
    sources = {rated.id: rated.source for session, _ in held for rated in session.answers}
    stories = {
        rated.id: (rated.answer, given_by(rated.answer))
        for session, _ in held
        for rated in session.answers[:1]
    }
    turns = [turn for _, one in (*held, *once) for turn in one.turns]
    cases = [
        _case(turn, means.get(turn.root), [story for root, story in stories.items() if root != turn.root])
        for turn in turns
    ]
    rows = list(
        mean_rows(
            [
                (subset, case.cluster, case.scores)
                for turn, case in zip(turns, cases, strict=True)
                for subset in (sources.get(turn.root, "unrated"), f"depth {turn.depth}")
            ],
            "coach",
            _METRICS,
        )
    )
    rows += _people(unrated, list(stories.values()))
    silent = sum(turn.follow_up is None for turn in turns)
    return SuiteResult(
        name="followups",
        model=model,
        facts={"sessions": len(held), "turns": len(turns), "checks": "; ".join(_CHECKS)},
        rows=tuple(rows),
        guarded=_METRICS,
        cases=tuple(sorted(cases, key=lambda case: (sum(case.scores.values()) / len(case.scores), case.id))),
        unscored={"nothing was left to ask": silent} if silent else {},
    )


def _sessions(rated: Sequence[Rated]) -> Iterator[Session]:
    for source in dict.fromkeys(one.source for one in rated):
        some = [one for one in rated if one.source == source]
        for begin in range(0, len(some), _ANSWERS):
            yield Session(f"{source}-{begin // _ANSWERS + 1:03}", tuple(some[begin : begin + _ANSWERS]))


def _hold(coach: Coach, session: Session) -> Held:
    questions: tuple[str, ...] = ()
    turns: list[Turn] = []
    for rated in session.answers:
        asked = Asked(question=rated.question, principle=rated.principle)
        turns += _thread(coach, asked, rated.id, rated.answer, questions, DEPTH)
        found = (turn.follow_up.question for turn in turns if turn.root == rated.id and turn.follow_up)
        questions = (*questions, rated.question, *found)
    return Held(turns=tuple(turns))


def _once(coach: Coach, one: Unrated) -> Held:
    return Held(turns=tuple(_thread(coach, Asked(question=one.question), one.id, one.answer, (), 1)))


def _thread(
    coach: Coach, asked: Asked, root: str, answer: str, questions: tuple[str, ...], depth: int
) -> Iterator[Turn]:
    story, so_far = answer, SoFar(questions=(*questions, asked.question))
    for step in range(1, depth + 1):
        try:
            assessed = coach.assess(asked, story)
        except AnswerRefused:
            return
        if not assessed.graded:
            return
        *_, feedback = coach.advise(asked, assessed, so_far)
        found = coach.follow_up(asked, feedback, so_far)
        yield Turn(
            root=root,
            depth=step,
            follow_up=found,
            story=story,
            sentences=feedback.sentences,
            earlier=so_far.questions,
        )
        if found is None:
            return
        aim = found.criterion
        forgets = step == DEPTH - 1 and sum(map(ord, root)) % 2
        reply = _NOTHING if forgets else _REPLIES.get(aim, _NOTHING)
        given = (*asked.given, aim) if supplies(aim, reply) else asked.given
        asked = asked.model_copy(update={"given": tuple(dict.fromkeys(given))})
        story = f"{story}\n\n{reply}"
        so_far = SoFar(
            questions=(*so_far.questions, found.question),
            aims=(*so_far.aims, aim),
            fresh_from=len(story) - len(reply),
        )


def _case(turn: Turn, mean: Mapping[str, float] | None, others: Sequence[tuple[str, Given]]) -> Case:
    found = turn.follow_up
    scores: dict[str, float] = {"three deep": float(found is not None)}
    if found is not None:
        scores |= {"asks for its aim": float(aims_at(found.criterion, found.question))}
        scores |= _checked(found.question, turn.story, turn.sentences, turn.earlier, others)
        if mean is not None and turn.depth == 1:
            if any(not contradicted(criterion, mean) for criterion in _REPLIES):
                scores["on target"] = float(not contradicted(found.criterion, mean))
            if found.criterion in ("measured", "reflection") and contradicted(found.criterion, mean):
                scores["unanswered"] = 0.0
        scores["all of these"] = float(all(scores[name] for name in _CHECKS if name in scores))
    detail: dict[str, str | int | float | None] = {
        "depth": turn.depth,
        "asked": found.question if found else None,
        "aims at": found.criterion if found else None,
        "failed": ", ".join(name for name, score in scores.items() if not score),
    }
    return Case(id=f"{turn.root}/{turn.depth}", cluster=turn.root, scores=scores, detail=detail)


def _checked(
    question: str,
    story: str,
    sentences: Sequence[TaggedSentence],
    earlier: Sequence[str],
    others: Sequence[tuple[str, Given]],
) -> dict[str, float]:
    """The checks that need no rating."""
    given = given_by(story, *earlier[-1:])
    return {
        "only here": float(fits_only_here(question, others)),
        "one question": float(question.rstrip().endswith("?") and question.count("?") == 1),
        "unanswered": float(not is_answered(question, sentences)),
        "new in the session": float(not any(_alike(question, one) for one in earlier)),
        "nothing invented": float(not added(question, given) and not misquoted(question, story)),
    }


def _alike(question: str, earlier: str) -> bool:
    """Whether two questions are the same: in their phrase, or in nearly all of their words."""
    if without_quotes(question) == without_quotes(earlier):
        return True
    one, other = stems(question), stems(earlier)
    return bool(one and other) and len(one & other) >= _ALIKE * min(len(one), len(other))


def _unrated(public: Path | None) -> list[Unrated]:
    path = public / PUBLIC if public else None
    if path is None or not path.is_file():
        return []
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            found.append(Unrated(row["id"], row["question"], row["answer"], tuple(row["follow_ups"])))
        except (KeyError, TypeError, ValueError):
            raise UsageError(f"{path.name}, line {number}: no answer with follow-ups. Mend it.") from None
    return found


def _people(unrated: Sequence[Unrated], others: Sequence[tuple[str, Given]]) -> Iterator[Row]:
    """The same checks on what people asked, for scale."""
    scores = []
    for one in unrated:
        parts = re.split(r"(?<=[.!?])\s+", one.answer)
        sentences = [
            TaggedSentence(index=n, start=0, end=len(text), text=text, tag="O", confidence=1.0)
            for n, text in enumerate(parts)
        ]
        scores += [
            ("unrated", one.id, _checked(asked, one.answer, sentences, (one.question,), others))
            for asked in one.follow_ups
        ]
    yield from mean_rows(scores, "people", _CHECKS)
