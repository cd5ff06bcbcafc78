"""What somebody types or picks while the page still waits for the server stays as it is."""

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from gradio.queueing import Queue
from gradio.server_messages import ProcessCompletedMessage
from keeping import KeepingCoach
from playwright.sync_api import Page, expect
from steps import BOX, begin, say

from coach.interview.session import InterviewState

ANSWER = (
    "The importer dropped one row in two hundred. I compared the two tables, found the key that was cut, and "
    "repaired it in a day. Since then not one row has been lost."
)
SLOW = 0.7  # seconds that the server lets the page wait


@pytest.fixture
def coach(tmp_path: Path) -> KeepingCoach:
    return KeepingCoach(tmp_path)


def turn_to(page: Page, tab: str) -> None:
    page.get_by_role("tab", name=tab).click()


def test_the_next_answer_is_begun_while_the_last_steps_of_the_one_before_arrive(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(page, "phone-screen")
    send: Callable[..., None] = Queue.send_message

    def late(queue: Queue, event: object, message: object) -> None:
        wait = SLOW if isinstance(message, ProcessCompletedMessage) else 0
        asyncio.get_running_loop().call_later(wait, send, queue, event, message)

    monkeypatch.setattr(Queue, "send_message", late)
    say(page, ANSWER)
    expect(page.locator(BOX)).to_have_value("")
    page.locator(BOX).press_sequentially("It began with")
    page.wait_for_timeout(SLOW * 6000)
    expect(page.locator(BOX)).to_have_value("It began with")


def test_an_answer_that_was_handed_in_is_not_written_on(
    page: Page, coach: KeepingCoach, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(page, "phone-screen")
    aside = coach.interviews.aside

    def late(*given: object, **more: object) -> InterviewState | None:
        time.sleep(SLOW)
        return aside(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(type(coach.interviews), "aside", lambda _, *given, **more: late(*given, **more))
    say(page, ANSWER)
    page.locator(BOX).press_sequentially(" And then")
    expect(page.locator(BOX)).to_have_value(ANSWER)
    expect(page.locator(BOX)).to_have_value("")
    page.locator(BOX).fill("Once more")
    expect(page.locator(BOX)).to_have_value("Once more")


def test_a_date_is_typed_before_the_page_has_told_all(
    page: Page, coach: KeepingCoach, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = coach.interviews.list

    def late(_: object) -> Sequence[InterviewState]:
        time.sleep(SLOW)
        return listing()

    monkeypatch.setattr(type(coach.interviews), "list", late)
    turn_to(page, "Progress")
    day = (date.today() + timedelta(9)).isoformat()
    field = page.get_by_label("Date of the interview")
    field.fill(day)
    expect(page.locator("#progress-when")).to_contain_text("No date is set")
    expect(field).to_have_value(day)
    page.click("#progress-save")
    expect(page.locator("#progress-when")).to_contain_text("in 9 days")


def test_what_is_half_written_about_a_story_is_there_after_a_look_elsewhere(
    page: Page, coach: KeepingCoach
) -> None:
    coach.told()
    turn_to(page, "Stories")
    page.locator("#stories input").first.check()
    page.fill("#story-words textarea", "From 2 percent to")
    page.click("#story-rewrite")
    page.fill("#story-text textarea", "Another beginning.")
    turn_to(page, "Progress")
    expect(page.locator("#progress-when")).to_contain_text("No date is set")
    with page.expect_response("**/queue/join*"):
        turn_to(page, "Stories")
    page.wait_for_timeout(SLOW * 1000)
    expect(page.locator("#stories input").first).to_be_checked()
    expect(page.locator("#story-words textarea")).to_have_value("From 2 percent to")
    expect(page.locator("#story-text textarea")).to_have_value("Another beginning.")


def test_a_title_for_a_story_is_there_after_a_look_elsewhere(page: Page, coach: KeepingCoach) -> None:
    coach.held("one", 3.0)
    turn_to(page, "History")
    page.locator("#history-interviews input").first.check()
    page.click("#history-story")
    page.fill("#history-story-title :is(input, textarea)", "The batched")
    turn_to(page, "Progress")
    expect(page.locator("#progress-when")).to_contain_text("No date is set")
    with page.expect_response("**/queue/join*"):
        turn_to(page, "History")
    page.wait_for_timeout(SLOW * 1000)
    title = page.locator("#history-story-title :is(input, textarea)")
    expect(title).to_be_visible()
    expect(title).to_have_value("The batched")


def test_a_report_is_brought_before_the_eyes(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 420})
    begin(page, "quick-drill")
    say(page, ANSWER)
    at_the_top(page, "interview-report")
    turn_to(page, "Feedback")
    page.fill("#feedback-question textarea", "Tell me about a time you dug deep.")
    page.fill("#feedback-answer textarea", ANSWER)
    page.click("#feedback-submit")
    at_the_top(page, "feedback-report")


def at_the_top(page: Page, name: str) -> None:
    page.wait_for_function(f"Math.abs(document.getElementById('{name}').getBoundingClientRect().top) < 60")
