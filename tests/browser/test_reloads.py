"""An interview that is loaded again, or open in two tabs, in a real browser."""

import re
from pathlib import Path

import pytest
from fake_coach import ANSWER, FakeCoach
from playwright.sync_api import Page, expect
from steps import BANK, BOX, begin, say


@pytest.fixture
def coach(tmp_path: Path) -> FakeCoach:
    return FakeCoach(tmp_path, BANK)


def test_a_reload_brings_back_the_round_its_clock_and_what_was_being_written(
    page: Page, coach: FakeCoach
) -> None:
    begin(page, "phone-screen")
    page.locator(BOX).press_sequentially("Last spring our")
    page.wait_for_timeout(600)
    page.reload()
    expect(page.locator(BOX)).to_have_value("Last spring our")
    expect(page.locator("#interview-round .clock")).to_be_visible()
    say(page, ANSWER)
    expect(page.locator("#interview-question")).to_contain_text("Follow-up 1")
    page.reload()
    expect(page.locator("#interview-question")).to_contain_text("Follow-up 1")
    expect(page.locator(BOX)).to_have_value("")
    assert "ranking service" not in page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")


def test_a_reload_between_rounds_waits_for_the_candidate(page: Page, coach: FakeCoach) -> None:
    begin(page, "full-loop")
    page.click("#interview-leave-round")
    expect(page.locator("#interview-begin")).to_be_focused()
    page.reload()
    expect(page.locator("#interlude")).to_contain_text("round 2 of 4")
    expect(page.locator("#practice")).to_be_hidden()
    page.click("#interview-begin")
    expect(page.locator("#interview-round .clock")).to_have_text(re.compile(r"^(55:00|54:5\d)$"))


def test_two_tabs_on_one_interview_corrupt_nothing(page: Page, coach: FakeCoach, address: str) -> None:
    begin(page, "single-round")
    other = page.context.new_page()
    other.goto(address)
    expect(other.locator("#interview-question")).to_contain_text("Question 1 of 4")
    say(page, ANSWER)
    expect(page.locator("#interview-question")).to_contain_text("Follow-up 1")
    before = coach.interviews.list()[0]
    say(other, "Another answer to what was asked long ago, with more than eight words in it.")
    expect(other.locator("#interview-problem")).to_contain_text("gone on elsewhere")
    expect(other.locator(BOX)).to_have_value(re.compile("^Another answer"))
    other.click("#interview-skip")
    expect(other.locator("#interview-problem")).to_contain_text("gone on elsewhere")
    assert coach.interviews.list()[0] == before
    other.click("#interview-problem .reload")
    expect(other.locator("#interview-question")).to_contain_text("Follow-up 1")
