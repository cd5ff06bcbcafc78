"""The embedded server with a real, small model."""

import math
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from pydantic import BaseModel, Field

from coach.errors import ModelMissing, ModelRefused, ModelUnreachable
from coach.models.chat import Message
from coach.models.local import LocalServer
from coach.models.local_chat import LocalChat
from coach.models.openai_chat import Endpoint, Usage

STABLE = [
    Message("system", "You check answers. Reply with yes or no only."),
    Message("user", "Answer: I saw that p99 latency was 900 ms and cut it to 200 ms with a cache. " * 5),
]
CHECKS = [
    "Does the answer give a number?",
    "Does the speaker say what they did?",
    "Is the situation clear to a stranger?",
    "Is the answer about a conflict?",
]
JOKE = [Message("user", "Tell a joke about a cat.")]


class Pet(BaseModel):
    kind: Literal["cat", "dog"]
    age: int = Field(ge=0, le=30)


@pytest.fixture(scope="module")
def heard() -> list[Usage]:
    return []


@pytest.fixture(scope="module")
def chat(smollm2_path: Path, heard: list[Usage]) -> Iterator[LocalChat]:
    model = LocalChat("smollm2-135m", lambda: smollm2_path, on_usage=heard.append)
    states = [model.state]
    model.warm_up()
    assert [*states, model.state] == ["cold", "ready"]
    yield model
    model.close()


