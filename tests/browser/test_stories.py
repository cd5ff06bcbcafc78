"""Stories in a real browser: saved from feedback, made complete, compared, deleted."""

import re
from pathlib import Path

import pytest
from fake_coach import ANSWER
from keeping import KeepingCoach
from playwright.sync_api import Browser, Page, expect

FACT = "From 2 percent to 0.04 percent, by our own traces."
HOSTILE = "<img src=x onerror=window.pwned=1><script>window.pwned=2</script> {{constructor}}"


@pytest.fixture
def coach(tmp_path: Path) -> KeepingCoach:
    return KeepingCoach(tmp_path)


def stories(page: Page) -> None:
    page.get_by_role("tab", name="Stories").click()
    page.locator("#story-write").wait_for()


def rated(page: Page, answer: str = ANSWER) -> None:
    page.get_by_role("tab", name="Feedback").click()
    page.fill("#feedback-question textarea", "Tell me about a time you dug deep.")
    page.fill("#feedback-answer textarea", answer)
    page.click("#feedback-submit")
    expect(page.locator("#feedback-report .small")).to_contain_text("words by fake-1b")


def save(page: Page, title: str = "") -> None:
    page.click("#feedback-story")
    if title:
        page.fill("#feedback-story-title :is(input, textarea)", title)
    page.click("#feedback-story-save")


def test_no_story_yet_says_what_to_do(page: Page) -> None:
    stories(page)
    expect(page.locator("#stories-empty")).to_contain_text("press “Save as a story”")
    expect(page.locator("#stories-list")).to_be_hidden()
    expect(page.locator("#stories-compared")).to_be_hidden()


def test_an_answer_is_saved_from_the_feedback_page_and_told_again(page: Page, coach: KeepingCoach) -> None:
    rated(page)
    save(page, "The batched read")
    expect(page.locator("#feedback-story-said")).to_contain_text("Saved as “The batched read”")
    expect(page.locator("#feedback-story")).to_be_hidden()
    (story,) = coach.shelf.list()
    assert (story.text, story.latest.overall) == (ANSWER, 3.5)
    assert story.latest.feedback is not None
    assert story.latest.feedback.model == "fake-1b"

    rated(page, ANSWER + " I told the other team.")
    page.click("#feedback-story")
    expect(page.locator("#feedback-story-which input")).to_have_value("A new version of: The batched read")
    expect(page.locator("#feedback-story-title")).to_be_hidden()
    page.click("#feedback-story-leave")
    expect(page.locator("#feedback-story-panel")).to_be_hidden()
    save(page)
    expect(page.locator("#feedback-story-said")).to_contain_text("version 2 of “The batched read”")
    assert len(coach.shelf.list()) == 1


def test_an_answer_that_was_edited_since_is_saved_as_it_was_rated(page: Page, coach: KeepingCoach) -> None:
    rated(page)
    page.fill("#feedback-answer textarea", "Something else.")
    save(page, "Kept")
    expect(page.locator("#feedback-story-said")).to_contain_text("Saved as “Kept”")
    assert coach.shelf.list()[0].text == ANSWER


def test_only_stories_can_be_saved_as_stories(page: Page) -> None:
    page.get_by_role("tab", name="Feedback").click()
    page.get_by_role("radio", name="Technical").check(force=True)
    page.fill("#feedback-question textarea", "When does accuracy mislead?")
    page.fill("#feedback-answer textarea", ANSWER)
    page.click("#feedback-submit")
    expect(page.locator("#feedback-report .small")).to_contain_text("words by fake-1b")
    expect(page.locator("#feedback-story")).to_be_hidden()


def test_missing_facts_are_asked_for_until_the_story_is_complete(page: Page, coach: KeepingCoach) -> None:
    coach.told()
    stories(page)
    page.locator("#stories input").check()
    expect(page.locator("#story-asking")).to_contain_text("By how much, and measured how?")
    page.fill("#story-words textarea", FACT)
    page.click("#story-give")
    expect(page.locator("#story-asking")).to_contain_text("A stranger can't tell how many")
    expect(page.locator("#story-words textarea")).to_be_focused()
    expect(page.locator("#story-words textarea")).to_have_value("")
    page.click("#story-leave")
    expect(page.locator("#story-asking")).to_be_hidden()
    page.click("#story-finish")
    expect(page.locator("#stories-said")).to_contain_text("this is version 2")
    expect(page.locator("#story-versions ins")).to_contain_text(FACT)
    page.locator("#story-open input").check()
    page.fill("#story-words textarea", "Forty million calls a day.")
    page.click("#story-give")
    page.click("#story-finish")
    expect(page.locator("#story-head .done")).to_contain_text("Complete")
    expect(page.locator("#story-versions .version")).to_have_count(3)
    expect(page.locator("#story-facts blockquote").first).to_have_text(FACT)
    assert FACT in coach.shelf.list()[0].text


