"""What is measured of the pieces of an answer. Texts are near by the words that they share, but in the last test."""

from collections.abc import Sequence

import numpy as np
import pytest

from coach.feedback.feedback import Asked, Mistake
from coach.feedback.matching import MISTAKE_FEATURES, POINT_FEATURES, Matched, match
from coach.feedback.pieces import cut_pieces
from coach.feedback.telling import Telling
from coach.feedback.words import stem
from coach.library.embedder import Embedder, HashedWords, MiniLM, Progress, Vectors

EVERYDAY = "an the is are of to and by in on it what how that with for not do does".split()
TELLING = Telling(rarity={stem(word): 1.0 for word in EVERYDAY}, unknown=5.0, common=1.0)
POINTS = ("The weights move against the slope of the loss.", "A rate scales every single step.")
WRONG = Mistake(
    said="The weights climb uphill along the slope.",
    right="The weights move downhill, against the slope.",
    point=0,
)
ASKED = Asked(question="How does gradient descent train a network?", kind="technical", key_points=POINTS)


class Counting(HashedWords):
    def __init__(self) -> None:
        self.texts: list[str] = []

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        self.texts += texts
        return super().embed(texts, progress)


def found(asked: Asked, *sentences: str, embedder: Embedder | None = None) -> Matched:
    pieces = cut_pieces(list(enumerate(sentences)))
    return match(asked, pieces, embedder or HashedWords(), TELLING)


def point(matched: Matched, name: str, place: int = 0, piece: int = 0) -> float:
    return float(matched.points[piece, place, POINT_FEATURES.index(name)])


def mistake(matched: Matched, name: str, place: int = 0, piece: int = 0) -> float:
    return float(matched.mistakes[piece, place, MISTAKE_FEATURES.index(name)])


def cosine(one: str, other: str) -> float:
    first, second = HashedWords().embed([one, other])
    return float(first @ second)


def test_a_piece_that_only_repeats_the_question_is_left_out() -> None:
    matched = found(ASKED, "Gradient descent does train the network.", "The slope trains the network.")
    assert [piece.sentence for piece in matched.pieces] == [1]


def test_an_answer_of_nothing_has_features_of_no_piece() -> None:
    asked = ASKED.model_copy(update={"mistakes": (WRONG,)})
    matched = found(asked, "Gradient descent?")
    assert matched.pieces == ()
    assert matched.topic.shape == (0,)
    assert matched.points.shape == (0, 2, len(POINT_FEATURES))
    assert matched.mistakes.shape == (0, 1, len(MISTAKE_FEATURES))
    assert matched.may_make(0.0, 0.0).shape == (0, 2)


def test_closeness_is_that_of_the_best_wording() -> None:
    said, other = "Updates descend opposite the derivative", "Updates are opposite"
    plain = found(ASKED, said)
    more = found(ASKED.model_copy(update={"also": ((other, said), ())}), said)
    assert point(plain, "closeness") == pytest.approx(cosine(said, POINTS[0]), abs=1e-5)
    assert point(more, "closeness") == pytest.approx(1.0, abs=1e-5)
    assert point(more, "closeness", 1) == pytest.approx(point(plain, "closeness", 1), abs=1e-6)
    assert [point(plain, "alone", place) for place in (0, 1)] == [1.0, 1.0]
    assert [point(more, "alone", place) for place in (0, 1)] == [0.0, 1.0]


def test_the_share_of_words_is_that_of_the_wording_of_which_most_is_said() -> None:
    asked = ASKED.model_copy(update={"also": (("Updates oppose derivatives",), ())})
    matched = found(asked, "Updates oppose derivatives", "Weights oppose slope, loss, move")
    assert point(matched, "words") == pytest.approx(1.0)
    assert point(matched, "words", 1) == 0.0
    # Of the five telling words of the key point (against is one) four, which is more than one of three.
    assert point(matched, "words", piece=1) == pytest.approx(4 / 5)


def test_words_of_the_question_earn_nothing() -> None:
    about = ASKED.model_copy(update={"question": "What do rate, scales and steps mean?"})
    said = "Rate, scales, steps, beautifully."
    assert point(found(ASKED, said), "words", 1) == pytest.approx(3 / 5)
    assert point(found(about, said), "words", 1) == 0.0


def test_the_margin_is_what_it_is_closer_than_to_any_other_point() -> None:
    asked = ASKED.model_copy(update={"key_points": (*POINTS, "Nothing else here matters much.")})
    matched = found(asked, POINTS[1])
    close = [point(matched, "closeness", place) for place in range(3)]
    margins = [point(matched, "margin", place) for place in range(3)]
    assert close[1] == max(close)
    assert margins[1] == pytest.approx(close[1] - max(close[0], close[2]), abs=1e-5)
    assert margins[0] == pytest.approx(close[0] - close[1], abs=1e-5)
    only = found(ASKED.model_copy(update={"key_points": POINTS[1:]}), POINTS[1])
    assert point(only, "margin") == point(only, "closeness") > 0.99


def test_the_topic_is_that_of_the_whole_line_beside_the_question_and_all_points() -> None:
    off, line = "sandwiches taste nice", f"{POINTS[0].rstrip('.')}; sandwiches taste nice"
    alone, within = found(ASKED, off), found(ASKED, line)
    assert len(set(within.topic.tolist())) == 1
    assert within.pieces[-1].text == off
    assert within.topic[-1] == pytest.approx(max(cosine(line, one) for one in POINTS), abs=1e-5)
    assert alone.topic[0] < within.topic[-1]
    near = found(ASKED, "Gradient descent does train a network nightly")
    assert near.topic[0] == pytest.approx(cosine(near.pieces[0].text, ASKED.question), abs=1e-5)


