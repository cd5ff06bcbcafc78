"""A whole interview by `gradio_client`: what a script would do, against the app with the scripted coach."""

import builtins
import gc
import re
import socket
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fake_coach import ANSWER, FakeCoach

from coach.coding.runner import run
from coach.interview.questions import CodingQuestion, load_questions
from coach.settings import DATA
from coach.ui.launch import serve

pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore:.*(no_silent_downcasting|copy keyword is deprecated)"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


@pytest.fixture
def coach(tmp_path: Path) -> FakeCoach:
    return FakeCoach(tmp_path, load_questions(DATA / "corpus" / "questions"))


@pytest.fixture
def client(coach: FakeCoach, tmp_path: Path) -> Iterator[Any]:
    from gradio_client import Client

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    blocks = serve(coach, "127.0.0.1", port, wait=False)  # type: ignore[arg-type]
    found = Client(
        f"http://127.0.0.1:{port}/", verbose=False, download_files=tmp_path, analytics_enabled=False
    )
    yield found
    found.close()
    blocks.close(verbose=False)
    with warnings.catch_warnings():
        # Gradio leaves event loops open; they are collected here, or a later test would be blamed for them.
        warnings.simplefilter("ignore", ResourceWarning)
        del blocks, found
        gc.collect()


def test_a_script_runs_an_interview_from_beginning_to_end(client: Any, coach: FakeCoach) -> None:
    plans = client.predict(api_name="/interview_plans")
    assert "quick-drill" in [plan["id"] for plan in plans]

    now = client.predict(plan="quick-drill", principle="Dive Deep", seed=3, api_name="/interview_start")
    assert now["round"]["questions"] == 3
    assert now["question"]["principle"] == "Dive Deep"

    now = client.predict(
        now["id"], "Could you say that again?", seen=now["seen"], api_name="/interview_answer"
    )
    assert now["reply"].startswith("Of course.")
    assert now["question"] is not None

    asked: list[str] = []
    while not now["closed"]:
        asked.append(now["question"]["text"])
        told = f"{ANSWER} That was the {len(asked)}. time."
        now = client.predict(now["id"], told, seen=now["seen"], api_name="/interview_answer")
        assert now["reply"] is None
        assert now["feedback"]["overall"] == 3.5
        now = client.predict(now["id"], seen=now["seen"], api_name="/interview_next")
    assert len(asked) == len(set(asked)) >= 3
    assert client.predict(now["id"], api_name="/interview_state") == now
    assert "key_points" not in str(now["question"])
    assert coach.interviews.get(now["id"]).closed


def test_the_example_of_the_documentation_runs(
    client: Any, coach: FakeCoach, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (Path(__file__).parents[2] / "docs" / "interviews.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.+?)```", page, re.DOTALL)
    said = iter(
        ["Could you say that again?", "I don't know.", *(f"{ANSWER} It was time {n}." for n in range(9))]
    )
    monkeypatch.setattr("gradio_client.Client", lambda url: client)
    monkeypatch.setattr(builtins, "input", lambda prompt: next(said))
    exec(compile(example, "interviews.md", "exec"), {})
    out = capsys.readouterr().out
    assert "Of course." in out
    assert "3.5" in out.splitlines()
    (held,) = coach.interviews.list()
    assert held.closed
    reason, debrief = out.splitlines()[-2:]
    assert reason == held.closed_because
    assert debrief.startswith("not enough evidence [")


def test_what_has_gone_on_elsewhere_is_not_touched(client: Any, coach: FakeCoach) -> None:
    now = client.predict(api_name="/interview_start")
    coach.interviews.skip(now["id"])
    with pytest.raises(Exception, match="gone on elsewhere"):
        client.predict(now["id"], ANSWER, seen=now["seen"], api_name="/interview_answer")
    assert coach.interviews.get(now["id"]).answered == 0
    ended = client.predict(now["id"], api_name="/interview_end")
    assert ended["closed"]


def test_a_debrief_is_had_as_data_at_any_time(client: Any, coach: FakeCoach) -> None:
    now = client.predict(plan="full-loop", seed=3, api_name="/interview_start")
    client.predict(now["id"], ANSWER, api_name="/interview_answer")
    whole = client.predict(now["id"], api_name="/interview_debrief")
    assert (whole["round"], whole["words"], whole["tally"]["answered"]) == (None, None, 1)
    assert [one["exercise"]["minutes"] > 0 for one in whole["work_on"]] == [True] * 3
    first = client.predict(now["id"], round=0, words=True, api_name="/interview_debrief")
    assert first["round"] == 0
    assert "a second story" in first["words"]
    with pytest.raises(Exception, match="no such round"):
        client.predict(now["id"], round=3, api_name="/interview_debrief")


def test_code_is_run_and_kept_with_what_is_said_of_it(client: Any, coach: FakeCoach) -> None:
    now = client.predict(kind="coding", api_name="/interview_start")
    task = coach.bank.by_id(now["question"]["id"])
    assert isinstance(task, CodingQuestion)
    said = "I keep what I have seen in a hash map, so every item is looked at once and the time is linear."
    client.predict(now["id"], said, task.solution, api_name="/interview_answer")
    kept = coach.interviews.get(now["id"]).turns[0].answer or ""
    every = len(task.examples) + len(task.hidden)
    assert f"Cases passed: {every} of {every}." in kept
    assert kept.endswith(said)
    with pytest.raises(Exception, match="no plan"):
        client.predict(plan="nonsense", api_name="/interview_start")


def test_words_go_past_code_that_waits_for_the_sandbox(
    client: Any, coach: FakeCoach, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, began, at_once = threading.Event(), threading.Semaphore(0), []
    inside = threading.Semaphore(2)

    def slow(code: str, task: CodingQuestion) -> Any:
        at_once.append(inside.acquire(blocking=False))
        began.release()
        assert go.wait(60)
        inside.release()
        return run(code, task)

    monkeypatch.setattr("coach.ui.interview_api.run", slow)
    waiting = []
    try:
        for seed in range(4):
            now = client.predict(kind="coding", seed=seed, api_name="/interview_start")
            waiting.append(client.submit(now["id"], "", "def nothing(): pass", api_name="/interview_answer"))
        assert began.acquire(timeout=60)
        assert began.acquire(timeout=60)
        now = client.predict(kind="behavioral", api_name="/interview_start")
        assert client.predict(now["id"], ANSWER, api_name="/interview_answer")["feedback"]["graded"]
        assert not any(job.done() for job in waiting)
    finally:
        go.set()
    assert [job.result(timeout=60)["answered"] for job in waiting] == [1] * 4
    assert at_once == [True] * 4
