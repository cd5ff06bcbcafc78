import math
from collections.abc import Sequence

import numpy as np

from coach.evals.examples import Learned, learned
from coach.evals.rated import QUALITIES
from coach.evals.reworded import Reworded
from coach.feedback.encoding import DIMENSION, LAYERS, Encoded
from coach.feedback.features import FEATURES
from coach.feedback.network import SCORED
from coach.feedback.rubric import TAGS
from tests.evals.told import EMPTY, REMARK, answer, practice


class Remembering:
    """An encoder that knows nothing, and keeps what it was given."""

    def __init__(self) -> None:
        self.given: list[tuple[str, tuple[str, ...]]] = []

    def read(self, question: str, sentences: Sequence[str]) -> Encoded:
        self.given.append((question, tuple(sentences)))
        vectors = np.full((len(sentences), len(LAYERS), DIMENSION), DIMENSION**-0.5, dtype=np.float32)
        return Encoded(vectors[0], vectors)


def tags_of(tags: np.ndarray) -> str:
    return "".join(TAGS[int(tag)] for tag in tags)


def test_ratings_are_brought_between_nought_and_one() -> None:
    (one,) = learned([answer()], Remembering(), {})
    plain = one.ways[0]
    assert plain.sentences.shape == (3, FEATURES)
    assert tags_of(plain.tags) == "SAR"
    assert dict(zip(SCORED, plain.scores.tolist(), strict=True)) == {
        name: 0.5 if name in QUALITIES else 0.75 for name in SCORED
    }
    assert plain.overall == 4.0


def test_every_way_has_a_tag_for_every_sentence() -> None:
    rows = [answer(), practice(1.5, EMPTY, "I ran it.", "We fell.", tags="OAR")]
    for one in learned(rows, Remembering(), {}):
        assert len(one.ways) > 3
        for way in one.ways:
            assert len(way.tags) == len(way.sentences)
            assert way.question.shape == (DIMENSION * len(LAYERS),)


def test_every_way_answers_the_same_question() -> None:
    encoder = Remembering()
    learned([answer()], encoder, {})
    assert {question for question, _ in encoder.given} == {"Why?"}


def test_an_answer_that_was_said_anew_keeps_its_ratings_and_brings_its_tags() -> None:
    anew = Reworded(
        of="a", kind="polish", tags="SOAR", sentences=("In May my tests broke.", REMARK, "Mended.", "3 days.")
    )
    encoder = Remembering()
    (one, other) = learned([answer("a"), answer("b")], encoder, {"a": [anew]})
    assert ("Why?", anew.sentences) in encoder.given
    (way,) = (way for way in one.ways if tags_of(way.tags) == "SOAR")
    assert way.overall == one.ways[0].overall
    assert (way.scores == one.ways[0].scores).all()
    assert not [way for way in other.ways if tags_of(way.tags) == "SOAR"]


def test_what_a_way_takes_away_is_rated_lower_and_what_is_unknown_is_no_number() -> None:
    def without(one: Learned, tag: str) -> dict[str, float] | None:
        for way in one.ways:
            if set(tags_of(way.tags)) == set("SAR") - {tag}:
                assert math.isnan(way.overall)
                return dict(zip(SCORED, way.scores.tolist(), strict=True))
        return None

    rows = [
        answer(f"a{number}", "It broke.", "I saw it.", "I cut it.", "It held.", tags="SAAR")
        for number in range(12)
    ]
    found = {
        tag: [left for one in learned(rows, Remembering(), {}) if (left := without(one, tag))]
        for tag in "SAR"
    }
    assert all(found.values())
    assert all(left["situation"] < 0.2 for left in found["S"])
    assert all(left["result"] < 0.2 and left["measured"] == 0.0 for left in found["R"])
    assert all(left["action"] < 0.2 and math.isnan(left["ownership"]) for left in found["A"])


def test_padding_comes_from_weak_practice_answers_alone() -> None:
    encoder = Remembering()
    rows = [
        answer(),
        answer("b", "I ran it.", "Own remark.", tags="AO", overall=1.0),
        practice(1.5, EMPTY, "I ran it.", tags="OA"),
        practice(4.5, REMARK, "I ran it.", tags="OA"),
    ]
    learned(rows, encoder, {})
    said = {text for _, sentences in encoder.given[:5] for text in sentences}
    assert EMPTY in said
    assert not said & {REMARK, "Own remark."}


def test_the_same_rows_make_the_same_examples_and_say_how_far_they_are() -> None:
    rows = [answer(), practice(1.5, EMPTY, "I ran it.", tags="OA")]
    one, other = Remembering(), Remembering()
    told: list[tuple[int, int]] = []
    learned(rows, one, {}, lambda done, total: told.append((done, total)))
    learned(rows, other, {})
    assert one.given == other.given
    assert told == [(1, 2), (2, 2)]
