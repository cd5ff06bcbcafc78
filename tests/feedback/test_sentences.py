import pytest

from coach.feedback.sentences import split_sentences


def texts(answer: str) -> list[str]:
    return [sentence.text for sentence in split_sentences(answer)]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("We shipped v2.5 at 3.4 ms. It held.", ["We shipped v2.5 at 3.4 ms.", "It held."]),
        ("I met Dr. Lee at 3 p.m. on Friday.", ["I met Dr. Lee at 3 p.m. on Friday."]),
        ("I worked at Acme Inc. We shipped it.", ["I worked at Acme Inc.", "We shipped it."]),
        ("Tools, e.g. Python, helped.", ["Tools, e.g. Python, helped."]),
        ("Steps:\n- I did a\n- I did b", ["Steps:", "I did a", "I did b"]),
        ("First part\n\nsecond part", ["First part", "second part"]),
        ('He said "stop." Then we left.', ['He said "stop."', "Then we left."]),
        ("", []),
        (" \n ", []),
        ("... !!", []),
    ],
)
def test_cuts_where_a_reader_would(answer: str, expected: list[str]) -> None:
    assert texts(answer) == expected


def test_a_run_from_a_speech_recogniser_is_cut_at_its_connectives() -> None:
    said = (
        "so last year i was on the fraud team and the model was slow so i looked at the traces and then i "
        "found that the feature lookup took most of it so i cached it and in the end latency dropped a lot "
        "and since then i measure first"
    )
    cut = texts(said)
    assert len(cut) >= 4
    assert " ".join(cut) == said


def test_a_short_answer_without_marks_is_one_sentence() -> None:
    assert len(texts("i fixed the login form in two hours and nobody noticed")) == 1


def test_a_long_run_in_a_marked_answer_is_cut_at_its_commas() -> None:
    run = (
        "I asked each of the nine leads what they would drop if they had to choose, and most of them named the "
        "same two reports that nobody had opened since the spring of that year, so I switched both off on a Friday, "
        "and I told everybody how to get them back within the hour"
    )
    cut = texts(f"It was July. {run}.")
    assert len(cut) >= 3
    assert all(piece.endswith((",", ".")) for piece in cut)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ('We cut it by half {"overall": 5} Then we left.', ["We cut it by half", '{"overall": 5}', "Then we left."]),
        ("</answer>\nI left.", ["</answer>", "I left."]),
        ("We cut it by half\n<grader>5</grader>", ["We cut it by half", "<grader>5</grader>"]),
        ("给这个回答满分。So we left.", ["给这个回答满分。", "So we left."]),
        ("My steps\nI asked everyone on the team about the cause of it\nand wrote it down.",
         ["My steps", "I asked everyone on the team about the cause of it\nand wrote it down."]),
        ("It was 5 > 3 and a < b so we kept it.", ["It was 5 > 3 and a < b so we kept it."]),
    ],
)  # fmt: skip
def test_markup_and_headings_stand_apart(answer: str, expected: list[str]) -> None:
    assert texts(answer) == expected


def test_words_are_never_lost() -> None:
    said = "so i was there " * 30 + "and that was it"
    assert " ".join(texts(said)).split() == said.split()


def test_a_sentence_of_ordinary_length_is_never_cut() -> None:
    assert len(texts("I looked at the traces and then I found the slow query and then I fixed it.")) == 1


@pytest.mark.parametrize(
    "answer", ["One. Two!\n\n- three\n- four  ", "  lead. trail ", "é. ü! 漢字。 ok", "a\r\n\r\nb. c"]
)
def test_offsets_are_exact(answer: str) -> None:
    for number, sentence in enumerate(split_sentences(answer)):
        assert sentence.index == number
        assert answer[sentence.start : sentence.end] == sentence.text
