from pathlib import Path

import numpy as np
import pytest

from coach.errors import ModelMissing
from coach.feedback.encoding import DIMENSION, LAYERS, MiniLMEncoder
from coach.library.embedder import MiniLM
from tests.feedback.builders import STRONG

QUESTION = "Tell me about a time you found the cause of a hard problem."
STORY = [text for _, text in STRONG]
# About 20 tokens each: 60 of them are more than two windows of 512.
LONG = [
    f"In week {i} I checked the rows of table {i} by hand and wrote down what I found." for i in range(60)
]


@pytest.fixture(scope="module")
def encoder(minilm: MiniLM) -> MiniLMEncoder:
    return MiniLMEncoder(minilm)


def test_every_layer_of_every_sentence_has_unit_length(encoder: MiniLMEncoder) -> None:
    encoded = encoder.read(QUESTION, STORY)
    assert encoded.question.shape == (len(LAYERS), DIMENSION)
    assert encoded.sentences.shape == (len(STORY), len(LAYERS), DIMENSION)
    assert np.linalg.norm(encoded.question, axis=-1) == pytest.approx(1.0, abs=1e-5)
    assert np.linalg.norm(encoded.sentences, axis=-1) == pytest.approx(1.0, abs=1e-5)


def test_what_an_answer_says_does_not_depend_on_the_question(encoder: MiniLMEncoder) -> None:
    one, other = encoder.read(QUESTION, STORY), encoder.read("Which pizza do you like?", STORY)
    assert np.array_equal(one.sentences, other.sentences)
    assert not np.allclose(one.question, other.question)


def test_the_same_answer_is_read_the_same_whatever_was_read_between(
    encoder: MiniLMEncoder, minilm: MiniLM
) -> None:
    first = encoder.read(QUESTION, STORY)
    encoder.read("Why?", LONG)
    minilm.embed(["word " * 400])
    again = encoder.read(QUESTION, STORY)
    assert np.array_equal(first.sentences, again.sentences)
    assert np.array_equal(first.question, again.question)


def test_reading_leaves_the_librarys_embedder_as_it_was(encoder: MiniLMEncoder, minilm: MiniLM) -> None:
    texts = ["table " * 150 + "pizza " * 50, "I ran it."]  # beyond the encoder's longest sentence
    before = minilm.embed(texts)
    encoder.read(QUESTION, STORY)
    assert np.array_equal(minilm.embed(texts), before)


def test_a_sentence_is_read_in_its_context(encoder: MiniLMEncoder) -> None:
    told = encoder.read(QUESTION, ["The model failed.", "I had until Friday."]).sentences[1]
    alone = encoder.read(QUESTION, ["I had until Friday."]).sentences[0]
    assert np.abs(told - alone).max() > 0.01
    assert (told * alone).sum(axis=-1).min() > 0.5


def test_an_answer_beyond_512_tokens_is_read_in_parts(encoder: MiniLMEncoder) -> None:
    whole = encoder.read(QUESTION, LONG).sentences
    assert whole.shape[0] == len(LONG)
    assert np.isfinite(whole).all()
    changed = encoder.read(QUESTION, [LONG[0].replace("hand", "foot"), *LONG[1:]]).sentences
    assert not np.array_equal(changed[1], whole[1])
    assert np.array_equal(changed[-1], whole[-1])


def test_the_first_part_is_as_if_the_rest_was_never_said(encoder: MiniLMEncoder) -> None:
    sentence = "word " * 126 + "end."  # three of them fill a window
    three, six = encoder.read(QUESTION, [sentence] * 3), encoder.read(QUESTION, [sentence] * 6)
    assert np.array_equal(three.sentences, six.sentences[:3])
    assert np.array_equal(six.sentences[:3], six.sentences[3:])


def test_of_a_sentence_without_end_only_the_beginning_is_read(encoder: MiniLMEncoder) -> None:
    beginning = "word " * 128
    one = encoder.read(beginning, [beginning, "I mended it."])
    two = encoder.read(beginning + "pizza", [beginning + "and some pizza " * 300, "I mended it."])
    assert np.array_equal(one.sentences, two.sentences)
    assert np.array_equal(one.question, two.question)


@pytest.mark.parametrize("text", ["", "🙂", "\u200b", "你好"])
def test_odd_sentences_and_no_question_are_read(encoder: MiniLMEncoder, text: str) -> None:
    encoded = encoder.read("", [text])
    assert np.isfinite(encoded.sentences).all()
    assert np.isfinite(encoded.question).all()


def test_without_the_networks_files_it_says_which_are_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="coach models pull"):
        MiniLMEncoder(MiniLM(tmp_path)).read(QUESTION, STORY)
