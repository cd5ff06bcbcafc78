"""A picture of each page, with what a real session leaves on it. `--screenshots docs` keeps them for the documents."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lived_in import ANSWERS, CODING, HARDEST, TODAY, lived_in, waiting
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from serving import served
from steps import BOX, say, write_code

from coach.coach import Coach
from coach.feedback.assessor import Assessor
from coach.interview.questions import CodingQuestion

WIDTH, PHONE = 1280, 390
MARGIN = 160  # pixels left and right of the pages on a desk that hold nothing
GAP = 24  # pixels around what is in a picture
LARGEST = 300_000  # bytes
ASIDE = "Do you mean a fault in a system of my own?"
EXPLAINED = (
    "I put every probability into its bin and keep three sums a bin, so the time is linear in the rows. A bin without "
    "rows is left out, and without any row the gap is zero. The edge that I would test first is a probability of one."
)

Open = Callable[..., Page]
Keep = Callable[..., None]


@pytest.fixture(scope="module")
def practised(tmp_path_factory: pytest.TempPathFactory, assessor: Assessor) -> Iterator[Coach]:
    coach = lived_in(tmp_path_factory.mktemp("lived-in"), assessor)
    yield coach
    coach.close()


@pytest.fixture(scope="module")
def there(practised: Coach) -> Iterator[str]:
    with served(practised) as address:
        yield address


@pytest.fixture
def visit(chromium: Browser, there: str) -> Iterator[Open]:
    """Open the app at a tab: `visit("Stories", dark=True, width=390)`."""
    contexts = []

    def open_(tab: str, *, dark: bool = False, width: int = WIDTH) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 844 if width == PHONE else 900},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            device_scale_factor=2 if width == PHONE else 1,
        )
        contexts.append(context)
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.goto(there)
        page.locator("#interview-start").wait_for()
        page.get_by_role("tab", name=tab).click()
        expect(page.locator("#top .pill")).to_contain_text("Model: ready")
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def keep(request: pytest.FixtureRequest, tmp_path: Path) -> Keep:
    """Take the picture `name` of what lies between the top of one element and the foot of another, and judge it."""
    folder: Path = request.config.getoption("--screenshots") or tmp_path

    def picture(page: Page, name: str, *, top: str = "body", foot: str = "footer.foot") -> None:
        wide = page.evaluate("innerWidth")
        page.evaluate("document.activeElement?.blur()")
        page.mouse.move(0, 0)
        assert page.evaluate("document.documentElement.scrollWidth") == wide
        assert page.locator(".toast-body:visible, .problem:visible").count() == 0
        side = MARGIN if wide == WIDTH else 0
        edges = [page.locator(one).first for one in (top, foot)]
        above = (
            0
            if top == "body"
            else edges[0].evaluate("one => one.getBoundingClientRect().top + scrollY") - GAP
        )
        below = edges[1].evaluate("one => one.getBoundingClientRect().bottom + scrollY") + GAP
        clip: Any = {"x": side, "y": above, "width": wide - 2 * side, "height": below - above}
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{name}.png"
        page.screenshot(path=path, full_page=True, clip=clip)
        with Image.open(path) as taken:
            reduced = taken.convert("RGB").quantize(200, dither=Image.Dither.NONE)
        reduced.save(path, optimize=True)
        shades = reduced.convert("L").histogram()
        ground = max(shades) / sum(shades)
        assert 0.2 < ground < 0.98, f"{name} is blank: {ground:.0%} of it are of one shade"
        assert path.stat().st_size < LARGEST

    return picture


def resumed(page: Page, about: str) -> None:
    page.locator("#unfinished label", has_text=about).first.click()
    page.click("#interview-resume")
    expect(page.locator("#interview-question h2")).to_be_visible()


def rated(page: Page, name: str) -> None:
    one = ANSWERS[name]
    page.fill("#feedback-question textarea", one.question)
    page.locator("#feedback-principle input").click()
    page.get_by_role("option", name=one.principle, exact=True).click()
    page.fill("#feedback-answer textarea", one.answer)
    page.click("#feedback-submit")
    expect(page.locator("#feedback-report .small").first).to_contain_text("words by a scripted model")
    expect(page.locator("#feedback-report .sources li").first).to_be_visible()


def test_choosing_an_interview(visit: Open, keep: Keep) -> None:
    page = visit("Interview")
    expect(page.locator("#plan label")).to_have_count(7)
    keep(page, "start")


def test_an_interview_and_its_debrief(visit: Open, keep: Keep, practised: Coach) -> None:
    with waiting(practised, "today", TODAY, HARDEST):
        page = visit("Interview")
        resumed(page, "hardest fault")
        say(page, ASIDE)
        expect(page.locator("#interview-thread .them")).to_be_visible()
        story = ANSWERS["beh-001"].answer
        page.fill(BOX, story[: story.index("Then I checked")].strip())
        expect(page.locator("#practice .count")).to_contain_text("words, about")
        keep(page, "interview", foot="#interview-submit")
        say(page, story)
        expect(page.locator("#interview-report .small").first).to_contain_text("Assessed in")
        page.click("#interview-end")
        expect(page.locator("#interview-debrief .words")).to_contain_text("What came of your work carried")
        keep(page, "debrief", foot="#interview-debrief .work-on")


def test_a_coding_round_in_the_dark(visit: Open, keep: Keep, practised: Coach) -> None:
    task = next(one for one in practised.bank.questions if one.id == CODING)
    assert isinstance(task, CodingQuestion)
    with waiting(practised, "code", {}, CODING):
        page = visit("Interview", dark=True)
        resumed(page, task.question[:30])
        expect(page.locator("#coding-code .cm-content")).to_be_visible()
        write_code(page, task.solution)
        page.click("#coding-run")
        expect(page.locator("#coding-results .sum.good")).to_be_visible()
        page.fill(BOX, EXPLAINED)
        keep(page, "coding", foot="#interview-submit")


def test_feedback(visit: Open, keep: Keep) -> None:
    page = visit("Feedback")
    rated(page, "beh-040")
    keep(page, "feedback", top="#feedback-report", foot="#feedback-report .pair")


def test_feedback_on_a_phone(visit: Open, keep: Keep) -> None:
    page = visit("Feedback", width=PHONE)
    rated(page, "beh-040")
    keep(page, "phone", top="#feedback-report", foot="#feedback-report .run.t-T")


def test_guides(visit: Open, keep: Keep) -> None:
    page = visit("Guides")
    page.fill("#guides-question textarea", "Who is the bar raiser, and can the bar raiser stop an offer?")
    page.click("#guides-ask")
    expect(page.locator(".reply .small")).to_contain_text("words by a scripted model")
    expect(page.locator(".reply .sources li").nth(1)).to_be_visible()
    keep(page, "guides", foot=".reply")


def test_stories(visit: Open, keep: Keep) -> None:
    page = visit("Stories")
    page.locator("#stories label", has_text="The crooked experiment groups").click()
    expect(page.locator("#story-head h3")).to_have_text("The crooked experiment groups")
    expect(page.locator("#story-asking")).to_be_visible()
    expect(page.locator("#stories-matrix svg")).to_be_visible()
    keep(page, "stories", foot="#story")


def test_progress(visit: Open, keep: Keep) -> None:
    page = visit("Progress")
    expect(page.locator("#progress-when")).to_contain_text("in 16 days")
    expect(page.locator(".trend.large svg")).to_be_visible()
    keep(page, "progress", foot=".trend.large")


def test_history(visit: Open, keep: Keep) -> None:
    page = visit("History")
    expect(page.locator("#history-interviews label").first).to_be_visible()
    page.locator("#history-interviews label", has_text="Frugality").click()
    expect(page.locator("#history-looked-at .verdicts")).to_be_visible()
    keep(page, "history", foot="#history-looked-at .lean")
