"""`coach eval`: its tables, and how it ends."""

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from coach.evals.result import Case, Context, Row, Suite, SuiteResult
from coach.evals.run import SUITES

from .running import Coach


def test_an_eval_below_its_baseline_is_3(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    report = SimpleNamespace(model_dump=lambda mode: {"suites": []})
    fell = SimpleNamespace(report=report, text="It fell.", files=[Path("report.md")], exit_code=3)
    monkeypatch.setattr("coach.evals.run.run_evals", lambda *args, **options: fell)
    ended = coach("eval")
    assert (ended.code, ended.out) == (3, "It fell.\n")
    assert "report.md" in ended.err


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A suite `toy` that speaks; it scores 0.5, and 0.4 with the model of the list that it fails with."""
    worse: list[str] = []

    def measured(context: Context) -> SuiteResult:
        if worse == ["interrupt"]:
            raise KeyboardInterrupt
        score = 0.4 if context.model in worse else 0.5
        cases = tuple(Case(id=str(n), cluster=str(n), scores={"all": score}, detail={}) for n in range(9))
        rows = (Row(metric="all", system="toy", subset="all", value=score, low=0.3, high=0.6, n=9),)
        return SuiteResult(
            name="toy", model=context.model, facts={}, rows=rows, guarded=("all",), cases=cases
        )

    monkeypatch.setitem(cast(dict[str, Suite], SUITES), "toy", Suite(measured, speaks=True))
    return worse


OTHER = "http://127.0.0.1:1/v1#other"


def test_an_eval_shows_models_side_by_side(coach: Coach, toy: list[str]) -> None:
    toy.append(OTHER)
    shown = coach("eval", "toy", "--model", "none", "--model", OTHER).out
    assert any("0.500" in line and "0.400" in line for line in shown.splitlines())
    found = coach("eval", "toy", "--model", "none", "--model", OTHER, "--json").json
    assert [(suite["name"], suite["model"]) for suite in found["suites"]] == [("toy", "none"), ("toy", OTHER)]
    assert [change["value"] for change in found["between"]] == [pytest.approx(-0.1)]


def test_an_eval_that_fell_is_3(coach: Coach, toy: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    ended = coach("eval", "toy", "--out", out)
    assert ended.code == 0
    assert all(f"wrote {out / name}" in ended.err for name in ("report.html", "report.md", "report.json"))
    assert coach("eval", "toy", "--baseline", out / "toy.json").code == 0
    toy.append("none")
    assert coach("eval", "toy", "--baseline", out / "toy.json").code == 3


def test_an_eval_that_is_interrupted_says_how_to_go_on(coach: Coach, toy: list[str], tmp_path: Path) -> None:
    toy.append("interrupt")
    ended = coach("eval", "toy", "--out", tmp_path)
    assert (ended.code, ended.out) == (130, "")
    assert "the same command goes on from there" in ended.err
    assert str(tmp_path) in ended.err
    assert "--out" in coach("eval", "toy").err
    toy.clear()
    assert coach("eval", "toy", "--out", tmp_path).code == 0


def test_an_eval_refuses_what_is_not_there(coach: Coach, tmp_path: Path) -> None:
    assert "retrieval" in coach("eval", "nosuch").line
    assert "nosuch" in coach("eval", "assessment", "--public", tmp_path / "nosuch").line
