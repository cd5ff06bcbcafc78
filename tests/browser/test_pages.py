"""The other pages, and what holds for all of them, in a real browser."""

import http.client
from dataclasses import replace
from urllib.parse import urlsplit

from fake_coach import ANSWER, FakeCoach
from playwright.sync_api import Browser, Page, expect

HOSTILE = (
    "Last year <script>window.pwned=1</script> I fixed a <img src=x onerror=window.pwned=2> service. "
    "The goal was ${window.pwned=3} and {{constructor.constructor('window.pwned=4')()}} by June. "
    "I wrote </span></div><svg onload=window.pwned=5> a batch reader."
)


def ask(page: Page, question: str) -> None:
    page.get_by_role("tab", name="Guides").click()
    page.fill("#guides-question textarea", question)
    page.click("#guides-ask")


def test_an_answer_from_the_guides_names_its_sources(page: Page) -> None:
    ask(page, "How do I tell a result?")
    expect(page.locator(".reply .sources li")).to_have_count(2)
    expect(page.locator(".reply .cite").nth(1)).to_have_text("2")
    expect(page.locator("#source-2 blockquote")).to_have_text(
        "Say what you would change, before you are asked."
    )
    expect(page.locator("#source-2 .where")).to_contain_text("corpus/principles/earn-trust.md")
    expect(page.locator("#guides-stop")).to_be_hidden()


def test_what_the_guides_do_not_hold_is_said(page: Page) -> None:
    ask(page, "What is the weather?")
    expect(page.locator("#guides-answer")).to_contain_text("not in my material")


def test_an_empty_library_says_what_to_do(page: Page, coach: FakeCoach) -> None:
    coach.passages = 0
    ask(page, "What is the loop?")
    expect(page.locator("#guides-answer")).to_contain_text("coach ingest")
    expect(page.locator("#guides-question textarea")).to_have_value("What is the loop?")


def test_a_model_that_fails_is_one_line(page: Page, coach: FakeCoach) -> None:
    coach.model.fails = True
    ask(page, "What is the loop?")
    expect(page.locator("#guides-problem")).to_contain_text("Nothing answers at the model's address")


def test_asking_can_be_stopped(page: Page, coach: FakeCoach) -> None:
    coach.model.go.clear()
    ask(page, "What is the loop?")
    page.click("#guides-stop")
    assert coach.model.closed.wait(20)
    expect(page.locator("#guides-stop")).to_be_hidden()


def test_a_pasted_answer_gets_the_same_report(page: Page, coach: FakeCoach) -> None:
    page.get_by_role("tab", name="Feedback").click()
    page.fill("#feedback-answer textarea", ANSWER)
    page.click("#feedback-submit")
    expect(page.locator("#feedback-problem")).to_contain_text("Write the question first")
    page.get_by_label("Pick a question").click()
    page.get_by_role("option").nth(1).click()
    expect(page.locator("#feedback-question textarea")).to_have_value(coach.bank.questions[0].question)
    page.press("#feedback-answer textarea", "Control+Enter")
    expect(page.locator("#feedback-report .figure")).to_contain_text("3.5")
    expect(page.locator("#feedback-report .advice.next li")).to_have_count(2)
    expect(page.locator("#feedback-report .small")).to_contain_text("words by fake-1b")
    expect(page.locator("#feedback-answer textarea")).to_have_value(ANSWER)
    assert not coach.interviews.list()


def test_markup_in_answers_and_passages_is_only_text(page: Page, coach: FakeCoach) -> None:
    coach.hits = [replace(one, text=HOSTILE, heading=HOSTILE, source=HOSTILE) for one in coach.hits]
    page.get_by_role("tab", name="Feedback").click()
    page.fill("#feedback-question textarea", HOSTILE)
    page.fill("#feedback-answer textarea", HOSTILE)
    page.click("#feedback-submit")
    expect(page.locator("#feedback-report .script")).to_contain_text("<script>window.pwned=1</script>")
    expect(page.locator("#feedback-report .script")).to_contain_text("${window.pwned=3}")
    expect(page.locator("#feedback-report .small")).to_contain_text("words by fake-1b")
    page.get_by_role("tab", name="Guides").click()
    page.fill("#guides-question textarea", HOSTILE)
    page.click("#guides-search")
    expect(page.locator(".passages li").first).to_contain_text("<img src=x onerror=window.pwned=2>")
    expect(page.locator(".passages li").first).to_contain_text("{{constructor")
    assert page.evaluate("window.pwned") is None
    assert page.locator(".passages :is(img, svg, script), .report :is(img, svg, script)").count() == 0


def test_the_header_follows_the_model(page: Page, coach: FakeCoach, address: str) -> None:
    expect(page.locator("#top .pill")).to_contain_text("Model: ready")
    expect(page.locator("#top .shelf")).to_have_text("Library: 32 guides, 312 passages")
    coach.state = "loading"
    page.reload()
    expect(page.locator("#top .pill")).to_contain_text("warming up")
    coach.state, coach.note = "failed", "Its file is <b>gone</b>: run coach models pull."
    expect(page.locator("#top .pill")).to_contain_text("failed")
    expect(page.locator("#top .pill")).to_contain_text("Its file is <b>gone</b>")


def test_a_phone_never_scrolls_sideways(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    page = context.new_page()

    def fits() -> None:
        assert page.evaluate("document.documentElement.scrollWidth") == 390

    page.goto(address)
    page.click("#interview-start")
    fits()
    page.fill("#interview-answer textarea", ANSWER + " I named it " + "x" * 300 + ".")
    page.click("#interview-submit")
    expect(page.locator("#interview-report .small")).to_contain_text("words by fake-1b")
    fits()
    for tab in ("Feedback", "Guides"):
        page.get_by_role("tab", name=tab).click()
        fits()
    page.fill("#guides-question textarea", "numbers")
    page.click("#guides-ask")
    expect(page.locator(".reply .sources li")).to_have_count(2)
    fits()
    context.close()


def test_every_field_has_a_name_and_tab_reaches_it(page: Page) -> None:
    for tab in ("Interview", "Feedback", "Guides"):
        page.get_by_role("tab", name=tab).click()
        nameless = page.evaluate(
            """() => [...document.querySelectorAll('input, textarea, button')]
                .filter(one => one.offsetParent && !one.ariaLabel && !one.labels?.length && !one.innerText.trim())
                .map(one => one.outerHTML)"""
        )
        assert nameless == []
    page.get_by_role("tab", name="Interview").click()
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id"))
    assert "interview-start" in reached


def test_other_names_and_pages_are_kept_out(address: str) -> None:
    there = urlsplit(address)
    line = http.client.HTTPConnection(there.hostname or "", there.port or 0, timeout=10)
    line.request("GET", "/", headers={"Host": "evil.example"})
    refused = line.getresponse()
    refused.read()
    assert refused.status == 400
    line.request("GET", "/")
    served = line.getresponse()
    served.read()
    line.close()
    assert "default-src 'self'" in (served.headers["content-security-policy"] or "")
