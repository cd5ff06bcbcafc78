import pytest

from coach.feedback.pieces import cut_pieces, read_aloud


@pytest.mark.parametrize(
    ("typed", "spoken"),
    [
        (r"\sum w_i x_i", "sum of w i x i"),
        ("Δw = η · x", "change of w = learning rate times x"),
        (r"\varphi(\sum w x)", "activation function ( sum of w x)"),
        ("φ(v) and ∂E/∂w", "activation function (v) and derivative E/ derivative w"),
        (r"\nabla E", "gradient of E"),
        (r"\eta_t and \phi_i", "learning rate t and activation function i"),
        ("w*x", "w times x"),
        ("w * x", "w times x"),
        ("it is *not* so", "it is not so"),
        ("**Bold** words, `code` and # marks", "Bold words, code and marks"),
        (r"\alpha stays unknown", "stays unknown"),
        ("two\n  lines", "two lines"),
        ("plain words stay as they are.", "plain words stay as they are."),
    ],
)
def test_formulas_are_read_in_words_and_marks_are_not(typed: str, spoken: str) -> None:
    assert read_aloud(typed) == spoken


def texts(*sentences: str) -> list[str]:
    return [piece.text for piece in cut_pieces(list(enumerate(sentences)))]


@pytest.mark.parametrize(
    ("sentence", "clauses"),
    [
        ("It learns noise, the test error rises", ["It learns noise", "the test error rises"]),
        ("It learns noise and the test error rises", ["It learns noise", "the test error rises"]),
        ("It learns noise so that new data fails", ["It learns noise", "new data fails"]),
        ("Weight decay: large weights cost", ["Weight decay", "large weights cost"]),
        ("A small rate (one percent) is slow", ["A small rate", "one percent", "is slow"]),
    ],
)
def test_a_sentence_is_a_piece_and_so_is_each_clause(sentence: str, clauses: list[str]) -> None:
    assert texts(sentence) == [sentence, *clauses]


def test_numbers_are_not_cut_at_their_point_nor_words_at_those_within_them() -> None:
    assert texts("A threshold of 0.5 handles thousands") == ["A threshold of 0.5 handles thousands"]


def test_a_single_word_says_nothing() -> None:
    assert texts("Yes, regularisation, that helps here") == [
        "Yes, regularisation, that helps here",
        "that helps here",
    ]
    assert texts("Yes.", "...", "") == []


def test_every_line_is_on_its_own_without_its_bullet() -> None:
    found = cut_pieces([(4, "- more training data\n\n* an earlier stop")])
    assert [(piece.text, piece.line, piece.sentence) for piece in found] == [
        ("more training data", "more training data", 4),
        ("an earlier stop", "an earlier stop", 4),
    ]


def test_a_clause_knows_its_whole_line_read_aloud_and_its_sentence() -> None:
    found = cut_pieces([(0, "Hello there."), (2, r"First \sum w x; then it fires.")])
    assert {piece.text: (piece.line, piece.sentence) for piece in found} == {
        "Hello there": ("Hello there", 0),
        "First sum of w x; then it fires": ("First sum of w x; then it fires", 2),
        "First sum of w x": ("First sum of w x; then it fires", 2),
        "it fires": ("First sum of w x; then it fires", 2),
    }


def test_what_is_said_twice_comes_once_from_where_it_was_first_said() -> None:
    found = cut_pieces([(0, "It overfits."), (1, "it OVERFITS"), (2, "I mean, it overfits.")])
    assert [(piece.text, piece.sentence) for piece in found] == [
        ("It overfits", 0),
        ("I mean, it overfits", 2),
        ("I mean", 2),
    ]
