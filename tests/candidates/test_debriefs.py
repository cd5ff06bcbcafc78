"""What the real assessment makes of the candidates: the debrief names what each is, and so tells them apart."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from coach.interview.debrief.model import Debrief, Lean, Line
from coach.interview.plans import load_plans

from .cast import BY_NAME
from .conftest import Ready
from .loop import Held, hold, leaks

DRILL = load_plans()["quick-drill"]
Hold = Callable[[str], tuple[Held, Debrief]]


@dataclass(frozen=True)
class Expected:
    """`lean` on the whole; what is `below` or `good` (meets, strong) among the criteria; the work that is named.

    `score` is from and to which mean (1 to 5), None where nothing was answered; `whys` are why answers were not
    judged, `asides` the sorts of what was said instead of answers.
    """

    lean: Lean
    leans: str | None = None
    score: tuple[float, float] | None = None
    below: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    work: str | None = None
    whys: frozenset[str] = field(default_factory=frozenset)
    asides: frozenset[str] = field(default_factory=frozenset)
    follow_ups: int = 0


_STAR = ("situation", "task", "action", "result")
TABLE: dict[str, Expected] = {
    "honest and strong": Expected("inclined", None, (3.6, 5), good=(*_STAR, "ownership"), follow_ups=1),
    "honest failure": Expected("inclined", None, (3.8, 5), good=(*_STAR, "ownership", "reflection"), follow_ups=1),
    "rambling": Expected("inclined", None, (3.4, 5), good=("action", "ownership")),
    "lower case": Expected("inclined", None, (3.4, 5), good=("action", "ownership")),
    "one great story": Expected("not enough evidence", "inclined", (4, 5), work="Have more than one story"),
    "we only": Expected(
        "not inclined", None, (2, 3.4), below=("ownership",), good=("result",), work="Say “I” where it was you"
    ),
    "thin": Expected("not inclined", None, (1.2, 2.6), below=_STAR, work="Tell the story to its end"),
    "hypothetical only": Expected(
        "not inclined",
        None,
        (1, 2.4),
        below=("hypothetical", "result"),
        work="Tell one time that it really happened",
    ),
    "evasive": Expected("not inclined", None, (1, 2), below=(*_STAR, "ownership", "hypothetical")),
    "drops names": Expected(
        "not inclined", None, (1, 2.4), below=("action", "task"), work="Tell steps that somebody could repeat"
    ),
    "quotes the rubric": Expected("not inclined", None, (1, 2.2), below=_STAR),
    "flatters": Expected("not inclined", None, (1, 1.8), below=(*_STAR, "ownership", "relevance")),
    "off topic": Expected(
        "not inclined", None, (1, 3), below=("relevance",), work="Answer the question that was asked"
    ),
    "contradicts itself": Expected("not inclined", None, (1.5, 3.4), below=("task",)),
    "markup": Expected("not inclined", None, (1.5, 3.4)),
    "terse": Expected("not inclined", None, (1.5, 3.4), below=("action", "task")),
    "silent": Expected("not enough evidence", "not inclined", asides=frozenset({"silence"})),
    "says I don't know": Expected("not inclined", asides=frozenset({"unknown"})),
    "copies the question": Expected("not inclined", asides=frozenset({"aside"})),
    "injection only": Expected("not inclined", asides=frozenset({"steer"})),
    "asks for the key points": Expected("not inclined", asides=frozenset({"steer", "clarify"})),
    "another language": Expected("not enough evidence", whys=frozenset({"another language"})),
    "keyboard noise": Expected("not enough evidence", whys=frozenset({"gibberish"})),
    "numbers only": Expected("not enough evidence", whys=frozenset({"no words in it"})),
    "code for a story": Expected("not enough evidence", whys=frozenset({"code"})),
    "skips": Expected("not enough evidence"),
}  # fmt: skip


@pytest.fixture(scope="module")
def drilled() -> dict[str, tuple[Held, Debrief]]:
    """Interviews that were held once for all tests."""
    return {}


@pytest.fixture
def held(real: Callable[[int], Ready], drilled: dict[str, tuple[Held, Debrief]]) -> Hold:
    def find(name: str) -> tuple[Held, Debrief]:
        if name not in drilled:
            interviews, clock = real(TABLE[name].follow_ups)
            done = hold(interviews, clock, BY_NAME[name], DRILL)
            *_, (_, made) = interviews.debrief(done.state.id)
            drilled[name] = (done, made)
        return drilled[name]

    return find


def verdicts(lines: tuple[Line, ...]) -> dict[str, str]:
    return {one.name: one.verdict for one in lines}


@pytest.mark.parametrize("name", TABLE)
def test_the_debrief_names_what_the_candidate_is(held: Hold, name: str) -> None:
    expected, (done, made) = TABLE[name], held(name)
    found = made.inclination
    assert found.lean == expected.lean
    if expected.leans:
        assert found.leans == expected.leans
    if expected.score:
        low, high = expected.score
        assert found.score is not None
        assert low <= found.score <= high
    else:
        assert found.score is None
    criteria = verdicts(made.criteria)
    assert {one: criteria.get(one) for one in expected.below} == dict.fromkeys(expected.below, "below")
    assert {one for one in expected.good if criteria.get(one) not in ("meets", "strong")} == set()
    if expected.work:
        assert expected.work in [one.title for one in made.work_on]
    turns = done.state.turns
    assert {
        turn.feedback.why_not for turn in turns if turn.feedback and not turn.feedback.graded
    } == expected.whys
    assert {aside.what for turn in turns for aside in turn.asides} == expected.asides
    assert leaks(done.state) == []
    assert made.words is None or made.model == "scripted"


@pytest.mark.parametrize("name", [name for name, one in TABLE.items() if one.lean != "inclined"])
def test_nobody_comes_near_the_strong_one_who_should_not(held: Hold, name: str) -> None:
    strong, weak = held("honest and strong")[1].inclination, held(name)[1].inclination
    if name != "one great story":
        assert (weak.score or 0) < (strong.score or 0) - 0.3
    assert weak.reasons != strong.reasons


def test_what_is_quoted_was_said(held: Hold) -> None:
    for name in TABLE:
        done, made = held(name)
        for line in (*made.principles, *made.criteria):
            for moment in line.moments:
                turn = done.state.turns[moment.turn]
                text = turn.asides[moment.aside].said if moment.aside is not None else turn.answer or ""
                assert text[moment.start : moment.end] == moment.quote
