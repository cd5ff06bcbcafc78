"""The catalog and the check of files against it."""

import hashlib
import os
from pathlib import Path

import pytest

from coach.errors import ModelMismatch, ModelMissing, ModelUnknown
from coach.models.catalog import CATALOG, CatalogModel, ModelFile, find, path_of
from coach.models.verify import STAMP, check, is_present, require

BYTES = b"not really a model"
MODEL = CatalogModel("tiny", "chat", (ModelFile("tiny.gguf", len(BYTES), hashlib.sha256(BYTES).hexdigest()),))


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    path = path_of(MODEL, tmp_path)
    path.parent.mkdir()
    path.write_bytes(BYTES)
    return path


def test_every_model_can_be_found_by_its_name() -> None:
    assert [find(model.name) for model in CATALOG] == list(CATALOG)


def test_every_file_has_a_route_and_a_full_hash() -> None:
    for model in CATALOG:
        assert model.hub or model.has_wheels
        for file in model.files:
            assert len(bytes.fromhex(file.sha256)) == 32
            assert file.size > 0


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(ModelUnknown, match=r"qwen2\.5-coder-1\.5b"):
        find("gpt-7")


def test_a_chat_model_is_a_file_and_an_embeddings_model_a_folder(tmp_path: Path) -> None:
    assert path_of(find("smollm2-135m"), tmp_path).suffix == ".gguf"
    assert path_of(find("all-minilm-l6-v2"), tmp_path) == tmp_path / "all-minilm-l6-v2"


def test_missing(tmp_path: Path) -> None:
    assert check(MODEL, tmp_path).status == "missing"
    assert not is_present(MODEL, tmp_path)
    with pytest.raises(ModelMissing, match="coach models pull tiny"):
        require(MODEL, tmp_path)


def test_present_and_stamped(tiny: Path, tmp_path: Path) -> None:
    assert require(MODEL, tmp_path) == tiny
    assert (tiny.parent / STAMP).exists()


def test_a_wrong_byte_is_named_with_both_hashes(tiny: Path, tmp_path: Path) -> None:
    wrong = BYTES.replace(b"n", b"m", 1)
    tiny.write_bytes(wrong)
    found = check(MODEL, tmp_path)
    assert found.status == "mismatch"
    assert MODEL.files[0].sha256 in found.detail
    assert hashlib.sha256(wrong).hexdigest() in found.detail
    with pytest.raises(ModelMismatch):
        require(MODEL, tmp_path)


def test_a_wrong_size_is_a_mismatch(tiny: Path, tmp_path: Path) -> None:
    tiny.write_bytes(BYTES + b"!")
    assert check(MODEL, tmp_path).status == "mismatch"


def test_the_stamp_saves_the_hash_and_the_check_does_not_trust_it(tiny: Path, tmp_path: Path) -> None:
    assert is_present(MODEL, tmp_path)
    before = tiny.stat()
    tiny.write_bytes(BYTES[::-1])
    os.utime(tiny, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert is_present(MODEL, tmp_path), "same size, same time: the stamp holds and nothing is hashed"
    assert check(MODEL, tmp_path).status == "mismatch", "`check` hashes for real"


@pytest.mark.parametrize("broken", ["", "[]", "{}", '{"tiny.gguf": 3}'])
def test_a_changed_file_or_a_broken_stamp_is_hashed_again(tiny: Path, tmp_path: Path, broken: str) -> None:
    assert is_present(MODEL, tmp_path)
    tiny.write_bytes(BYTES[::-1])
    os.utime(tiny, ns=(1, 1))
    assert not is_present(MODEL, tmp_path)
    tiny.write_bytes(BYTES)
    (tiny.parent / STAMP).write_text(broken)
    assert is_present(MODEL, tmp_path)