def answered(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except ConnectionRefusedError:
        return False
    return True


def test_it_streams(chat: LocalChat) -> None:
    assert len(list(chat.stream(JOKE, max_tokens=12))) > 2


def test_words_about_what_was_decided_on_repeat_themselves(chat: LocalChat) -> None:
    def write() -> str:
        chat.decide([*STABLE, Message("user", CHECKS[0])], ["yes", "no"])
        return "".join(chat.stream([*STABLE, Message("user", "What should be better?")], max_tokens=30))

    first = write()
    list(chat.stream(JOKE, max_tokens=5))
    assert write() == first


def test_it_follows_a_schema(chat: LocalChat) -> None:
    pet = chat.structured([Message("user", "A pet, as JSON.")], Pet, max_tokens=60)
    assert isinstance(pet, Pet)


def test_a_decision_does_not_depend_on_what_was_asked_before(chat: LocalChat) -> None:
    """Bit for bit, whatever the order, and whoever spoke in between."""

    def decide(check: str) -> float:
        shares = chat.decide([*STABLE, Message("user", check)], ["yes", "no"])
        assert math.isclose(sum(shares.values()), 1.0)
        assert 0 < shares["yes"] < 1
        return shares["yes"]

    first = {check: decide(check) for check in CHECKS}
    assert {check: decide(check) for check in reversed(CHECKS)} == first
    assert decide(CHECKS[0]) == decide(CHECKS[0]) == first[CHECKS[0]]
    list(chat.stream(JOKE, max_tokens=5))
    assert {check: decide(check) for check in CHECKS} == first
    list(chat.stream([*STABLE, Message("user", "Does it? Say why.")], max_tokens=5))
    assert decide(CHECKS[1]) == first[CHECKS[1]]


def test_what_all_checks_share_is_read_once(chat: LocalChat, heard: list[Usage]) -> None:
    chat.decide([*STABLE, Message("user", CHECKS[0])], ["yes", "no"])
    heard.clear()
    chat.decide([*STABLE, Message("user", CHECKS[2])], ["yes", "no"])
    assert heard[0].cached > 0.7 * heard[0].prompt


def test_what_is_read_while_warming_up_is_not_read_again(chat: LocalChat, heard: list[Usage]) -> None:
    chat.warm_up(STABLE)
    heard.clear()
    list(chat.stream([*STABLE, Message("user", "What should be better?")], max_tokens=2))
    assert heard[0].cached > 0.7 * heard[0].prompt


def test_a_server_that_is_gone_when_it_should_read_ahead_is_an_error_of_ours(
    smollm2_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = Endpoint(f"http://127.0.0.1:{free.getsockname()[1]}/v1", "key", "start it anew")
    monkeypatch.setattr(LocalServer, "start", lambda self: nobody)
    chat = LocalChat("smollm2-135m", lambda: smollm2_path)
    with pytest.raises(ModelUnreachable, match="can't be reached"):
        chat.warm_up(STABLE)
    chat.close()


def test_an_abandoned_stream_leaves_the_server_usable(chat: LocalChat) -> None:
    stream = chat.stream([Message("user", "Count to ten thousand.")], max_tokens=8000)
    next(stream)
    stream.close()
    assert list(chat.stream(JOKE, max_tokens=3))


def test_a_prompt_that_is_too_long_is_refused_and_the_server_lives(chat: LocalChat) -> None:
    with pytest.raises(ModelRefused, match="shorten"):
        list(chat.stream([Message("user", "word " * 9000)]))
    assert list(chat.stream(JOKE, max_tokens=3))


def test_threads_take_turns(chat: LocalChat) -> None:
    alone = chat.decide([*STABLE, Message("user", CHECKS[0])], ["yes", "no"])
    got: list[object] = []

    def both() -> None:
        list(chat.stream(JOKE, max_tokens=3))
        got.append(chat.decide([*STABLE, Message("user", CHECKS[0])], ["yes", "no"]))

    threads = [threading.Thread(target=both) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert got == [alone] * 3


def test_nobody_without_the_key_gets_in_and_the_key_is_not_on_the_command_line(smollm2_path: Path) -> None:
    server = LocalServer(lambda: smollm2_path, n_ctx=512)
    endpoint = server.start()
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(endpoint.base_url + "/models", timeout=5)
    assert urlsplit(endpoint.base_url).hostname == "127.0.0.1"
    assert server._process is not None
    assert endpoint.key not in " ".join(map(str, server._process.args))  # type: ignore[arg-type]
    assert endpoint.key not in repr(endpoint)
    server.close()


def test_close_frees_the_port_and_start_brings_it_back(smollm2_path: Path) -> None:
    server = LocalServer(lambda: smollm2_path, n_ctx=512)
    port = urlsplit(server.start().base_url).port
    assert port
    assert answered(port)
    assert server.start() is server.start()
    server.close()
    server.close()
    assert server.state == "cold"
    assert not answered(port)
    again = urlsplit(server.start().base_url).port
    assert again
    assert answered(again)
    server.close()


def test_a_server_that_died_is_noticed_and_started_anew(smollm2_path: Path) -> None:
    chat = LocalChat("m", lambda: smollm2_path)
    first = chat.decide(JOKE, ["yes", "no"])
    process = chat._server._process
    assert process
    process.kill()
    process.wait()
    assert chat.state == "failed"
    assert chat.decide(JOKE, ["yes", "no"]) == first
    chat.close()


def test_the_server_dies_with_a_parent_that_is_killed(smollm2_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from coach.models.local import LocalServer\n"
        "server = LocalServer(lambda: Path(sys.argv[1]), n_ctx=512); url = server.start().base_url\n"
        "print(url, flush=True); sys.stdin.read(1); os._exit(9)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code, str(smollm2_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout
    port = urlsplit(parent.stdout.readline()).port
    assert port
    assert answered(port)
    parent.communicate("x")
    assert parent.returncode == 9
    # It is not our child, so there is no event to wait for.
    deadline = time.monotonic() + 60
    while answered(port):
        assert time.monotonic() < deadline, "the server outlived its parent"
        time.sleep(0.05)


def test_a_file_that_is_no_model(tmp_path: Path) -> None:
    path = tmp_path / "notes.gguf"
    path.write_text("these are notes")
    chat = LocalChat("local:notes", lambda: path)
    with pytest.raises(ModelUnreachable, match="whole GGUF file"):
        chat.warm_up()
    assert chat.state == "failed"
    chat.close()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="check the path"):
        LocalServer(lambda: tmp_path / "gone.gguf").start()


def test_close_while_loading_ends_the_wait(smollm2_path: Path) -> None:
    loading = threading.Event()

    def path() -> Path:
        loading.set()
        return smollm2_path

    server = LocalServer(path)
    results: list[object] = []

    def start() -> None:
        try:
            results.append(server.start())
        except ModelUnreachable as error:
            results.append(error)

    thread = threading.Thread(target=start)
    thread.start()
    assert loading.wait(10)
    server.close()
    thread.join(30)
    assert not thread.is_alive()
    assert server.state == "cold"
    assert results
    server.close()


@pytest.mark.model
def test_the_default_model_decides_sensibly_and_the_same_each_time(default_model_path: Path) -> None:
    chat = LocalChat("default", lambda: default_model_path)
    try:
        with_number = chat.decide([*STABLE, Message("user", CHECKS[0] + " yes or no?")], ["yes", "no"])
        conflict = chat.decide([*STABLE, Message("user", CHECKS[3] + " yes or no?")], ["yes", "no"])
        assert with_number["yes"] > 0.5 > conflict["yes"]
        again = chat.decide([*STABLE, Message("user", CHECKS[0] + " yes or no?")], ["yes", "no"])
        assert again == with_number
    finally:
        chat.close()
