"""The question bank: what can be asked, what a strong answer holds, and which question comes next.

The bank is the `*.yaml` files of one folder, each a list of entries; an entry has the fields of `Question`,
and for kind `coding` those of `CodingQuestion` too.
"""

import ast
import difflib
import hashlib
import re
import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from coach.errors import UsageError
from coach.feedback.rubric import Kind
from coach.interview.narrowing import Pool, plain

# Feedback knows no kind of its own for a recruiter's call.
QuestionKind = Literal[Kind, "recruiter"]
Level = Literal["entry", "mid", "senior", "principal"]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

PRINCIPLES = (
    "Customer Obsession",
    "Ownership",
    "Invent and Simplify",
    "Are Right, A Lot",
    "Learn and Be Curious",
    "Hire and Develop the Best",
    "Insist on the Highest Standards",
    "Think Big",
    "Bias for Action",
    "Frugality",
    "Earn Trust",
    "Dive Deep",
    "Have Backbone; Disagree and Commit",
    "Deliver Results",
    "Strive to be Earth's Best Employer",
    "Success and Scale Bring Broad Responsibility",
)

# libyaml reads the whole bank in a tenth of the time, where PyYAML was built with it.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PassageRef(_Entry):
    """A passage worth reading with the question: a file of the corpus and a heading in it, without its #."""

    source: Annotated[str, StringConstraints(pattern=r"^corpus/[a-z0-9/-]+\.md$")]
    heading: Text


class Correction(_Entry):
    """What is right instead of a mistake, and the key point that the mistake gets wrong; both counted from 1."""

    mistake: Annotated[int, Field(ge=1)]
    point: Annotated[int, Field(ge=1)]
    right: Text


class Question(_Entry):
    """One question. A behavioral one has a principle, every other kind a topic.

    `asked_as` holds other ways to ask it, and `also` other words for each key point, in their order. A mistake
    with a correction is a claim that can be told from a right one; the others only say what weak answers do.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*-\d\d$")]
    kind: QuestionKind
    principle: str | None = None
    topic: Annotated[str, StringConstraints(to_lower=True, min_length=1)] | None = None
    level: Annotated[tuple[Level, ...], Field(min_length=1)]
    question: Text
    asked_as: tuple[Text, ...] = ()
    key_points: Annotated[tuple[Text, ...], Field(min_length=4, max_length=6)]
    also: tuple[tuple[Text, ...], ...] = ()
    mistakes: Annotated[tuple[Text, ...], Field(min_length=2, max_length=4)]
    corrections: tuple[Correction, ...] = ()
    probes: Annotated[tuple[Text, ...], Field(min_length=3, max_length=5)]
    passages: Annotated[tuple[PassageRef, ...], Field(max_length=3)]

    @property
    def subject(self) -> str:
        """What it is about: its principle or its topic."""
        return self.principle or self.topic or ""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if not self.id.startswith(self.kind.replace("_", "-") + "-"):
            raise ValueError(f"an id of this kind starts with {self.kind.replace('_', '-')}-")
        about = (self.principle is not None, self.topic is not None)
        if about != ((True, False) if self.kind == "behavioral" else (False, True)):
            raise ValueError("a behavioral question has a principle and no topic, any other a topic only")
        if self.principle is not None and self.principle not in PRINCIPLES:
            raise ValueError(f"'{self.principle}' is not the exact name of a principle")
        if not self.passages and self.kind != "recruiter":
            raise ValueError("only a recruiter's question may have no passages")
        if self.also and len(self.also) != len(self.key_points):
            raise ValueError("`also` has one list for each key point")
        for one in self.corrections:
            if one.mistake > len(self.mistakes) or one.point > len(self.key_points):
                raise ValueError("a correction names a mistake or a key point that is not there")
        return self


class CodingCase(_Entry):
    """One call: a tuple of the arguments and the result, both as Python literals."""

    input: Text
    output: Text

    @property
    def arguments(self) -> tuple[Any, ...]:
        """The arguments of the call, in order."""
        return tuple(ast.literal_eval(self.input))

    @property
    def expected(self) -> Any:
        """What the call returns."""
        return ast.literal_eval(self.output)

    @model_validator(mode="after")
    def _literal(self) -> Self:
        try:
            given, _ = ast.literal_eval(self.input), ast.literal_eval(self.output)
        except (SyntaxError, ValueError):
            raise ValueError("input or output is not a Python literal") from None
        if not isinstance(given, tuple):
            raise ValueError("the input is not a tuple of arguments")
        return self


class CodingQuestion(Question):
    """A question with a task, which begins with the signature; `examples` may be shown, `hidden` not."""

    kind: Literal["coding"]
    task: Text
    examples: Annotated[tuple[CodingCase, ...], Field(min_length=1)]
    hidden: Annotated[tuple[CodingCase, ...], Field(min_length=5)]
    solution: Text
    complexity: Text

    @property
    def function(self) -> str:
        """The name of the function to write."""
        return self.task.removeprefix("def ").partition("(")[0]

    @model_validator(mode="after")
    def _solved(self) -> Self:
        if not re.match(r"def \w+\(", self.task):
            raise ValueError("the task does not begin with a signature")
        if f"def {self.function}(" not in self.solution:
            raise ValueError(f"the solution does not define {self.function}")
        return self


@dataclass(frozen=True)
class QuestionBank:
    """All questions, in the order of their files."""

    questions: tuple[Question, ...]

    def by_id(self, question_id: str) -> Question:
        """Return the question with this id.

        Raises:
            UsageError: there is none; the message names the nearest.
        """
        known = {question.id: question for question in self.questions}
        if question_id in known:
            return known[question_id]
        near = difflib.get_close_matches(question_id, known, n=3)
        hint = f": did you mean {', '.join(near)}?" if near else "."
        raise UsageError(f"The bank has no question '{question_id}'{hint}")

    def by_text(self, text: str) -> Question | None:
        """Return the question that says this, or None; case, punctuation and spaces don't matter."""
        wanted = plain(text)
        return next((question for question in self.questions if plain(question.question) == wanted), None)

    def select(
        self,
        kind: str | None = None,
        principle: str | None = None,
        topic: str | None = None,
        level: str | None = None,
        seed: int | None = None,
        exclude: Collection[str] = frozenset(),
    ) -> Question:
        """Return one question that fits all that is given; None means any.

        Args:
            kind, level: as in `Question`; case, hyphens and underscores don't matter.
            principle: as `principle_named` takes it.
            topic: any part of a topic or principle.
            seed: gives the questions an order, which `exclude` does not change; None: a new order each time.
            exclude: ids not to return, such as those asked before.

        Raises:
            UsageError: nothing fits; the message names what there is.
        """
        pool = Pool(self.questions)
        if kind is not None:
            pool = pool.narrow("kind", kind, lambda q: (q.kind,))
        if principle is not None:
            name = principle_named(principle)
            pool = pool.narrow("principle", name, lambda q: (q.principle,) if q.principle else ())
        if topic is not None:
            pool = pool.narrow("topic", topic, lambda q: (q.subject,), part=True)
        if level is not None:
            pool = pool.narrow("level", level, lambda q: q.level)
        fresh = [question for question in pool.questions if question.id not in exclude]
        if not fresh:
            raise UsageError(f"Nothing is left to ask{pool.limits}: widen the choice or start afresh.")
        if seed is None:
            seed = secrets.randbits(32)
        return min(fresh, key=lambda question: hashlib.sha256(f"{seed}:{question.id}".encode()).digest())


