import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from coach.evals import fit, learn
from coach.evals.examples import QUALITIES, SCORED, Learned, RatedAnswer
from coach.evals.fit import fit_arithmetic, fit_spread, held_back, report
from coach.feedback.reader import Reading
from coach.feedback.scoring import load_arithmetic
from tests.evals.invented import answers, rated

COUNT = 300


def ratings(chance: np.random.Generator) -> dict[str, float]:
    graded = {name: float(chance.integers(0, 5)) / 2 for name in SCORED if name not in QUALITIES}
    return (
        graded
        | {name: float(chance.integers(0, 2)) for name in QUALITIES}
        | {"overall": float(chance.uniform(1, 5))}
    )


def readings(rows: Sequence[RatedAnswer], noise: float = 0.1) -> list[Reading]:
    """What a reader would say that is off by a shift, a factor, and some noise."""
    chance = np.random.default_rng(8)
    out = []
    for row in rows:
        read = {name: 0.3 + 0.5 * value + chance.normal(0, noise) for name, value in row.ratings.items()}
        tags = np.eye(6, dtype=np.float32)[["STARLO".index(tag) for tag in row.tags]]
        out.append(
            Reading(
                cues=[], encoded=SimpleNamespace(), tags=tags, scores=read, evidence={}, match=chance.normal()
            )
        )
    return out


@pytest.fixture(scope="module")
def rows() -> list[RatedAnswer]:
    chance = np.random.default_rng(4)
    made = [rated(number, "SAR") for number in range(COUNT)]
    return [replace(row, ratings=ratings(chance)) for row in made]


def test_readings_that_are_off_are_set_right(rows: list[RatedAnswer], tmp_path: Path) -> None:
    read = readings(rows)
    stored, scores = fit_arithmetic(rows, read)
    (tmp_path / "scores.json").write_text(json.dumps(stored))
    arithmetic = load_arithmetic(tmp_path / "scores.json")
    assert stored["answers"] == COUNT
    assert scores.keys() == arithmetic.targets.keys() == {"overall", *SCORED}
    for name in ("overall", "action", "ownership"):
        truth = np.array([row.ratings[name] for row in rows])
        fitted = np.array([arithmetic.scores(one)[name] for one in read])
        raw = np.array([one.scores[name] for one in read])
        assert np.abs(fitted - truth).mean() < 0.4 * np.abs(raw - truth).mean()
        assert np.abs(scores[name] - truth).mean() < 0.4 * np.abs(raw - truth).mean()


def test_relevance_follows_from_all_that_was_read_and_the_rest_from_its_own(rows: list[RatedAnswer]) -> None:
    targets = fit_arithmetic(rows, readings(rows))[0]["targets"]
    assert set(targets["relevance"]["weights"]) == {*SCORED, "overall", "match"}
    for name in targets.keys() - {"relevance"}:
        assert set(targets[name]["weights"]) == {name}


def test_only_qualities_have_a_threshold_and_it_tells_yes_from_no(rows: list[RatedAnswer]) -> None:
    stored, scores = fit_arithmetic(rows, readings(rows))
    for name, target in stored["targets"].items():
        assert (target["threshold"] is not None) == (name in QUALITIES)
    yes = np.array([row.ratings["measured"] for row in rows]) >= 0.5
    assert ((scores["measured"] >= stored["targets"]["measured"]["threshold"]) == yes).mean() > 0.9


def test_the_interval_holds_about_four_of_five_ratings(rows: list[RatedAnswer], tmp_path: Path) -> None:
    read = readings(rows, noise=0.3)
    stored, _ = fit_arithmetic(rows, read)
    (tmp_path / "scores.json").write_text(json.dumps(stored))
    arithmetic = load_arithmetic(tmp_path / "scores.json")
    within = []
    for row, one in zip(rows, read, strict=True):
        low, high = arithmetic.interval(arithmetic.scores(one)["overall"])
        within.append(low <= row.ratings["overall"] <= high)
    assert 0.7 < np.mean(within) < 0.92


def test_the_interval_is_wide_where_the_errors_are_large() -> None:
    scores = np.repeat(np.linspace(1, 5, 41), 10).astype(np.float32)
    spread = dict(fit_spread(scores, np.where(scores > 3, 1.0, 0.1).astype(np.float32)))
    places = sorted(spread)
    assert list(spread) == places
    assert spread[places[0]] == pytest.approx(0.1)
    assert spread[places[-1]] == pytest.approx(1.0)


def test_practice_answers_with_their_one_reader_widen_nothing(rows: list[RatedAnswer]) -> None:
    chance = np.random.default_rng(6)

    def shaken(row: RatedAnswer) -> RatedAnswer:
        off = {"overall": row.ratings["overall"] + float(chance.choice([-1.5, 1.5]))}
        return replace(row, ratings=row.ratings | off) if row.source == "practice" else row

    spread = fit_arithmetic([shaken(row) for row in rows], readings(rows))[0]["spread"]
    assert max(half for _, half in spread) < 0.75


def test_the_report_is_by_source(rows: list[RatedAnswer]) -> None:
    read = readings(rows)
    stored, scores = fit_arithmetic(rows, read)
    told = report(rows, read, stored, scores)
    assert told.keys() == {"own", "practice"}
    assert told["own"]["n"] + told["practice"]["n"] == COUNT
    for part in told.values():
        assert 0.9 < part["overall"]["rho"] <= 1
        assert 0 < part["overall"]["within"] <= 1
        assert part["measured"]["f1"] > 0.9
        assert part["tags"]["S"] == part["tags"]["A"] == part["tags"]["R"] == 1.0
    json.dumps(told)


def test_no_answer_is_read_by_a_network_that_has_seen_its_group(monkeypatch: pytest.MonkeyPatch) -> None:
    made = answers(20)
    seeds: list[int] = []

    def fitted(train: Sequence[Learned], seed: int) -> frozenset[str]:
        seeds.append(seed)
        return frozenset(one.row.group for one in train)

    monkeypatch.setattr(learn, "fit_network", fitted)
    monkeypatch.setattr(fit, "reread", lambda networks, one: (one.row, networks))
    held = held_back(made, networks=2)
    assert sorted(seeds) == [0] * 5 + [1] * 5
    assert [row.id for row, _ in held] == [one.row.id for one in made]  # type: ignore[misc]
    for row, networks in held:  # type: ignore[misc]
        assert len(networks) == 2
        assert all(row.group not in seen for seen in networks)
        assert all(len(seen) >= 7 for seen in networks)
