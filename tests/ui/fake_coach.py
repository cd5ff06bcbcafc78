"""A coach made of plain data, with the verbs and the types of the real one, for the pages to talk to."""

import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

from fake_library import FILE, hit, reply

from coach.errors import IndexMissing, ModelUnreachable
from coach.feedback.feedback import (
    Asked,
    Citation,
    Feedback,
    FollowUp,
    Gap,
    KeyPoint,
    Rewrite,
    ShownPrinciple,
    Strength,
    TaggedSentence,
)
from coach.feedback.followup import SoFar
from coach.interview.debrief.model import Debrief
from coach.interview.interviews import Interviews
from coach.interview.questions import PassageRef, Question, QuestionBank
from coach.interview.store import open_store
from coach.library.embedder import HashedWords
from coach.library.library import Library
from coach.library.reply import Reply
from coach.library.retrieval import Hit
from coach.settings import Settings

QUESTIONS = (
    "Tell me about a time you found the real cause of a problem that others had given up on.",
    "Tell me about something you fixed although it was nobody's job.",
)
ANSWER = (
    "Last spring our ranking service at a parcel company began to time out for one customer in fifty. "
    "Four people had looked at it and blamed the network. "
    "I owned the on-call rota that month, so I had to bring the timeouts below one in a "
    "thousand before the peak season. "
    "I pulled two weeks of traces and sorted them by payload instead of by time. "
    "I saw that every slow call carried more than eighty candidates, so I replayed those calls against "
    "an empty cache. "
    "The feature lookup was doing one read per candidate, and I rewrote it as a single batched read. "
    "Timeouts fell from two percent to almost nothing within a day. "
    "Everybody was very happy with it. "
    "Since then I sort by input before I sort by time."
)
TAGS = "SSTAAAROL"


def feedback_of(asked: Asked, answer: str, *, worded: int = 0) -> Feedback:
    """What the real coach would say about `ANSWER`; for other answers its sentences get the same tags in turn."""
    if len(answer.split()) < 8:
        why = "empty" if not answer.strip() else "too short"
        return Feedback(question=asked.question, kind=asked.kind, graded=False, why_not=why)
    found = list(re.finditer(r"\S.*?(?:[.!?](?=\s)|$)", answer, re.DOTALL))
    sentences = tuple(
        TaggedSentence(
            index=i, start=m.start(), end=m.end(), text=m.group(), tag=TAGS[i % len(TAGS)], confidence=0.9
        )
        for i, m in enumerate(found)
    )
    last = len(sentences) - 1
    told = [
        (
            "measured",
            "The result says that it fell, but not by how much or against which target.",
            min(6, last),
        ),
        ("situation", "A stranger can't tell how many people felt the timeouts.", 0),
    ]
    words = [
        (
            "measured",
            "You say timeouts fell to almost nothing: name the rate after the fix and the one you were held to.",
            min(6, last),
        ),
        ("situation", "One customer in fifty of how many? Say what a day of traffic looked like.", 0),
    ]
    gaps = tuple(
        Gap(criterion=c, text=words[i][1] if i < worded else text, sentences=(at,))
        for i, (c, text, at) in enumerate(told)
    )
    story = asked.kind == "behavioral"
    return Feedback(
        question=asked.question,
        kind=asked.kind,
        graded=True,
        overall=3.5,
        low=3.1,
        high=4.2,
        components={"situation": 1.4, "task": 1.8, "action": 2.0, "result": 1.1} if story else {},
        ownership=1.9 if story else None,
        relevance=2.0,
        measured=False if story else None,
        reflection=True if story else None,
        hypothetical=False if story else None,
        sentences=sentences,
        principles=(ShownPrinciple(name="Dive Deep", strength=1.7, sentences=(min(3, last),)),)
        if story
        else (),
        key_points=()
        if story
        else (
            KeyPoint(point="Names the trade-off between precision and recall", verdict="hit", sentences=(0,)),
            KeyPoint(point="Says which threshold and why", verdict="partial", sentences=(min(1, last),)),
            KeyPoint(point="Mentions drift of the base rate", verdict="miss", sentences=()),
        ),
        strengths=(
            Strength(
                text="Your own steps stand in order and could be repeated.",
                sentences=tuple(range(min(3, last), min(6, last + 1))),
            ),
        ),
        gaps=gaps,
        follow_ups=(
            FollowUp(
                question=f'You said "{sentences[min(6, last)].text.strip(" .")}". By how much, and measured how?',
                criterion="measured",
                sentences=(min(6, last),),
            ),
            FollowUp(
                question="What would you do differently today?", criterion="reflection", sentences=(last,)
            ),
        ),
        rewrite=Rewrite(
            text=f"{sentences[0].text} [how many calls a day was that?] "
            f"{sentences[last].text} [by how much, compared with before?]",
            blanks=("how many calls a day was that?", "by how much, compared with before?"),
        ),
        citations=(
            Citation(
                source=FILE,
                heading="Numbers that carry a story",
                quote="A number beside its starting point lets a stranger judge the size of the change.",
            ),
        )
        if worded >= 2
        else (),
        model="fake-1b" if worded else None,
        timings_ms={"assessment": 140} | ({"total": 6200} if worded >= 2 else {}),
    )


