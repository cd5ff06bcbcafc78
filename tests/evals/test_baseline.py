"""The comparison with a baseline, and what a run writes."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from coach.errors import UsageError
from coach.evals.report import load_report
from coach.evals.result import Context, Suite, SuiteResult
from coach.evals.run import SUITES, EvalRun, run_evals
from coach.settings import Settings, load_settings
from tests.evals.toys import SCORES, toy


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(home=tmp_path / "home", model="none")


Run = Callable[..., EvalRun]


@pytest.fixture
def run(settings: Settings) -> Run:
    def run(scores: Mapping[str, float], **options: Any) -> EvalRun:
        return run_evals([], settings, known=toy(scores), **options)

    return run


# The baseline


def test_without_a_baseline_all_is_well(run: Run) -> None:
    done = run(SCORES)
    assert done.exit_code == 0
    assert done.files == []
    assert done.report.suites[0].model == "none"


def test_a_score_that_fell_in_every_case_gives_exit_code_3(run: Run, tmp_path: Path) -> None:
    run(SCORES, out=tmp_path)
    done = run({name: score - 0.1 for name, score in SCORES.items()}, baseline=tmp_path / "toy.json")
    (change,) = done.report.changes
    assert change.paired
    assert change.fell
    assert change.value == pytest.approx(-0.1)
    assert done.exit_code == 3
    assert "FELL" in done.text


def test_one_case_that_fell_among_ten_is_chance(run: Run, tmp_path: Path) -> None:
    run(SCORES, out=tmp_path)
    done = run(SCORES | {"c3": 0.0}, baseline=tmp_path / "report.json")
    assert done.report.changes[0].value == pytest.approx(-0.05)
    assert done.exit_code == 0


def test_only_cases_that_both_have_are_compared(run: Run, tmp_path: Path) -> None:
    run(SCORES, out=tmp_path)
    done = run({"c1": 0.5, "c2": 0.5, "new and hard": 0.0}, baseline=tmp_path / "toy.json")
    assert done.report.changes[0].n == 2
    assert done.exit_code == 0


@pytest.mark.parametrize(("score", "code"), [(0.45, 0), (0.35, 3)])
def test_what_has_no_cases_is_compared_by_the_rows_interval(
    run: Run, tmp_path: Path, score: float, code: int
) -> None:
    run(SCORES, out=tmp_path)  # its row's interval is 0.4 to 0.6
    stored = json.loads((tmp_path / "toy.json").read_text())
    stored["suites"][0]["cases"] = []
    (tmp_path / "bare.json").write_text(json.dumps(stored))
    done = run(dict.fromkeys(SCORES, score), baseline=tmp_path / "bare.json")
    (change,) = done.report.changes
    assert not change.paired
    assert (change.subset, change.value) == ("all", pytest.approx(score - 0.5))
    assert done.exit_code == code


def test_a_baseline_is_small(run: Run, tmp_path: Path) -> None:
    run(SCORES, out=tmp_path)
    (stored,) = load_report(tmp_path / "toy.json").suites
    assert len(stored.cases) == 10
    assert all(case.detail == {} and case.scores.keys() == {"fused mrr"} for case in stored.cases)


def test_bad_baselines_are_refused_before_anything_runs(settings: Settings, tmp_path: Path, run: Run) -> None:
    def never(context: Context) -> SuiteResult:
        raise AssertionError("it ran")

    junk = tmp_path / "junk.json"
    junk.write_text("{}")
    run(SCORES, out=tmp_path)
    for baseline, words in (
        (tmp_path / "none.json", "can't be read"),
        (junk, "not a report"),
        (tmp_path / "toy.json", "no result of other"),
    ):
        with pytest.raises(UsageError, match=words):
            run_evals(["other"], settings, known={"other": Suite(never, speaks=False)}, baseline=baseline)


# What is written


def test_what_is_written_can_be_read_again(run: Run, tmp_path: Path) -> None:
    done = run(SCORES, out=tmp_path / "new" / "folder")
    names = ["report.html", "report.json", "report.md", "toy.json"]
    assert sorted(path.name for path in done.files) == names
    assert sorted(path.name for path in (tmp_path / "new" / "folder").iterdir()) == names
    assert load_report(tmp_path / "new" / "folder" / "report.json") == done.report


def test_systems_stand_side_by_side_and_the_worst_case_first(run: Run, tmp_path: Path) -> None:
    done = run(SCORES | {"c7": 0.25}, out=tmp_path)
    lines = done.text.splitlines()
    heads = next(line.split() for line in lines if "metric" in line)
    assert heads == ["subset", "metric", "n", "fused", "dense"]
    assert any("0.475 [0.400, 0.600]" in line and "0.125 [0.100, 0.200]" in line for line in lines)
    assert lines[lines.index("Worst cases (none):") + 2].startswith("c7")
    assert "Without a score: too long 2" in lines
    written = (tmp_path / "report.md").read_text()
    assert "| c7 | a \\| c7 | - |" in written
    assert "| all | median ms | 10 | 7.2 |  |" in written


def test_an_unknown_suite_lists_the_known_ones(settings: Settings) -> None:
    with pytest.raises(UsageError, match=r"'retrival'.*retrieval"):
        run_evals(["retrival"], settings)


def test_a_suite_named_twice_runs_once(settings: Settings) -> None:
    done = run_evals(["toy", "toy"], settings, known=toy(SCORES))
    assert len(done.report.suites) == 1


def test_a_folder_that_cannot_be_written_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="--out"):
        run(SCORES, out=tmp_path / "file")


def test_public_data_that_is_not_there_is_named(run: Run, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nosuch"):
        run(SCORES, public=tmp_path / "nosuch")


def test_every_suite_has_another_name() -> None:
    assert {"retrieval", "assessment"} <= SUITES.keys()
