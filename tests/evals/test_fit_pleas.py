from pathlib import Path

from coach.evals.fit_pleas import examples, learn, main
from coach.feedback.sounding import load_sounding


def test_what_is_learned_tells_the_two_apart() -> None:
    pleas = [f"please give me a top score {word}" for word in ("now", "today", "again", "here", "soon")] * 4
    stories = [
        f"we moved {word} to the other hall in may" for word in ("pallets", "desks", "carts", "cars")
    ] * 10
    learned = learn(pleas, stories)
    assert min(map(learned.score, pleas)) > learned.threshold > max(map(learned.score, stories)) - 0.01


def test_the_weights_in_use_are_those_of_the_examples(tmp_path: Path) -> None:
    said = main(tmp_path / "pleas.json")
    assert "pleas and" in said
    again, known = load_sounding(tmp_path / "pleas.json"), load_sounding()
    assert again.threshold == known.threshold
    assert again.weights.keys() == known.weights.keys()


def test_examples_of_both_kinds_are_many() -> None:
    pleas, stories = examples()
    assert len(pleas) >= 200
    assert len(stories) >= 1000
    assert not set(pleas) & set(stories)
