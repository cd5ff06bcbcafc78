"""History in a real browser: looked at, saved as files, brought back, deleted for good."""

import json
from pathlib import Path

import pytest
from fake_coach import ANSWER
from keeping import KeepingCoach
from playwright.sync_api import Browser, Page, expect


@pytest.fixture
def coach(tmp_path: Path) -> KeepingCoach:
    return KeepingCoach(tmp_path)


def history(page: Page) -> None:
    page.get_by_role("tab", name="History").click()
    expect(page.locator("#history-stored")).to_be_visible()


def look(page: Page, place: int = 0) -> None:
    page.locator("#history-interviews input").nth(place).check()
    expect(page.locator("#history-looked-at h3").first).to_be_visible()


def saved(page: Page, button: str, tmp_path: Path) -> Path:
    with page.expect_download() as download:
        page.click(button)
    path = tmp_path / "saved" / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_nothing_stored_says_what_to_do(page: Page) -> None:
    history(page)
    expect(page.locator("#history-stored")).to_contain_text("Start one on the Interview page")
    expect(page.locator("#history-list")).to_be_hidden()
    expect(page.locator("#history-one")).to_be_hidden()


def test_an_interview_is_looked_at_with_all_that_was_said(page: Page, coach: KeepingCoach) -> None:
    coach.held("old", 2.0)
    coach.held("new", 3.0, 4.0, day=1)
    history(page)
    expect(page.locator("#history-stored")).to_contain_text("2 interviews with 3 answers")
    expect(page.locator("#history-interviews label").first).to_contain_text("2 Mar 2026")
    look(page)
    shown = page.locator("#history-looked-at")
    expect(shown).to_contain_text("4.0 of 5 on average")
    expect(shown).to_contain_text("What to work on")
    shown.locator(".past summary").first.click()
    expect(shown.locator(".past .script").first).to_contain_text("Four people had looked at it")


def test_one_interview_is_saved_in_each_form(page: Page, coach: KeepingCoach, tmp_path: Path) -> None:
    coach.held("i", 3.0)
    history(page)
    look(page)
    markdown = saved(page, "#history-markdown", tmp_path)
    assert markdown.name == "interview-i.md"
    assert "Four people had looked at it" in markdown.read_text(encoding="utf-8")
    assert json.loads(saved(page, "#history-json", tmp_path).read_bytes())["id"] == "i"
    assert saved(page, "#history-pdf", tmp_path).read_bytes().startswith(b"%PDF")
    expect(page.locator("#history-said")).to_contain_text("Saved as interview-i.pdf")


def test_everything_is_saved_deleted_and_brought_back(
    page: Page, coach: KeepingCoach, tmp_path: Path
) -> None:
    coach.held("i", 3.0)
    coach.told()
    history(page)
    archive = saved(page, "#history-save-all", tmp_path)
    page.click("#history-yes-all")
    expect(page.locator("#history-problem")).to_contain_text("Nothing was deleted")
    assert coach.interviews.list()
    page.get_by_label("To delete all interviews").fill("delete everything")
    page.click("#history-yes-all")
    expect(page.locator("#history-said")).to_contain_text("Everything is deleted")
    assert not coach.interviews.list()
    assert not coach.shelf.list()
    assert ANSWER[:40].encode() not in b"".join(one.read_bytes() for one in tmp_path.glob("interviews.db*"))

    page.locator("#history-file input[type=file]").set_input_files(archive)
    expect(page.locator("#history-file")).to_contain_text(archive.stem[:12])
    page.click("#history-bring")
    expect(page.locator("#history-said")).to_contain_text("1 interview and 1 story")
    expect(page.locator("#history-interviews label")).to_have_count(1)
    assert [one.id for one in coach.interviews.list()] == ["i"]


def test_what_is_no_export_is_refused_in_a_line(page: Page, coach: KeepingCoach, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text("{}")
    history(page)
    page.locator("#history-file input[type=file]").set_input_files(other)
    expect(page.locator("#history-file")).to_contain_text("other")
    page.click("#history-bring")
    expect(page.locator("#history-problem")).to_contain_text("Nothing was imported")


def test_one_interview_is_deleted_when_that_is_typed(page: Page, coach: KeepingCoach) -> None:
    coach.held("i", 3.0)
    coach.held("j", 3.0, day=1)
    history(page)
    look(page)
    page.click("#history-delete")
    field = page.get_by_label("To delete this interview")
    expect(field).to_be_focused()
    page.keyboard.type("yes")
    page.keyboard.press("Enter")
    expect(page.locator("#history-problem")).to_contain_text("Nothing was deleted")
    field.fill("delete")
    page.click("#history-yes")
    expect(page.locator("#history-said")).to_contain_text("The interview is deleted")
    expect(page.locator("#history-one")).to_be_hidden()
    assert [one.id for one in coach.interviews.list()] == ["i"]


def test_an_open_interview_is_gone_on_with(page: Page, coach: KeepingCoach) -> None:
    state = coach.interviews.start(seed=1)
    history(page)
    look(page)
    page.click("#history-go-on")
    expect(page.locator("#interview-question h2")).to_have_text(state.turns[0].question)
    expect(page.locator("#interview-answer textarea")).to_be_visible()


def test_a_story_that_was_told_is_saved(page: Page, coach: KeepingCoach) -> None:
    coach.held("i", 3.0, 4.0)
    history(page)
    look(page)
    page.locator("#history-answer input").click()
    page.get_by_role("option").nth(1).click()
    page.click("#history-story")
    page.fill("#history-story-title :is(input, textarea)", "Traces")
    page.click("#history-story-save")
    expect(page.locator("#history-story-said")).to_contain_text("Saved as “Traces”")
    (story,) = coach.shelf.list()
    assert (story.question, story.latest.overall) == (coach.bank.questions[1].question, 4.0)


def test_a_phone_never_scrolls_sideways(chromium: Browser, address: str, coach: KeepingCoach) -> None:
    coach.held("i", 3.0, answer=ANSWER + " I named it " + "x" * 300 + ".")
    context = chromium.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    page = context.new_page()
    page.goto(address)
    history(page)
    look(page)
    page.locator("#history-looked-at .past summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    context.close()


def test_every_field_has_a_name(page: Page, coach: KeepingCoach) -> None:
    coach.held("i", 3.0, 4.0)
    history(page)
    look(page)
    page.click("#history-delete")
    expect(page.get_by_label("To delete this interview")).to_be_visible()
    nameless = page.evaluate(
        """() => [...document.querySelectorAll('input, textarea, button, [role=region], svg[role=img]')]
            .filter(one => one.checkVisibility() && !one.ariaLabel && !one.labels?.length && !one.innerText?.trim()
                && !one.getAttribute('aria-labelledby'))
            .map(one => one.outerHTML)"""
    )
    assert nameless == []
