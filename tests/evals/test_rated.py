import json
from pathlib import Path
from typing import Any

import pytest

from coach.errors import UsageError
from coach.evals.rated import GRADED, OWN, PUBLIC, QUALITIES, Rated, load_rated, matched
from coach.feedback.feedback import TaggedSentence
from coach.feedback.rubric import TAGS

NUMBERS = {**dict.fromkeys(GRADED, 1.0), **dict.fromkeys(QUALITIES, 0.0)}


def row(**changed: Any) -> dict[str, Any]:
    return {
        "id": "p1",
        "respondent": "r7",
        "question": "Why?",
        "sentences": ["It broke.", "I mended it."],
        "tags": "SA",
        "mean": NUMBERS,
        "raters": [{**NUMBERS, "tags": "SA"}, {**NUMBERS, "tags": "SR"}],
    } | changed


def public(folder: Path, *rows: dict[str, Any]) -> list[Rated]:
    (folder / PUBLIC).write_text("\n".join(map(json.dumps, rows)))
    return [one for one in load_rated(folder) if one.source == "public"]


def test_our_own_answers_are_all_there() -> None:
    found = load_rated(None)
    assert len(found) == len(OWN.read_text(encoding="utf-8").splitlines()) >= 120
    assert {one.source for one in found} == {"own"}
    assert all(len(one.raters) == 3 for one in found)
    assert set("".join(one.mean.tags for one in found)) == set(TAGS)


def test_public_rows_come_after_our_own_and_know_who_wrote_them(tmp_path: Path) -> None:
    (one,) = public(tmp_path, row())
    assert (one.id, one.cluster, one.answer) == ("p1", "r7", "It broke. I mended it.")
    assert [reading.tags for reading in one.raters] == ["SA", "SR"]


def test_a_folder_without_such_rows_is_fine(tmp_path: Path) -> None:
    assert load_rated(tmp_path) == load_rated(None)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"tags": "S"}, "one tag for each"),
        ({"raters": [{**NUMBERS, "tags": "SAR"}]}, "one tag for each"),
        ({"mean": {"overall": 1.0}}, "no rating of"),
        ({"answer": "I mended it."}, "not in the answer"),
        ({"raters": None}, "no rated answer"),
    ],
)
def test_a_row_that_is_not_whole_is_named(tmp_path: Path, changed: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError, match=rf"line 2.*{words}"):
        public(tmp_path, row(id="good"), row(**changed))


def test_an_id_comes_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="twice"):
        public(tmp_path, row(), row())


def test_sentences_are_matched_by_what_they_share(tmp_path: Path) -> None:
    (one,) = public(
        tmp_path, row(sentences=["It broke.", "I came and I mended it.", "Done."], tags="SAR", raters=[])
    )

    def tagged(*spans: tuple[int, int]) -> list[TaggedSentence]:
        return [
            TaggedSentence(
                index=place, start=start, end=end, text=one.answer[start:end], tag="A", confidence=1
            )
            for place, (start, end) in enumerate(spans)
        ]

    cut_in_two = matched(one, tagged((0, 9), (10, 16), (17, 33)))
    assert [own.index if own else None for own in cut_in_two] == [0, 2, None]
    run_together = matched(one, tagged((0, 39)))
    assert [own.index if own else None for own in run_together] == [0, 0, 0]
    assert matched(one, []) == [None, None, None]
