"""Every page by the rules of axe: WCAG 2 A and AA and good practice, in the light, in the dark and on a phone."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from fake_coach import ANSWER
from keeping import KeepingCoach
from playwright.sync_api import Page, expect
from steps import BANK, EXPLAINED, POSTING, begin, coding, say, write_code

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
ALL = {"runOnly": list(RULES), "resultTypes": ["violations"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}


class Inspector:
    """Runs axe on a page as it stands, in each look, and collects what it has against it."""

    def __init__(self, page: Page) -> None:
        self.page, self.axe = page, Axe()
        self.found: list[str] = []

    def look(self, state: str) -> None:
        """Inspect the page in this state; nothing of it may move any more."""
        for look, size, dark, options in (
            ("in the dark", WIDE, True, COLOURS),
            ("on a phone", PHONE, True, ALL),
            ("in the light", WIDE, False, ALL),
        ):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            self.page.evaluate("(dark) => document.body.classList.toggle('dark', dark)", dark)
            for one in self.axe.run(self.page, options=options).response["violations"]:
                for node in one["nodes"]:
                    why = node["failureSummary"].replace("\n", " ")
                    self.found.append(
                        f"{state}, {look}: {one['id']} at {node['target']}: {node['html']} {why}"
                    )


@pytest.fixture
def coach(tmp_path: Path) -> KeepingCoach:
    return KeepingCoach(tmp_path, BANK)


@pytest.fixture
def inspector(page: Page) -> Inspector:
    return Inspector(page)


def turn_to(page: Page, tab: str) -> None:
    page.get_by_role("tab", name=tab).click()
    expect(page.get_by_role("tab", name=tab)).to_have_attribute("aria-selected", "true")


def test_free_practice(page: Page, inspector: Inspector) -> None:
    inspector.look("choosing an interview")
    page.click("#interview-start")
    say(page, "Could you say that again?")
    expect(page.locator("#interview-thread .them")).to_be_visible()
    page.locator("#interview-question .origin summary").click()
    inspector.look("in an answer")
    say(page, "I fixed it.")
    expect(page.locator("#interview-problem .notice")).to_be_visible()
    inspector.look("an answer that is too short")
    say(page, ANSWER)
    expect(page.locator("#interview-report .small")).to_contain_text("words by fake-1b")
    inspector.look("with feedback")
    assert not inspector.found, "\n".join(inspector.found)


def test_a_plan_and_its_debrief(page: Page, coach: KeepingCoach, inspector: Inspector) -> None:
    begin(page, "full-loop")
    inspector.look("in a round")
    say(page, ANSWER)
    expect(page.locator("#practice .history summary")).to_have_count(1)
    page.click("#interview-leave-round")
    expect(page.locator("#interview-debrief .words")).to_contain_text("a second story")
    page.evaluate("document.querySelectorAll('#looking-back details').forEach((one) => { one.open = true })")
    inspector.look("between two rounds, with a debrief")
    page.click("#interview-stay")
    expect(page.locator("#interview-again")).to_be_visible()
    inspector.look("the debrief of the whole")
    assert not inspector.found, "\n".join(inspector.found)


def test_a_coding_round(page: Page, coach: KeepingCoach, inspector: Inspector) -> None:
    task = coding(page, coach)
    inspector.look("a task")
    write_code(page, task.solution)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#coding-results .sum")).to_be_visible()
    inspector.look("a run")
    say(page, EXPLAINED)
    expect(page.locator("#interview-report .judged")).to_be_visible()
    expect(page.locator("#interview-report .small").last).to_contain_text("words by fake-1b")
    inspector.look("judged code")
    assert not inspector.found, "\n".join(inspector.found)


def test_feedback(page: Page, inspector: Inspector) -> None:
    turn_to(page, "Feedback")
    inspector.look("before an answer")
    page.click("#feedback-submit")
    expect(page.locator("#feedback-problem .problem")).to_be_visible()
    page.fill("#feedback-question textarea", "Tell me about a time you dug deep.")
    page.fill("#feedback-answer textarea", ANSWER)
    inspector.look("with a problem")
    page.click("#feedback-submit")
    expect(page.locator("#feedback-report .small")).to_contain_text("words by fake-1b")
    page.click("#feedback-story")
    expect(page.locator("#feedback-story-save")).to_be_visible()
    inspector.look("with a report that is being saved")
    assert not inspector.found, "\n".join(inspector.found)


def test_guides(page: Page, inspector: Inspector) -> None:
    turn_to(page, "Guides")
    inspector.look("before a question")
    page.fill("#guides-question textarea", "How do I tell a result?")
    page.click("#guides-ask")
    expect(page.locator(".reply .small")).to_be_visible()
    page.locator("#material-kind label", has_text="A job posting").click()
    page.fill("#material-title input, #material-title textarea", "Search role")
    page.fill("#material-text textarea", POSTING)
    page.click("#material-add")
    expect(page.locator("#material-asks .posting")).to_be_visible()
    page.click("#material-more")
    page.click("#material-remove")
    expect(page.locator("#material-asking")).to_contain_text("Remove")
    inspector.look("an answer and own material")
    assert not inspector.found, "\n".join(inspector.found)


def test_what_is_kept_before_there_is_anything(page: Page, inspector: Inspector) -> None:
    for tab, told in (
        ("Stories", "#stories-empty"),
        ("Progress", "#progress-empty"),
        ("History", "#history-stored"),
    ):
        turn_to(page, tab)
        expect(page.locator(f"{told} .notice")).to_be_visible()
        inspector.look(f"{tab}, empty")
    assert not inspector.found, "\n".join(inspector.found)


def test_what_is_kept(page: Page, coach: KeepingCoach, inspector: Inspector) -> None:
    coach.told()
    coach.told("The nightly test", ANSWER.replace("parcel", "taxi"))
    for day, score in enumerate((2.0, 2.1, 2.2, 2.1, 3.6, 3.7, 3.9, 4.0)):
        coach.held(f"i{day}", score, day=day)
    turn_to(page, "Stories")
    page.fill("#fit-question :is(input, textarea)", "Tell me about a time you dug deep.")
    page.click("#fit-find")
    expect(page.locator("#fits li").first).to_be_visible()
    page.locator("#stories input").first.check()
    page.fill("#story-words textarea", "From 2 percent to 0.04 percent.")
    page.click("#story-give")
    expect(page.locator("#story-facts blockquote")).to_be_visible()
    for button, part in (
        ("rename", "naming"),
        ("rewrite", "rewriting"),
        ("delete", "deleting"),
        ("write", "writing"),
    ):
        page.click(f"#story-{button}")
        expect(page.locator(f"#story-{part}")).to_be_visible()
    inspector.look("stories")
    turn_to(page, "Progress")
    page.get_by_label("Date of the interview").fill((date.today() + timedelta(9)).isoformat())
    page.click("#progress-save")
    expect(page.locator("#progress-when")).to_contain_text("in 9 days")
    page.locator(".trend.large summary").click()
    page.locator("#progress-ahead summary").click()
    inspector.look("progress")
    turn_to(page, "History")
    page.locator("#history-interviews input").first.check()
    page.locator("#history-looked-at .past summary").first.click()
    page.click("#history-delete")
    expect(page.locator("#history-erase")).to_be_visible()
    inspector.look("history")
    assert not inspector.found, "\n".join(inspector.found)
