"""Each way in which an answer may come in, and what is left of its rating."""

import pytest

from coach.evals.reworded import Reworded
from coach.evals.ways import Way, components_in, gone_with, unknown_without, ways_of, without_component
from tests.evals.invented import rerated
from tests.evals.told import EMPTY, answer

STORY = ("It broke on 3 May.", "I saw it and cut it.", "It fell to 2 percent, and the team kept it in use.")


def test_the_plain_answer_comes_first_and_keeps_its_rating() -> None:
    row = answer()
    first = next(iter(ways_of(row, [EMPTY])))
    assert first == Way(row.sentences, "SAR")
    assert first.rated


def test_an_answer_is_written_by_a_recogniser_or_with_slips() -> None:
    typed = answer().sentences
    written = [list(ways_of(answer(f"a{number}"), [EMPTY]))[1] for number in range(12)]
    heard = ("my tests broke in may", "i mended them", "it took me three days")
    slipped = [way.sentences for way in written if way.sentences != heard]
    assert heard in [way.sentences for way in written]
    assert slipped
    assert all(way.rated and way.tags == "SAR" for way in written)
    for sentences in slipped:
        assert sentences != typed
        assert [len(text.split()) for text in sentences] == [len(text.split()) for text in typed]


def test_padding_is_other_and_takes_nothing_away() -> None:
    padded = list(ways_of(answer(), [EMPTY]))[2]
    assert padded.rated
    assert padded.tags[padded.sentences.index(EMPTY)] == "O"
    assert padded.tags.replace("O", "") == "SAR"
    assert EMPTY not in [text for way in ways_of(answer(), []) for text in way.sentences]


def test_in_another_order_each_sentence_keeps_its_tag_and_the_answer_its_rating() -> None:
    row = answer()
    of = dict(zip(row.sentences, row.mean.tags, strict=True))
    mixed = list(ways_of(row, [EMPTY]))[3:6]
    for way in mixed:
        assert way.rated
        assert sorted(way.sentences) == sorted(row.sentences)
        assert way.tags == "".join(of[text] for text in way.sentences)
    others = [way for number in range(4) for way in list(ways_of(answer(f"a{number}"), [EMPTY]))[3:6]]
    assert len({way.sentences for way in others}) > 2
    assert len({way.sentences for way in mixed}) > 1


def test_said_anew_an_answer_keeps_its_rating_after_the_orders() -> None:
    anew = Reworded(of="a", kind="paraphrase", tags="SA", sentences=("In May they broke.", "I mended them."))
    way = list(ways_of(answer(), [EMPTY], [anew]))[6]
    assert way == Way(anew.sentences, "SA")
    assert way.rated


def test_told_as_the_teams_a_story_has_no_owner() -> None:
    team = list(ways_of(answer(), [EMPTY]))[6]
    assert team.sentences == ("Our tests broke in May.", "We mended them.", "It took us three days.")
    assert team.at_most.keys() == {"ownership"}
    assert team.at_most["ownership"] <= 0.2
    assert not team.rated


def test_one_component_is_left_out_and_over_many_answers_each_of_them() -> None:
    gone = set()
    for number in range(12):
        row = answer(f"a{number}", "It broke.", "I saw it.", "I cut it.", "It held.", tags="SAAR", measured=0)
        left = list(ways_of(row, [EMPTY]))[-1]
        (tag,) = set("SAR") - set(left.tags)
        gone.add(tag)
        assert left == without_component(Way(row.sentences, "SAAR"), tag)
    assert gone == set("SAR")


def test_a_measured_outcome_is_told_without_its_number() -> None:
    row = answer("a", *STORY, tags="SAR", measured=1)
    left = list(ways_of(row, [EMPTY]))[-1]
    assert left.sentences == (*STORY[:2], "The team kept it in use.")
    assert left.at_most == {"measured": 0.0}
    assert left.unknown == ("result",)
    unmeasured = list(ways_of(rerated(row, measured=0), [EMPTY]))
    assert all(way.at_most != {"measured": 0.0} for way in unmeasured)


@pytest.mark.parametrize(
    ("sentences", "tags"),
    [(("It broke.", "I cut it."), "SA"), (("I saw it.", "I cut it.", "I ran it."), "AAA")],
)
def test_where_too_little_would_be_left_nothing_is_left_out(sentences: tuple[str, ...], tags: str) -> None:
    ways = list(ways_of(answer("a", *sentences, tags=tags, measured=0), []))
    assert all(len(way.sentences) == len(sentences) for way in ways)


@pytest.mark.parametrize(
    ("tags", "present"),
    [
        ("STARL", "STARL"),
        ("SAR", "SAR"),
        ("SAAAA", "S"),  # without its deeds only the setting would be left
        ("SSAA", "SA"),
        ("SA", ""),
        ("AAA", ""),
        ("OOA", "A"),  # remarks are nothing to leave out, but they stay
        ("OAA", ""),
        ("", ""),
    ],
)
def test_a_component_can_go_where_two_other_sentences_stay(tags: str, present: str) -> None:
    assert "".join(components_in(tags)) == present


def test_without_its_outcome_nothing_is_measured_and_without_its_deeds_nobody_knows_who_owns_it() -> None:
    assert gone_with("R").keys() == {"result", "measured"}
    assert gone_with("R")["measured"] == 0.0
    assert gone_with("L").keys() == {"reflection"}
    assert unknown_without("A") == ("ownership",)
    assert unknown_without("S") == ()
