import numpy as np
import pytest

from coach.feedback.feedback import KeyPoint, Verdict
from coach.feedback.keypoints import (
    judge_key_points,
    key_point_gaps,
    key_point_strengths,
    overall_of_key_points,
)
from coach.library.embedder import MiniLM


def points(*verdicts: Verdict) -> list[KeyPoint]:
    return [
        KeyPoint(point=f"point {n}", verdict=verdict, sentences=() if verdict == "miss" else (n,))
        for n, verdict in enumerate(verdicts)
    ]


def test_each_point_gets_a_verdict_and_the_sentences_that_speak_of_it() -> None:
    sentences = np.eye(4, dtype=np.float32)[:3]
    vectors = np.array([[0.9, 0.0, 0.43, 0.0], [0.0, 0.5, 0.0, 0.8], [0.1, 0.1, 0.1, 0.9]], dtype=np.float32)
    judged = judge_key_points(["a", "b", "c"], vectors, sentences)
    assert [(one.point, one.verdict, one.sentences) for one in judged] == [
        ("a", "hit", (0, 2)),
        ("b", "partial", (1,)),
        ("c", "miss", ()),
    ]


@pytest.mark.parametrize(
    ("verdicts", "overall"),
    [
        (("hit", "hit"), 5.0),
        (("miss", "miss"), 1.0),
        (("hit", "miss"), 3.0),
        (("partial", "partial"), 3.0),
        (("wrong", "miss"), 1.0),
    ],
)
def test_the_overall_score_counts_what_was_made(verdicts: tuple[Verdict, ...], overall: float) -> None:
    assert overall_of_key_points(points(*verdicts)) == (overall, 1.0)


def test_what_is_missing_comes_before_what_was_touched() -> None:
    gaps = key_point_gaps(points("partial", "hit", "miss", "partial", "miss"))
    assert [gap.sentences for gap in gaps] == [(), (), (0,)]
    assert [gap.text.split(": ")[1] for gap in gaps] == ["point 2", "point 4", "point 0"]
    assert {gap.criterion for gap in gaps} == {"key_point"}


def test_strengths_are_the_points_that_were_made() -> None:
    strengths = key_point_strengths(points("partial", "hit", "miss", "hit", "hit"))
    assert [(one.text, one.sentences) for one in strengths] == [
        ("Said: point 1", (1,)),
        ("Said: point 3", (3,)),
    ]


def test_a_real_answer_makes_the_point_that_it_makes(minilm: MiniLM) -> None:
    wanted = [
        "Split the data by time so that no later information leaks into training.",
        "Say how the model is rolled back when it goes wrong.",
    ]
    said = [
        "I would split by time, so that nothing from later leaks into the training data.",
        "Then I tune it.",
    ]
    made, missed = judge_key_points(wanted, minilm.embed(wanted), minilm.embed(said))
    assert (made.verdict, made.sentences) == ("hit", (0,))
    assert missed.verdict == "miss"
