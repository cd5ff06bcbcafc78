"""What was said anew: the file is whole, belongs to practice answers, and keeps their numbers."""

import re

import pytest
from pydantic import ValidationError

from coach.evals.rated import load_practice
from coach.evals.reworded import Reworded, load_reworded


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))


def test_every_answer_said_anew_is_a_practice_answer_and_keeps_its_numbers() -> None:
    rows = {row.id: row for row in load_practice()}
    found = load_reworded()
    kinds = [one.kind for said in found.values() for one in said]
    assert (kinds.count("paraphrase"), kinds.count("polish")) == (440, 240)
    for name, said in found.items():
        assert rows[name].source == "practice"
        assert len({one.kind for one in said}) == len(said)
        for one in said:
            assert one.of == name
            assert numbers(" ".join(one.sentences)) == numbers(rows[name].answer)
            assert not {*one.sentences} & {*rows[name].sentences}


def test_the_tags_follow_those_of_the_answer_sentence_by_sentence() -> None:
    """A sentence may be cut in two, and a polish may add empty ones."""
    rows = {row.id: row for row in load_practice()}
    for said in load_reworded().values():
        for one in said:
            left = iter(one.tags)
            assert all(tag in left for tag in rows[one.of].mean.tags), one.of


def test_only_weak_answers_are_puffed_up() -> None:
    rows = {row.id: row for row in load_practice()}
    polished = [one for said in load_reworded().values() for one in said if one.kind == "polish"]
    assert all(rows[one.of].mean.numbers["overall"] <= 2.5 for one in polished)
    assert all(len(" ".join(one.sentences)) > len(rows[one.of].answer) for one in polished)


@pytest.mark.parametrize("tags", ["S", "SAA", "SX"])
def test_a_sentence_without_a_tag_is_refused(tags: str) -> None:
    with pytest.raises(ValidationError, match="not one tag"):
        Reworded(of="a", kind="polish", tags=tags, sentences=("It broke.", "I cut it."))
