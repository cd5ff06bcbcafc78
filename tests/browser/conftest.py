"""A real Chromium, and the app with a fake coach behind it."""

import gc
import shutil
import socket
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "ui"))
from fake_coach import FakeCoach

from coach.ui.launch import serve

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
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    blocks = serve(coach, "127.0.0.1", port, wait=False)
    yield f"http://127.0.0.1:{port}/"
    coach.model.go.set()
    blocks.close(verbose=False)
    with warnings.catch_warnings():
        # Gradio leaves event loops open; they are collected here, or a later test would be blamed for them.
        warnings.simplefilter("ignore", ResourceWarning)
        del blocks
        gc.collect()


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
