"""Fifty interviews at once against one app: each keeps its own, and none is lost."""

import gc
import json
import socket
import threading
import urllib.request
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from fake_coach import ANSWER, FakeCoach

from coach.interview.questions import load_questions
from coach.settings import DATA
from coach.ui.launch import serve

pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore:.*(no_silent_downcasting|copy keyword is deprecated)"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
CLIENTS, TURNS = 50, 3


@pytest.fixture
def coach(tmp_path: Path) -> FakeCoach:
    return FakeCoach(tmp_path, load_questions(DATA / "corpus" / "questions"))


@pytest.fixture
def address(coach: FakeCoach) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    blocks = serve(coach, "127.0.0.1", port, wait=False)  # type: ignore[arg-type]
    yield f"http://127.0.0.1:{port}"
    blocks.close(verbose=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        del blocks
        gc.collect()


def call(address: str, name: str, *data: object) -> Any:
    """Call a named endpoint over HTTP, as any program can."""
    to = f"{address}/gradio_api/call/{name}"
    body = json.dumps({"data": data}).encode()
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    asked = urllib.request.Request(to, body, {"Content-Type": "application/json"})
    with opener.open(asked, timeout=120) as reply:
        event = json.load(reply)["event_id"]
    with opener.open(f"{to}/{event}", timeout=120) as stream:
        kind = ""
        for line in stream:
            text = line.decode().rstrip("\n")
            if text.startswith("event: "):
                kind = text.removeprefix("event: ")
            elif text.startswith("data: ") and kind in ("complete", "error"):
                assert kind == "complete", text
                return json.loads(text.removeprefix("data: "))[0]
    raise AssertionError(f"{name} gave nothing")


def said(number: int, turn: int) -> str:
    return f"{ANSWER} Candidate {number} said so in turn {turn}."


def test_fifty_interviews_at_once(address: str, coach: FakeCoach) -> None:
    together = threading.Barrier(CLIENTS)

    def candidate(number: int) -> dict[str, Any]:
        together.wait()
        now = call(address, "interview_start", "", "behavioral", "", "", number)
        for turn in range(TURNS):
            asked = now["question"]["text"]
            if turn == 1:
                heard = call(
                    address, "interview_answer", now["id"], "Could you say that again?", "", now["seen"]
                )
                assert heard["reply"] == f"Of course. {asked}" or heard["question"]["text"] == asked
            now = call(address, "interview_answer", now["id"], said(number, turn), "", now["seen"])
            assert now["reply"] is None
            assert f"Candidate {number} said so in turn {turn}." in str(now["feedback"]["sentences"])
            now = call(address, "interview_next", now["id"], True, now["seen"])
        return call(address, "interview_end", now["id"], now["seen"])  # type: ignore[no-any-return]

    with ThreadPoolExecutor(CLIENTS) as pool:
        ended = list(pool.map(candidate, range(CLIENTS)))
    assert len({one["id"] for one in ended}) == CLIENTS
    assert {one.id for one in coach.interviews.list()} == {one["id"] for one in ended}
    for number, one in enumerate(ended):
        assert one["closed"]
        assert one["answered"] == TURNS
        stored = coach.interviews.get(one["id"])
        assert stored.seed == number
        assert [turn.answer for turn in stored.turns if turn.answer] == [
            said(number, turn) for turn in range(TURNS)
        ]
        for turn, place in enumerate(stored.turns[:TURNS]):
            assert place.feedback is not None
            assert place.feedback.sentences[-1].text == f"Candidate {number} said so in turn {turn}."
        assert [aside.what for aside in stored.turns[1].asides] == ["repeat"]
        assert len({turn.question for turn in stored.turns}) == len(stored.turns)
