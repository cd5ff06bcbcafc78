import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from coach.evals.examples import Learned, components_in, learned, scores_without
from coach.evals.rated import QUALITIES, Rated, Reading
from coach.feedback.encoding import DIMENSION, LAYERS, Encoded
from coach.feedback.features import FEATURES
from coach.feedback.network import SCORED
from coach.feedback.rubric import TAGS
from tests.evals.invented import rerated

RATINGS = {name: 0.5 if name in QUALITIES else 1.5 for name in SCORED} | {"overall": 4.0}
EMPTY, REMARK = "It is what it is.", "I like tea."
GONE = {"S": "situation", "T": "task", "A": "action", "R": "result", "L": "reflection"}
# The places of the ways.
PLAIN, WRITTEN, PADDED, TEAM, WITHOUT = range(5)


class Remembering:
    """An encoder that knows nothing, and keeps what it was given."""

    def __init__(self) -> None:
        self.given: list[tuple[str, tuple[str, ...]]] = []

    def read(self, question: str, sentences: Sequence[str]) -> Encoded:
        self.given.append((question, tuple(sentences)))
        vectors = np.full((len(sentences), len(LAYERS), DIMENSION), DIMENSION**-0.5, dtype=np.float32)
        return Encoded(vectors[0], vectors)


def answer(
    name: str = "a",
    *sentences: str,
    tags: str = "SAR",
    source: str = "own",
    **numbers: float,
) -> Rated:
    said = sentences or ("My tests broke in May.", "I mended them.", "It took me three days.")
    given: dict[str, Any] = {
        "id": name,
        "source": source,
        "cluster": name,
        "question": "Why?",
        "principle": None,
        "answer": " ".join(said),
        "sentences": said,
        "mean": Reading(numbers=RATINGS | numbers, tags=tags),
        "raters": (),
    }
    return Rated(**given)


def practice(overall: float, *sentences: str, tags: str) -> Rated:
    return answer(f"p{overall}", *sentences, tags=tags, source="practice", overall=overall)


def ways_of(*rows: Rated) -> tuple[Learned, list[tuple[str, ...]]]:
    """The first row as it is learned, and the sentences of each of its ways."""
    encoder = Remembering()
    one = learned(rows, encoder)[0]
    return one, [sentences for _, sentences in encoder.given[: len(one.ways)]]


def tags_of(tags: np.ndarray) -> str:
    return "".join(TAGS[int(tag)] for tag in tags)


def test_ratings_are_brought_between_nought_and_one() -> None:
    (one,) = learned([answer()], Remembering())
    plain = one.ways[PLAIN]
    assert plain.sentences.shape == (3, FEATURES)
    assert tags_of(plain.tags) == "SAR"
    assert dict(zip(SCORED, plain.scores.tolist(), strict=True)) == {
        name: 0.5 if name in QUALITIES else 0.75 for name in SCORED
    }
    assert plain.overall == 4.0


def test_every_way_has_a_tag_for_every_sentence() -> None:
    rows = [answer(), practice(1.5, EMPTY, "I ran it.", "We fell.", tags="OAR")]
    for one in learned(rows, Remembering()):
        assert len(one.ways) == 5
        for way in one.ways:
            assert len(way.tags) == len(way.sentences)
            assert way.question.shape == (DIMENSION * len(LAYERS),)


def test_every_way_answers_the_same_question() -> None:
    encoder = Remembering()
    learned([answer()], encoder)
    assert {question for question, _ in encoder.given} == {"Why?"}


def test_an_answer_is_written_by_a_recogniser_or_with_slips() -> None:
    written = [ways_of(answer(f"a{number}"))[1][WRITTEN] for number in range(12)]
    typed = answer().sentences
    heard = ("my tests broke in may", "i mended them", "it took me three days")
    slipped = [sentences for sentences in written if sentences != heard]
    assert heard in written
    assert slipped
    for sentences in slipped:
        assert sentences != typed
        assert [len(text.split()) for text in sentences] == [len(text.split()) for text in typed]


def test_told_as_the_teams_a_story_has_no_owner_and_no_overall() -> None:
    one, said = ways_of(answer())
    plain, team = one.ways[PLAIN], one.ways[TEAM]
    place = SCORED.index("ownership")
    assert said[TEAM] == ("Our tests broke in May.", "We mended them.", "It took us three days.")
    assert team.scores[place] <= 0.2 < plain.scores[place]
    assert math.isnan(team.overall)
    assert np.array_equal(np.delete(team.scores, place), np.delete(plain.scores, place))
    assert [one.ways[way].overall for way in (PLAIN, WRITTEN, PADDED)] == [4.0] * 3


