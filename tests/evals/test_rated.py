import json
from pathlib import Path
from typing import Any

import pytest

from coach.errors import UsageError
from coach.evals.rated import (
    GRADED,
    OWN,
    PRACTICE,
    PUBLIC,
    QUALITIES,
    Rated,
    load_practice,
    load_rated,
    matched,
)
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
    for one in found:
        mean = sum(reading.numbers["overall"] for reading in one.raters) / 3
        assert one.mean.numbers["overall"] == pytest.approx(mean, abs=0.001)


def test_every_number_is_on_its_scale_and_every_tag_known() -> None:
    for one in load_practice():
        assert set(one.mean.tags) <= set(TAGS), one.id
        for name, (low, high) in {**GRADED, **dict.fromkeys(QUALITIES, (0.0, 1.0))}.items():
            assert low <= one.mean.numbers[name] <= high, (one.id, name)


def test_practice_answers_come_after_our_own_and_share_nothing_with_them() -> None:
    found = load_practice()
    own, practice = load_rated(None), found[len(load_rated(None)) :]
    assert found[: len(own)] == own
    assert len(practice) == len(PRACTICE.read_text(encoding="utf-8").splitlines()) >= 1000
    assert {one.source for one in practice} == {"practice"}
    assert len({one.id for one in found}) == len(found)
    assert not {one.cluster for one in own} & {one.cluster for one in practice}
    assert not {one.answer for one in own} & {one.answer for one in practice}


def test_practice_answers_are_whole_and_were_read_once() -> None:
    practice = [one for one in load_practice() if one.source == "practice"]
    assert not any(one.raters for one in practice)
    assert all(one.sentences and one.question.strip() for one in practice)
    assert set("".join(one.mean.tags for one in practice)) == set(TAGS)


def test_public_rows_to_learn_from_are_clustered_by_who_wrote_them(tmp_path: Path) -> None:
    one, other = tmp_path / "one.jsonl", tmp_path / "other.jsonl"
    one.write_text("\n".join(map(json.dumps, [row(id="p1"), row(id="p2"), row(id="p3", respondent=8)])))
    other.write_text(json.dumps({k: v for k, v in row(id="p4").items() if k not in ("respondent", "raters")}))
    found = load_practice([one, other])
    assert found[:-4] == load_practice()
    assert [(rated.id, rated.cluster) for rated in found[-4:]] == [
        ("p1", "r7"),
        ("p2", "r7"),
        ("p3", "8"),
        ("p4", "p4"),
    ]
    assert {rated.source for rated in found[-4:]} == {"public"}
    assert found[-1].raters == ()


def test_a_row_to_learn_from_that_is_not_whole_is_named_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "mine.jsonl").write_text(json.dumps(row(tags="S")))
    with pytest.raises(UsageError, match=r"mine\.jsonl, line 1.*one tag for each"):
        load_practice([tmp_path / "mine.jsonl"])


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