def test_only_what_is_near_to_the_topic_and_to_the_point_may_make_it() -> None:
    matched = found(ASKED, POINTS[0], "sandwiches taste nice")
    close = matched.points[:, :, 0]
    between = float(close[0, 1] + close[0, 0]) / 2
    assert matched.may_make(-1.0, between)[0].tolist() == [True, False]
    assert matched.may_make(float(matched.topic[0]), -1.0).tolist() == [[True, True], [False, False]]
    assert not matched.may_make(1.1, -1.0).any()


def test_formulas_of_key_points_are_read_aloud_like_those_of_answers() -> None:
    asked = ASKED.model_copy(update={"key_points": ("The output is Σ w·x.",)})
    assert point(found(asked, r"The output is \sum w \times x."), "closeness") == pytest.approx(1.0, abs=1e-5)


def test_the_wrong_claim_is_told_from_what_is_right() -> None:
    asked = ASKED.model_copy(update={"mistakes": (WRONG,)})
    matched = found(asked, WRONG.said, WRONG.right.replace(",", ""))
    wrong, right = 0, 1
    assert mistake(matched, "closeness", piece=wrong) == pytest.approx(1.0, abs=1e-5)
    assert mistake(matched, "than_right", piece=wrong) > 0.1
    assert mistake(matched, "than_right", piece=right) == pytest.approx(
        -mistake(matched, "than_right", piece=wrong), abs=1e-5
    )
    # "climb", "uphill" and "along" are only in the claim, "move", "downhill", "against" and "loss" only beside it.
    assert [mistake(matched, "own_words", piece=piece) for piece in (wrong, right)] == [1.0, 0.0]
    assert [mistake(matched, "right_words", piece=piece) for piece in (wrong, right)] == [0.0, 0.75]
    assert [mistake(matched, "words", piece=piece) for piece in (wrong, right)] == [1.0, pytest.approx(2 / 5)]


def test_a_mistake_is_held_against_its_own_key_point_and_against_all() -> None:
    second = Mistake(said="A bigger rate always scales better.", right="Rates too big diverge.", point=1)
    matched = found(ASKED.model_copy(update={"mistakes": (WRONG, second)}), second.said)
    wrong = mistake(matched, "closeness", 1)
    close = [point(matched, "closeness", place) for place in (0, 1)]
    assert wrong == pytest.approx(1.0, abs=1e-5)
    assert mistake(matched, "closeness", 0) == pytest.approx(cosine(second.said, WRONG.said), abs=1e-5)
    assert mistake(matched, "than_point", 1) == pytest.approx(wrong - close[1], abs=1e-5)
    assert mistake(matched, "than_any", 1) == pytest.approx(wrong - max(close), abs=1e-5)
    assert mistake(matched, "than_point", 0) == pytest.approx(
        mistake(matched, "closeness", 0) - close[0], abs=1e-5
    )


@pytest.mark.parametrize(
    "denial", ["do not climb", "don't climb", "don’t climb", "never climb", "cannot climb"]
)
def test_who_denies_the_claim_does_not_make_it(denial: str) -> None:
    asked = ASKED.model_copy(update={"mistakes": (WRONG,)})
    matched = found(asked, WRONG.said, f"Weights {denial} uphill along the slope.")
    assert [mistake(matched, "denied", piece=piece) for piece in (0, 1)] == [0.0, 1.0]


def test_a_claim_that_denies_is_denied_by_what_does_not() -> None:
    never = WRONG.model_copy(update={"said": "The weights never climb."})
    matched = found(ASKED.model_copy(update={"mistakes": (never,)}), "Weights climb rarely", never.said)
    assert [mistake(matched, "denied", piece=piece) for piece in (0, 1)] == [1.0, 0.0]


def test_a_questions_side_is_embedded_once_for_each_embedder() -> None:
    one, other = Counting(), Counting()
    for embedder, said in ((one, "Weights move"), (one, "Rates scale"), (other, "Weights move")):
        found(ASKED, said, embedder=embedder)
    assert one.texts.count(ASKED.question) == other.texts.count(ASKED.question) == 1
    assert one.texts.count("Rates scale") == 1


def test_other_words_for_a_point_are_nearest_to_it_and_another_topic_is_far(minilm: MiniLM) -> None:
    asked = Asked(
        question="What is overfitting, and how do you fight it?",
        kind="technical",
        key_points=(
            "The model learns the noise of the training data, so it does worse on new data.",
            "Regularisation or early stopping limits how closely it can fit.",
            "More training data makes it harder to memorise.",
        ),
    )
    sentences = (
        "It picks up noise in what it was trained on and fails on unseen data.",
        "A penalty on large weights or halting training early keeps the fit loose.",
        "Collecting many more training examples leaves it less to memorise.",
        "My flat in Berlin had a lovely balcony.",
    )
    matched = match(asked, cut_pieces([(n, text) for n, text in enumerate(sentences)]), minilm, TELLING)
    whole = [place for place, piece in enumerate(matched.pieces) if piece.text == piece.line]
    close = matched.points[whole, :, 0]
    assert np.argmax(close[:3], axis=1).tolist() == [0, 1, 2]
    assert matched.topic[whole[3]] < 0.2 < matched.topic[whole[:3]].min()
