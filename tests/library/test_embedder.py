import threading
from pathlib import Path

import numpy as np
import pytest

from coach.errors import ModelMissing
from coach.library.embedder import Embedder, HashedWords, MiniLM


@pytest.mark.parametrize("texts", [[], ["one"], ["STAR means situation", "", "日本語 🙂", "word " * 3000]])
def test_hashed_words_give_unit_rows(texts: list[str]) -> None:
    vectors = HashedWords().embed(texts)
    assert vectors.shape == (len(texts), 64)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_hashed_words_that_share_words_are_near() -> None:
    query, near, far = HashedWords().embed(["star method", "the star method works", "latency of caches"])
    assert query @ near > query @ far


def test_missing_files_are_named_with_the_mend(tmp_path: Path) -> None:
    embedder = MiniLM(tmp_path)
    with pytest.raises(ModelMissing, match=r"tokenizer\.json is missing: run `coach models pull all-minilm"):
        embedder.tokens("x")
    with pytest.raises(ModelMissing, match=r"model\.safetensors is missing"):
        embedder.embed(["x"])
    assert embedder.state == "cold"


def test_minilm_counts_without_loading_the_model(minilm_dir: Path) -> None:
    embedder = MiniLM(minilm_dir)
    assert embedder.tokens("STAR isn't hard.") == 6
    assert embedder.tokens("") == 0
    assert embedder.tokens("word " * 1000) == 1000
    assert embedder.tokens("a" * 5000) == 2500
    assert embedder.state == "cold"


def test_minilm_knows_meanings_and_loads_once_for_many_threads(minilm_dir: Path) -> None:
    embedder: Embedder = MiniLM(minilm_dir)
    assert isinstance(embedder, MiniLM)
    models: list[object] = []
    threads = [threading.Thread(target=lambda: models.append(embedder.load())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(model) for model in models}) == 1
    assert embedder.state == "ready"

    seen: list[tuple[int, int]] = []
    texts = ["How is pay set?", "salary and compensation", "gradient boosting"] * 30
    vectors = embedder.embed(texts, lambda done, total: seen.append((done, total)))
    assert vectors.shape == (90, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2
    assert seen == [(64, 90), (90, 90)]
    assert embedder.embed([]).shape == (0, 384)
