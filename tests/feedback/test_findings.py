from collections.abc import Mapping
from dataclasses import replace

from coach.feedback.evidence import Check
from coach.feedback.findings import Assessed, find_gaps, find_strengths
from tests.feedback.builders import STRONG, tagged

FULL = {
    "situation": 2.0,
    "task": 2.0,
    "action": 2.0,
    "result": 2.0,
    "ownership": 2.0,
    "relevance": 2.0,
    "overall": 5.0,
}


SHOWN = {
    "situation": (0,),
    "task": (1,),
    "action": (2, 3),
    "result": (4,),
    "measured": (0, 4),
    "reflection": (5,),
    "hypothetical": (),
}
CHECKS = {name: Check(name, 2.0, sentences) for name, sentences in SHOWN.items()}


def assessed(
    scores: Mapping[str, float] | None = None, *, learning: bool = False, **qualities: bool
) -> Assessed:
    return Assessed(
        scores=FULL | dict(scores or {}),
        qualities={"measured": True, "reflection": True, "hypothetical": False} | qualities,
        checks=CHECKS,
        sentences=tagged(*STRONG),
        asks_for_learning=learning,
    )


def test_a_strong_answer_has_no_gap_and_its_strengths_point_somewhere() -> None:
    assert find_gaps(assessed()) == ()
    strengths = find_strengths(assessed())
    assert [strength.sentences for strength in strengths] == [(2, 3), (4,)]
    for strength in strengths:
        quote = strength.text.split("“")[1].split("”")[0]
        assert any(quote in STRONG[place][1] for place in strength.sentences)


def test_talk_in_general_is_not_praised() -> None:
    assert find_strengths(assessed(hypothetical=True)) == ()


def test_a_setting_that_nobody_could_picture_is_not_praised() -> None:
    bare = tagged(("S", "We had a problem with it."), *STRONG[1:])
    found = find_strengths(replace(assessed({"action": 0.5, "result": 0.5}, measured=False), sentences=bare))
    assert all(strength.sentences != (0,) for strength in found)


def test_one_word_about_the_place_is_no_picture() -> None:
    weak = assessed({"action": 0.5, "result": 0.5, "task": 0.5}, measured=False, reflection=False)
    vague = tagged(("S", "In one project there were different opinions about the model."), *STRONG[1:])
    assert find_strengths(replace(weak, sentences=vague)) == ()
    assert [one.sentences for one in find_strengths(weak)] == [(0,)]


def test_a_heading_earns_no_praise() -> None:
    listed = tagged(STRONG[0], ("T", "Task:"), ("T", "I was asked to get recall above 80%."), *STRONG[2:])
    checks = CHECKS | {"task": Check("task", 2.0, (1, 2)), "situation": Check("situation", 2.0, (0,))}
    weak = assessed({"action": 0.5, "result": 0.5, "situation": 0.5}, measured=False, reflection=False)
    found = find_strengths(replace(weak, sentences=listed, checks=checks))
    assert [one.sentences for one in found] == [(2,)]


def test_an_outcome_with_a_number_is_praised_before_one_with_more_words() -> None:
    told = (
        ("R", "The estimated item probabilities shrank and the correction over-penalized the whole tail."),
        ("R", "Recall rose to 66%."),
    )
    checks = CHECKS | {"result": Check("result", 2.0, (4, 5))}
    one = replace(assessed({"action": 0.5}), sentences=tagged(*STRONG[:4], *told), checks=checks)
    assert "“Recall rose to 66%”" in find_strengths(one)[0].text


def test_vague_steps_are_pointed_at_before_what_merely_happened() -> None:
    acts = (("A", "Different stakeholders were involved."), ("A", "I prepared some slides."))
    one = replace(assessed({"action": 1.0}), sentences=tagged(*STRONG[:2], *acts, *STRONG[4:]))
    gap = find_gaps(one)[0]
    assert gap.sentences == (3, 2)
    assert "“I prepared some slides” names a step" in gap.text


def test_the_gap_that_costs_most_comes_first() -> None:
    gaps = find_gaps(assessed({"situation": 1.0, "result": 0.1, "task": 0.9, "ownership": 1.1}))
    assert [gap.criterion for gap in gaps] == ["result", "task", "situation"]


def test_a_gap_points_at_its_own_sentences() -> None:
    assert set(find_gaps(assessed({"action": 1.0}))[0].sentences) == {2, 3}
    # What is missing altogether is hung on what it should stand beside.
    assert find_gaps(assessed({"task": 0.1}))[0].sentences == (2,)
    assert find_gaps(assessed({"result": 0.1}))[0].sentences == (5,)


def test_a_number_that_is_there_is_not_missed_whatever_the_estimate_says() -> None:
    assert find_gaps(assessed(measured=False)) == ()
    bare = tagged(*STRONG[:4], ("R", "As a result recall rose and losses fell."), STRONG[5])
    (gap,) = find_gaps(replace(assessed(measured=False), sentences=bare))
    assert (gap.criterion, gap.sentences) == ("measured", (4,))


def test_an_outcome_with_a_number_is_not_told_in_general_words() -> None:
    assert find_gaps(assessed({"result": 1.0})) == ()
    bare = tagged(*STRONG[:4], ("R", "As a result recall rose and losses fell."), STRONG[5])
    (gap,) = find_gaps(replace(assessed({"result": 1.0}), sentences=bare))
    assert (gap.criterion, gap.sentences) == ("result", (4,))


def test_nobody_hides_behind_others_who_speaks_of_none() -> None:
    assert find_gaps(assessed({"ownership": 0.9})) == ()
    together = tagged(*STRONG[:2], ("A", "We split the data by time."), *STRONG[3:])
    (gap,) = find_gaps(replace(assessed({"ownership": 0.9}), sentences=together))
    assert (gap.criterion, gap.sentences) == ("ownership", (2,))


def test_what_was_learned_is_not_missed_where_it_is_told() -> None:
    assert find_gaps(assessed(reflection=False, learning=True)) == ()


def test_a_weak_answer_hears_of_two_gaps_and_a_good_one_of_none_that_is_not_there() -> None:
    almost = {"situation": 1.55, "action": 1.45, "task": 1.3}
    assert find_gaps(assessed(almost | {"overall": 4.0})) == ()
    assert len(find_gaps(assessed(almost | {"overall": 3.0}))) == 2


def test_no_number_is_asked_for_an_outcome_that_is_missing_altogether() -> None:
    gaps = find_gaps(assessed({"result": 0.0}, measured=False))
    assert [gap.criterion for gap in gaps] == ["result"]


def test_learning_is_missed_only_where_it_was_asked_for() -> None:
    untold = replace(assessed(reflection=False), sentences=tagged(*STRONG[:5]))
    assert find_gaps(untold) == ()
    (gap,) = find_gaps(replace(untold, asks_for_learning=True))
    assert gap.criterion == "reflection"


def test_talk_about_habits_is_a_gap() -> None:
    assert find_gaps(assessed(hypothetical=True))[0].criterion == "hypothetical"


def test_every_pointer_is_a_sentence_of_the_answer() -> None:
    low = assessed(dict.fromkeys(FULL, 0.0), measured=False, hypothetical=True, reflection=False)
    for gap in find_gaps(low):
        assert gap.sentences
        assert set(gap.sentences) <= set(range(len(STRONG)))
