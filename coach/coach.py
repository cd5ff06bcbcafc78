"""The one object that the faces of the coach use: browser, terminal and eval.

Everything that takes a model's time is an iterator of ever fuller results: the first is there at once,
the last is complete, and closing the iterator stops the model.
"""

import logging
import threading
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Literal

from coach.errors import CoachError, LibraryError, ModelError, UsageError
from coach.feedback.advice import advise
from coach.feedback.assessor import Assessor
from coach.feedback.citing import cite
from coach.feedback.feedback import Asked, Feedback, FollowUp
from coach.feedback.followup import next_follow_up
from coach.feedback.rubric import KINDS
from coach.interview.interviews import Interviews
from coach.interview.questions import QuestionBank, principle_named
from coach.interview.store import Store
from coach.library.ask import Reply, answer_from
from coach.library.embedder import State
from coach.library.library import Library
from coach.library.retrieval import Hit, Mode
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
            why_no_model: what to mend where there should have been a model.
        """
        self.library = library
        self.bank = bank
        self.assessor = assessor
        self.prompts = prompts
        self.model = model
        self.interviews = Interviews(store, bank, self)
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
            if self.model is not None and not self._closing.is_set():
                warm_up(self.model, [Message("system", self.prompts["critique"].system)])
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

        Raises:
            UsageError: there is no such kind, or no such principle.
        """
        known = self.bank.by_text(question)
        if kind is None and known:
            kind = "case" if known.kind == "recruiter" else known.kind
        kind = kind or "behavioral"
        if kind not in KINDS:
            raise UsageError(f"There is no kind {kind!r} of question: it is one of {', '.join(KINDS)}.")
        return Asked(
            question=question,
            kind=kind,
            principle=principle_named(principle) if principle else None,
            key_points=known.key_points if known and kind != "behavioral" else (),
        )

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
        yield from answer_from(self.library, self.model, self.prompts["ask"], question)

    def feedback(self, asked: Asked, answer: str, *, fast: bool = False) -> Generator[Feedback, None, None]:
        """Judge an answer: first the assessment (no language model), then the model's words as they come.

        A model that fails costs nothing: the assessment's own words stand, and a note says what happened.

        Raises:
            AnswerRefused: the answer is longer than the coach reads.
            ModelMissing: the embedder's files are not on this machine.
        """
        begun = time.perf_counter()

        def since_begun() -> int:
            return round(1000 * (time.perf_counter() - begun))

        plain = self._cited(asked, self.assessor.assess(asked, answer))
        times = {"assessment": since_begun()}
        if fast or self.model is None or not plain.graded:
            yield plain.model_copy(update={"timings_ms": times | {"total": since_begun()}})
            return
        prompt = self.prompts["critique"]
        shown = plain.model_copy(update={"timings_ms": dict(times)})
        yield shown
        made_by = {"model": self.model.name, "prompts": {prompt.id: prompt.stamp}}
        try:
            with closing(advise(self.model, prompt, asked, plain)) as growing:
                for fuller in growing:
                    times.setdefault("first_word", since_begun())
                    shown = fuller.model_copy(update={**made_by, "timings_ms": dict(times)})
                    yield shown
        except ModelError as error:
            note = f"The language model did not finish: {error} The assessment's own words stand."
            shown = plain.model_copy(update={"notes": (*plain.notes, note)})
        yield shown.model_copy(update={"timings_ms": times | {"total": since_begun()}})

    def _cited(self, asked: Asked, plain: Feedback) -> Feedback:
        if not plain.graded:
            return plain
        try:
            return plain.model_copy(update={"citations": cite(self.library, asked, plain.gaps)})
        except LibraryError as error:
            return plain.model_copy(update={"notes": (*plain.notes, f"Nothing is cited: {error}")})

    def follow_up(self, asked: Asked, feedback: Feedback, earlier: Sequence[str] = ()) -> FollowUp | None:
        """Return what an interviewer would ask next about this answer, none of `earlier`; None: nothing is left."""
        return next_follow_up(feedback, (asked.question, *earlier))
