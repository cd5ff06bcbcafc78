from pathlib import Path

import numpy as np
import pytest

from coach.errors import ModelMissing
from coach.feedback.encoding import DIMENSION, LAYERS, Mpnet
from tests.feedback.builders import STRONG

QUESTION = "Tell me about a time you found the cause of a hard problem."
STORY = [text for _, text in STRONG]
# About 20 tokens each: 60 of them are more than two windows of 512.
LONG = [
    f"In week {i} I checked the rows of table {i} by hand and wrote down what I found." for i in range(60)
]


def test_every_layer_of_every_sentence_has_unit_length(mpnet: Mpnet) -> None:
    encoded = mpnet.read(QUESTION, STORY)
    assert encoded.question.shape == (len(LAYERS), DIMENSION)
    assert encoded.sentences.shape == (len(STORY), len(LAYERS), DIMENSION)
    assert np.linalg.norm(encoded.question, axis=-1) == pytest.approx(1.0, abs=1e-5)
    assert np.linalg.norm(encoded.sentences, axis=-1) == pytest.approx(1.0, abs=1e-5)


def test_what_an_answer_says_does_not_depend_on_the_question(mpnet: Mpnet) -> None:
    one, other = mpnet.read(QUESTION, STORY), mpnet.read("Which pizza do you like?", STORY)
    assert np.array_equal(one.sentences, other.sentences)
    assert not np.allclose(one.question, other.question)


def test_the_same_answer_is_read_the_same_whatever_was_read_between(mpnet: Mpnet) -> None:
    first = mpnet.read(QUESTION, STORY)
    mpnet.read("Why?", LONG)
    again = mpnet.read(QUESTION, STORY)
    assert np.array_equal(first.sentences, again.sentences)
    assert np.array_equal(first.question, again.question)


def test_a_sentence_is_read_in_its_context(mpnet: Mpnet) -> None:
    told = mpnet.read(QUESTION, ["The model failed.", "I had until Friday."]).sentences[1]
    alone = mpnet.read(QUESTION, ["I had until Friday."]).sentences[0]
    assert np.abs(told - alone).max() > 0.01
    assert (told * alone).sum(axis=-1).min() > 0.5


def test_an_answer_beyond_512_tokens_is_read_in_parts(mpnet: Mpnet) -> None:
    whole = mpnet.read(QUESTION, LONG).sentences
    assert whole.shape[0] == len(LONG)
    assert np.isfinite(whole).all()
    changed = mpnet.read(QUESTION, [LONG[0].replace("hand", "foot"), *LONG[1:]]).sentences
    assert not np.array_equal(changed[1], whole[1])
    assert np.array_equal(changed[-1], whole[-1])


def test_the_first_part_is_as_if_the_rest_was_never_said(mpnet: Mpnet) -> None:
    sentence = "word " * 126 + "end."  # three of them fill a window
    three, six = mpnet.read(QUESTION, [sentence] * 3), mpnet.read(QUESTION, [sentence] * 6)
    assert np.array_equal(three.sentences, six.sentences[:3])
    assert np.array_equal(six.sentences[:3], six.sentences[3:])


def test_of_a_sentence_without_end_only_the_beginning_is_read(mpnet: Mpnet) -> None:
    beginning = "word " * 128
    one = mpnet.read(beginning, [beginning, "I mended it."])
    two = mpnet.read(beginning + "pizza", [beginning + "and some pizza " * 300, "I mended it."])
    assert np.array_equal(one.sentences, two.sentences)
    assert np.array_equal(one.question, two.question)


@pytest.mark.parametrize("text", ["", "🙂", "\u200b", "你好"])
def test_odd_sentences_and_no_question_are_read(mpnet: Mpnet, text: str) -> None:
    encoded = mpnet.read("", [text])
    assert np.isfinite(encoded.sentences).all()
    assert np.isfinite(encoded.question).all()


def test_without_the_networks_files_it_says_which_are_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="coach models pull"):
        Mpnet(tmp_path).read(QUESTION, STORY)
