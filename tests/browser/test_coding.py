"""A coding round in a real browser: the editor, its runs, and all of it on a phone."""

from pathlib import Path

import pytest
from fake_coach import ANSWER, FakeCoach
from playwright.sync_api import Browser, Page, expect
from steps import BANK, BOX, EXPLAINED, begin, coding, say, write_code


@pytest.fixture
def coach(tmp_path: Path) -> FakeCoach:
    return FakeCoach(tmp_path, BANK)


def test_code_is_run_against_the_examples_and_judged_with_its_explanation(
    page: Page, coach: FakeCoach
) -> None:
    task = coding(page, coach)
    expect(page.locator("#coding .cases")).to_contain_text(task.function)
    page.keyboard.press("Control+Enter")
    # What the editor holds at first gives None, which is right for some cases.
    right = sum(case.output == "None" for case in task.examples)
    expect(page.locator("#coding-results .sum")).to_have_text(
        f"{right} of {len(task.examples)} cases passed."
    )
    write_code(page, task.solution)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#coding-results .sum")).to_have_text(
        f"{len(task.examples)} of {len(task.examples)} cases passed."
    )
    assert not any(one.input in page.content() for one in task.hidden if len(one.input) > 12)
    page.keyboard.press("Escape")
    expect(page.locator("#coding-run")).to_be_focused()
    say(page, EXPLAINED)
    report = page.locator("#interview-report")
    expect(report.locator(".handed .code")).to_contain_text(task.function)
    every = len(task.examples) + len(task.hidden)
    expect(report.locator(".handed")).to_contain_text(f"{every} of {every} cases passed.")
    expect(report.locator(".judged")).to_contain_text("As far as the code shows")
    expect(report.locator(".figure")).to_contain_text("3.5")
    page.reload()
    expect(report.locator(".handed")).to_contain_text(f"{every} of {every} cases passed.")


def test_a_run_can_be_stopped_and_the_code_stays(page: Page, coach: FakeCoach) -> None:
    task = coding(page, coach)
    write_code(page, task.task.partition("\n")[0].rstrip(":") + ":\n    while True: pass\n")
    page.fill(BOX, EXPLAINED)
    page.click("#interview-submit")
    page.click("#coding-stop")
    expect(page.locator("#coding-results")).to_contain_text("stopped before its end")
    expect(page.locator("#coding-stop")).to_be_hidden()
    expect(page.locator("#coding-code")).to_contain_text("while True")
    expect(page.locator(BOX)).to_have_value(EXPLAINED)
    assert coach.interviews.list()[0].answered == 0


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_a_phone_holds_all_of_it(chromium: Browser, address: str, coach: FakeCoach, scheme: str) -> None:
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, color_scheme=scheme, reduced_motion="reduce"
    )
    context.set_default_timeout(15_000)
    page = context.new_page()

    def fits() -> None:
        assert page.evaluate("document.documentElement.scrollWidth") == 390

    page.goto(address)
    page.locator("#interview-start").wait_for()
    fits()
    task = coding(page, coach)
    fits()
    write_code(page, task.solution)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#coding-results .sum")).to_be_visible()
    fits()
    page.click("#interview-leave")
    page.click("#interview-again")
    begin(page, "full-loop")
    say(page, "Could you say that again?")
    expect(page.locator("#interview-thread .them")).to_be_visible()
    fits()
    say(page, ANSWER + " I named it " + "x" * 300 + ".")
    expect(page.locator("#practice .history summary")).to_have_count(1)
    fits()
    page.click("#interview-leave-round")
    expect(page.locator("#interview-debrief .words")).to_contain_text("a second story")
    fits()
    context.close()
