"""A real Chromium, and the app with a fake coach behind it."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "ui"))
from fake_coach import FakeCoach
from serving import served

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--headless",
)

# What an app under load shows late is not wrong: a test fails only for what never comes.
expect.set_options(timeout=20_000)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What holds for every test that drives the browser."""
    marks = (
        pytest.mark.browser,
        # Gradio's queue uses what pandas is about to drop, and leaves event loops open.
        pytest.mark.filterwarnings("ignore::ResourceWarning"),
        pytest.mark.filterwarnings("ignore:.*(no_silent_downcasting|copy keyword is deprecated)"),
    )
    for item in items:
        if item.path.parent == Path(__file__).parent:
            for mark in marks:
                item.add_marker(mark)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        pytest.fail("No Chromium on the PATH: run `sh tests/browser/chromium.sh`.", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def coach(tmp_path: Path) -> FakeCoach:
    return FakeCoach(tmp_path)


@pytest.fixture
def address(coach: FakeCoach) -> Iterator[str]:
    with served(coach) as address:  # type: ignore[arg-type]
        yield address
        coach.model.go.set()


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """The app, opened. At the end: no script failed, and nothing was asked of any other computer."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(15_000)
    page = context.new_page()
    asked: set[str] = set()
    failed: list[str] = []
    page.on("request", lambda request: asked.add(urlsplit(request.url).hostname or "inline"))
    page.on("websocket", lambda opened: asked.add(urlsplit(opened.url).hostname or ""))
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.goto(address)
    page.locator("#interview-start").wait_for()
    yield page
    context.close()
    assert asked <= {"127.0.0.1", "inline"}, asked
    assert not failed
