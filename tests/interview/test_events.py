import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from pydantic import ValidationError

from coach.errors import StoreError
from coach.feedback.feedback import Asked
from coach.interview.events import (
    FORMAT,
    Answered,
    Asided,
    AskedQuestion,
    Assessed,
    Closed,
    Event,
    FollowedUp,
    Resumed,
    RoundBegan,
    RoundEnded,
    Skipped,
    Started,
    read_event,
    write_event,
)
from coach.interview.plans import load_plans

from .fakes import feedback_on

EVENTS: list[Event] = [
    Started(kind="behavioral", principle="Dive Deep", level="senior", seed=7),
    AskedQuestion(
        question_id="behavioral-dive-deep-01",
        question="Why?",
        kind="behavioral",
        principle="Dive Deep",
        topic=None,
        key_points=("one",),
    ),
    FollowedUp(question="By how much?", criterion="measured", sentences=(0, 2)),
    Answered(answer="I measured \u20ac and \U0001f600, a NUL \x00 and a line\nbreak."),
    Assessed(turn=0, feedback=feedback_on(Asked(question="Why?"), "Because."), complete=True),
    Skipped(),
    Closed(reason="done"),
]

# What format 2 added.
NEWER: list[Event] = [
    Started(
        kind=None,
        principle=None,
        level=None,
        seed=7,
        plan=load_plans()["work-simulation"],
        scores={"Dive Deep": 2.5},
    ),
    RoundBegan(round=0),
    AskedQuestion(
        question_id="work-simulation-01",
        question="What now?",
        kind="case",
        principle=None,
        topic="work simulation",
        key_points=("one",),
        asked_as=("And now?",),
        facts=("It rains.",),
        speaker="Marta",
        segment=0,
    ),
    Asided(what="clarify", said="What scale?", reply="Assume one."),
    Resumed(),
    FollowedUp(question="How much?", criterion="key_point", sentences=(), stage="estimates"),
    Skipped(passed=True),
    RoundEnded(round=0, why="out of time"),
]

# As format 1 was first written. Whoever has to change these lines has to give old stores a way to be read.
FIRST_FORMAT = [
    '{"at":"2026-03-01T10:00:00Z","type":"started","kind":null,"principle":null,"level":null,"seed":7}',
    '{"at":"2026-03-01T10:00:00Z","type":"asked","question_id":"technical-trees-01","question":"Why?",'
    '"kind":"technical","principle":null,"topic":"trees","key_points":["one"]}',
    '{"at":"2026-03-01T10:00:00Z","type":"followed_up","question":"How?","criterion":"key_point","sentences":[0]}',
    '{"at":"2026-03-01T10:00:00Z","type":"answered","answer":"Because."}',
    '{"at":"2026-03-01T10:00:00Z","type":"assessed","turn":0,"complete":true,"feedback":{"id":null,"question":'
    '"Why?","kind":"technical","graded":true,"why_not":null,"overall":3.0,"low":2.5,"high":3.5,"components":'
    '{"action":1.5},"ownership":1.0,"relevance":2.0,"measured":true,"reflection":false,"hypothetical":false,'
    '"sentences":[{"index":0,"start":0,"end":8,"text":"Because.","tag":"A","confidence":0.9}],"principles":'
    '[{"name":"Dive Deep","strength":1.0,"sentences":[0]}],"key_points":[{"point":"one","verdict":"hit",'
    '"sentences":[0]}],"strengths":[{"text":"Short.","sentences":[0]}],"gaps":[{"criterion":"result","text":'
    '"None.","sentences":[0]}],"follow_ups":[{"question":"How?","criterion":"result","sentences":[0]}],'
    '"rewrite":{"text":"Because [why?].","blanks":["why?"]},"citations":[{"source":"a.md","heading":"A",'
    '"quote":"a"}],"model":"m","prompts":{"critique":"1:ab"},"notes":["n"],"timings_ms":{"total":5}}}',
    '{"at":"2026-03-01T10:00:00Z","type":"skipped"}',
    '{"at":"2026-03-01T10:00:00Z","type":"closed","reason":null}',
]


