"""Interviews with a plan in a real browser: rounds, the clock, and what is no answer."""

import re
from pathlib import Path

import pytest
from fake_coach import ANSWER, FakeCoach
from playwright.sync_api import Page, expect
from steps import BANK, BOX, PLANS, begin, go_through_round, say


@pytest.fixture
def coach(tmp_path: Path) -> FakeCoach:
    return FakeCoach(tmp_path, BANK)


@pytest.mark.parametrize("plan", PLANS)
def test_each_plan_starts_and_goes_through_a_round(page: Page, coach: FakeCoach, plan: str) -> None:
    begin(page, plan, at_once=False)
    bar = page.locator("#interview-round")
    first = PLANS[plan].rounds[0]
    expect(bar).to_contain_text(first.interviewer)
    expect(bar.locator(".clock")).to_have_text(
        re.compile(rf"^({first.minutes}:00|{first.minutes - 1}:\d\d)$")
    )
    expect(page.locator("#interview-question")).to_contain_text(f"Question 1 of {first.questions}")
    if not PLANS[plan].one_principle:
        given = go_through_round(page, coach)
        assert given >= first.questions
    else:
        say(page, ANSWER)
        expect(page.locator("#interview-report .scores")).to_be_visible()
        page.click("#interview-next")
        expect(page.locator("#interview-question")).to_contain_text("Question 2 of 3")
        page.click("#interview-leave")
    expect(page.locator("#interview-debrief .lean")).to_be_visible()
    if len(PLANS[plan].rounds) > 1:
        expect(page.locator("#interlude")).to_contain_text(f"round 2 of {len(PLANS[plan].rounds)}")
        expect(page.locator("#interview-begin")).to_be_focused()
        page.keyboard.press("Enter")
        expect(bar).to_contain_text(f"Round 2 of {len(PLANS[plan].rounds)}")
        expect(page.locator(BOX)).to_be_focused()
    else:
        expect(page.locator("#interview-again")).to_be_visible()
        expect(page.locator("#interview-debrief .words")).to_contain_text("a second story")
    assert all(turn.feedback for turn in coach.interviews.list()[0].turns if turn.answer)


def test_nothing_is_scored_before_the_round_is_over(page: Page, coach: FakeCoach) -> None:
    begin(page, "full-loop")
    say(page, ANSWER)
    expect(page.locator("#interview-question")).to_contain_text("Follow-up 1")
    expect(page.locator("#interview-report")).to_be_hidden()
    expect(page.locator("#practice .history .mark")).to_have_text("")
    page.click("#practice .history summary")
    expect(page.locator("#practice .history .said")).to_contain_text("Timeouts fell")
    expect(page.locator("#practice .scores:visible")).to_have_count(0)
    page.click("#interview-leave-round")
    expect(page.locator("#interlude")).to_contain_text("round 2 of 4")
    expect(page.locator("#looking-back .history .mark").first).to_have_text("3.5")
    expect(page.locator("#looking-back")).to_contain_text("You left it early.")


def test_what_is_no_answer_gets_a_reply_and_the_question_waits(page: Page, coach: FakeCoach) -> None:
    begin(page, "single-round")
    question = page.locator("#interview-question h2").inner_text()
    say(page, "Could you say that again?")
    expect(page.locator("#interview-thread .them")).to_contain_text("Of course.")
    expect(page.locator("#interview-thread .you")).to_contain_text("say that again")
    expect(page.locator("#interview-thread")).to_have_attribute("aria-live", "polite")
    expect(page.locator(BOX)).to_have_value("")
    expect(page.locator(BOX)).to_be_focused()
    page.reload()
    expect(page.locator("#interview-thread .them")).to_contain_text("Of course.")
    say(page, "I don't know.")
    expect(page.locator("#interview-thread .them")).to_have_count(2)
    say(page, "I don't know.")
    expect(page.locator("#interview-question h2")).not_to_have_text(question)
    expect(page.locator("#interview-thread .them")).to_contain_text("we leave it there and go on")
    assert coach.interviews.list()[0].turns[0].passed


def test_where_a_question_comes_from_is_told_on_demand(page: Page, coach: FakeCoach) -> None:
    begin(page, "single-round")
    origin = page.locator("#interview-question .origin")
    expect(origin.locator("p").first).to_be_hidden()
    origin.locator("summary").click()
    turn = coach.interviews.list()[0].turns[0]
    expect(origin).to_contain_text(turn.question_id or "?")
    assert not any(point in page.content() for point in turn.key_points)
