"""A posting of the user's own decides an interview, an exercise is started from a debrief, in a real browser."""

from pathlib import Path

import pytest
from fake_coach import ANSWER, FakeCoach
from keeping import KeepingCoach
from playwright.sync_api import Page, expect
from steps import BANK, BOX, POSTING, say

from coach.interview.plans import load_plans
from coach.library.material import Given, Material

MINE = """
id: mine
title: My own round
purpose: One question, quickly.
rounds:
  - title: One
    minutes: 10
    interviewer: engineer
    segments:
      - {kind: technical, questions: 1}
"""


@pytest.fixture
def coach(tmp_path: Path) -> FakeCoach:
    return KeepingCoach(tmp_path, BANK)


def add_posting(coach: FakeCoach) -> None:
    Material(coach.library).add([Given("Search role.txt", POSTING.encode())], posting=True)


def back_to_the_interview(page: Page) -> None:
    page.get_by_role("tab", name="Guides").click()
    page.get_by_role("tab", name="Interview").click()


def test_a_posting_decides_what_is_asked(page: Page, coach: FakeCoach) -> None:
    expect(page.locator("#posting-hint")).to_contain_text("Guides page")
    expect(page.locator("#interview-posting")).to_be_hidden()
    add_posting(coach)
    back_to_the_interview(page)
    expect(page.locator("#posting-hint")).to_be_empty()
    page.locator("#interview-posting input").click()
    page.get_by_role("option", name="Search role").click()
    asks = page.locator("#posting-asks")
    expect(asks).to_contain_text("What this posting asks for is asked first")
    asks.locator("summary").first.click()
    expect(asks).to_contain_text("learning to rank, embeddings and <b>vector databases</b>")
    page.get_by_role("radio", name="Surprise me").check()
    page.click("#interview-start")
    expect(page.locator("#interview-question h2")).to_be_visible()
    state = coach.interviews.list()[0]
    assert state.posting
    assert state.turns[0].question_id in state.posting.questions
    page.click("#interview-question .origin summary")
    expect(page.locator("#interview-question .origin")).to_contain_text("The posting asks for")


def test_an_exercise_is_started_from_the_debrief(page: Page, coach: FakeCoach) -> None:
    page.click("#interview-start")
    say(page, ANSWER)
    page.click("#interview-end")
    button = page.locator("#interview-debrief .start-exercise").first
    expect(button).to_be_visible()
    expect(page.locator("#interview-debrief .words")).to_contain_text("a second story")
    text = page.locator("#interview-debrief .exercise p").first.inner_text()
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(BOX)).to_be_focused()
    expect(page.locator("#interview-exercise")).to_contain_text(text.partition(". ")[2][:40])
    before, now = sorted(coach.interviews.list(), key=lambda one: not one.closed)
    assert (before.closed, now.closed, now.answered) == (True, False, 0)
    page.reload()
    expect(page.locator("#interview-exercise")).to_be_visible()


def test_an_exercise_is_started_from_the_history(page: Page, coach: KeepingCoach) -> None:
    coach.held("old", 2.0)
    page.get_by_role("tab", name="History").click()
    page.locator("#history-interviews input").first.check()
    page.locator("#history-looked-at .start-exercise").first.click()
    expect(page.locator("#interview-exercise")).to_be_visible()
    expect(page.locator("#interview-question h2")).to_be_visible()
    assert len(coach.interviews.list()) == 2


def test_own_plans_are_offered_and_a_broken_one_is_named(
    page: Page, coach: FakeCoach, tmp_path: Path
) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "mine.yaml").write_text(MINE, encoding="utf-8")
    (folder / "broken.yaml").write_text(MINE.replace("minutes: 10", "minutes: ten"), encoding="utf-8")
    back_to_the_interview(page)
    expect(page.locator("#plan label")).to_have_count(len(load_plans()) + 2)
    expect(page.locator("#plans-refused")).to_contain_text("broken.yaml, rounds.0.minutes")
    page.locator("#plan").get_by_label("My own round").check()
    page.click("#interview-start")
    expect(page.locator("#interview-round .clock")).to_be_visible()
    state = coach.interviews.list()[0]
    assert state.plan
    assert state.plan.id == "mine"
