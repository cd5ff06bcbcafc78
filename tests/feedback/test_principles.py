import pickle
from pathlib import Path

import numpy as np
import pytest

from coach.feedback.assessor import WEIGHTS, Assessor
from coach.feedback.encoding import DIMENSION, LAYERS
from coach.feedback.principles import PrincipleReader, load_principles, save_principles
from coach.interview.questions import PRINCIPLES

NAMES = ("A", "B", "C", "D", "E")


def reader(*bias: float) -> PrincipleReader:
    """Five principles, each of which lies along an axis of its own."""
    weights = np.eye(len(LAYERS) * DIMENSION, dtype=np.float32)[:, : len(NAMES)]
    return PrincipleReader(NAMES, weights, np.array(bias or [0.0] * len(NAMES), dtype=np.float32))


def sentences(*rows: tuple[float, ...]) -> np.ndarray:
    out = np.zeros((len(rows), len(LAYERS), DIMENSION), dtype=np.float32)
    for place, row in enumerate(rows):
        out[place, 0, : len(row)] = row
    return out


NOTHING = sentences((0.0,), (0.0,), (0.0,))


def test_the_strongest_come_first_with_the_sentences_that_show_them() -> None:
    told = sentences((0, 9, 0), (9, 0, 0), (0, 9, 0), (7, 0, 0))
    shown = reader().shown(told, None)
    assert [(one.name, one.sentences) for one in shown] == [("B", (0, 2)), ("A", (1, 3))]
    assert 2 >= shown[0].strength > shown[1].strength > 0


def test_what_is_nearly_certain_is_as_strong_as_can_be() -> None:
    assert reader().shown(sentences((9, 0)), None)[0].strength == 2.0


def test_where_nothing_stands_out_nothing_is_shown() -> None:
    # A chance of a fifth each is clear; with a sixth nobody can tell.
    even = PrincipleReader(
        tuple("ABCDEF"), np.zeros((len(LAYERS) * DIMENSION, 6), dtype=np.float32), np.zeros(6, np.float32)
    )
    assert even.shown(NOTHING, None) == ()


def test_the_one_that_was_asked_for_is_there_though_nothing_shows_it() -> None:
    told = sentences((9, 0), (9, 0))
    assert [one.name for one in reader().shown(told, "A")] == ["A"]
    shown = reader().shown(told, "D")
    assert [one.name for one in shown] == ["A", "D"]
    assert shown[1].strength < 0.01
    assert shown[1].sentences == ()


def test_three_at_most() -> None:
    assert len(reader(3.0, 3.0, 3.0, 3.0, 0.0).shown(NOTHING, None)) == 3


@pytest.mark.parametrize("asked", ["D", "E"])
def test_the_one_that_was_asked_for_is_there_though_three_are_stronger(asked: str) -> None:
    shown = reader(3.1, 3.2, 3.3, 3.0 if asked == "D" else 0.0, 0.0).shown(NOTHING, asked)
    assert asked in [one.name for one in shown]
    assert len(shown) == 3


def test_huge_weights_overflow_nothing() -> None:
    shown = reader().shown(sentences((3e4, -3e4)), None)
    assert [(one.name, one.strength) for one in shown] == [("A", 2.0)]


def test_weights_come_back_within_half_precision(tmp_path: Path) -> None:
    chance = np.random.default_rng(2)
    weights, bias = chance.normal(size=(1152, 3)), chance.normal(size=3)
    save_principles(["Dive Deep", "Ownership", "Are Right, A Lot"], weights, bias, tmp_path / "p.npz")
    loaded = load_principles(tmp_path / "p.npz")
    assert loaded.names == ("Dive Deep", "Ownership", "Are Right, A Lot")
    assert loaded.weights.dtype == loaded.bias.dtype == np.float32
    assert np.allclose(loaded.weights, weights, rtol=1e-3, atol=1e-6)
    assert np.allclose(loaded.bias, bias, rtol=1e-3, atol=1e-6)


def test_the_coachs_own_weights_know_every_principle_and_hold_no_pickle(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*given: object, **named: object) -> None:
        raise AssertionError("unpickled")

    for name in ("load", "loads", "Unpickler"):
        monkeypatch.setattr(pickle, name, refuse)
    own = load_principles(WEIGHTS / "principles.npz")
    assert set(own.names) == set(PRINCIPLES)
    assert own.weights.shape == (len(LAYERS) * DIMENSION, len(own.names))
    assert own.bias.shape == (len(own.names),)


@pytest.mark.parametrize("asked", PRINCIPLES)
def test_the_coachs_own_weights_always_show_the_one_that_was_asked_for(
    assessor: Assessor, asked: str
) -> None:
    story = [
        "I left the summary and read two hundred failing examples, record by record.",
        "The metric and the complaints contradicted each other, so I looked at the actual records.",
    ]
    encoded = assessor.reader.read("Tell me about a hard problem.", story).encoded
    shown = assessor.principles.shown(encoded.sentences, asked)
    assert asked in [one.name for one in shown]
    assert len(shown) <= 3
    assert all(0 <= one.strength <= 2 for one in shown)
    assert [one.strength for one in shown] == sorted((one.strength for one in shown), reverse=True)
