from pathlib import Path

import numpy as np
import pytest

from coach.build import CORPUS
from coach.feedback.principles import Signals, embed_signals, read_signals, shown_principles
from coach.interview.questions import PRINCIPLES
from coach.library.embedder import HashedWords, MiniLM

NOTE = """# Dive Deep

Not below a heading of its own.

## What Dive Deep means

You read the rows. You asked twice, e.g. why.

## Signals for Dive Deep

- Not what it means.
"""
MEANING = {"Dive Deep": ("You read the rows.", "You asked twice, e.g. why.")}


def test_what_a_principle_means_stands_below_its_heading(tmp_path: Path) -> None:
    (tmp_path / "dive.md").write_text(NOTE, encoding="utf-8")
    (tmp_path / "no-meaning.md").write_text("# Other\n\nSome words.\n", encoding="utf-8")
    assert read_signals(tmp_path) == MEANING


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_the_meaning_may_be_the_end_of_the_note(tmp_path: Path, end: str) -> None:
    note = NOTE.partition("\n\n## Signals")[0] + end
    (tmp_path / "dive.md").write_text(note, encoding="utf-8")
    assert read_signals(tmp_path) == MEANING


def test_every_principle_has_a_meaning_in_the_corpus() -> None:
    signals = read_signals(CORPUS / "principles")
    assert signals.keys() == set(PRINCIPLES)
    assert all(len(sentences) >= 2 for sentences in signals.values())


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
    sentences = np.stack([unit(0, 0.3, 0.33, 0, 0), unit(0, 0, 0.33, 0, 0.3), unit(0.65, 0, 0.33, 0, 0)])
    shown = shown_principles(SIGNALS, sentences, None)
    assert [(one.name, one.sentences) for one in shown] == [("B", (0, 1)), ("A", (0, 2))]
    assert 2 > shown[0].strength > shown[1].strength >= 1


def test_one_near_sentence_among_others_shows_nothing() -> None:
    sentences = np.stack([unit(0, 0, 0.5, 0, 0), unit(0, 0, 0, 0, 0), unit(0, 0, 0, 0, 0)])
    assert shown_principles(SIGNALS, sentences, None) == ()


def test_the_one_that_was_asked_for_is_there_though_nothing_shows_it() -> None:
    sentences = np.stack([unit(0, 0, 0.5, 0, 0)])
    shown = shown_principles(SIGNALS, sentences, "D")
    assert [(one.name, one.strength, one.sentences) for one in shown[1:]] == [("D", 0.0, ())]
    assert [one.name for one in shown_principles(SIGNALS, sentences, "B")] == ["B"]


def test_three_at_most() -> None:
    sentences = np.stack([unit(0.45, 0, 0.45, 0.45, 0.45)])
    assert len(shown_principles(SIGNALS, sentences, None)) == 3


def test_a_story_of_rows_read_by_hand_shows_dive_deep(minilm: MiniLM) -> None:
    signals = embed_signals(read_signals(CORPUS / "principles"), minilm)
    story = [
        "I left the summary and read two hundred failing examples, record by record.",
        "The metric and the complaints contradicted each other, so I looked at the actual records.",
    ]
    assert "Dive Deep" in [one.name for one in shown_principles(signals, minilm.embed(story), None)]
