"""A coach that somebody has practised with for two weeks: what the pictures of its pages show.

The judge, the library and the questions are the real ones, the answers are our own rated ones. The language model is
scripted, and says so: its few sentences below go through the same checks as a real one's.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

from coach.coach import Coach
from coach.evals.rated import Rated, load_rated
from coach.feedback.assessor import Assessor
from coach.feedback.feedback import Asked
from coach.interview.choice import copied
from coach.interview.events import Answered, AskedQuestion, Assessed, Closed, Event, Started
from coach.interview.questions import load_questions
from coach.interview.store import open_store
from coach.library.library import Library
from coach.models.scripted import Call, ScriptedModel
from coach.progress.wishes import Wishes
from coach.prompts import load_prompts
from coach.settings import DATA, Settings
from coach.stories.shelf import Shelf
from coach.stories.story import Draft

ANSWERS = {one.id: one for one in load_rated(None)}
GUIDES = ("the-amazon-interview-loop.md", "star-and-its-traps.md", "writing-your-stories.md")
# From the first day of practice to the last.
PRACTISED = (
    "beh-077",
    "beh-040",
    "beh-144",
    "beh-141",
    "beh-112",
    "beh-083",
    "beh-058",
    "beh-076",
    "beh-006",
)
STORIES = {
    "beh-144": "The accent that was “wrong”",
    "beh-083": "The vendor's forecast",
    "beh-058": "The crooked experiment groups",
    "beh-006": "A cache instead of more GPUs",
}
# The questions of today's interview with what was answered, and the one that waits.
TODAY = {
    "behavioral-have-backbone-disagree-and-commit-04": "beh-004",
    "behavioral-earn-trust-05": "beh-058",
    "behavioral-frugality-01": "beh-006",
}
HARDEST = "behavioral-dive-deep-02"
CODING = "coding-calibration-error-01"
_WORDS = {
    "Missing: what was different afterwards": "Say what the whole team could do in the end that nobody could do "
    "before, for a version in production or for a model that was overwritten.",
    "Missing: the number before and after": "Say how often a model was overwritten before and after the whole team "
    "worked with it, and how you know.",
    "Ask: what was different afterwards": "What could the whole team do in the end that nobody could do before?",
}
_SUMMED_UP = (
    "What came of your work carried this interview, above all [1]. Say next what you do differently since, and have a "
    "second story ready."
)
_REPLIES = {
    "Who the bar raiser is": "The bar raiser is a trained interviewer from outside the hiring team, with no open "
    "seat to fill.",
    "The bar raiser veto": "An offer needs both the hiring manager and the bar raiser, although open vetoes are rare "
    "in practice.",
    "What happens in the debrief": "The bar raiser leads the debrief, where the interviewers read all the feedback "
    "and may change their votes.",
}


def lived_in(home: Path, assessor: Assessor) -> Coach:
    """Put that coach together in an empty folder; the caller closes it."""
    settings = Settings(home=home)
    library = Library(settings, assessor.embedder)
    library.ingest([DATA / "corpus" / "guides" / name for name in GUIDES])
    coach = Coach(
        library=library,
        bank=load_questions(DATA / "corpus" / "questions"),
        assessor=assessor,
        prompts=load_prompts(DATA / "prompts"),
        model=ScriptedModel(_said, name="a scripted model"),
        store=open_store(settings),
    )
    noon = datetime.combine(date.today(), datetime.min.time(), UTC) + timedelta(hours=9)
    for name, days in zip(PRACTISED, count(len(PRACTISED) + 3, -1), strict=False):
        one = ANSWERS[name]
        asked = AskedQuestion(
            question_id=one.id, question=one.question, kind="behavioral", principle=one.principle, topic=None,
            key_points=(), at=noon - timedelta(days=days),
        )  # fmt: skip
        _held(coach, f"day-{days}", [(asked, one)], over=True)
    shelf = Shelf(coach.interviews.store.database)
    for name, title in STORIES.items():
        one = ANSWERS[name]
        judged = coach.assess(Asked(question=one.question, principle=one.principle), one.answer)
        shelf.save(
            Draft(
                title=title,
                question=one.question,
                text=one.answer,
                principle=one.principle,
                feedback=judged,
            )
        )
    Wishes(coach.interviews.store.database).set_interview_date(date.today() + timedelta(days=16))
    return coach


@contextmanager
def waiting(coach: Coach, name: str, answered: Mapping[str, str], last: str) -> Iterator[None]:
    """For a block, store an interview of today: questions of the bank with their answers, and one that waits."""
    now = datetime.now(UTC) - timedelta(minutes=24)
    known = {one.id: one for one in coach.bank.questions}
    asked = {id_: copied(known[id_]).model_copy(update={"at": now}) for id_ in (*answered, last)}
    turns = [(asked[id_], ANSWERS[answer]) for id_, answer in answered.items()]
    _held(coach, name, turns, then=asked[last])
    try:
        yield
    finally:
        coach.interviews.delete(name)


def _held(
    coach: Coach,
    name: str,
    turns: Sequence[tuple[AskedQuestion, Rated]],
    *,
    then: AskedQuestion | None = None,
    over: bool = False,
) -> None:
    begun = turns[0][0].at if turns else then.at if then else datetime.now(UTC)
    about = turns[0][0].principle if over else None
    kind = then.kind if then else "behavioral"
    events: list[Event] = [Started(kind=kind, principle=about, level=None, seed=1, at=begun)]
    for number, (asked, one) in enumerate(turns):
        judged = coach.assess(Asked(question=asked.question, principle=asked.principle), one.answer)
        said_at = begun + timedelta(minutes=4)
        events += [
            asked,
            Answered(answer=one.answer, at=said_at),
            Assessed(turn=number, feedback=judged, complete=True, at=said_at),
        ]
    if then:
        events.append(then)
    if over:
        events.append(Closed(at=begun + timedelta(minutes=9)))
    coach.interviews.store.create(name, events)


def _said(call: Call) -> str:
    """What the scripted model says: it knows its tasks by what it is given."""
    if call.verb == "decide":
        return "yes"
    system, given = call.messages[0].content, call.messages[-1].content
    if "close a practice interview" in system:
        return json.dumps({"text": _SUMMED_UP})
    if "numbered passages" in system:
        found = re.findall(r"(?m)^\[(\d)\] (.*)$", given)
        told = [
            {"text": text, "passage": int(number)}
            for part, text in _REPLIES.items()
            for number, heading in found
            if part in heading
        ]
        return json.dumps({"answered": True, "statements": told})
    return json.dumps({"text": _WORDS.get(given.strip().splitlines()[-1], "Say more about it.")})
