"""Progress in a real browser: what it shows, what it plans, and practice that begins from it."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from keeping import KeepingCoach
from playwright.sync_api import Browser, Page, expect


@pytest.fixture
def coach(tmp_path: Path) -> KeepingCoach:
    return KeepingCoach(tmp_path)


def progress(page: Page) -> None:
    page.get_by_role("tab", name="Progress").click()
    expect(page.locator("#progress-when")).to_be_visible()


def practised(coach: KeepingCoach) -> None:
    for day, score in enumerate((2.0, 2.1, 2.2, 2.1, 3.6, 3.7, 3.9, 4.0)):
        coach.held(f"i{day}", score, day=day)


def test_before_any_practice_it_says_what_to_do(page: Page) -> None:
    progress(page)
    expect(page.locator("#progress-empty")).to_contain_text("Answer a question on the Interview page")
    expect(page.locator("#progress-today li")).to_have_count(1)
    expect(page.locator("#progress-compared")).to_be_hidden()


def test_what_changed_is_told_and_drawn(page: Page, coach: KeepingCoach) -> None:
    practised(coach)
    progress(page)
    improved = page.locator(".verdict-improved")
    expect(improved).to_contain_text("Overall")
    expect(improved).to_contain_text("2.1 → 3.8")
    expect(page.locator(".verdict-no-clear-change")).to_contain_text("Relevance")
    expect(page.get_by_role("img", name="overall over time")).to_be_visible()
    expect(page.get_by_role("row", name="Dive Deep 8 2.1 3.8 improved")).to_be_visible()
    page.locator(".trend.large summary").click()
    expect(page.locator(".trend.large tbody tr").first).to_contain_text("3.5 to 4.5")
    page.locator("#progress-principle input").click()
    page.get_by_role("option", name="Dive Deep").click()
    expect(page.locator("#progress-over-time svg").first).to_be_visible()


def test_new_practice_shows_when_the_page_is_opened_again(page: Page, coach: KeepingCoach) -> None:
    progress(page)
    expect(page.locator("#progress-empty .notice")).to_be_visible()
    coach.held("i", 3.0)
    page.get_by_role("tab", name="Guides").click()
    progress(page)
    expect(page.get_by_role("img", name="overall over time")).to_be_visible()
    expect(page.locator("#progress-empty .notice")).to_have_count(0)


def test_the_date_is_set_changed_and_kept(page: Page, coach: KeepingCoach) -> None:
    progress(page)
    field = page.get_by_label("Date of the interview")
    expect(field).to_have_attribute("type", "date")
    day = date.today() + timedelta(9)
    field.fill(day.isoformat())
    page.get_by_label("Questions a day").fill("5")
    page.click("#progress-save")
    expect(page.locator("#progress-when")).to_contain_text("in 9 days")
    page.reload()
    progress(page)
    expect(field).to_have_value(day.isoformat())
    expect(page.get_by_label("Questions a day")).to_have_value("5")
    field.fill((date.today() - timedelta(1)).isoformat())
    page.click("#progress-save")
    expect(page.locator("#progress-problem")).to_contain_text("is past")
    field.fill("")
    page.click("#progress-save")
    expect(page.locator("#progress-when")).to_contain_text("No date is set")


def test_practice_begins_from_here(page: Page, coach: KeepingCoach) -> None:
    progress(page)
    expect(page.locator("#progress-practise")).to_have_text("Practise now: Dive Deep")
    page.click("#progress-practise")
    expect(page.locator("#interview-question h2")).to_be_visible()
    expect(page.locator("#interview-answer textarea")).to_be_visible()
    (state,) = coach.interviews.list()
    expect(page.locator("#interview-question h2")).to_have_text(state.turns[0].question)
    assert (state.kind, state.principle) == ("behavioral", "Dive Deep")


def test_a_phone_never_scrolls_sideways(chromium: Browser, address: str, coach: KeepingCoach) -> None:
    practised(coach)
    context = chromium.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    page = context.new_page()
    page.goto(address)
    progress(page)
    expect(page.get_by_role("img", name="overall over time")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    context.close()


def test_every_field_has_a_name(page: Page, coach: KeepingCoach) -> None:
    practised(coach)
    progress(page)
    expect(page.get_by_role("img", name="overall over time")).to_be_visible()
    nameless = page.evaluate(
        """() => [...document.querySelectorAll('input, textarea, button, [role=region], svg[role=img]')]
            .filter(one => one.checkVisibility() && !one.ariaLabel && !one.labels?.length && !one.innerText?.trim()
                && !one.getAttribute('aria-labelledby'))
            .map(one => one.outerHTML)"""
    )
    assert nameless == []
