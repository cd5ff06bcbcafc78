"""What a run has judged so far, written line by line, so that an interrupted run goes on where it stopped."""

import hashlib
import json
import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from coach.errors import UsageError

log = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and of how much."""


class Named(Protocol):
    """Anything that a judgement can be kept for. Its `repr` says what it holds, as a dataclass's does."""

    @property
    def id(self) -> str:
        """Unlike that of every other case of the stage."""
        ...


C = TypeVar("C", bound=Named)
M = TypeVar("M", bound=BaseModel)


def silent(stage: str, done: int, total: int) -> None:
    """A `Progress` that nobody watches."""


@dataclass(frozen=True)
class Journal:
    """Judgements of one suite with one model: a file for each stage in `folder`; None: nothing is stored.

    The first line of a file is the fingerprint of what they were made with. A file with another one is
    written anew, and so is the judgement of a case that is not what it was.
    """

    folder: Path | None = None
    fingerprint: Mapping[str, str] = field(default_factory=dict)
    progress: Progress = silent

    def each(
        self, stage: str, cases: Sequence[C], judge: Callable[[C], M], form: type[M]
    ) -> list[tuple[C, M]]:
        """Judge every case, in order, those that were judged before from the file; return them all.

        Args:
            stage: what is being done, for the progress and the file's name; once a suite.
            cases: what is judged.
            judge: from a case to its judgement, which is stored at once.
            form: the judgement's class, a frozen pydantic model.

        Raises:
            ValueError: two cases have the same id.
            UsageError: the folder can't be written.
        """
        if len({case.id for case in cases}) != len(cases):
            raise ValueError(f"{stage}: two cases have the same id")
        known = self._read(stage, form)
        judged: list[tuple[C, M]] = []
        self.progress(stage, 0, len(cases))
        for number, case in enumerate(cases, start=1):
            key = f"{case.id} {_hash(repr(case))}"
            result = known.get(key)
            if result is None:
                result = judge(case)
                self._append(stage, {"case": key, "result": result.model_dump(mode="json")})
            judged.append((case, result))
            self.progress(stage, number, len(cases))
        return judged

    def _read(self, stage: str, form: type[M]) -> dict[str, M]:
        """What the stage's file holds; it is begun if it is missing, of another fingerprint, or torn at its end."""
        path = self._path(stage)
        if path is None:
            return {}
        head = json.dumps(dict(self.fingerprint), sort_keys=True)
        kept: list[str] = []
        known: dict[str, M] = {}
        with _writable(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            lines = path.read_text(encoding="utf-8").split("\n") if path.is_file() else []
            for line in lines[1:] if lines and lines[0] == head else []:
                try:
                    entry = json.loads(line)
                    known[entry["case"]] = form.model_validate(entry["result"])
                except (ValueError, KeyError, TypeError, ValidationError):
                    continue  # the line that was being written when the run ended
                kept.append(line)
            beside = path.with_suffix(".new")
            beside.write_text("\n".join([head, *kept, ""]), encoding="utf-8")
            beside.replace(path)
        if known:
            log.info("%s: %d judged before", stage, len(known))
        return known

    def _append(self, stage: str, entry: Mapping[str, object]) -> None:
        if path := self._path(stage):
            with _writable(path), path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(entry, ensure_ascii=False) + "\n")

    def _path(self, stage: str) -> Path | None:
        return self.folder / f"{slug(stage)}.jsonl" if self.folder else None


@contextmanager
def _writable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UsageError(
            f"{path.parent} can't be written: {error.strerror}. Give another folder to --out."
        ) from None


def slug(name: str) -> str:
    """A name as a file may have it; different names stay different."""
    plain = re.sub(r"[^a-z0-9.-]+", "-", name.lower()).strip("-.")
    return plain if plain == name and len(name) <= 60 else f"{plain[:60]}-{_hash(name)}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
