"""Vectors of texts that stay the same are made once; whatever is wrong with what was kept is made anew."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from coach.library.embedder import HashedWords, Progress, Vectors
from coach.library.lasting import KeepingEmbedder, lasting

TEXTS = ("How do you find a leak?", "What is a feature store?")


@dataclass
class Counted(HashedWords):
    name: str = "counted"
    asked: list[str] = field(default_factory=list)

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        self.asked += texts
        return super().embed(texts, progress)


def test_texts_are_embedded_once(tmp_path: Path) -> None:
    first, second = Counted(), Counted()
    made = lasting(KeepingEmbedder(first, tmp_path / "kept"), "questions", TEXTS)
    again = lasting(KeepingEmbedder(second, tmp_path / "kept"), "questions", TEXTS)
    assert (first.asked, second.asked) == (list(TEXTS), [])
    assert np.array_equal(made, again)
    assert np.array_equal(made, HashedWords().embed(TEXTS))
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["questions.npz"]
    assert (tmp_path / "kept").stat().st_mode & 0o777 == 0o700


def test_other_texts_or_another_embedder_replace_them(tmp_path: Path) -> None:
    lasting(KeepingEmbedder(Counted(), tmp_path), "questions", TEXTS)
    changed = Counted()
    lasting(KeepingEmbedder(changed, tmp_path), "questions", TEXTS[::-1])
    assert changed.asked == list(TEXTS[::-1])
    other = Counted(name="other")
    lasting(KeepingEmbedder(other, tmp_path), "questions", TEXTS[::-1])
    assert other.asked == list(TEXTS[::-1])


@pytest.mark.parametrize("broken", [b"", b"PK\x03\x04 cut off", b"something else", None])
def test_a_broken_file_is_made_anew(tmp_path: Path, broken: bytes | None) -> None:
    kept = KeepingEmbedder(Counted(), tmp_path)
    made = kept.lasting("questions", TEXTS)
    path = tmp_path / "questions.npz"
    if broken is None:  # the right key, vectors of another shape
        with np.load(path) as stored:
            key = stored["key"]
        np.savez(path, key=key, vectors=made[:1])
    else:
        path.write_bytes(broken)
    mended = Counted()
    assert np.array_equal(KeepingEmbedder(mended, tmp_path).lasting("questions", TEXTS), made)
    assert mended.asked == list(TEXTS)
    last = Counted()
    KeepingEmbedder(last, tmp_path).lasting("questions", TEXTS)
    assert last.asked == []


def test_where_nothing_can_be_kept_vectors_are_there_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    kept = KeepingEmbedder(HashedWords(), tmp_path / "file")
    assert kept.lasting("questions", TEXTS).shape == (2, 64)


def test_other_texts_go_past_the_file(tmp_path: Path) -> None:
    kept = KeepingEmbedder(HashedWords(), tmp_path)
    assert np.array_equal(kept.embed(TEXTS), HashedWords().embed(TEXTS))
    assert (kept.name, kept.dimension, kept.state, kept.tokens("two words")) == (
        "hashed-words",
        64,
        "ready",
        2,
    )
    assert not any(tmp_path.iterdir())
