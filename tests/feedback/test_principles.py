from pathlib import Path

import numpy as np
import pytest

from coach.build import CORPUS
from coach.feedback.principles import Signals, embed_signals, read_signals, shown_principles
from coach.interview.questions import PRINCIPLES
from coach.library.embedder import HashedWords, MiniLM

NOTE = """# Dive Deep

## What it means

- not a signal

## Signals for Dive Deep

- You read the rows.
- You asked twice.

## Signals against Dive Deep

- You guessed.
"""


def test_the_signals_are_the_list_below_their_heading(tmp_path: Path) -> None:
    (tmp_path / "dive.md").write_text(NOTE, encoding="utf-8")
    (tmp_path / "no-signals.md").write_text("# Other\n\n- a\n", encoding="utf-8")
    assert read_signals(tmp_path) == {"Dive Deep": ("You read the rows.", "You asked twice.")}


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_the_list_may_be_the_end_of_the_note(tmp_path: Path, end: str) -> None:
    note = NOTE.partition("\n\n## Signals against")[0] + end
    (tmp_path / "dive.md").write_text(note, encoding="utf-8")
    assert read_signals(tmp_path) == {"Dive Deep": ("You read the rows.", "You asked twice.")}


def test_every_principle_has_signals_in_the_corpus() -> None:
    signals = read_signals(CORPUS / "principles")
    assert signals.keys() == set(PRINCIPLES)
    assert all(len(listed) >= 3 for listed in signals.values())


def test_every_signal_is_embedded_beside_its_owner() -> None:
    signals = embed_signals({"A": ("one", "two"), "B": ("three",)}, HashedWords())
    assert signals.owners == ("A", "A", "B")
    assert np.array_equal(signals.vectors, HashedWords().embed(["one", "two", "three"]))


def unit(*cosines: float) -> np.ndarray:
    """A sentence with these cosines to the axes, which are the signals."""
    rest = np.sqrt(1 - sum(c * c for c in cosines))
    return np.array([*cosines, rest], dtype=np.float32)


SIGNALS = Signals(("A", "A", "B", "C", "D"), np.eye(6, dtype=np.float32)[:5])


def test_the_strongest_come_first_with_the_sentences_that_show_them() -> None:
    sentences = np.stack([unit(0.1, 0.6, 0, 0, 0), unit(0, 0, 0.45, 0, 0), unit(0.5, 0, 0, 0, 0)])
    shown = shown_principles(SIGNALS, sentences, None)
    assert [(one.name, one.sentences) for one in shown] == [("A", (0, 2)), ("B", (1,))]
    assert shown[0].strength == 2.0
    assert 0 < shown[1].strength < 2


def test_the_one_that_was_asked_for_is_there_though_nothing_shows_it() -> None:
    sentences = np.stack([unit(0, 0, 0.5, 0, 0)])
    shown = shown_principles(SIGNALS, sentences, "D")
    assert [(one.name, one.strength, one.sentences) for one in shown[1:]] == [("D", 0.0, ())]
    assert [one.name for one in shown_principles(SIGNALS, sentences, "B")] == ["B"]


def test_three_at_most() -> None:
    sentences = np.stack([unit(0.5, 0.5, 0, 0, 0), unit(0, 0, 0.5, 0.5, 0.5)])
    assert len(shown_principles(SIGNALS, sentences, None)) == 3


def test_a_story_of_rows_read_by_hand_shows_dive_deep(minilm: MiniLM) -> None:
    signals = embed_signals(read_signals(CORPUS / "principles"), minilm)
    story = [
        "I read two hundred failing examples by hand next to the aggregate metric.",
        "Each hypothesis was ruled out by one named observation in the logs.",
    ]
    assert "Dive Deep" in [one.name for one in shown_principles(signals, minilm.embed(story), None)]
