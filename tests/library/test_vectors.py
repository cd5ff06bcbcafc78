import json
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError

import numpy as np
import pytest

from coach.errors import IndexUnreachable
from coach.library.embedder import HashedWords
from coach.library.library import Library
from coach.library.vectors import VectorStore
from coach.settings import Settings


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Chroma server on loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("chroma")
    command = [str(Path(sys.executable).with_name("chroma")), "run", "--path", str(folder)]
    process = subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--port", str(port)],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    url = f"http://127.0.0.1:{port}"
    while True:
        try:
            urllib.request.urlopen(f"{url}/api/v2/heartbeat", timeout=5).close()
            break
        except URLError:
            assert process.poll() is None, process.communicate()[0]
    yield url
    process.terminate()
    process.communicate()


def collections(url: str) -> set[str]:
    address = f"{url}/api/v2/tenants/default_tenant/databases/default_database/collections"
    with urllib.request.urlopen(address, timeout=5) as answer:
        return {collection["name"] for collection in json.load(answer)}


def test_nearest_gives_cosines_best_first(tmp_path: Path) -> None:
    store = VectorStore(None)
    rows = np.array([[1, 0], [0, 1], [-1, 0], [0.6, 0.8], [1, 0]], dtype=np.float32)
    store.write(tmp_path, rows)
    vectors = store.open(tmp_path)
    found = vectors.nearest(np.array([1, 0], dtype=np.float32), 10)
    assert [row for row, _ in found] == [0, 4, 3, 1, 2]
    assert [score for _, score in found] == pytest.approx([1, 1, 0.6, 0, -1], abs=1e-5)
    assert len(vectors.nearest(rows[0], 2)) == 2
    vectors.close()


def test_a_store_without_vectors(tmp_path: Path) -> None:
    store = VectorStore(None)
    store.write(tmp_path, np.empty((0, 2), dtype=np.float32))
    vectors = store.open(tmp_path)
    assert vectors.nearest(np.array([1, 0], dtype=np.float32), 5) == []
    vectors.close()


def test_a_server_keeps_the_vectors_of_two_generations(server: str, tmp_path: Path, guides: Path) -> None:
    others = collections(server)
    library = Library(Settings(home=tmp_path / "remote", chroma_url=server), HashedWords())
    local = Library(Settings(home=tmp_path / "local"), HashedWords())
    kept: list[str] = []
    for number in range(3):
        (guides / "new.md").write_text(f"# New\n\nZebra number {number}.\n")
        assert library.ingest([guides]).passages == local.ingest([guides]).passages == 7
        remote, near = library.search("zebra tasks"), local.search("zebra tasks")
        assert [hit.passage_id for hit in remote] == [hit.passage_id for hit in near]
        assert [hit.score for hit in remote] == pytest.approx([hit.score for hit in near], abs=1e-4)
        kept.append("coach-" + (library.settings.library / "current").read_text())
        assert collections(server) - others == set(kept[-2:])
    assert not list(library.settings.library.glob("generations/*/chroma"))
    library.close()
    local.close()


def test_moving_to_a_server_and_back_embeds_nothing(server: str, tmp_path: Path, guides: Path) -> None:
    here = Library(Settings(home=tmp_path / "home"), HashedWords())
    there = Library(Settings(home=tmp_path / "home", chroma_url=server), HashedWords())
    here.ingest([guides])
    with pytest.raises(IndexUnreachable, match=r"on this machine.*run `coach ingest`"):
        there.search("tasks")
    assert there.ingest([guides]).embedded == 0
    hits = there.search("tasks")
    with pytest.raises(IndexUnreachable, match=rf"at {server},.*run `coach ingest`"):
        here.search("tasks")
    assert here.ingest([]).embedded == 0
    assert [hit.passage_id for hit in here.search("tasks")] == [hit.passage_id for hit in hits]
    here.close()
    there.close()


def test_a_server_that_does_not_answer_is_named_without_its_password(tmp_path: Path, guides: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    url = f"http://ann:hunter2@127.0.0.1:{port}"
    library = Library(Settings(home=tmp_path / "home", chroma_url=url), HashedWords())
    with pytest.raises(IndexUnreachable) as caught:
        library.ingest([guides])
    message = str(caught.value)
    assert f"http://127.0.0.1:{port} " in message
    assert "COACH_CHROMA_URL" in message
    assert "hunter2" not in message
    assert not (library.settings.library / "current").exists()


def test_a_server_that_lost_the_vectors_is_told_in_one_line(
    server: str, tmp_path: Path, guides: Path
) -> None:
    library = Library(Settings(home=tmp_path / "home", chroma_url=server), HashedWords())
    library.ingest([guides])
    VectorStore(server).drop(Path((library.settings.library / "current").read_text()))
    with pytest.raises(IndexUnreachable, match=r"can't be used .*run `coach ingest`"):
        library.search("tasks")
    library.close()
