"""The one object that the faces of the coach use: browser, terminal and eval.

Everything that takes a model's time is an iterator of ever fuller results: the first is there at once,
the last is complete, and closing the iterator stops the model.
"""

import logging
import threading
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Literal

from coach.errors import CoachError, LibraryError, UsageError
from coach.feedback.advice import advise, in_plain_words
from coach.feedback.assessor import Assessor
from coach.feedback.citing import cite
from coach.feedback.explaining import explain
from coach.feedback.feedback import Asked, Feedback, FollowUp
from coach.feedback.followup import NOTHING_YET, SoFar, next_follow_up
from coach.feedback.naming import name_story
from coach.feedback.rewrite import fill, told_so_far
from coach.feedback.rubric import KINDS
from coach.interview.asking import complete
from coach.interview.debrief.model import Debrief
from coach.interview.debrief.words import summed_up
from coach.interview.interviews import Interviews
from coach.interview.lookup import QuestionFinder
from coach.interview.questions import QuestionBank, principle_named
from coach.interview.store import Store
from coach.library.ask import Searcher, answer_from
from coach.library.embedder import State
from coach.library.library import Library
from coach.library.picking import pick
from coach.library.reply import Reply
from coach.library.retrieval import Hit, Mode
from coach.library.stating import state
from coach.models.chat import ChatModel, Message
from coach.models.connect import state_of, warm_up
from coach.prompts import Prompt

log = logging.getLogger(__name__)


ModelState = Literal["none", "cold", "loading", "ready", "failed"]


@dataclass(frozen=True)
class Status:
    """What is ready and what isn't, for people to see; `model_note` says what to mend, if anything."""

    model: str
    model_state: ModelState
    embedder_state: State
    sources: int
    passages: int
    model_note: str = ""


