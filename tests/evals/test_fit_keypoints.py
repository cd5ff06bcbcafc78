import json
import math
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from coach.evals import fit_keypoints
from coach.evals.fit_keypoints import (
    Seen,
    claims,
    fit,
    held_out,
    in_grades,
    learn,
    main,
    measure,
    rarity,
    see,
)
from coach.evals.graded import GradedAnswer
from coach.evals.point_fits import Example, example_of
from coach.feedback.feedback import Verdict
from coach.feedback.keypoints import PointJudge, load_point_judge
from coach.feedback.words import stem
from coach.library.embedder import HashedWords
from coach.settings import DATA
from tests.evals.test_point_fits import ASKED, TELLING, answer, matched
from tests.interview.fakes import small_bank

TRUTH: dict[Verdict, dict[str, float]] = {
    "hit": {"closeness": 0.8, "words": 0.8, "margin": 0.3},
    "partial": {"closeness": 0.6, "words": 0.4, "margin": 0.05},
    "miss": {"closeness": 0.35, "words": 0.1, "margin": -0.3},
    "wrong": {"closeness": 0.5, "words": 0.1, "margin": -0.2},
}
GRADES: dict[tuple[Verdict, Verdict], int] = {
    ("hit", "hit"): 2,
    ("hit", "partial"): 2,
    ("partial", "partial"): 1,
    ("hit", "miss"): 1,
    ("miss", "partial"): 0,
    ("miss", "wrong"): 0,
}


def invented(count: int = 60) -> list[Seen]:
    """Answers whose features follow the verdicts, and grades too; ten students, six questions."""
    draw = np.random.default_rng(7)
    out = []
    for number in range(count):
        verdicts = list(GRADES)[number % len(GRADES)]
        points = [
            [{name: value + draw.normal(0, 0.03) for name, value in TRUTH[one].items()} for one in verdicts]
        ]
        made = {"closeness": 0.9, "than_any": 0.3, "own_words": 0.9}
        not_made = {"closeness": 0.3, "than_any": -0.3, "own_words": 0.1}
        wrong = [[made if verdicts[one.point] == "wrong" else not_made for one in ASKED.mistakes]]
        asked = ASKED.model_copy(update={"question": f"How {number % 7}?"})
        graded = answer(verdicts, GRADES[verdicts], asked, f"a{number}")
        graded = GradedAnswer(
            graded.id, f"s{number % 10}", asked, "word " * (5 + number % 3), graded.grade, graded.verdicts
        )
        features = matched(points, wrong)
        out.append(Seen(graded, features, (example_of(graded, features), example_of(graded, features))))
    return out


def test_rarity_is_counted_by_paragraph(tmp_path: Path) -> None:
    (tmp_path / "guides").mkdir()
    (tmp_path / "guides" / "a.md").write_text("the model\nmodel\n\nthe model drifts\n\n\n\nthe end")
    (tmp_path / "guides" / "b.md").write_text("the model drifts")
    (tmp_path / "guides" / "c.txt").write_text("drifts drifts")
    (tmp_path / "top.md").write_text("the drifts")
    found = rarity(tmp_path)
    total = math.log(4 + 1)
    assert found.rarity == {
        stem("the"): 0.0,
        stem("model"): pytest.approx(total - math.log(4), abs=0.006),
        stem("drifts"): pytest.approx(total - math.log(3), abs=0.006),
    }
    assert found.unknown == pytest.approx(total - math.log(2), abs=0.006)


def test_in_the_corpus_words_of_the_field_say_more_than_everyday_ones() -> None:
    known = rarity(DATA / "corpus")
    assert "the" not in known.weights("the")
    order = [known.rarity.get(stem(word), known.unknown) for word in ("the", "model", "regularization")]
    assert order == sorted(order)
    assert order[0] < order[2] < known.unknown + 1e-9


def test_an_answer_is_seen_with_all_wordings_and_with_one() -> None:
    asked = ASKED.model_copy(
        update={"key_points": ("Trees split.", "Leaves vote."), "also": (("Rows divide.",), ())}
    )
    graded = GradedAnswer("a", "s", asked, "Rows divide.", 1, ("hit", "wrong"))
    (seen,) = see([graded], HashedWords(), TELLING)
    full, alone = seen.examples
    assert full.matched is seen.matched
    assert full.matched.points[0, 0, 0] == pytest.approx(1.0, abs=1e-5)
    assert alone.matched.points[0, 0, 0] < 0.9
    for one in seen.examples:
        assert (one.verdicts, one.mistaken) == (("hit", "wrong"), [True, False, True])


def test_only_the_wrong_claim_itself_is_an_example_of_its_mistake() -> None:
    asked = ASKED.model_copy(update={"key_points": ("Trees split rows.", "Leaves vote on classes.")})
    asked = asked.model_copy(
        update={
            "mistakes": tuple(
                one.model_copy(
                    update={"said": f"Wrong claim {place} here", "right": f"Right words {place} here"}
                )
                for place, one in enumerate(ASKED.mistakes)
            )
        }
    )
    found = claims([asked], HashedWords(), TELLING)
    assert len(found) == 2 + 3 + 3
    assert [one.mistaken for one in found[:5]] == [[False] * 3] * 5
    assert [one.mistaken for one in found[5:]] == [[place == one for place in range(3)] for one in range(3)]
    assert all(one.verdicts == [None, None] for one in found)