@pytest.mark.parametrize("event", [*EVENTS, *NEWER], ids=lambda event: event.type)
def test_comes_back_as_it_was_written(event: Event) -> None:
    assert read_event(FORMAT, write_event(event)) == event


# As format 2 was first written.
SECOND_FORMAT = [
    '{"at":"2026-03-01T10:00:00Z","type":"started","kind":null,"principle":null,"level":null,"seed":7,"scores":'
    '{"Dive Deep":2.5},"plan":{"id":"p","title":"P","purpose":"q","one_principle":false,"rounds":[{"title":"R",'
    '"minutes":10,"interviewer":"i","principles":["Dive Deep"],"segments":[{"kind":"case","questions":0,'
    '"follow_ups":1,"minutes":5,"principles":[],"topic":null,"scenes":[{"id":"p-01","speaker":"S","says":"s",'
    '"decision":"d","key_points":["one","two","three"],"facts":["f"]}]}]}]}}',
    '{"at":"2026-03-01T10:00:00Z","type":"round_began","round":0}',
    '{"at":"2026-03-01T10:00:00Z","type":"asked","question_id":"p-01","question":"Why?","kind":"case","principle":'
    'null,"topic":"t","key_points":["one"],"asked_as":["How?"],"facts":["f"],"speaker":"S","segment":0}',
    '{"at":"2026-03-01T10:00:00Z","type":"asided","what":"clarify","said":"What?","reply":"That."}',
    '{"at":"2026-03-01T10:00:00Z","type":"resumed"}',
    '{"at":"2026-03-01T10:00:00Z","type":"followed_up","question":"How?","criterion":"key_point","sentences":[],'
    '"stage":"estimates"}',
    '{"at":"2026-03-01T10:00:00Z","type":"skipped","passed":true}',
    '{"at":"2026-03-01T10:00:00Z","type":"round_ended","round":0,"why":"out of time"}',
]


@pytest.mark.parametrize("line", SECOND_FORMAT)
def test_reads_the_second_format(line: str) -> None:
    event = read_event(2, line)
    assert lost(json.loads(line), json.loads(write_event(event))) == []


@pytest.mark.parametrize("line", FIRST_FORMAT)
def test_reads_the_first_format(line: str) -> None:
    event = read_event(1, line)
    assert lost(json.loads(line), json.loads(write_event(event))) == []


def lost(old: Any, new: Any) -> list[Any]:
    """What of the old isn't in the new, whatever the new has besides."""
    if isinstance(old, dict) and isinstance(new, dict):
        return [part for key in old for part in lost(old[key], new.get(key, "nothing"))]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [part for pair in zip(old, new, strict=True) for part in lost(*pair)]
    return [] if old == new else [(old, new)]


def test_first_format_holds_every_event() -> None:
    assert [json.loads(line)["type"] for line in FIRST_FORMAT] == [event.type for event in EVENTS]
    assert [json.loads(line)["type"] for line in SECOND_FORMAT] == [event.type for event in NEWER]


def test_events_of_a_newer_coach_are_refused_by_name() -> None:
    with pytest.raises(StoreError, match="newer coach"):
        read_event(FORMAT + 1, '{"type": "telepathy"}')


@pytest.mark.parametrize(
    "text", ["", "{", '{"type":"unknown"}', '{"type":"answered","answer":5,"secret":"TELLTALE"}']
)
def test_a_damaged_event_is_one_line_without_its_text(text: str) -> None:
    with pytest.raises(StoreError) as caught:
        read_event(FORMAT, text)
    assert "\n" not in str(caught.value)
    assert "TELLTALE" not in str(caught.value)


def test_time_is_utc() -> None:
    elsewhere = datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    assert Skipped(at=elsewhere).at.tzinfo is UTC
    assert Skipped(at=elsewhere).at.hour == 10
    assert Skipped().at.tzinfo is UTC
    with pytest.raises(ValidationError):
        Skipped(at=datetime(2026, 3, 1))


def test_nothing_in_an_event_can_be_changed() -> None:
    with pytest.raises(ValidationError):
        EVENTS[0].seed = 8  # type: ignore[union-attr,misc]