def test_a_story_is_written_renamed_tagged_and_rewritten(page: Page, coach: KeepingCoach) -> None:
    stories(page)
    page.click("#story-write")
    page.get_by_label("Pick a question").first.click()
    page.get_by_role("option").nth(1).click()
    page.fill("#story-new-text textarea", ANSWER)
    page.click("#story-add")
    expect(page.locator("#stories-said")).to_contain_text("is saved")
    expect(page.locator("#story-writing")).to_be_hidden()
    page.click("#story-rename")
    page.fill("#story-title :is(input, textarea)", "Traces")
    page.locator("#story-tags input").press_sequentially("Frugality")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.click("#story-name")
    expect(page.locator("#stories label")).to_contain_text("Traces (3.5 of 5, 1 version")
    expect(page.locator("#story-head .badges")).to_contain_text("Frugality")
    page.click("#story-rewrite")
    expect(page.locator("#story-text textarea")).to_have_value(ANSWER)
    page.fill("#story-text textarea", ANSWER + " It held.")
    page.click("#story-revise")
    expect(page.locator("#story-versions .version")).to_have_count(2)
    assert set(coach.shelf.list()[0].tags) == {"Dive Deep", "Frugality"}


def test_which_story_fits_and_what_is_missing(page: Page, coach: KeepingCoach) -> None:
    coach.told()
    stories(page)
    expect(page.locator("#stories-matrix svg")).to_have_accessible_name(
        re.compile("^Stories by principle 1 story by 16 principles")
    )
    expect(page.locator("#stories-matrix")).to_contain_text("no story shows 15 principles")
    page.locator("#fit-pick input").click()
    page.get_by_role("option").nth(1).click()
    expect(page.locator("#fit-question :is(input, textarea)")).to_have_value(coach.bank.questions[0].question)
    page.click("#fit-find")
    expect(page.locator("#fits li b").first).to_have_text("The batched read")
    expect(page.locator("#fits")).to_contain_text("best fit")


def test_deleting_asks_first(page: Page, coach: KeepingCoach) -> None:
    coach.told()
    stories(page)
    page.locator("#stories input").check()
    page.click("#story-delete")
    expect(page.locator("#story-deleting")).to_contain_text("Delete “The batched read”")
    page.click("#story-no")
    expect(page.locator("#story-deleting")).to_be_hidden()
    page.click("#story-delete")
    page.click("#story-yes")
    expect(page.locator("#stories-said")).to_contain_text("is deleted")
    expect(page.locator("#story")).to_be_hidden()
    assert not coach.shelf.list()


def test_markup_in_a_story_is_only_text(page: Page, coach: KeepingCoach) -> None:
    coach.told(HOSTILE, f"{HOSTILE} began. I fixed it by myself then. {HOSTILE} was over.")
    stories(page)
    page.locator("#stories input").check()
    expect(page.locator("#story-head h3")).to_have_text(HOSTILE)
    expect(page.locator("#story-versions .said")).to_contain_text(HOSTILE)
    expect(page.locator("#stories-matrix")).to_contain_text("no story shows")
    assert page.evaluate("window.pwned") is None


def test_a_phone_in_the_dark_shows_it_all(chromium: Browser, address: str, coach: KeepingCoach) -> None:
    for number in range(12):
        coach.told(f"Story number {number} with a rather long title that goes on and on")
    context = chromium.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    page = context.new_page()
    page.goto(address)
    tabs = page.get_by_role("tab")
    expect(tabs).to_have_count(6)
    for tab in ("Stories", "Progress", "History"):
        tabs.filter(has_text=tab).click()
        expect(tabs.filter(has_text=tab)).to_have_attribute("aria-selected", "true")
    tabs.filter(has_text="Stories").click()
    head = page.locator("#story-head h3")
    for _ in range(10):  # the list is drawn anew when its tab is picked, and a click may come in between
        page.locator("#stories label").first.click()
        page.wait_for_timeout(500)
        if head.is_visible():
            break
    expect(head).to_contain_text("Story number")
    expect(page.locator("#stories-matrix svg")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    # The picture keeps its size and scrolls by itself.
    assert page.locator("#stories-matrix .scroller").evaluate("one => one.scrollWidth > one.clientWidth")
    context.close()


def test_every_field_has_a_name_and_keys_are_enough(page: Page, coach: KeepingCoach) -> None:
    coach.told()
    stories(page)
    page.locator("#stories input").focus()
    page.keyboard.press("Space")
    expect(page.locator("#story-words textarea")).to_be_visible()
    page.locator("#story-words textarea").focus()
    page.keyboard.type(FACT)
    page.keyboard.press("Tab")
    expect(page.locator("#story-give")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#story-facts")).to_contain_text(FACT)
    page.click("#story-rename")
    page.click("#story-rewrite")
    page.click("#story-write")
    page.locator("#story-writing textarea").first.wait_for()
    nameless = page.evaluate(
        """() => [...document.querySelectorAll('input, textarea, button, [role=region], svg[role=img]')]
            .filter(one => one.checkVisibility() && !one.ariaLabel && !one.labels?.length && !one.innerText?.trim()
                && !one.getAttribute('aria-labelledby'))
            .map(one => one.outerHTML)"""
    )
    assert nameless == []