def test_scores_fall_to_the_nearest_grade() -> None:
    assert in_grades(np.array([1.0, 1.99, 2.0, 3.99, 4.0, 5.0])).tolist() == [0, 0, 1, 1, 2, 2]


def test_agreement_is_in_whole_grades() -> None:
    answers = [answer((), grade) for grade in (0, 1, 2, 0, 1, 2)]
    near = np.array([1.2, 3.1, 4.5, 1.3, 3.2, 4.6])
    assert measure(near, answers)["qwk"] == 1.0
    assert measure(6 - near, answers)["qwk"] < 0
    assert measure(near, answers)["rho"] > 0.9 > measure(np.roll(near, 1), answers)["rho"]


def test_a_fitted_judge_gives_back_verdicts_and_grades() -> None:
    seen = invented()
    judge = fit(seen, [], TELLING)
    right = [
        one.key_point.verdict == wanted
        for each in seen
        for one, wanted in zip(judge.read(each.answer.asked, each.matched), each.answer.verdicts, strict=True)
    ]
    assert np.mean(right) > 0.9
    scores = np.array([judge.overall(judge.read(each.answer.asked, each.matched)) for each in seen])
    assert measure(scores, [each.answer for each in seen])["qwk"] > 0.9
    assert judge.telling is TELLING


def test_nobody_is_scored_by_a_judge_that_has_seen_the_group(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = invented(40)
    groups = [one.answer.student for one in seen]
    stated = [Example(matched([]), [None], [])]
    fits: list[set[str]] = []

    def fitted(train: Sequence[Seen], given: Sequence[Example], telling: object) -> Any:
        assert given is stated
        known = {one.answer.student for one in train}
        fits.append(known)

        def overall(student: str) -> float:
            assert student not in known
            return float(student.removeprefix("s"))

        by_features = {id(one.matched): one.answer.student for one in seen}
        return SimpleNamespace(read=lambda asked, features: by_features[id(features)], overall=overall)

    monkeypatch.setattr(fit_keypoints, "fit", fitted)
    scores = held_out(seen, stated, TELLING, groups, seed=0)
    assert scores.tolist() == [float(name.removeprefix("s")) for name in groups]
    assert len(fits) == 5
    assert all(len(known) == 8 for known in fits)
    first = list(fits)
    held_out(seen, stated, TELLING, groups, seed=1)
    assert fits[5:] != first


def test_what_was_learned_is_written_and_read_again_as_the_same_judge(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = invented(30)
    monkeypatch.setattr(fit_keypoints, "_REPEATS", 2)
    ready = fit(seen, [], TELLING)
    monkeypatch.setattr(fit_keypoints, "fit", lambda *given: ready)
    told = learn(seen, [], TELLING, tmp_path / "weights")
    judge = load_point_judge(tmp_path / "weights")
    assert isinstance(judge, PointJudge)
    assert (judge.telling, judge.point, judge.mistake) == (TELLING, ready.point, ready.mistake)
    assert (judge.hit, judge.partial, judge.wrong) == (ready.hit, ready.partial, ready.wrong)
    assert [tuple(knot) for knot in judge.grading.knots] == list(ready.grading.knots)
    assert judge.grading.spread_drawn == pytest.approx(judge.grading.spread + 0.5)
    off = [
        abs(ready.overall(ready.read(one.answer.asked, one.matched)) - one.answer.as_score) for one in seen
    ]
    assert judge.grading.spread == pytest.approx(np.quantile(off, 0.8), abs=0.006)
    assert (told["answers"], told["students"], len(told["held-out students"])) == (30, 10, 2)
    assert told["held-out questions"]["qwk"] > 0.9 > told["word count"]["qwk"]
    assert json.loads(json.dumps(told["weights"])) == json.loads(
        (tmp_path / "weights/keypoints.json").read_text()
    )


def test_the_command_learns_from_answers_with_verdicts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bank = small_bank()
    known = bank.by_id("technical-trees-01")
    row = {"student": "s", "question": known.question, "answer": "one and two and more", "grade": 1}
    (tmp_path / "answers").write_text("\n".join(json.dumps(row | {"id": name}) for name in ("a", "b")))
    (tmp_path / "verdicts").write_text(json.dumps({"id": "b", "verdicts": ["hit", "hit", "miss", "miss"]}))
    monkeypatch.setattr("coach.build.build_bank", lambda: bank)
    monkeypatch.setattr("coach.build.build_embedder", lambda settings: HashedWords())
    given: list[Any] = []

    def learned(*args: Any) -> dict[str, int]:
        given.extend(args)
        return {"answers": 1}

    monkeypatch.setattr(fit_keypoints, "learn", learned)
    main([str(tmp_path / "answers"), str(tmp_path / "verdicts"), "--out", str(tmp_path / "out")])
    seen, stated, telling, out = given
    assert [one.answer.id for one in seen] == ["b"]
    assert seen[0].answer.asked.key_points == known.key_points
    assert len(stated) == len(known.key_points) + 2 * len(known.corrections)
    assert telling.rarity
    assert out == tmp_path / "out"
    assert json.loads(capsys.readouterr().out) == {"answers": 1}
