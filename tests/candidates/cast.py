"""Forty-odd candidates as data: who they are, what they say, and how they go about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from coach.evals.personas import Persona, personas
from coach.evals.rated import load_rated
from coach.feedback.gate import MAX_WORDS
from coach.interview.session import Turn

from . import words

Does = Literal["answers", "skips", "leaves", "answers twice"]
Says = Callable[[Turn, int], str]


@dataclass(frozen=True)
class Candidate:
    """Somebody who is interviewed; `minutes` pass before each thing that they say. `guide` is what they uploaded."""

    persona: Persona
    minutes: float = 0.5
    does: Does = "answers"
    guide: str = ""

    @property
    def name(self) -> str:
        return self.persona.name


# Whoever is strong has a story that answers the question. Of these questions of the drill, a reader said which ones do.
_FITTING = {"behavioral-deliver-results-02": "beh-150", "behavioral-deliver-results-03": "beh-130"}
_ANSWERS = {rated.id: rated.answer for rated in load_rated(None)}


KNOWN = {one.name: one for one in personas()}
_HONEST = KNOWN["honest and strong"].says


def _with_what_fits(persona: Persona) -> Persona:
    """The same candidate with a story that answers the question in place of the one that it would tell."""

    def says(turn: Turn, number: int) -> str:
        said = persona.says(turn, number)
        fitting = _FITTING.get(turn.question_id or "")
        return said.replace(_HONEST(turn, number), _ANSWERS[fitting]) if fitting else said

    return replace(persona, says=says)


for _name in ("honest and strong", "rambling"):
    KNOWN[_name] = _with_what_fits(KNOWN[_name])
_STRONG = KNOWN["honest and strong"].says
_STORY = words.FAILURE[0]


def in_turn(texts: Sequence[str]) -> Says:
    """One text for each question; to what is asked about it, the same one cut short and numbered."""

    def says(turn: Turn, number: int) -> str:
        return texts[(number + turn.follow_up_depth) % len(texts)]

    return says


def always(text: str) -> Says:
    return lambda turn, number: text


def honest_from(texts: Sequence[str]) -> Says:
    """A story for each question, and to follow-ups what was asked for."""
    return lambda turn, number: texts[number % len(texts)] if turn.aims_at is None else _STRONG(turn, number)


def _and_then(first: Says, then: Says, questions: int) -> Says:
    return lambda turn, number: (first if number < questions else then)(turn, number)


def _with(before: str, says: Says) -> Says:
    return lambda turn, number: f"{before} {says(turn, number)}"


def _asks_first(asks: Sequence[str], says: Says) -> Says:
    """Says something else before each answer, once."""

    def said(turn: Turn, number: int) -> str:
        return says(turn, number) if turn.asides else asks[number % len(asks)]

    return said


def _longest(turn: Turn, number: int) -> str:
    return words.long(_STORY, MAX_WORDS) if turn.aims_at is None else _STRONG(turn, number)


def _longest_always(turn: Turn, number: int) -> str:
    return words.long(words.FAILURE[number % 3], MAX_WORDS - turn.follow_up_depth)


def _whole_story_again(turn: Turn, number: int) -> str:
    return words.FAILURE[number % 3]


_OTHERS: tuple[Candidate, ...] = (
    Candidate(Persona("we only", in_turn(words.WE_ONLY))),
    Candidate(Persona("thin", in_turn(words.THIN))),
    Candidate(Persona("hypothetical only", in_turn(words.HYPOTHETICAL))),
    Candidate(Persona("honest failure", honest_from(words.FAILURE), gives=True)),
    Candidate(Persona("drops names", in_turn(words.NAMES))),
    Candidate(Persona("off topic", in_turn(words.OFF_TOPIC))),
    Candidate(Persona("another language", in_turn(words.GERMAN))),
    Candidate(Persona("changes language", _and_then(_STRONG, in_turn(words.GERMAN), 1))),
    Candidate(Persona("silent", always(""))),
    Candidate(Persona("silent, then strong", _and_then(always("..."), _STRONG, 1))),
    Candidate(Persona("strong, then silent", _and_then(_STRONG, always(""), 1))),
    Candidate(Persona("hostile", in_turn(words.HOSTILE))),
    Candidate(Persona("hostile, then answers", _asks_first(words.HOSTILE, _STRONG), gives=True)),
    Candidate(Persona("copies the question", lambda turn, number: turn.question)),
    Candidate(Persona("injection only", in_turn(words.INJECTION))),
    Candidate(Persona("thin, with an injected guide", in_turn(words.THIN)), guide=words.guide(words.IN_A_GUIDE)),
    Candidate(Persona("keyboard noise", in_turn(words.NOISE))),
    Candidate(Persona("emoji", in_turn(words.EMOJI))),
    Candidate(Persona("numbers only", in_turn(words.NUMBERS))),
    Candidate(Persona("one word", always("Yes"))),
    Candidate(Persona("one great story", always(_STORY))),
    Candidate(Persona("the whole story again", _whole_story_again)),
    Candidate(Persona("contradicts itself", in_turn(words.CONTRADICTION))),
    Candidate(Persona("asks back first", _asks_first(words.ASKS_BACK, _STRONG), gives=True)),
    Candidate(Persona("asks for the key points", in_turn(words.ASKS_POINTS))),
    Candidate(Persona("asks for the key points first", _asks_first(words.ASKS_POINTS, _STRONG), gives=True)),
    Candidate(Persona("talks of other things first", _asks_first(words.BESIDE, _STRONG), gives=True)),
    Candidate(Persona("steers", in_turn(words.STEERING))),
    Candidate(Persona("skips", _STRONG), does="skips"),
    Candidate(Persona("leaves rounds", _STRONG, gives=True), does="leaves"),
    Candidate(Persona("answers before being asked", _STRONG, gives=True), does="answers twice"),
    Candidate(Persona("code for a story", in_turn(words.CODE))),
    Candidate(Persona("as long as allowed", _and_then(_longest, _STRONG, 1))),
    Candidate(Persona("as long as allowed, follow-ups too", _and_then(_longest_always, _STRONG, 1))),
    Candidate(Persona("longer than allowed", always(words.long(_STORY, MAX_WORDS + 1)))),
    Candidate(Persona("markup", in_turn(words.MARKUP))),
    Candidate(Persona("lower case", lambda turn, number: words.bare(_STRONG(turn, number)), gives=True)),
    Candidate(Persona("quotes the rubric", in_turn(words.RUBRIC))),
    Candidate(Persona("flatters", in_turn(words.FLATTERY))),
    Candidate(Persona("flatters, then answers", _with(words.FLATTERY[0], _STRONG), gives=True)),
    Candidate(Persona("very fast", _STRONG, gives=True), minutes=0.0),
    Candidate(Persona("out of time", _STRONG, gives=True), minutes=25.0),
    Candidate(Persona("away for a day", _STRONG, gives=True), minutes=1440.0),
)  # fmt: skip
CAST: tuple[Candidate, ...] = (*(Candidate(one) for one in KNOWN.values()), *_OTHERS)
BY_NAME = {one.name: one for one in CAST}
