import re

import pytest

from coach.errors import UsageError
from coach.feedback.faithful import added, given_by, misquoted
from coach.feedback.feedback import Gap, Rewrite
from coach.feedback.rewrite import fill, rewrite, told_so_far
from tests.feedback.builders import STRONG, tagged

ANSWER = " ".join(text for _, text in STRONG)


def gap(criterion: str, *sentences: int) -> Gap:
    return Gap.model_validate({"criterion": criterion, "text": "...", "sentences": sentences})


def told() -> Rewrite:
    found = rewrite(tagged(*STRONG[:4]), (gap("result", 3), gap("task", 1)))
    assert found is not None
    return found


def test_an_answer_in_order_without_gaps_needs_no_rewrite() -> None:
    assert rewrite(tagged(*STRONG), ()) is None


def test_sentences_come_in_telling_order_and_talk_is_left_out() -> None:
    outcome = ("R", "Recall rose from 61% to 84% and losses fell by $90k a month.")
    shuffled = (STRONG[0], outcome, ("O", "It was a great time."), STRONG[2], STRONG[3], STRONG[1])
    found = rewrite(tagged(*shuffled), ())  # type: ignore[arg-type]
    assert found is not None
    wanted = (STRONG[0], STRONG[1], STRONG[2], STRONG[3], outcome)
    assert found.text == " ".join(text for _, text in wanted)


def test_what_hangs_on_the_sentence_before_it_is_not_moved() -> None:
    shuffled = (STRONG[0], STRONG[2], ("T", "That was mine to mend before the season."), STRONG[4])
    assert rewrite(tagged(*shuffled), ()) is None


def test_a_story_that_is_told_in_order_stays_as_it_was_told() -> None:
    story = (*STRONG[:3], ("R", "The labels were late in both months."), *STRONG[3:])
    assert rewrite(tagged(*story), ()) is None


def test_a_part_of_a_long_sentence_ends_like_one_where_it_is_cut_off() -> None:
    spoken = tagged(
        ("S", "We ran a depot in Hull,"), ("A", "I counted the vans,"), ("R", "and two of 14 were gone.")
    )
    told = rewrite(spoken, [Gap(criterion="task", text="", sentences=(1,))])
    assert told is not None
    assert told.text.startswith("We ran a depot in Hull. [")
    assert "I counted the vans, and two" in told.text


def test_talk_with_a_fact_in_it_stays() -> None:
    story = (*STRONG[:2], ("O", "There were 14 people on it."), *STRONG[2:])
    assert rewrite(tagged(*story), ()) is None


def test_a_gap_becomes_a_blank_at_its_place_and_nothing_else_is_added() -> None:
    found = told()
    assert found.asks == ("result", "task")
    assert found.text.endswith(f"[{found.blanks[0]}]")
    assert found.text.index(found.blanks[1]) < found.text.index(STRONG[2][1])
    own_words = re.sub(r"\[[^\]]*\]\s*", "", found.text).strip()
    assert own_words == told_so_far(found) == " ".join(text for _, text in STRONG[:4])


@pytest.mark.parametrize(
    "criterion",
    [
        "situation",
        "task",
        "action",
        "ownership",
        "result",
        "measured",
        "reflection",
        "hypothetical",
        "relevance",
    ],
)
def test_a_blank_names_the_candidates_own_thing(criterion: str) -> None:
    found = rewrite(tagged(*STRONG), (gap(criterion, 3),))
    assert found is not None
    (blank,) = found.blanks
    assert "“I rebuilt the training set" in blank
    assert f"[{blank}]" in found.text
    assert blank.endswith("?")
    assert (misquoted(blank, ANSWER), added(blank, given_by(ANSWER))) == ((), ())


def test_answers_take_the_place_of_blanks_word_for_word() -> None:
    before = told()
    after = fill(before, {before.blanks[0]: "recall rose to 84% within two months"})
    assert "Recall rose to 84% within two months." in after.text
    assert after.blanks == before.blanks[1:]
    assert (after.asks, after.given) == (("task",), ("result",))
    whole = fill(after, {after.blanks[0]: "I had to bring it back above [80%] by June."})
    assert (whole.blanks, whole.asks, whole.given) == ((), (), ("result", "task"))
    assert "[" not in whole.text
    assert "above (80%) by June" in whole.text
    assert told_so_far(whole) == whole.text


@pytest.mark.parametrize("said", ["", "  ", "I don't know", "no idea, sorry", "???"])
def test_an_answer_that_says_nothing_leaves_its_blank(said: str) -> None:
    assert fill(told(), {told().blanks[0]: said}) == told()


def test_a_blank_is_filled_once() -> None:
    before = told()
    after = fill(before, {before.blanks[0]: "recall rose to 84%"})
    with pytest.raises(UsageError, match="filled already"):
        fill(after, {before.blanks[0]: "it rose again"})


def test_a_rewrite_of_an_older_coach_can_be_filled() -> None:
    old = Rewrite(text="I did it. [by how much?]", blanks=("by how much?",))
    assert fill(old, {"by how much?": "by half"}).text == "I did it. By half."
