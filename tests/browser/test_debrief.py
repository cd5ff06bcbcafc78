"""The debrief in a real browser: stopped, saved, seen again, and still while its words come."""

from pathlib import Path

import pytest
from fake_coach import ANSWER, FakeCoach
from playwright.sync_api import Page, expect
from steps import BANK, begin, say


@pytest.fixture
def coach(tmp_path: Path) -> FakeCoach:
    return FakeCoach(tmp_path, BANK)


def test_the_debrief_can_be_stopped_saved_and_seen_again(
    page: Page, coach: FakeCoach, tmp_path: Path
) -> None:
    begin(page, "recruiter-call")
    say(page, ANSWER)
    expect(page.locator("#practice .history summary")).to_have_count(1)
    coach.model.go.clear()
    page.click("#interview-leave")
    expect(page.locator("#interview-debrief .lean")).to_be_visible()
    assert coach.model.begun.wait(20)
    page.click("#interview-hush")
    assert coach.model.closed.wait(20)
    expect(page.locator("#interview-debrief .lean")).to_be_visible()
    coach.model.go.set()
    for name, begins in (("markdown", b"# Interview"), ("json", b"{"), ("pdf", b"%PDF")):
        with page.expect_download() as saving:
            page.click(f"#interview-{name}")
        path = tmp_path / saving.value.suggested_filename
        saving.value.save_as(path)
        assert path.read_bytes().startswith(begins)
    page.reload()
    expect(page.locator("#interview-debrief .words")).to_contain_text("a second story")
    page.click("#interview-again")
    expect(page.locator("#unfinished label")).to_contain_text("Recruiter call, finished")
    page.click("#interview-resume")
    expect(page.locator("#interview-debrief .lean")).to_be_visible()


def test_nothing_moves_while_the_debrief_is_put_into_words(page: Page, coach: FakeCoach) -> None:
    begin(page, "recruiter-call")
    say(page, ANSWER)
    expect(page.locator("#practice .history summary")).to_have_count(1)
    coach.model.go.clear()
    page.click("#interview-leave")
    work = page.locator("#interview-debrief .work-on")
    expect(page.locator("#interview-debrief .room")).to_be_visible()
    expect(page.locator("#interview-hush")).to_be_visible()
    at = work.evaluate("one => one.offsetTop")
    coach.model.go.set()
    expect(page.locator("#interview-debrief .words")).to_contain_text("a second story")
    assert work.evaluate("one => one.offsetTop") == at