@dataclass
class FakeModel:
    """How the fake behaves: pieces wait for `go`; `begun` is set when a stream begins, `closed` when it is stopped."""

    go: threading.Event = field(default_factory=threading.Event)
    begun: threading.Event = field(default_factory=threading.Event)
    closed: threading.Event = field(default_factory=threading.Event)
    fails: bool = False

    def __post_init__(self) -> None:
        self.go.set()

    def pieces(self, count: int) -> Iterator[int]:
        done = False
        self.begun.set()
        try:
            for piece in range(count):
                while not self.go.wait(0.02):
                    yield -1
                yield piece
            done = True
        finally:
            if not done:
                self.closed.set()


class FakeCoach:
    def __init__(self, home: Path, bank: QuestionBank | None = None) -> None:
        self.model = FakeModel()
        self.state, self.note, self.passages = "ready", "", 312
        self.hits: list[Hit] = [hit(1), hit(2), hit(3)]
        self.library = Library(Settings(home=home), HashedWords())
        small = QuestionBank(tuple(question(n, text) for n, text in enumerate(QUESTIONS, start=1)))
        self.bank = bank or small
        self.interviews = Interviews(open_store(Settings(home=home)), self.bank, self, sum_up=self.sum_up)

    def status(self) -> SimpleNamespace:
        return SimpleNamespace(
            model="fake-1b",
            model_state=self.state,
            model_note=self.note,
            passages=self.passages,
            sources=32,
            embedder_state="ready",
        )

    def warm_up(self) -> None:
        pass

    def search(self, query: str, top: int = 5, mode: str = "fused") -> Sequence[Hit]:
        if not self.passages:
            raise IndexMissing("The library is empty. Run `coach ingest` first.")
        return self.hits[:top]

    def ask(self, question: str) -> Iterator[Reply]:
        if not self.passages:
            raise IndexMissing("The library is empty. Run `coach ingest` first.")
        words = (
            "Name the size of the change and where it started from [1], "
            "then say what you would do differently [2]. Keep the blame out of it."
        )
        if "weather" in question:
            yield reply(question, "", done=True, abstained=True)
            return
        if self.model.fails:
            raise ModelUnreachable(
                "Nothing answers at the model's address. Start it, or run with --model none."
            )
        pieces = words.split(" ")
        yield reply(question, "")
        for piece in self.model.pieces(len(pieces)):
            yield reply(question, " ".join(pieces[: piece + 1]))
        yield reply(question, words, done=True)

    def feedback(self, asked: Asked, answer: str, *, fast: bool = False) -> Iterator[Feedback]:
        assessed = self.assess(asked, answer)
        yield assessed
        if not fast:
            yield from self.advise(asked, assessed, SoFar())

    def assess(self, asked: Asked, answer: str) -> Feedback:
        return feedback_of(asked, answer)

    def advise(self, asked: Asked, assessed: Feedback, so_far: SoFar) -> Iterator[Feedback]:
        answer = " ".join(sentence.text for sentence in assessed.sentences)
        if assessed.graded:
            for piece in self.model.pieces(2):
                yield feedback_of(asked, answer, worded=piece + 1)

    def sum_up(self, debrief: Debrief) -> Iterator[Debrief]:
        words = (
            "You tell your own steps well. Bring the number behind the result, and a second story.".split()
        )
        said = ""
        for piece in self.model.pieces(len(words)):
            said = " ".join(words[: piece + 1]) if piece >= 0 else said
            yield debrief.model_copy(update={"words": said, "model": "fake-1b"})

    def follow_up(self, asked: Asked, feedback: Feedback, so_far: SoFar) -> FollowUp | None:
        return next((one for one in feedback.follow_ups if one.question not in so_far.questions), None)


def question(number: int, text: str) -> Question:
    return Question(
        id=f"behavioral-{number:02}",
        kind="behavioral",
        principle="Dive Deep",
        level=("mid", "senior"),
        question=text,
        key_points=("one event", "own steps", "a result", "what was learned"),
        mistakes=("only the team", "no result"),
        probes=("By how much?", "What was yours?", "What would you change?"),
        passages=(PassageRef(source=FILE, heading="Numbers that carry a story"),),
    )