class Coach:
    """All that the coach knows and can do. Safe to use from several threads."""

    def __init__(
        self,
        *,
        library: Library,
        bank: QuestionBank,
        assessor: Assessor,
        prompts: Mapping[str, Prompt],
        model: ChatModel | None,
        store: Store,
        words_freely: bool = True,
        why_no_model: str = "",
    ) -> None:
        """Put together what `coach.build` made.

        Args:
            library: the guides.
            bank: the questions.
            assessor: judges without a language model.
            prompts: by id.
            model: the language model; None for none.
            store: keeps the interviews.
            words_freely: whether the model words all that it says; else it only names stories and picks sentences.
            why_no_model: what to mend where there should have been a model.
        """
        self.library = library
        self.bank = bank
        self.assessor = assessor
        self.prompts = prompts
        self.model = model
        self.finder = QuestionFinder(bank, assessor.embedder)
        sum_up = self.sum_up if model is not None and words_freely else None
        self.interviews = Interviews(store, bank, self, sum_up=sum_up)
        self._advise, self.advice_prompt = (
            (advise, prompts["critique"]) if words_freely else (name_story, prompts["topic"])
        )
        self._answer, self._answer_prompt = (
            (state, prompts["ask"]) if words_freely else (pick, prompts["pick"])
        )
        self._why_no_model = why_no_model
        self._closing = threading.Event()
        self._warming = threading.Lock()
        self._warm_up: threading.Thread | None = None

    def warm_up(self) -> None:
        """Load embedder and model in the background, once; returns at once. `status` says how far they are."""
        with self._warming:
            if self._warm_up is None:
                self._warm_up = threading.Thread(target=self._load, name="warm-up", daemon=True)
                self._warm_up.start()

    def _load(self) -> None:
        try:
            self.assessor.warm_up()
            self.finder.warm_up()
            if self.model is not None and not self._closing.is_set():
                warm_up(self.model, [Message("system", self.advice_prompt.system)])
        except CoachError as error:
            if not self._closing.is_set():
                log.warning("%s", error)
                self._why_no_model = str(error)

    def status(self) -> Status:
        """Say what is ready; answers at once and never raises."""
        note, sources, passages = self._why_no_model, 0, 0
        try:
            held = self.library.manifest().sources.values()
            sources, passages = len(held), sum(source.passages for source in held)
        except LibraryError as error:
            note = f"{note} {error}".strip()
        state: ModelState = "none" if self.model is None else state_of(self.model)
        if self._why_no_model:
            state = "failed"
        return Status(
            model=self.model.name if self.model else "none",
            model_state=state,
            embedder_state=self.assessor.embedder.state,
            sources=sources,
            passages=passages,
            model_note=note,
        )

    def close(self) -> None:
        """Stop the model, wait for what is being loaded, and let go of index and store; safe to call twice."""
        self._closing.set()
        if self.model is not None:
            self.model.close()
        if self._warm_up is not None:
            # A process that ends while PyTorch is being imported in a thread may crash.
            self._warm_up.join()
            if self.model is not None:
                self.model.close()
        self.library.close()
        self.interviews.store.close()

    def asked(self, question: str, kind: str | None = None, principle: str | None = None) -> Asked:
        """Return a question as the assessor wants it; what isn't given comes from the bank, if it has the question.

        A question of another kind than behavioural is found in whatever words it is asked; for one that the bank does
        not have, key points are drawn from the library.

        Raises:
            UsageError: there is no such kind, or no such principle.
            ModelMissing: the embedder's files are not on this machine.
        """
        known = self.bank.by_text(question)
        if kind is None and known:
            kind = "case" if known.kind == "recruiter" else known.kind
        kind = kind or "behavioral"
        if kind not in KINDS:
            raise UsageError(f"There is no kind {kind!r} of question: it is one of {', '.join(KINDS)}.")
        named = principle_named(principle) if principle else None
        return complete(Asked(question=question, kind=kind, principle=named), self.finder, self.library)

    def search(self, query: str, top: int = 5, mode: Mode = "fused") -> Sequence[Hit]:
        """Return the passages nearest to a query, best first.

        Raises:
            LibraryError: nothing has been ingested, or the index can't be read.
        """
        return self.library.search(query, top, mode)

    def ask(self, question: str) -> Generator[Reply, None, None]:
        """Answer from the library alone: growing replies, the last one with `done`.

        Raises:
            LibraryError: nothing has been ingested, or the index can't be read.
        """
        yield from self.ask_of(self.library, question)

    def ask_of(self, library: Searcher, question: str) -> Generator[Reply, None, None]:
        """Answer from another library than the coach's own; else as `ask`."""
        yield from answer_from(library, question, self.model, self._answer_prompt, self._answer)

    def feedback(self, asked: Asked, answer: str, *, fast: bool = False) -> Generator[Feedback, None, None]:
        """Judge an answer: first the assessment (no language model), then the model's words as they come.

        A model that fails costs nothing: the assessment's own words stand, and a note says what happened.

        Raises:
            AnswerRefused: the answer is longer than the coach reads.
            ModelMissing: the embedder's files are not on this machine.
        """
        assessed = self.assess(asked, answer)
        if fast:
            yield _timed(assessed, time.perf_counter())
            return
        if self._speaks_about(assessed):
            yield assessed
        yield from self.advise(asked, assessed)

    def assess(self, asked: Asked, answer: str) -> Feedback:
        """Judge an answer without a language model: scores, gaps, strengths, follow-ups and what explains them.

        Raises:
            AnswerRefused: the answer is longer than the coach reads.
            ModelMissing: the embedder's files are not on this machine.
        """
        begun = time.perf_counter()
        asked = complete(asked, self.finder, self.library)
        assessed = self._cited(asked, in_plain_words(asked, self.assessor.assess(asked, answer)))
        return assessed.model_copy(update={"timings_ms": {"assessment": _since(begun)}})

    def advise(
        self, asked: Asked, assessed: Feedback, so_far: SoFar = NOTHING_YET
    ) -> Generator[Feedback, None, None]:
        """Go on from an assessment: the model's words as they come; what a model had said before is dropped.

        The last feedback has the total time. Without a model, or for an answer that is not graded, it is the
        only one. `so_far` is what has been asked before in the same interview.
        """
        begun = time.perf_counter()
        shown = in_plain_words(asked, assessed)
        times = {"assessment": assessed.timings_ms.get("assessment", 0)}
        if self.model is not None and self._speaks_about(assessed):
            with closing(self._advise(self.model, self.advice_prompt, asked, assessed, so_far)) as growing:
                for shown in growing:
                    if shown.model:
                        times.setdefault("first_word", times["assessment"] + _since(begun))
                    yield shown.model_copy(update={"timings_ms": dict(times)})
        yield _timed(shown.model_copy(update={"timings_ms": times}), begun)

    def sum_up(self, debrief: Debrief) -> Generator[Debrief, None, None]:
        """Sum a debrief up in the model's words as they come; without a model it stays as it is."""
        if self.model is None:
            yield debrief
            return
        yield from summed_up(self.model, self.prompts["debrief"], debrief)

    def fill(self, asked: Asked, feedback: Feedback, answers: Mapping[str, str]) -> Feedback:
        """Put the candidate's own words into blanks of the rewrite, and assess the story that this makes.

        Nothing in the new feedback asks for what was given, and its rewrite is the one that was filled.

        Args:
            asked: the question.
            feedback: one with a rewrite.
            answers: what the candidate said, by the blank's question.

        Raises:
            UsageError: there is no rewrite, or no such blank in it.
            AnswerRefused, ModelMissing: as `assess` does.
        """
        if feedback.rewrite is None:
            raise UsageError("This feedback has no rewrite: there is nothing to fill in.")
        filled = fill(feedback.rewrite, answers)
        told = {"given": (*asked.given, *filled.given), "messages": asked.messages + len(answers)}
        again = self.assess(asked.model_copy(update=told), told_so_far(filled))
        return again.model_copy(update={"rewrite": filled})

    def _speaks_about(self, assessed: Feedback) -> bool:
        return self.model is not None and assessed.graded

    def _cited(self, asked: Asked, plain: Feedback) -> Feedback:
        if not plain.graded:
            return plain
        try:
            if plain.key_points:
                return explain(self.library, asked, plain)
            return plain.model_copy(update={"citations": cite(self.library, asked, plain.gaps)})
        except LibraryError as error:
            return plain.model_copy(update={"notes": (*plain.notes, f"Nothing is cited: {error}")})

    def follow_up(self, asked: Asked, feedback: Feedback, so_far: SoFar = NOTHING_YET) -> FollowUp | None:
        """Return what an interviewer would ask next about this answer, nothing twice; None: nothing is left."""
        questions = (asked.question, *so_far.questions)
        return next_follow_up(feedback, replace(so_far, questions=questions))


def _since(begun: float) -> int:
    return round(1000 * (time.perf_counter() - begun))


def _timed(feedback: Feedback, begun: float) -> Feedback:
    """Add the total to the times: that of the assessment and what has passed since `begun`."""
    times = feedback.timings_ms
    return feedback.model_copy(update={"timings_ms": times | {"total": times["assessment"] + _since(begun)}})
