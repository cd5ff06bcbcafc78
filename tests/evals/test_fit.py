import json
from pathlib import Path

import pytest

from coach.evals.fit import CASES, TARGETS, embed_rows, fit, read_rated
from coach.feedback.rubric import TAGS
from coach.feedback.scoring import load_targets
from coach.feedback.star import load_tagger
from coach.library.embedder import HashedWords


def test_our_own_cases_are_whole() -> None:
    rows = read_rated([CASES])
    assert len(rows) >= 120
    assert len({row.group for row in rows}) == len(rows)
    for row in rows:
        assert row.own
        assert set(row.tags) <= set(TAGS)
        for name, (low, high, _) in TARGETS.items():
            assert low <= row.ratings[name] <= high
    for line in CASES.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        assert len(raw["raters"]) == 3
        assert raw["mean"]["overall"] == pytest.approx(
            sum(one["overall"] for one in raw["raters"]) / 3, abs=0.001
        )


def test_a_row_whose_tags_miss_a_sentence_is_refused(tmp_path: Path) -> None:
    row = {"id": "x", "question": "Why?", "sentences": ["One.", "Two."], "tags": "S", "mean": {}}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row))
    with pytest.raises(ValueError, match="x has 2 sentences and 1 tags"):
        read_rated([tmp_path / "rows.jsonl"])


def test_what_is_fitted_can_be_loaded_and_ranks_answers_that_were_held_back(tmp_path: Path) -> None:
    report = fit(embed_rows(read_rated([CASES])[:80], HashedWords()), tmp_path)
    tagger, targets = load_tagger(tmp_path / "tagger.npz"), load_targets(tmp_path / "scores.json")
    assert tagger.weights.shape[1] == tagger.bias.shape[0] == len(TAGS)
    assert targets.keys() == TARGETS.keys()
    # Words alone, without meanings, and a third of the answers: far from good, and far from chance.
    assert report["overall"]["own"]["rho"] > 0.4
    # Closeness to the question may count for relevance, and for nothing else.
    assert [name for name, target in targets.items() if "relevant" in target.weights] == ["relevance"]
