"""Interviews on events kept in memory: with a judge of a few lines, or the real one, and a scripted model."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Protocol

import pytest

from coach.coach import Coach
from coach.feedback.assessor import Assessor
from coach.feedback.feedback import Asked, Feedback, FollowUp, Gap, TaggedSentence
from coach.feedback.followup import SoFar, next_follow_up
from coach.feedback.gate import why_not_graded
from coach.feedback.numbers import numbers_in
from coach.feedback.sentences import split_sentences
from coach.interview.events import Event
from coach.interview.interviews import Interviews
from coach.interview.questions import QuestionBank, load_questions
from coach.library.embedder import Embedder, HashedWords
from coach.library.library import Library
from coach.library.material import Given, Material
from coach.models.scripted import Call, ScriptedModel
from coach.prompts import load_prompts
from coach.settings import DATA, Settings

from .loop import Clock

Ready = tuple[Interviews, Clock]


class Coaches(Protocol):
    """Builds a coach."""

    def __call__(self, guide: str = "", model: ScriptedModel | None = None) -> Coach: ...


_LEARNED = re.compile(r"\b(?:since then|learned|i now)\b", re.IGNORECASE)


@dataclass
class Memory:
    """A store without a disk, as `Store` behaves."""

    kept: dict[str, list[Event]] = field(default_factory=dict)

    def create(self, interview_id: str, events: Sequence[Event]) -> None:
        self.kept[interview_id] = list(events)

    def append(self, interview_id: str, after: int, events: Sequence[Event]) -> bool:
        free = len(self.kept[interview_id]) == after
        if free:
            self.kept[interview_id] += events
        return free

    def load(self, interview_id: str, first: int = 0) -> tuple[Event, ...]:
        return tuple(self.kept[interview_id][first:])

    def lately(self, event_type: str, before: datetime, interviews: int) -> tuple[Event, ...]:
        last = [events for events in self.kept.values() if events[0].at < before][-interviews:]
        return tuple(one for events in last for one in events if one.type == event_type)

    def close(self) -> None:
        pass


class Plain:
    """Judges by the gate and a few words; what it asks next is the coach's own choice."""

    def assess(self, asked: Asked, answer: str) -> Feedback:
        story = asked.kind == "behavioral"
        why = why_not_graded(asked.question, answer, code_is_fine=not story, messages=asked.messages)
        if why is not None:
            return Feedback(question=asked.question, kind=asked.kind, graded=False, why_not=why)
        sentences = tuple(
            TaggedSentence(
                index=one.index, start=one.start, end=one.end, text=one.text, tag="A", confidence=0.9
            )
            for one in split_sentences(answer)
        )
        measured, learned = bool(numbers_in(answer)), bool(_LEARNED.search(answer))
        lacking = [] if measured else [Gap(criterion="measured", text="By how much?", sentences=(0,))]
        return Feedback(
            question=asked.question,
            kind=asked.kind,
            graded=True,
            overall=3.0 + measured,
            low=2.5,
            high=4.5,
            components={"situation": 1.8, "task": 1.4, "action": 1.6, "result": 1.2} if story else {},
            ownership=1.5 if story else None,
            measured=measured if story else None,
            reflection=learned if story else None,
            sentences=sentences,
            gaps=tuple(gap for gap in lacking if story and gap.criterion not in asked.given),
        )

    def advise(self, asked: Asked, assessed: Feedback, so_far: SoFar) -> Iterator[Feedback]:
        yield assessed

    def follow_up(self, asked: Asked, feedback: Feedback, so_far: SoFar) -> FollowUp | None:
        return next_follow_up(feedback, replace(so_far, questions=(asked.question, *so_far.questions)))


@dataclass
class Remembering:
    """The real assessor, which judges the same answer to the same kind of question once."""

    real: Assessor
    known: dict[tuple[object, ...], Feedback] = field(default_factory=dict)

    @property
    def embedder(self) -> Embedder:
        return self.real.embedder

    def assess(self, asked: Asked, answer: str) -> Feedback:
        key = (asked.kind, asked.key_points, asked.given, answer)
        if key not in self.known:
            self.known[key] = self.real.assess(asked, answer)
        return self.known[key].model_copy(update={"question": asked.question})


@pytest.fixture(scope="session")
def bank() -> QuestionBank:
    return load_questions(DATA / "corpus" / "questions")


@pytest.fixture
def fast(bank: QuestionBank) -> Ready:
    """Interviews where it doesn't matter how good an answer is; one follow-up to each question, for time's sake."""
    clock = Clock()
    return Interviews(Memory(), bank, Plain(), follow_ups=1, now=clock), clock  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def remembering(assessor: Assessor) -> Remembering:
    """The real network for stories; the library is empty, so nothing is cited."""
    return Remembering(replace(assessor, embedder=HashedWords()))


@pytest.fixture
def coaches(tmp_path: Path, bank: QuestionBank, remembering: Remembering) -> Iterator[Coaches]:
    """Coaches with the real assessor and a scripted model, each with a library of nothing but the guide uploaded."""
    with ExitStack() as open_ones:

        def build(guide: str = "", model: ScriptedModel | None = None) -> Coach:
            home = Path(mkdtemp(dir=tmp_path))
            coach = Coach(
                library=Library(Settings(home=home), remembering.embedder),
                bank=bank,
                assessor=remembering,  # type: ignore[arg-type]
                prompts=load_prompts(DATA / "prompts"),
                model=model or ScriptedModel(scripted),
                store=Memory(),  # type: ignore[arg-type]
            )
            open_ones.callback(coach.close)
            if guide:
                assert not Material(coach.library).add([Given("my-notes.md", guide.encode())]).refused
            return coach

        yield build


@pytest.fixture
def real(coaches: Coaches) -> Callable[[int], Ready]:
    """Interviews by the coach itself, with at most so many follow-ups to a question."""
    return lambda follow_ups: ready(coaches(), follow_ups)


def ready(coach: Coach, follow_ups: int) -> Ready:
    """The interviews of a coach, with a clock that stands still."""
    clock = Clock()
    return replace(coach.interviews, now=clock, follow_ups=follow_ups), clock


def scripted(call: Call) -> Mapping[str, object]:
    """What the model says to anything."""
    if call.verb == "decide":
        return {"yes": 0.95, "no": 0.05}
    wants_gap = "Missing:" in call.messages[-1].content
    return {"text": "Say what was different afterwards." if wants_gap else "What was different afterwards?"}
