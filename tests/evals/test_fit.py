import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach.evals import fit
from coach.evals.examples import Learned
from coach.evals.fit import fit_arithmetic, fit_spread, held_back, report
from coach.evals.fit_match import HeldBack
from coach.evals.rated import QUALITIES, Rated
from coach.feedback.encoding import DIMENSION, LAYERS, Encoded
from coach.feedback.network import SCORED
from coach.feedback.reader import Reading
from coach.feedback.scoring import load_arithmetic
from tests.evals.invented import answers, rated, rerated

COUNT = 300


def ratings(chance: np.random.Generator) -> dict[str, float]:
    graded = {name: float(chance.integers(0, 5)) / 2 for name in SCORED if name not in QUALITIES}
    return (
        graded
        | {name: float(chance.integers(0, 2)) for name in QUALITIES}
        | {"overall": float(chance.uniform(1, 5))}
    )


def readings(rows: Sequence[Rated], noise: float = 0.1) -> list[HeldBack]:
    """What a reader would say that is off by a shift, a factor, and some noise."""
    chance = np.random.default_rng(8)
    out = []
    for row in rows:
        read = {name: 0.3 + 0.5 * value + chance.normal(0, noise) for name, value in row.mean.numbers.items()}
        tags = np.eye(6, dtype=np.float32)[["STARLO".index(tag) for tag in row.mean.tags]]
        blank = np.zeros((len(tags), len(LAYERS), DIMENSION), dtype=np.float32)
        reading = Reading(
            cues=[],
            encoded=Encoded(blank[0], blank),
            tags=tags,
            scores=read,
            evidence={},
            match=chance.normal(0.5, 0.1),
        )
        out.append(HeldBack(reading, (chance.normal(0.0, 0.1),)))
    return out


@pytest.fixture(scope="module")
def rows() -> list[Rated]:
    chance = np.random.default_rng(4)
    made = [rated(number, "SAR") for number in range(COUNT)]
    return [rerated(row, **ratings(chance)) for row in made]


def test_readings_that_are_off_are_set_right(rows: list[Rated], tmp_path: Path) -> None:
    read = readings(rows)
    stored, scores = fit_arithmetic(rows, read)
    (tmp_path / "scores.json").write_text(json.dumps(stored))
    arithmetic = load_arithmetic(tmp_path / "scores.json")
    assert stored["answers"] == COUNT
    assert scores.keys() == arithmetic.targets.keys() == {"overall", *SCORED}
    for name in ("overall", "action", "ownership"):
        truth = np.array([row.mean.numbers[name] for row in rows])
        fitted = np.array([arithmetic.scores(one.reading)[name] for one in read])
        raw = np.array([one.reading.scores[name] for one in read])
        assert np.abs(fitted - truth).mean() < 0.4 * np.abs(raw - truth).mean()
        assert np.abs(scores[name] - truth).mean() < 0.4 * np.abs(raw - truth).mean()


def test_relevance_follows_from_all_that_was_read_action_from_intentions_too_and_the_rest_from_its_own(
    rows: list[Rated],
) -> None:
    targets = fit_arithmetic(rows, readings(rows))[0]["targets"]
    assert set(targets["relevance"]["weights"]) == {*SCORED, "overall", "match"}
    assert set(targets["action"]["weights"]) == {"action", "hypothetical"}
    for name in targets.keys() - {"relevance", "action"}:
        assert set(targets[name]["weights"]) == {name}


def test_where_what_one_would_do_is_rated_as_less_of_a_step_it_counts_as_less(rows: list[Rated]) -> None:
    less = [
        rerated(row, action=row.mean.numbers["action"] * (0.5 if row.mean.numbers["hypothetical"] else 1.0))
        for row in rows
    ]
    targets = fit_arithmetic(less, readings(rows))[0]["targets"]
    assert targets["action"]["weights"]["hypothetical"] < -0.2


def test_only_qualities_have_a_threshold_and_it_tells_yes_from_no(rows: list[Rated]) -> None:
    stored, scores = fit_arithmetic(rows, readings(rows))
    for name, target in stored["targets"].items():
        assert (target["threshold"] is not None) == (name in QUALITIES)
    yes = np.array([row.mean.numbers["measured"] for row in rows]) >= 0.5
    assert ((scores["measured"] >= stored["targets"]["measured"]["threshold"]) == yes).mean() > 0.9


def test_the_interval_holds_about_four_of_five_ratings(rows: list[Rated], tmp_path: Path) -> None:
    read = readings(rows, noise=0.3)
    stored, _ = fit_arithmetic(rows, read)
    (tmp_path / "scores.json").write_text(json.dumps(stored))
    arithmetic = load_arithmetic(tmp_path / "scores.json")
    within = []
    for row, one in zip(rows, read, strict=True):
        low, high = arithmetic.interval(arithmetic.scores(one.reading)["overall"])
        within.append(low <= row.mean.numbers["overall"] <= high)
    assert 0.7 < np.mean(within) < 0.92


def test_the_interval_is_wide_where_the_errors_are_large() -> None:
    scores = np.repeat(np.linspace(1, 5, 41), 10).astype(np.float32)
    spread = dict(fit_spread(scores, np.where(scores > 3, 1.0, 0.1).astype(np.float32)))
    places = sorted(spread)
    assert list(spread) == places
    assert spread[places[0]] == pytest.approx(0.1)
    assert spread[places[-1]] == pytest.approx(1.0)


def test_practice_answers_with_their_one_reader_widen_nothing(rows: list[Rated]) -> None:
    chance = np.random.default_rng(6)

    def shaken(row: Rated) -> Rated:
        off = row.mean.numbers["overall"] + float(chance.choice([-1.5, 1.5]))
        return rerated(row, overall=off) if row.source == "practice" else row

    spread = fit_arithmetic([shaken(row) for row in rows], readings(rows))[0]["spread"]
    assert max(half for _, half in spread) < 0.75


def test_the_report_is_by_source(rows: list[Rated]) -> None:
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
    matched: list[int] = []

    def fitted(train: Sequence[Learned], seed: int) -> frozenset[str]:
        seeds.append(seed)
        return frozenset(one.row.cluster for one in train)

    monkeypatch.setattr(fit, "fit_network", fitted)
    monkeypatch.setattr(fit, "fit_match", lambda network, train, common, seed: matched.append(seed))
    monkeypatch.setattr(fit, "reread", lambda networks, one: (one.row, networks))
    monkeypatch.setattr(
        fit, "held_against_strangers", lambda networks, one, others: tuple(other.row.id for other in others)
    )
    held: list[Any] = held_back(made, None, networks=2)  # type: ignore[arg-type]
    assert sorted(seeds) == sorted(matched) == [0] * 5 + [1] * 5
    assert [one.reading[0].id for one in held] == [answer.row.id for answer in made]
    for one in held:
        row, networks = one.reading
        assert len(networks) == 2
        assert all(row.cluster not in seen for seen in networks)
        assert all(len(seen) >= 7 for seen in networks)
        # The strangers' questions are those of answers that were held back too.
        strangers = {other.row.cluster for other in made if other.row.id in one.strangers}
        assert all(not strangers & seen for seen in networks)
