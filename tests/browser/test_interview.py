"""The mock interview in a real browser."""

import re

from fake_coach import ANSWER, FakeCoach
from playwright.sync_api import Page, expect


def begin(page: Page) -> str:
    page.click("#interview-start")
    expect(page.locator("#interview-answer textarea")).to_be_focused()
    return page.locator("#interview-question h2").inner_text()


def answer(page: Page, text: str = ANSWER) -> None:
    page.fill("#interview-answer textarea", text)
    page.press("#interview-answer textarea", "Control+Enter")


def test_an_answer_is_scored_marked_and_followed_up(page: Page, coach: FakeCoach) -> None:
    question = begin(page)
    page.fill("#interview-answer textarea", ANSWER)
    expect(page.locator("#practice .count")).to_have_text(re.compile(r"^\d+ words, about \d+ s spoken$"))
    page.press("#interview-answer textarea", "Control+Enter")
    report = page.locator("#interview-report")
    expect(report.locator(".figure")).to_have_text(re.compile(r"3\.5\s*of 5"))
    expect(report.get_by_role("meter")).to_have_count(6)
    expect(report.locator(".run.t-S .tag")).to_have_text(re.compile(r"S\s*Situation"))
    expect(report.locator(".run.t-A .sentence")).to_have_count(3)
    expect(report.locator(".progress, .small").last).to_contain_text("words by fake-1b")
    expect(report.locator(".advice.todo li").first).to_contain_text("name the rate after the fix")

    report.locator(".advice.todo .ref").first.focus()
    expect(report.locator(".sentence.lit")).to_have_text(re.compile("Timeouts fell"))

    page.click("#interview-follow")
    expect(page.locator("#interview-question h2")).to_contain_text("Timeouts fell")
    expect(page.locator("#interview-question")).to_contain_text("Follow-up 1")
    expect(page.locator("#interview-answer textarea")).to_have_value("")
    expect(page.locator("#practice .history summary")).to_contain_text(question)
    assert [turn.answer for turn in coach.interviews.list()[0].turns] == [ANSWER, None]


def test_stop_stops_the_model_and_keeps_what_there_is(page: Page, coach: FakeCoach) -> None:
    begin(page)
    coach.model.go.clear()
    answer(page)
    expect(page.locator("#interview-report .scores")).to_be_visible()
    assert coach.model.begun.wait(20)
    page.click("#interview-stop")
    assert coach.model.closed.wait(20)
    expect(page.locator("#interview-stop")).to_be_hidden()
    expect(page.locator("#interview-report .scores")).to_be_visible()
    coach.model.go.set()
    page.click("#interview-finish")
    expect(page.locator("#interview-report .small")).to_contain_text("words by fake-1b")
    assert coach.interviews.list()[0].turns[-1].complete


def test_nothing_waits_for_a_model_that_is_warming_up(page: Page, coach: FakeCoach) -> None:
    begin(page)
    coach.state = "loading"
    coach.model.go.clear()
    answer(page)
    expect(page.locator("#interview-report .progress")).to_contain_text("still warming up")
    expect(page.locator("#interview-report .scores")).to_be_visible()
    page.click("#interview-next")
    expect(page.locator("#interview-question")).to_contain_text("Question 2")
    page.get_by_role("tab", name="Guides").click()
    page.fill("#guides-question textarea", "numbers")
    page.click("#guides-search")
    expect(page.locator(".passages li")).to_have_count(3)


def test_a_reload_brings_the_interview_back(page: Page) -> None:
    begin(page)
    answer(page)
    page.click("#interview-follow")
    expect(page.locator("#interview-question")).to_contain_text("Follow-up 1")
    page.reload()
    expect(page.locator("#interview-question")).to_contain_text("Follow-up 1")
    expect(page.locator("#practice .history .mark")).to_have_text("3.5")
    kept = page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    assert "ranking service" not in kept
    assert page.context.cookies() == [] or "ranking" not in str(page.context.cookies())


def test_an_interview_that_was_left_can_be_resumed_or_deleted(page: Page, coach: FakeCoach) -> None:
    question = begin(page)
    page.evaluate("localStorage.clear()")
    page.reload()
    expect(page.locator("#unfinished label")).to_contain_text(question[:30])
    page.click("#interview-resume")
    expect(page.locator("#interview-question h2")).to_have_text(question)
    page.evaluate("localStorage.clear()")
    page.reload()
    page.click("#interview-delete")
    expect(page.locator("#unfinished")).to_be_hidden()
    assert not coach.interviews.list()


def test_an_answer_that_is_too_short_can_be_given_again(page: Page, coach: FakeCoach) -> None:
    begin(page)
    answer(page, "I fixed it.")
    expect(page.locator("#interview-problem")).to_contain_text("too short to rate")
    expect(page.locator("#interview-answer textarea")).to_have_value("I fixed it.")
    assert coach.interviews.list()[0].current is not None
    answer(page)
    expect(page.locator("#interview-report .scores")).to_be_visible()
    expect(page.locator("#interview-problem")).to_be_hidden()


def test_skipping_and_ending_lead_to_a_look_back(page: Page, coach: FakeCoach) -> None:
    first = begin(page)
    page.click("#interview-skip")
    expect(page.locator("#interview-question")).to_contain_text("Question 2")
    answer(page)
    page.click("#interview-end")
    expect(page.locator(".debrief")).to_contain_text("1 answer given")
    expect(page.locator("#looking-back .past.skipped")).to_contain_text(first)
    assert coach.interviews.list()[0].closed


def test_an_error_is_one_line_and_the_text_stays(page: Page, coach: FakeCoach) -> None:
    begin(page)
    coach.interviews.delete(coach.interviews.list()[0].id)
    answer(page)
    expect(page.locator("#interview-problem [role=alert]")).to_contain_text("interview")
    expect(page.locator("#interview-answer textarea")).to_have_value(ANSWER)
