from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from coach.errors import ModelUnknown
from coach.evals import latency as suite
from coach.evals.result import Context, SuiteResult
from coach.feedback.feedback import Asked, Feedback
from coach.library.embedder import HashedWords
from coach.models.openai_chat import Usage
from coach.models.scripted import ScriptedModel
from coach.settings import Settings


class FakeCoach:
    """Assesses at once and then speaks, through whichever model it has at the moment."""

    def __init__(self, model: Any = None) -> None:
        self.model = model
        self.assessor = SimpleNamespace(embedder=HashedWords(), warm_up=lambda: None)

    def assess(self, asked: Asked, answer: str) -> Feedback:
        return Feedback(question=asked.question, kind=asked.kind, graded=True, overall=3.0)

    def feedback(self, asked: Asked, answer: str) -> Iterator[Feedback]:
        yield from self.advise(asked, self.assess(asked, answer))

    def advise(self, asked: Asked, assessed: Feedback) -> Iterator[Feedback]:
        "".join(self.model.stream([]))
        yield assessed
        yield assessed.model_copy(update={"model": self.model.name})


def run(tmp_path: Path, coach: Any, model: str) -> SuiteResult:
    return suite.latency(Context(Settings(home=tmp_path), model, None, lambda: coach))


def test_without_a_model_the_assessment_is_measured_beside_an_embedding(tmp_path: Path) -> None:
    found = run(tmp_path, FakeCoach(), "none")
    rows = {row.metric: row for row in found.rows}
    assert rows["assessment, median ms"].value <= rows["assessment, slowest ms"].value
    assert rows["assessment, times a bare embedding"].value > 0
    assert "first word of the model, median ms" not in rows
    assert len(found.cases) == rows["assessment, median ms"].n == 24
    assert [series.name for series in found.plots[0].series] == ["bare embedding", "assessment"]
    assert found.unscored == {}


@pytest.mark.parametrize(("cached", "share"), [(75, 0.75), (0, 0.0)])
def test_with_a_model_the_servers_counts_are_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cached: int, share: float
) -> None:
    own = ScriptedModel(name="own")

    def connect(name: str, settings: Settings, on_usage: Any) -> ScriptedModel:
        def answer(call: object) -> str:
            on_usage(Usage(prompt=100, cached=cached, answer=5))
            return "Good."

        return ScriptedModel(answer, name=name)

    monkeypatch.setattr(suite, "connect", connect)
    coach = FakeCoach(own)
    found = run(tmp_path, coach, "heard")
    rows = {row.metric: row.value for row in found.rows}
    assert rows["share of the prompts that the server had read"] == share
    assert rows["all of the feedback, median ms"] >= rows["first word of the model, median ms"]
    assert coach.model is own, "the coach has its own model back"


def test_the_coach_gets_its_model_back_when_something_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def connect(name: str, settings: Settings, on_usage: object) -> ScriptedModel:
        return ScriptedModel([ModelUnknown("gone")], name=name)

    monkeypatch.setattr(suite, "connect", connect)
    own = ScriptedModel(name="own")
    coach = FakeCoach(own)
    with pytest.raises(ModelUnknown):
        run(tmp_path, coach, "heard")
    assert coach.model is own
