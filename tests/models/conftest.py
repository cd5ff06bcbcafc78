"""A real server on loopback for the tests of the clients."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from coach.models.openai_chat import Endpoint, OpenAIChat
from tests.models.asking import KEY
from tests.models.fake_server import FakeServer


@pytest.fixture
def server() -> Iterator[FakeServer]:
    fake = FakeServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            fake.requests.append(json.loads(self.rfile.read(length)))
            fake.keys.append(self.headers["Authorization"])
            reply = fake.replies.popleft() if len(fake.replies) > 1 else fake.replies[0]
            reply(self)

        def log_message(self, *_: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake.url = f"http://127.0.0.1:{http.server_port}/v1"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield fake
    http.shutdown()
    thread.join()
    http.server_close()


@pytest.fixture
def chat(server: FakeServer) -> Iterator[OpenAIChat]:
    endpoint = Endpoint(server.url, KEY, "set THE_KEY")
    model = OpenAIChat("test", "m", lambda: endpoint, timeout=5)
    yield model
    model.close()
