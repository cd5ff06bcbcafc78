"""Running suites, reports, and the comparison with a baseline."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.errors import UsageError
from coach.evals.report import load_report
from coach.evals.result import Case, Context, Row, Suite, SuiteResult
from coach.evals.run import EvalRun, run_evals
from coach.settings import Settings, load_settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(home=tmp_path / "home", model="none")


def suite_of(scores: dict[str, float], low: float = 0.4, high: float = 0.6) -> Suite:
    """A suite whose cases score what is given, each case in a cluster of its own."""

    def suite(context: Context) -> SuiteResult:
        mean = sum(scores.values()) / len(scores)
        cases = [
            Case(
                id=name,
                cluster=name,
                scores={"fused mrr": score},
                detail={"query": f"a | {name}", "rank": None},
            )
            for name, score in sorted(scores.items(), key=lambda one: one[1])
        ]
        rows = (
            Row(metric="mrr", system="fused", subset="all", value=mean, low=low, high=high, n=len(cases)),
            Row(metric="mrr", system="dense", subset="all", value=0.125, low=0.1, high=0.2, n=len(cases)),
            Row(metric="median ms", system="fused", subset="all", value=7.25, n=len(cases)),
        )
        facts: dict[str, str | int] = {"model": context.model}
        return SuiteResult(name="toy", facts=facts, rows=rows, guarded=("fused mrr",), cases=tuple(cases))

    return suite


Run = Callable[..., EvalRun]


@pytest.fixture
def run(settings: Settings) -> Run:
    def run(scores: dict[str, float], out: Path | None = None, baseline: Path | None = None) -> EvalRun:
        return run_evals([], settings, known={"toy": suite_of(scores)}, out=out, baseline=baseline)

    return run


SCORES = {f"c{number}": 0.5 for number in range(10)}


def test_without_a_baseline_all_is_well(run: Run) -> None:
    done = run(SCORES)
    assert done.exit_code == 0
    assert done.files == []
    assert done.report.model == "none"


def test_a_score_that_fell_in_every_case_gives_exit_code_3(run: Run, tmp_path: Path) -> None:
    run(SCORES, out=tmp_path)
    done = run({name: score - 0.1 for name, score in SCORES.items()}, baseline=tmp_path / "toy.json")
    (change,) = done.report.changes["toy"]
    assert change.paired
    assert change.fell
    assert change.value == pytest.approx(-0.1)
    assert done.exit_code == 3
    assert "FELL" in done.text


def test_one_case_that_fell_among_ten_is_chance(run: Run, tmp_path: Path) -> None:
    run(SCORES, out=tmp_path)
    done = run(SCORES | {"c3": 0.0}, baseline=tmp_path / "report.json")
    assert done.report.changes["toy"][0].value == pytest.approx(-0.05)
    assert done.exit_code == 0


def test_only_cases_that_both_have_are_compared(run: Run, tmp_path: Path) -> None:
    run(SCORES, out=tmp_path)
    done = run({"c1": 0.5, "c2": 0.5, "new and hard": 0.0}, baseline=tmp_path / "toy.json")
    assert done.report.changes["toy"][0].n == 2
    assert done.exit_code == 0


@pytest.mark.parametrize(("score", "code"), [(0.45, 0), (0.35, 3)])
def test_a_baseline_without_cases_is_compared_by_its_interval(
    run: Run, tmp_path: Path, score: float, code: int
) -> None:
    run(SCORES, out=tmp_path)  # its row's interval is 0.4 to 0.6
    stored = json.loads((tmp_path / "toy.json").read_text())
    stored["suites"][0]["cases"] = []
    (tmp_path / "bare.json").write_text(json.dumps(stored))
    done = run(dict.fromkeys(SCORES, score), baseline=tmp_path / "bare.json")
    assert not done.report.changes["toy"][0].paired
    assert done.exit_code == code


def test_what_is_written_can_be_read_again(run: Run, tmp_path: Path) -> None:
    done = run(SCORES, out=tmp_path / "new" / "folder")
    assert sorted(path.name for path in done.files) == ["report.json", "report.md", "toy.json"]
    assert load_report(tmp_path / "new" / "folder" / "report.json") == done.report


def test_systems_stand_side_by_side_and_the_worst_case_first(run: Run, tmp_path: Path) -> None:
    done = run(SCORES | {"c7": 0.25}, out=tmp_path)
    lines = done.text.splitlines()
    assert next(line.split() for line in lines if "metric" in line) == [
        "subset",
        "n",
        "metric",
        "fused",
        "dense",
    ]
    assert any("0.475 [0.400, 0.600]" in line and "0.125 [0.100, 0.200]" in line for line in lines)
    assert lines[lines.index("Worst cases:") + 2].startswith("c7")
    written = (tmp_path / "report.md").read_text()
    assert "| c7 | a \\| c7 | - |" in written
    assert "| all | 10 | median ms | 7.2 |  |" in written


def test_an_unknown_suite_lists_the_known_ones(settings: Settings) -> None:
    with pytest.raises(UsageError, match=r"'retrival'.*retrieval"):
        run_evals(["retrival"], settings)


def test_a_suite_named_twice_runs_once(settings: Settings) -> None:
    done = run_evals(["toy", "toy"], settings, known={"toy": suite_of(SCORES)})
    assert len(done.report.suites) == 1


def test_bad_baselines_are_refused_before_anything_runs(settings: Settings, tmp_path: Path, run: Run) -> None:
    def never(context: Context) -> SuiteResult:
        raise AssertionError("it ran")

    junk = tmp_path / "junk.json"
    junk.write_text("{}")
    run(SCORES, out=tmp_path)
    for baseline, words in (
        (tmp_path / "none.json", "can't be read"),
        (junk, "not a report"),
        (tmp_path / "toy.json", "no result"),
    ):
        with pytest.raises(UsageError, match=words):
            run_evals(["other"], settings, known={"other": never}, baseline=baseline)


def test_a_folder_that_cannot_be_written_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="--out"):
        run(SCORES, out=tmp_path / "file")
