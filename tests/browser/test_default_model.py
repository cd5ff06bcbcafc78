"""A whole plan in a real browser with everything real behind it: library, judge, and the default language model."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from serving import served
from steps import begin, say

from coach.build import CORPUS, build_coach
from coach.coach import Coach
from coach.evals.rated import load_rated
from coach.feedback.encoding import Mpnet
from coach.library.embedder import MiniLM
from coach.settings import Settings

MODEL = "qwen2.5-coder-1.5b"
# Strong but for the goal, so that one asks for it and wants to know what the story is about.
STRONG = [
    one.answer
    for one in load_rated(None)
    if one.mean.numbers["overall"] >= 4 and one.mean.numbers["task"] <= 1
]
THINKS = 240_000  # ms that the model may take while other tests have the processor
# What is pressed after each answer: one follow-up, then on to the last question of the drill.
STEPS = ("#interview-follow", "#interview-next", "#interview-next", "#interview-next")


@pytest.fixture
def real(tmp_path: Path, default_model_path: Path, minilm: MiniLM, mpnet: Mpnet) -> Iterator[Coach]:
    with closing(build_coach(Settings(home=tmp_path, model=MODEL))) as coach:
        coach.library.ingest([CORPUS / "principles"])
        yield coach


@pytest.mark.model
def test_a_drill_goes_from_its_first_question_to_its_debrief(chromium: Browser, real: Coach) -> None:
    with served(real) as address:
        page = chromium.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        page.goto(address)
        begin(page, "quick-drill")
        for answer, step in zip(STRONG, STEPS, strict=False):
            answer_and_go_on(page, answer, step)
        expect(page.locator("#interview-debrief .lean")).to_be_visible()
        from_whom = page.get_by_text("From the assessments of your answers; in the coach's own words")
        expect(from_whom).to_be_visible()
        expect(page.locator("#interview-hush")).to_be_hidden()
        page.close()
    (state,) = real.interviews.list()
    assert state.closed
    assert [turn.follow_up_depth for turn in state.turns] == [0, 1, 0, 0]
    assert len({turn.question for turn in state.turns}) == len(state.turns)
    reports = [turn.feedback for turn in state.turns if turn.feedback]
    assert len(reports) == len(STEPS)
    # What a small model says is refused where it doesn't hold: heard it was, and it failed nowhere.
    assert any(report.model == MODEL or report.refused for report in reports)
    assert not [note for report in reports for note in report.notes if "did not finish" in note]
    assert all(report.overall and report.follow_ups for report in reports)
    (kept,) = [one for one in state.debriefs if one.debrief.round is None]
    assert kept.complete
    assert (kept.debrief.words, kept.debrief.model) == (None, None)  # a small model sums nothing up


def answer_and_go_on(page: Page, answer: str, step: str) -> None:
    """Give an answer, read what the model says of it, and press the button that leads on."""
    say(page, answer)
    report = page.locator("#interview-report")
    expect(report.locator(".figure")).to_be_visible(timeout=THINKS)  # the first one waits for its models
    expect(page.locator("#interview-stop")).to_be_hidden(timeout=THINKS)
    page.click(step)
    expect(report).to_be_hidden()