def test_a_story_without_an_owner_gets_none() -> None:
    (one,) = learned([rerated(answer(), ownership=0.1)], Remembering())
    assert one.ways[TEAM].scores[SCORED.index("ownership")] == pytest.approx(0.05)


def test_padding_comes_from_weak_practice_answers_alone() -> None:
    rows = [
        answer(),
        answer("b", "I ran it.", "Own remark.", tags="AO", overall=1.0),
        practice(1.5, EMPTY, "I ran it.", tags="OA"),
        practice(4.5, REMARK, "I ran it.", tags="OA"),
    ]
    one, said = ways_of(*rows)
    assert [text for text in said[PADDED] if text not in rows[0].sentences] == [EMPTY]
    assert [text for text in said[PADDED] if text in rows[0].sentences] == list(rows[0].sentences)
    tags = tags_of(one.ways[PADDED].tags)
    assert tags[said[PADDED].index(EMPTY)] == "O"
    assert tags.replace("O", "") == "SAR"


def test_the_last_way_lacks_every_sentence_of_one_component() -> None:
    gone = set()
    for number in range(12):
        row = answer(f"a{number}", "It broke.", "I saw it.", "I cut it.", "It held.", tags="SAAR")
        one, said = ways_of(row)
        left, plain = one.ways[WITHOUT], one.ways[PLAIN]
        (tag,) = set("SAR") - set(tags_of(left.tags))
        gone.add(tag)
        assert len(one.ways) == 5
        assert said[WITHOUT] == tuple(
            text for text, other in zip(row.sentences, "SAAR", strict=True) if other != tag
        )
        assert tags_of(left.tags) == "SAAR".replace(tag, "")
        assert np.array_equal(left.scores, scores_without(plain.scores, tag), equal_nan=True)
        assert math.isnan(left.overall)
    assert gone == set("SAR")


@pytest.mark.parametrize(
    ("sentences", "tags"),
    [(("It broke.", "I cut it."), "SA"), (("I saw it.", "I cut it.", "I ran it."), "AAA")],
)
def test_where_too_little_would_be_left_no_way_lacks_anything(sentences: tuple[str, ...], tags: str) -> None:
    one, said = ways_of(answer("a", *sentences, tags=tags))
    assert len(one.ways) == 4
    assert [tags_of(way.tags) for way in one.ways] == [tags] * 4
    assert said[PLAIN] == sentences


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
    assert "".join(components_in([TAGS.index(tag) for tag in tags])) == present


@pytest.mark.parametrize("tag", GONE)
def test_what_is_left_out_is_not_rated_any_more(tag: str) -> None:
    scores = np.full(len(SCORED), 0.75, dtype=np.float32)
    left = dict(zip(SCORED, scores_without(scores, tag).tolist(), strict=True))
    assert scores.tolist() == [0.75] * len(SCORED)
    assert left[GONE[tag]] == pytest.approx(0.1)
    changed = {GONE[tag]} | {"R": {"measured"}, "A": {"ownership"}}.get(tag, set())
    assert {name for name, score in left.items() if score != 0.75} == changed


def test_without_its_outcome_nothing_is_measured_and_without_its_deeds_nobody_owns_it() -> None:
    scores = np.full(len(SCORED), 0.75, dtype=np.float32)
    assert scores_without(scores, "R")[SCORED.index("measured")] == 0.0
    assert np.isnan(scores_without(scores, "A")[SCORED.index("ownership")])


def test_leaving_out_what_was_not_rated_raises_nothing() -> None:
    scores = np.zeros(len(SCORED), dtype=np.float32)
    for tag, name in GONE.items():
        assert scores_without(scores, tag)[SCORED.index(name)] == 0.0


def test_the_same_rows_make_the_same_examples_and_say_how_far_they_are() -> None:
    rows = [answer(), practice(1.5, EMPTY, "I ran it.", tags="OA")]
    one, other = Remembering(), Remembering()
    told: list[tuple[int, int]] = []
    learned(rows, one, lambda done, total: told.append((done, total)))
    learned(rows, other)
    assert one.given == other.given
    assert told == [(1, 2), (2, 2)]
