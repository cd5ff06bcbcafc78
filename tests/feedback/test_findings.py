from collections.abc import Mapping

from coach.feedback.findings import Assessed, find_gaps, find_strengths
from tests.feedback.builders import STRONG, evidence, tagged

FULL = {
    "situation": 2.0,
    "task": 2.0,
    "action": 2.0,
    "result": 2.0,
    "ownership": 2.0,
    "relevance": 2.0,
    "overall": 5.0,
}


def assessed(
    scores: Mapping[str, float] | None = None, *, learning: bool = False, **qualities: bool
) -> Assessed:
    return Assessed(
        scores=FULL | dict(scores or {}),
        qualities={"measured": True, "reflection": True, "hypothetical": False} | qualities,
        checks=evidence(*STRONG),
        sentences=tagged(*STRONG),
        asks_for_learning=learning,
    )


def test_a_strong_answer_has_no_gap_and_its_strengths_point_somewhere() -> None:
    assert find_gaps(assessed()) == ()
    strengths = find_strengths(assessed())
    assert [strength.sentences for strength in strengths] == [(2, 3), (4,)]


def test_the_gap_that_costs_most_comes_first() -> None:
    gaps = find_gaps(assessed({"situation": 1.0, "result": 0.1, "task": 0.9, "ownership": 1.1}))
    assert [gap.criterion for gap in gaps] == ["result", "ownership", "task"]


def test_missing_and_vague_are_told_apart() -> None:
    missing, vague = find_gaps(assessed({"result": 0.1})), find_gaps(assessed({"result": 1.1}))
    assert missing[0].text != vague[0].text
    assert "ends before the outcome" in missing[0].text


def test_a_gap_points_at_its_own_sentences() -> None:
    assert find_gaps(assessed({"action": 1.0}))[0].sentences == (2, 3)
    assert find_gaps(assessed(measured=False))[0].sentences == (4,)


def test_an_answer_that_is_good_but_not_outstanding_hears_of_its_weakest_part() -> None:
    good = {"overall": 4.0, "situation": 1.7, "action": 1.4, "task": 1.6}
    assert [gap.criterion for gap in find_gaps(assessed(good))] == ["action"]
    assert find_gaps(assessed(good | {"overall": 4.5})) == ()


def test_no_number_is_asked_for_an_outcome_that_is_missing_altogether() -> None:
    gaps = find_gaps(assessed({"result": 0.0}, measured=False))
    assert [gap.criterion for gap in gaps] == ["result"]


def test_learning_is_missed_only_where_it_was_asked_for() -> None:
    assert find_gaps(assessed(reflection=False)) == ()
    assert [gap.criterion for gap in find_gaps(assessed(reflection=False, learning=True))] == ["reflection"]


def test_talk_about_habits_is_a_gap() -> None:
    assert find_gaps(assessed(hypothetical=True))[0].criterion == "hypothetical"


def test_every_pointer_is_a_sentence_of_the_answer() -> None:
    low = assessed(dict.fromkeys(FULL, 0.0), measured=False, hypothetical=True, reflection=False)
    for gap in find_gaps(low):
        assert gap.sentences
        assert set(gap.sentences) <= set(range(len(STRONG)))
