from dataclasses import astuple

import numpy as np
import pytest

from coach.feedback.encoding import DIMENSION, LAYERS, Encoded
from coach.feedback.features import FEATURES, most_likely, question_features, sentence_features
from coach.feedback.language import CUE_NAMES, Cues, read_cues

NOTHING = read_cues("")
PLACE = slice(-4 - len(LAYERS), -len(LAYERS))
CLOSE = slice(-len(LAYERS), None)
COUNTS = slice(DIMENSION * len(LAYERS), DIMENSION * len(LAYERS) + len(CUE_NAMES))


def encoded(*axes: int, question: int = 0) -> Encoded:
    """Sentences and a question that each lie along one axis, in every layer."""
    rows = np.eye(DIMENSION, dtype=np.float32)[[question, *axes]]
    vectors = np.repeat(rows[:, None], len(LAYERS), axis=1)
    return Encoded(vectors[0], vectors[1:])


def test_one_row_a_sentence() -> None:
    rows = sentence_features(encoded(1, 2, 3), [read_cues("I ran."), read_cues("We fell."), NOTHING])
    assert rows.shape == (3, FEATURES)
    assert rows.dtype == np.float32
    assert [row[: DIMENSION * len(LAYERS)].argmax() for row in rows] == [1, 2, 3]


def test_the_features_know_the_place() -> None:
    place = sentence_features(encoded(1, 2, 3), [NOTHING] * 3)[:, PLACE]
    assert place[:, 0].tolist() == [0.0, 0.5, 1.0]
    assert place[:, 1].tolist() == [1.0, 0.0, 0.0]
    assert place[:, 2].tolist() == [0.0, 0.0, 1.0]


def test_one_sentence_is_first_and_last() -> None:
    assert sentence_features(encoded(1), [NOTHING])[0, PLACE].tolist() == [0.0, 1.0, 1.0, 0.0]


def test_of_the_question_a_sentence_sees_only_how_close_it_is() -> None:
    near = sentence_features(encoded(5, 6, question=5), [NOTHING] * 2)
    far = sentence_features(encoded(5, 6, question=7), [NOTHING] * 2)
    assert np.array_equal(near[:, : CLOSE.start], far[:, : CLOSE.start])
    assert (near[0, CLOSE] > 0).all()
    assert not near[1, CLOSE].any()
    assert not far[:, CLOSE].any()


@pytest.mark.parametrize("name", CUE_NAMES)
def test_a_count_counts_up_to_a_cap(name: str) -> None:
    place = CUE_NAMES.index(name)

    def counted(number: int) -> np.ndarray:
        cues = Cues(*(number if other == place else 0 for other in range(len(astuple(NOTHING)))))
        return sentence_features(encoded(1), [cues])[0, COUNTS]

    none, one, many, endless = (counted(number) for number in (0, 1, 60, 6000))
    assert not none.any()
    assert one[place] > 0
    assert np.count_nonzero(one) == 1
    assert many[place] >= one[place]
    assert np.array_equal(many, endless)


def test_the_question_is_one_row() -> None:
    row = question_features(encoded(1, question=9))
    assert row.shape == (DIMENSION * len(LAYERS),)
    assert np.flatnonzero(row).tolist() == [9 + layer * DIMENSION for layer in range(len(LAYERS))]


def test_the_likeliest_tag_with_its_probability() -> None:
    rows = np.array([[0.1, 0.1, 0.5, 0.1, 0.1, 0.1], [0.0, 0.0, 0.0, 0.0, 0.2, 0.8]], dtype=np.float32)
    tags, chances = zip(*most_likely(rows), strict=True)
    assert tags == ("A", "O")
    assert chances == pytest.approx((0.5, 0.8))
