import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach.evals.examples import OWN, PRACTICE, QUALITIES, SCORED, RatedAnswer, learned, read_rated
from coach.feedback import network
from coach.feedback.encoding import DIMENSION, LAYERS, Encoded
from coach.feedback.features import FEATURES
from coach.feedback.rubric import TAGS

RATINGS = {name: 0.5 if name in QUALITIES else 1.5 for name in SCORED} | {"overall": 4.0}
EMPTY, REMARK = "It is what it is.", "I like tea."


class Remembering:
    """An encoder that knows nothing, and keeps what it was given."""

    def __init__(self) -> None:
        self.given: list[tuple[str, tuple[str, ...]]] = []

    def read(self, question: str, sentences: Sequence[str]) -> Encoded:
        self.given.append((question, tuple(sentences)))
        vectors = np.full((len(sentences), len(LAYERS), DIMENSION), DIMENSION**-0.5, dtype=np.float32)
        return Encoded(vectors[0], vectors)


def answer(name: str = "a", **changed: Any) -> RatedAnswer:
    given = {
        "id": name,
        "source": "own",
        "group": name,
        "question": "Why?",
        "principle": None,
        "sentences": ("My tests broke in May.", "I mended them.", "It took me three days."),
        "tags": "SAR",
        "ratings": RATINGS,
    }
    return RatedAnswer(**(given | changed))


def practice(overall: float, *sentences: str, tags: str) -> RatedAnswer:
    return answer(
        f"p{overall}",
        source="practice",
        sentences=sentences,
        tags=tags,
        ratings=RATINGS | {"overall": overall},
    )


def test_our_own_answers_are_whole() -> None:
    rows = read_rated([OWN])
    assert len(rows) >= 120
    assert len({row.group for row in rows}) == len(rows)
    for row in rows:
        assert row.source == "own"
        assert set(row.tags) <= set(TAGS)
        assert 1 <= row.ratings["overall"] <= 5
        assert all(0 <= row.ratings[name] <= (1 if name in QUALITIES else 2) for name in SCORED)
    for line in OWN.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        assert len(raw["raters"]) == 3
        assert raw["mean"]["overall"] == pytest.approx(
            sum(one["overall"] for one in raw["raters"]) / 3, abs=0.001
        )


def test_practice_answers_are_whole_and_share_no_id_with_our_own() -> None:
    rows = read_rated([OWN, PRACTICE])
    practised = [row for row in rows if row.source == "practice"]
    assert len(practised) >= 100
    assert len({row.id for row in rows}) == len(rows)
    assert not {row.group for row in practised} & {row.group for row in rows if row.source == "own"}
    for row in practised:
        assert set(row.tags) <= set(TAGS)
        assert all(0 <= row.ratings[name] <= (1 if name in QUALITIES else 2) for name in SCORED)


def test_a_row_of_the_public_knows_who_wrote_it(tmp_path: Path) -> None:
    row = {"id": "x", "respondent": 7, "question": "Why?", "sentences": ["One."], "tags": "S", "mean": {}}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row))
    (one,) = read_rated([tmp_path / "rows.jsonl"])
    assert (one.source, one.group, one.principle, one.tags) == ("public", "7", None, "S")


def test_a_row_whose_tags_miss_a_sentence_is_refused(tmp_path: Path) -> None:
    row = {"id": "x", "question": "Why?", "sentences": ["One.", "Two."], "tags": "S", "mean": {}}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row))
    with pytest.raises(ValueError, match="x has 2 sentences and 1 tags"):
        read_rated([tmp_path / "rows.jsonl"])


def test_the_examples_and_the_network_mean_the_same_scores() -> None:
    assert SCORED == network.SCORED


def test_ratings_are_brought_between_nought_and_one() -> None:
    (one,) = learned([answer()], Remembering())
    plain = one.ways[0]
    assert plain.sentences.shape == (3, FEATURES)
    assert plain.tags.tolist() == [TAGS.index("S"), TAGS.index("A"), TAGS.index("R")]
    assert dict(zip(SCORED, plain.scores.tolist(), strict=True)) == {
        name: 0.5 if name in QUALITIES else 0.75 for name in SCORED
    }
    assert plain.overall == 4.0


def test_every_way_has_a_tag_for_every_sentence() -> None:
    rows = [answer(), practice(1.5, EMPTY, "I ran it.", tags="OA")]
    for one in learned(rows, Remembering()):
        assert len(one.ways) == 5
        for way in one.ways:
            assert len(way.tags) == len(way.sentences)
            assert way.question.shape == (DIMENSION * len(LAYERS),)


def test_the_ways_are_those_in_which_an_answer_comes_in() -> None:
    encoder = Remembering()
    learned([answer()], encoder)
    assert {question for question, _ in encoder.given} == {"Why?"}
    typed, heard, slipped, _, team = (sentences for _, sentences in encoder.given)
    assert heard == ("my tests broke in may", "i mended them", "it took me three days")
    assert slipped != typed
    assert [len(text.split()) for text in slipped] == [len(text.split()) for text in typed]
    assert team == ("Our tests broke in May.", "We mended them.", "It took us three days.")


def test_told_as_the_teams_a_story_has_no_owner_and_no_overall() -> None:
    (one,) = learned([answer()], Remembering())
    plain, team = one.ways[0], one.ways[-1]
    place = SCORED.index("ownership")
    assert team.scores[place] <= 0.2 < plain.scores[place]
    assert math.isnan(team.overall)
    assert np.array_equal(np.delete(team.scores, place), np.delete(plain.scores, place))
    assert [way.overall for way in one.ways[:-1]] == [4.0] * 4


def test_a_story_without_an_owner_gets_none() -> None:
    (one,) = learned([answer(ratings=RATINGS | {"ownership": 0.1})], Remembering())
    assert one.ways[-1].scores[SCORED.index("ownership")] == pytest.approx(0.05)


def test_padding_comes_from_weak_practice_answers_alone() -> None:
    rows = [
        answer(),
        answer("b", sentences=("I ran it.", "Own remark."), tags="AO", ratings=RATINGS | {"overall": 1.0}),
        practice(1.5, EMPTY, "I ran it.", tags="OA"),
        practice(4.5, REMARK, "I ran it.", tags="OA"),
    ]
    encoder = Remembering()
    padded = learned(rows, encoder)[0].ways[3]
    sentences = encoder.given[3][1]
    assert [text for text in sentences if text not in rows[0].sentences] == [EMPTY]
    assert [text for text in sentences if text in rows[0].sentences] == list(rows[0].sentences)
    tags = [TAGS[int(tag)] for tag in padded.tags]
    assert tags[sentences.index(EMPTY)] == "O"
    assert [tag for tag in tags if tag != "O"] == list("SAR")


def test_the_same_rows_make_the_same_examples_and_say_how_far_they_are() -> None:
    rows = [answer(), practice(1.5, EMPTY, "I ran it.", tags="OA")]
    one, other = Remembering(), Remembering()
    told: list[tuple[int, int]] = []
    learned(rows, one, lambda done, total: told.append((done, total)))
    learned(rows, other)
    assert one.given == other.given
    assert told == [(1, 2), (2, 2)]
