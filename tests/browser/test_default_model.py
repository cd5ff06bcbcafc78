"""A whole plan in a real browser with everything real behind it: library, judge, and the default language model."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from serving import served
from steps import BOX, begin, say

from coach.build import CORPUS, build_coach
from coach.coach import Coach
from coach.evals.rated import load_rated
from coach.feedback.encoding import Mpnet
from coach.interview.session import InterviewState
from coach.library.embedder import MiniLM
from coach.settings import Settings

MODEL = "qwen2.5-coder-1.5b"
STRONG = [one.answer for one in load_rated(None) if one.mean.numbers["overall"] >= 4.5]
MOST_ANSWERS = 9  # three questions, each with two follow-ups
THINKS, WAIT = 240_000, 250  # ms that a turn may take while other tests have the processor; between two looks


@pytest.fixture
def real(tmp_path: Path, default_model_path: Path, minilm: MiniLM, mpnet: Mpnet) -> Iterator[Coach]:
    with closing(build_coach(Settings(home=tmp_path, model=MODEL))) as coach:
        coach.library.ingest([CORPUS / "principles"])
        yield coach


def held(coach: Coach) -> InterviewState:
    (state,) = coach.interviews.list()
    return coach.interviews.get(state.id)


@pytest.mark.model
def test_a_drill_goes_from_its_first_question_to_its_debrief(chromium: Browser, real: Coach) -> None:
    with served(real) as address:
        page = chromium.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        page.goto(address)
        begin(page, "quick-drill")
        for number in range(MOST_ANSWERS):
            if not answered(page, real, STRONG[number]):
                break
        expect(page.locator("#interview-debrief .lean")).to_be_visible(timeout=THINKS)
        expect(page.locator("#interview-debrief .words")).not_to_be_empty(timeout=THINKS)
        page.close()
    state = held(real)
    told = [turn for turn in state.turns if turn.answer]
    assert state.closed
    assert [turn.follow_up_depth for turn in state.turns].count(0) == 3
    assert all(turn.feedback and turn.feedback.overall for turn in told)
    assert {turn.feedback.model for turn in told if turn.feedback} <= {MODEL, None}
    assert len({turn.question for turn in state.turns}) == len(state.turns)


def answered(page: Page, coach: Coach, answer: str) -> bool:
    """Give an answer and wait until the interviewer goes on; return whether there is another question."""
    before = len(held(coach).turns)
    say(page, answer)
    for _ in range(THINKS // WAIT):
        state = held(coach)
        if state.closed:
            return False
        if len(state.turns) > before and state.current and not state.current.answer:
            expect(page.locator("#interview-question h2")).to_have_text(
                state.current.question, timeout=THINKS
            )
            expect(page.locator(BOX)).to_have_value("", timeout=THINKS)
            return True
        page.wait_for_timeout(WAIT)
    raise AssertionError(f"the interviewer did not go on: {held(coach).turns[-1]}")