def principle_named(text: str) -> str:
    """Return the principle that is meant, spelled exactly: case, punctuation and "LP" don't matter, and words
    that only one principle has are enough.

    Raises:
        UsageError: none is meant, or several could be; the message names the nearest.
    """
    wanted = re.sub(r" (lp|leadership principle)$", "", plain(text))
    known = {plain(name): name for name in PRINCIPLES}
    if wanted in known:
        return known[wanted]
    holding = [name for words, name in known.items() if wanted and f" {wanted} " in f" {words} "]
    if len(holding) == 1:
        return holding[0]
    near = holding or [known[words] for words in difflib.get_close_matches(wanted, known, n=3, cutoff=0.5)]
    said = f"did you mean {' or '.join(near)}?" if near else f"choose from: {' / '.join(PRINCIPLES)}."
    raise UsageError(f"'{text}' names no one principle: {said}")


def load_questions(folder: Path) -> QuestionBank:
    """Read every `*.yaml` of a folder.

    Raises:
        UsageError: the folder has none, or an entry is wrong; the message names file, entry and field.
    """
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise UsageError(f"{folder} holds no questions (*.yaml): give the folder of the question bank.")
    found: dict[str, Path] = {}
    questions = []
    for path in paths:
        for question in _read(path):
            if question.id in found:
                where = f"{path.name}: {question.id}"
                raise UsageError(f"{where} is already the id of a question in {found[question.id].name}.")
            found[question.id] = path
            questions.append(question)
    return QuestionBank(tuple(questions))


def _read(path: Path) -> Iterator[Question]:
    try:
        entries = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 (a safe loader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UsageError(f"{path.name} can't be read as YAML: {' '.join(str(error).split())}") from None
    if not isinstance(entries, list):
        raise UsageError(f"{path.name} is not a list of questions: begin every entry with '- id:'.")
    for number, entry in enumerate(entries, start=1):
        fields = entry if isinstance(entry, dict) else {}
        model = CodingQuestion if fields.get("kind") == "coding" else Question
        try:
            yield model.model_validate(entry)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "the entry"
            what = first["msg"].removeprefix("Value error, ")
            raise UsageError(
                f"{path.name}, entry {number} ({fields.get('id', 'no id')}), {where}: {what}"
            ) from None
