"""The fast part of the eval: every suite with a stored baseline, without a language model, is no worse than it."""

from pathlib import Path

import pytest

from coach.evals.baseline import changes
from coach.evals.report import Report, load_report
from coach.evals.run import SUITES, run_evals
from coach.settings import load_settings

BASELINES = Path(__file__).parents[2] / "coach" / "evals" / "baselines"
STORED = sorted(path.stem for path in BASELINES.glob("*.json"))

OF_A_MODEL = {"schema kept"}  # what only a language model's words can be judged by


@pytest.fixture(scope="module")
def report(minilm_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Report:
    settings = load_settings(home=tmp_path_factory.mktemp("home") / "mine", models=minilm_dir.parent)
    found = run_evals(STORED, settings, models=["none"]).report
    assert not settings.home.exists(), "the user's library stays untouched"
    return found


def test_baselines_belong_to_suites() -> None:
    assert {"retrieval"} <= set(STORED) <= SUITES.keys()


@pytest.mark.parametrize("name", STORED)
def test_nothing_fell_below_its_baseline(report: Report, name: str) -> None:
    (new,) = (result for result in report.suites if result.name == name)
    (old,) = (result for result in load_report(BASELINES / f"{name}.json").suites if result.model == "none")
    compared = list(changes(new, old, "the baseline"))
    assert [change for change in compared if change.fell] == []
    assert {change.score for change in compared} == set(new.guarded) - OF_A_MODEL, (
        "every guarded score was compared"
    )
    assert {case.id for case in new.cases} == {case.id for case in old.cases}, (
        "the baseline is of these cases"
    )


def test_what_is_asked_in_the_corpus_own_words_is_found(report: Report) -> None:
    (retrieval,) = (result for result in report.suites if result.name == "retrieval")
    (recall,) = (
        row
        for row in retrieval.rows
        if (row.metric, row.system, row.subset) == ("recall@5", "fused", "factual")
    )
    assert recall.value >= 0.95
