import json
from pathlib import Path

from coach.evals.fit_clauses import agreement, learn, main, runs
from coach.evals.rated import load_rated
from coach.feedback.clauses import Clauses, load_clauses

STORY = "Last May I ran the shop. I cut waste by half. The owner thanked me, and I stayed. We kept the list. "


def test_words_lose_their_marks_and_keep_where_sentences_began() -> None:
    ((words, begins),) = runs(["Last May I ran the shop. I cut waste."])
    assert words == ["last", "may", "i", "ran", "the", "shop", "i", "cut", "waste"]
    assert begins == {6}


def test_answers_without_proper_marks_are_not_learned_from() -> None:
    assert not list(runs(["so i ran the shop and then i left", "no capitals here. none there. or there."]))


def test_where_sentences_begin_is_learned(tmp_path: Path) -> None:
    file, out = tmp_path / "answers.jsonl", tmp_path / "clauses.json"
    file.write_text("\n".join(json.dumps({"answer": STORY * 3}) for _ in range(20)), encoding="utf-8")
    said = main(out, file)
    assert "F1" in said
    learned = Clauses(**json.loads(out.read_text(encoding="utf-8")))
    _, recall, _ = agreement(learned, list(runs([STORY * 2])))
    assert recall > 0.8


def test_learning_twice_gives_the_same() -> None:
    some = list(runs([STORY * 3] * 10))
    assert learn(some) == learn(some)


def test_the_weights_in_use_are_those_of_the_practice_answers(tmp_path: Path) -> None:
    main(tmp_path / "clauses.json")
    again, known = load_clauses(tmp_path / "clauses.json"), load_clauses()
    assert again.weights.keys() == known.weights.keys()
    assert (again.cost, again.length, again.spread) == (known.cost, known.length, known.spread)


def test_the_weights_in_use_find_half_of_our_own_sentences() -> None:
    measured = list(runs([rated.answer for rated in load_rated(None)]))
    precision, recall, _ = agreement(load_clauses(), measured)
    assert precision > 0.5
    assert recall > 0.5
