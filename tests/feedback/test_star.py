from pathlib import Path

import numpy as np
import pytest

from coach.feedback.assessor import WEIGHTS, Assessor
from coach.feedback.language import CUE_NAMES, read_cues
from coach.feedback.rubric import TAGS, Tag
from coach.feedback.star import Tagger, load_tagger, most_likely, tagger_features
from tests.feedback.builders import STRONG

DIMENSION = 4


def features(*texts: str) -> np.ndarray:
    vectors = np.eye(DIMENSION, dtype=np.float32)[: len(texts)]
    return tagger_features(vectors, [read_cues(text) for text in texts])


def test_the_features_of_a_sentence_know_its_neighbours() -> None:
    rows = features("I ran.", "We fell.", "It won.")
    assert rows.shape == (3, 3 * (DIMENSION + len(CUE_NAMES)) + 4)
    own, before, after = rows[:, :DIMENSION], rows[:, DIMENSION : 2 * DIMENSION], rows[:, 2 * DIMENSION : 12]
    assert np.array_equal(before[1:] > 0, own[:-1] > 0)
    assert np.array_equal(after[:-1] > 0, own[1:] > 0)
    assert not before[0].any()
    assert not after[-1].any()


def test_the_features_know_the_place() -> None:
    place = features("One.", "Two.", "Three.")[:, -4:]
    assert place[:, 0].tolist() == [0.0, 0.5, 1.0]
    assert place[:, 1].tolist() == [1.0, 0.0, 0.0]
    assert place[:, 2].tolist() == [0.0, 0.0, 1.0]


def test_one_sentence_is_first_and_last() -> None:
    assert features("Alone.")[0, -4:].tolist() == [0.0, 1.0, 1.0, 0.0]


def test_probabilities_sum_to_one_even_for_huge_scores() -> None:
    width = features("x").shape[1]
    weights = np.zeros((width, len(TAGS)), dtype=np.float32)
    weights[0, 2] = 10_000.0
    tagger = Tagger(weights, np.zeros(len(TAGS), dtype=np.float32))
    vectors = np.eye(DIMENSION, dtype=np.float32)[:2]
    found = tagger.probabilities(vectors, [read_cues("a"), read_cues("b")])
    assert found.sum(axis=1) == pytest.approx([1.0, 1.0])
    assert found[0, 2] == pytest.approx(1.0)
    assert found[1] == pytest.approx([1 / 6] * 6)


def test_the_likeliest_tag_with_its_probability() -> None:
    rows = np.array([[0.1, 0.1, 0.5, 0.1, 0.1, 0.1], [0.0, 0.0, 0.0, 0.0, 0.2, 0.8]], dtype=np.float32)
    tags, chances = zip(*most_likely(rows), strict=True)
    assert tags == ("A", "O")
    assert chances == pytest.approx((0.5, 0.8))


def test_weights_come_back_from_a_file(tmp_path: Path) -> None:
    weights, bias = np.arange(12.0).reshape(2, 6), np.arange(6.0)
    np.savez(tmp_path / "tagger.npz", weights=weights, bias=bias)
    tagger = load_tagger(tmp_path / "tagger.npz")
    assert np.array_equal(tagger.weights, weights)
    assert np.array_equal(tagger.bias, bias)
    assert tagger.weights.dtype == tagger.bias.dtype == np.float32


def test_the_coachs_own_weights_fit_the_features() -> None:
    tagger = load_tagger(WEIGHTS / "tagger.npz")
    vectors = np.zeros((1, 384), dtype=np.float32)
    assert tagger.probabilities(vectors, [read_cues("I ran the test.")]).shape == (1, len(TAGS))


def test_a_plain_story_is_tagged_as_people_would(assessor: Assessor) -> None:
    answer = " ".join(text for _, text in STRONG)
    found: list[Tag] = [tag for tag, _ in most_likely(assessor.read("Tell me of a failure.", answer).tags)]
    assert found == [tag for tag, _ in STRONG]
