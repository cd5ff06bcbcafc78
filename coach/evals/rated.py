"""Rated answers: our own cases, public rows of the same form, and those that the assessment practises on."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from coach.errors import UsageError
from coach.feedback.feedback import TaggedSentence
from coach.feedback.rubric import COMPONENTS

Source = Literal["own", "public", "practice"]

_CASES = Path(__file__).parent / "cases"
OWN, PRACTICE = _CASES / "behavioral.jsonl", _CASES / "practice.jsonl"
PUBLIC = "behavioral_rated.jsonl"
GRADED: Mapping[str, tuple[float, float]] = {
    "overall": (1.0, 5.0),
    **dict.fromkeys((*COMPONENTS, "ownership", "relevance"), (0.0, 2.0)),
}
QUALITIES = ("measured", "reflection", "hypothetical")


class Reading(BaseModel):
    """What a rater gave, or the mean of all: numbers by criterion, yes being 1, and one tag a sentence."""

    model_config = ConfigDict(frozen=True)

    numbers: dict[str, float]
    tags: str

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if missing := {*GRADED, *QUALITIES} - self.numbers.keys():
            raise ValueError(f"no rating of {', '.join(sorted(missing))}")
        return self


class Rated(BaseModel):
    """A rated answer: `mean` of the readings, with the tags that most of them gave, and each reading.

    `cluster` is who wrote the answer, or what several answers are versions of; our own are told by nobody twice.
    Practice answers were read once, and `raters` is empty.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    source: Source
    cluster: str
    question: str
    principle: str | None
    answer: str
    sentences: tuple[str, ...]
    mean: Reading
    raters: tuple[Reading, ...]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if any(len(reading.tags) != len(self.sentences) for reading in (self.mean, *self.raters)):
            raise ValueError("not one tag for each sentence")
        return self


def load_rated(public: Path | None) -> list[Rated]:
    """Our own rated answers, then the public ones where the folder has them.

    Raises:
        UsageError: a line is no rated answer, or its id comes twice.
    """
    found = _read(OWN, "own")
    if public and (public / PUBLIC).is_file():
        found += _read(public / PUBLIC, "public")
    if len({one.id for one in found}) != len(found):
        raise UsageError(f"An id of the rated answers comes twice: rename one in {OWN.name} or {PUBLIC}.")
    return found


def load_practice(public: Sequence[Path] = ()) -> list[Rated]:
    """Everything that the assessment learns from: our own, practice answers, and public rows of these files.

    Raises:
        UsageError: a line is no rated answer.
    """
    found = _read(OWN, "own") + _read(PRACTICE, "practice")
    return found + [one for path in public for one in _read(path, "public")]


def matched(rated: Rated, tagged: Sequence[TaggedSentence]) -> list[TaggedSentence | None]:
    """For each rated sentence the coach's own that shares most with it; None where it has none there.

    The two may cut an answer differently.
    """
    found: list[TaggedSentence | None] = []
    begin = 0
    for sentence in rated.sentences:
        start = rated.answer.find(sentence, begin)
        begin = end = start + len(sentence)
        shared = [(min(end, one.end) - max(start, one.start), one.index) for one in tagged]
        most, index = max(shared, default=(0, 0))
        found.append(tagged[index] if most > 0 else None)
    return found


def _read(path: Path, source: Source) -> list[Rated]:
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            raw = json.loads(line)
            sentences = raw["sentences"]
            answer = raw.get("answer", " ".join(sentences))
            if not _in_order(answer, sentences):
                raise ValueError("a sentence that is not in the answer")
            rows.append(
                Rated(
                    id=raw["id"],
                    source=source,
                    cluster=str(raw.get("respondent", raw.get("group", raw["id"]))),
                    question=raw["question"],
                    principle=raw.get("principle"),
                    answer=answer,
                    sentences=sentences,
                    mean=Reading(numbers=raw["mean"], tags=raw["tags"]),
                    raters=[_reading(one) for one in raw.get("raters", ())],
                )
            )
        except (KeyError, TypeError, ValueError) as error:
            reason = error.errors()[0]["msg"] if isinstance(error, ValidationError) else error
            raise UsageError(f"{path.name}, line {number}: no rated answer ({reason}). Mend it.") from None
    return rows


def _reading(raw: Mapping[str, float | str]) -> Reading:
    return Reading.model_validate(
        {"numbers": {k: v for k, v in raw.items() if k != "tags"}, "tags": raw["tags"]}
    )


def _in_order(answer: str, sentences: Sequence[str]) -> bool:
    begin = 0
    for sentence in sentences:
        begin = answer.find(sentence, begin)
        if begin < 0:
            return False
        begin += len(sentence)
    return True
