"""Running suites with several models, and going on after an interruption."""

from pathlib import Path

import pytest
from filelock import FileLock
from pydantic import BaseModel, ConfigDict

from coach.errors import ModelUnknown, UsageError
from coach.evals import workbench
from coach.evals.report import load_report
from coach.evals.result import Case, Context, Suite, SuiteResult
from coach.evals.run import run_evals
from coach.settings import Settings, load_settings
from tests.evals.toys import SCORES, result_of, toy

ONE, TWO = "http://127.0.0.1:1/v1#one", "http://127.0.0.1:1/v1#two"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(home=tmp_path / "home", model="none")


# Several models


class Passes:
    """Suites that note which were run with which model, on coaches that note how they fare."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seen: list[tuple[str, str]] = []
        self.coaches: list[str] = []
        self.homes: set[Path] = set()
        passes = self

        class FakeCoach:
            def __init__(self, settings: Settings, **_: object) -> None:
                self.model, self.library = settings.model, self
                passes.coaches.append(f"built {self.model}")

            def ingest(self, *_: object, **__: object) -> None:
                passes.coaches.append(f"filled {self.model}")

            def close(self) -> None:
                passes.coaches.append(f"closed {self.model}")

        monkeypatch.setattr(workbench, "build_coach", FakeCoach)

    def suite(self, name: str, *, speaks: bool, asks: bool = True) -> Suite:
        def measured(context: Context) -> SuiteResult:
            self.seen.append((name, context.model))
            self.homes.add(context.settings.home)
            assert context.settings.model == context.model
            if asks:
                assert context.coach() is context.coach()
            better = 0.1 * (context.model == TWO)
            return result_of(context, dict.fromkeys(SCORES, 0.5 + better)).model_copy(update={"name": name})

        return Suite(measured, speaks)


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> Passes:
    return Passes(monkeypatch)


def test_suites_that_speak_run_once_with_each_model_and_others_once(
    settings: Settings, passes: Passes
) -> None:
    known = {
        "speaking": passes.suite("speaking", speaks=True),
        "silent": passes.suite("silent", speaks=False),
    }
    report = run_evals([], settings, models=[ONE, TWO, ONE], known=known).report
    assert passes.seen == [("silent", "none"), ("speaking", ONE), ("speaking", TWO)]
    assert [(suite.name, suite.model) for suite in report.suites] == [
        ("speaking", ONE),
        ("speaking", TWO),
        ("silent", "none"),
    ]
    assert passes.coaches == [
        f"{word} {model}" for model in ("none", ONE, TWO) for word in ("built", "filled", "closed")
    ]
    assert list(report.made_with.models) == ["none", ONE, TWO]


def test_none_shares_its_coach_with_the_suites_that_do_not_speak(settings: Settings, passes: Passes) -> None:
    known = {
        "silent": passes.suite("silent", speaks=False),
        "speaking": passes.suite("speaking", speaks=True),
    }
    run_evals([], settings, models=["none"], known=known)
    assert passes.seen == [("silent", "none"), ("speaking", "none")]
    assert passes.coaches == ["built none", "filled none", "closed none"]


def test_without_models_the_settings_own_speaks(settings: Settings, passes: Passes) -> None:
    known = {"speaking": passes.suite("speaking", speaks=True)}
    run_evals([], settings.model_copy(update={"model": ONE}), known=known)
    assert passes.seen == [("speaking", ONE)]


def test_a_coach_that_nobody_asks_for_is_not_built(settings: Settings, passes: Passes) -> None:
    run_evals([], settings, known={"silent": passes.suite("silent", speaks=False, asks=False)})
    assert passes.coaches == []


def test_a_coach_is_closed_when_a_suite_fails(settings: Settings, passes: Passes) -> None:
    def fails(context: Context) -> SuiteResult:
        context.coach()
        raise UsageError("no")

    with pytest.raises(UsageError, match="no"):
        run_evals([], settings, known={"failing": Suite(fails, speaks=False)})
    assert passes.coaches[-1] == "closed none"


def test_the_home_is_the_evals_own_and_gone_afterwards(settings: Settings, passes: Passes) -> None:
    run_evals([], settings, known={"silent": passes.suite("silent", speaks=False)})
    (home,) = passes.homes
    assert home != settings.home
    assert not home.exists()
    assert not settings.home.exists()


def test_a_wrong_model_is_refused_before_anything_runs(settings: Settings, passes: Passes) -> None:
    with pytest.raises(ModelUnknown):
        run_evals(
            [], settings, models=[ONE, "nosuch"], known={"speaking": passes.suite("speaking", speaks=True)}
        )
    assert passes.seen == []


def test_models_stand_side_by_side_with_their_paired_difference(
    settings: Settings, passes: Passes, tmp_path: Path
) -> None:
    known = {"speaking": passes.suite("speaking", speaks=True)}
    done = run_evals([], settings, models=[ONE, TWO], known=known, out=tmp_path)
    (gain,) = done.report.between
    assert (gain.model, gain.against, gain.paired, gain.n) == (TWO, ONE, True, 10)
    assert gain.value == gain.low == pytest.approx(0.1)
    assert done.exit_code == 0, "a model that is worse than another is no regression"
    for text in (done.text, (tmp_path / "report.md").read_text()):
        assert any(
            "0.500 [0.400, 0.600]" in line and "0.600 [0.400, 0.600]" in line for line in text.splitlines()
        )
        assert f"{TWO}: fused mrr +0.100" in text
        assert f"against {ONE}, better (n=10, paired)" in text


def test_each_model_is_compared_with_its_own_baseline(
    settings: Settings, passes: Passes, tmp_path: Path
) -> None:
    known = {"speaking": passes.suite("speaking", speaks=True)}
    run_evals([], settings, models=[ONE, TWO], known=known, out=tmp_path)
    done = run_evals([], settings, models=[TWO, "none"], known=known, baseline=tmp_path / "speaking.json")
    (change,) = done.report.changes
    assert (change.model, change.value) == (TWO, 0.0)
    with pytest.raises(UsageError, match="no result of speaking with none"):
        run_evals([], settings, models=["none"], known=known, baseline=tmp_path / "speaking.json")


# Going on


class Kept(BaseModel):
    model_config = ConfigDict(frozen=True)

    score: float


def test_an_interrupted_run_goes_on_and_leaves_no_notes(settings: Settings, tmp_path: Path) -> None:
    judged: list[str] = []
    runs: list[str] = []
    stop = {"c7"}

    def judge(case: Case) -> Kept:
        if case.id in stop:
            raise KeyboardInterrupt
        judged.append(case.id)
        return Kept(score=0.5)

    def slow(context: Context) -> SuiteResult:
        blank = [Case(id=name, cluster=name, scores={}, detail={}) for name in SCORES]
        found = context.journal.each("judging", blank, judge, Kept)
        return result_of(context, {case.id: kept.score for case, kept in found})

    def first(context: Context) -> SuiteResult:
        runs.append("first")
        return result_of(context, SCORES).model_copy(update={"name": "first"})

    known = {"first": Suite(first, speaks=False), "toy": Suite(slow, speaks=False)}
    with pytest.raises(KeyboardInterrupt):
        run_evals([], settings, known=known, out=tmp_path)
    assert judged == list(SCORES)[:7]
    assert not (tmp_path / "report.json").exists()
    stop.clear()
    done = run_evals([], settings, known=known, out=tmp_path)
    assert judged == list(SCORES), "no case twice"
    assert runs == ["first"], "a suite that had ended isn't run again"
    assert done.report == load_report(tmp_path / "report.json")
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == []
    run_evals([], settings, known=known, out=tmp_path)
    assert judged == list(SCORES) * 2, "a run that had ended well starts anew"


def test_two_runs_do_not_write_to_one_folder(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "journal").mkdir()
    with FileLock(tmp_path / "journal" / "lock"), pytest.raises(UsageError, match="Another run"):
        run_evals([], settings, known=toy(SCORES), out=tmp_path)
    assert run_evals([], settings, known=toy(SCORES), out=tmp_path).exit_code == 0
