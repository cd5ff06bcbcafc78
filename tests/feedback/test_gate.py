import pytest

from coach.errors import AnswerRefused
from coach.feedback.gate import MAX_WORDS, why_not_graded

QUESTION = "Tell me about a time you disagreed with your manager. What did you do?"
REAL = "Last spring my manager wanted to ship early. I showed him the error rate and we waited a week."


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("", "empty"),
        (" \n\t", "empty"),
        ("😀 😀 😀", "no words in it"),
        ("12345 67", "no words in it"),
        ("fine", "not an answer"),
        ("I don't know.", "not an answer"),
        ("Sorry, I can't think of one right now", "not an answer"),
        ("pass", "not an answer"),
        ("asdkj qwlekj zxmcn qweoiu asldkj qwpoe", "gibberish"),
        ("asdf asdf asdf asdf jkl jkl", "gibberish"),
        (QUESTION, "the question repeated"),
        ("tell me about a time you disagreed with your manager", "the question repeated"),
        (
            "Ich habe mit meinem Chef gestritten und dann eine Lösung gefunden, die allen gefiel.",
            "another language",
        ),
        ("我在工作中遇到了一个问题", "another language"),
        ("def f(x):\n    return x + 1\nprint(f(2))", "code"),
        ("I led it.", "too short"),
    ],
)
def test_a_non_answer_says_why(answer: str, reason: str) -> None:
    assert why_not_graded(QUESTION, answer) == reason


@pytest.mark.parametrize(
    "answer",
    [
        REAL,
        REAL.lower().replace(".", "").replace(",", ""),
        "I don't know how the outage began, but I traced it to a deploy and rolled it back in ten minutes.",
        "Cached features, dropped p99 latency from 80ms to 20ms, rolled out everywhere, zero incidents.",
        "My manager Grüber and I disagreed on the São Paulo launch, so I ran the numbers and he agreed.",
    ],
)
def test_an_answer_is_graded(answer: str) -> None:
    assert why_not_graded(QUESTION, answer) is None


def test_the_limit_is_stated() -> None:
    assert why_not_graded(QUESTION, "word and " * (MAX_WORDS // 2)) != "empty"
    with pytest.raises(AnswerRefused, match=r"20,000 words; the coach reads up to 3,000"):
        why_not_graded(QUESTION, "word " * 20_000)


def test_code_answers_a_coding_question() -> None:
    code = "def f(x):\n    return x + 1\nprint(f(2))"
    assert why_not_graded(QUESTION, code, code_is_fine=True) is None
