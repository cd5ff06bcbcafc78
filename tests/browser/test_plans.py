"""Interviews with a plan in a real browser: rounds, the clock, what is no answer, code, and the debrief."""

import re
from pathlib import Path

import pytest
from fake_coach import ANSWER, FakeCoach
from playwright.sync_api import Browser, Page, expect

from coach.interview.plans import load_plans
from coach.interview.questions import CodingQuestion, load_questions
from coach.settings import DATA

pytestmark = [
    pytest.mark.browser,
    # Gradio's queue uses what pandas is about to drop, and leaves event loops open.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore:.*(no_silent_downcasting|copy keyword is deprecated)"),
]
PLANS = load_plans()
BANK = load_questions(DATA / "corpus" / "questions")
BOX = "#interview-answer textarea"
EXPLAINED = (
    "I go over the items once and keep what I have seen in a hash map, so the time is linear. I would test the "
    "empty input first, then one item, then ties."
)


@pytest.fixture
def coach(tmp_path: Path) -> FakeCoach:
    return FakeCoach(tmp_path, BANK)


def begin(page: Page, plan: str, *, at_once: bool = False) -> None:
    page.locator("#plan").get_by_label(PLANS[plan].title).check()
    expect(page.locator("#free-kind")).to_be_hidden()
    if at_once:
        page.get_by_label("After each answer").check()
    page.click("#interview-start")
    expect(page.locator("#interview-round .clock")).to_be_visible()


def say(page: Page, text: str) -> None:
    page.fill(BOX, text)
    page.press(BOX, "Control+Enter")


def task_of(coach: FakeCoach) -> CodingQuestion | None:
    turn = coach.interviews.list()[0].current
    found = next((one for one in BANK.questions if turn and one.id == turn.question_id), None)
    return found if isinstance(found, CodingQuestion) else None


def write_code(page: Page, code: str) -> None:
    page.locator("#coding-code .cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(code)


def go_through_round(page: Page, coach: FakeCoach) -> int:
    """Answer all that is asked in the round; return how many answers that took."""
    given = 0
    name = coach.interviews.list()[0].id
    here = coach.interviews.get(name).round
    while True:
        state = coach.interviews.get(name)
        if state.closed or state.round != here:
            return given
        before = len(state.turns)
        if task := task_of(coach):
            write_code(page, task.solution)
        given += 1
        say(page, f"{EXPLAINED if task else ANSWER} That was answer {given}.")
        moved = page.locator("#interview-begin, #interview-again").first
        question = page.locator("#interview-question h2")
        for _ in range(600):
            state = coach.interviews.get(name)
            if state.closed or len(state.turns) > before:
                break
            page.wait_for_timeout(50)
        if state.closed or state.round != here:
            expect(moved.or_(page.locator("#interview-again"))).not_to_have_count(0)
            return given
        expect(question).to_contain_text(state.turns[-1].question.partition("\n\n")[0])
        expect(page.locator(BOX)).to_have_value("")


@pytest.mark.parametrize("plan", PLANS)
def test_each_plan_starts_and_goes_through_a_round(page: Page, coach: FakeCoach, plan: str) -> None:
    begin(page, plan, at_once=False)
    bar = page.locator("#interview-round")
    first = PLANS[plan].rounds[0]
    expect(bar).to_contain_text(first.interviewer)
    expect(bar.locator(".clock")).to_have_text(
        re.compile(rf"^({first.minutes}:00|{first.minutes - 1}:\d\d)$")
    )
    expect(page.locator("#interview-question")).to_contain_text(f"Question 1 of {first.questions}")
    if not PLANS[plan].one_principle:
        given = go_through_round(page, coach)
        assert given >= first.questions
    else:
        say(page, ANSWER)
        expect(page.locator("#interview-report .scores")).to_be_visible()
        page.click("#interview-next")
        expect(page.locator("#interview-question")).to_contain_text("Question 2 of 3")
        page.click("#interview-leave")
    expect(page.locator("#interview-debrief .lean")).to_be_visible()
    if len(PLANS[plan].rounds) > 1:
        expect(page.locator("#interlude")).to_contain_text(f"round 2 of {len(PLANS[plan].rounds)}")
        expect(page.locator("#interview-begin")).to_be_focused()
        page.keyboard.press("Enter")
        expect(bar).to_contain_text(f"Round 2 of {len(PLANS[plan].rounds)}")
        expect(page.locator(BOX)).to_be_focused()
    else:
        expect(page.locator("#interview-again")).to_be_visible()
        expect(page.locator("#interview-debrief .words")).to_contain_text("a second story")
    assert all(turn.feedback for turn in coach.interviews.list()[0].turns if turn.answer)


def test_nothing_is_scored_before_the_round_is_over(page: Page, coach: FakeCoach) -> None:
    begin(page, "full-loop")
    say(page, ANSWER)
    expect(page.locator("#interview-question")).to_contain_text("Follow-up 1")
    expect(page.locator("#interview-report")).to_be_hidden()
    expect(page.locator("#practice .history .mark")).to_have_text("")
    page.click("#practice .history summary")
    expect(page.locator("#practice .history .said")).to_contain_text("Timeouts fell")
    expect(page.locator("#practice .scores:visible")).to_have_count(0)
    page.click("#interview-leave-round")
    expect(page.locator("#interlude")).to_contain_text("round 2 of 4")
    expect(page.locator("#looking-back .history .mark").first).to_have_text("3.5")
    expect(page.locator("#looking-back")).to_contain_text("You left it early.")


def test_what_is_no_answer_gets_a_reply_and_the_question_waits(page: Page, coach: FakeCoach) -> None:
    begin(page, "single-round")
    question = page.locator("#interview-question h2").inner_text()
    say(page, "Could you say that again?")
    expect(page.locator("#interview-thread .them")).to_contain_text("Of course.")
    expect(page.locator("#interview-thread .you")).to_contain_text("say that again")
    expect(page.locator("#interview-thread")).to_have_attribute("aria-live", "polite")
    expect(page.locator(BOX)).to_have_value("")
    expect(page.locator(BOX)).to_be_focused()
    page.reload()
    expect(page.locator("#interview-thread .them")).to_contain_text("Of course.")
    say(page, "I don't know.")
    expect(page.locator("#interview-thread .them")).to_have_count(2)
    say(page, "I don't know.")
    expect(page.locator("#interview-question h2")).not_to_have_text(question)
    expect(page.locator("#interview-thread .them")).to_contain_text("we leave it there and go on")
    assert coach.interviews.list()[0].turns[0].passed


def test_where_a_question_comes_from_is_told_on_demand(page: Page, coach: FakeCoach) -> None:
    begin(page, "single-round")
    origin = page.locator("#interview-question .origin")
    expect(origin.locator("p").first).to_be_hidden()
    origin.locator("summary").click()
    turn = coach.interviews.list()[0].turns[0]
    expect(origin).to_contain_text(turn.question_id or "?")
    assert not any(point in page.content() for point in turn.key_points)


def test_a_reload_brings_back_the_round_its_clock_and_what_was_being_written(
    page: Page, coach: FakeCoach
) -> None:
    begin(page, "phone-screen")
    page.locator(BOX).press_sequentially("Last spring our")
    page.wait_for_timeout(600)
    page.reload()
    expect(page.locator(BOX)).to_have_value("Last spring our")
    expect(page.locator("#interview-round .clock")).to_be_visible()
    say(page, ANSWER)
    expect(page.locator("#interview-question")).to_contain_text("Follow-up 1")
    page.reload()
    expect(page.locator("#interview-question")).to_contain_text("Follow-up 1")
    expect(page.locator(BOX)).to_have_value("")
    assert "ranking service" not in page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")


def test_a_reload_between_rounds_waits_for_the_candidate(page: Page, coach: FakeCoach) -> None:
    begin(page, "full-loop")
    page.click("#interview-leave-round")
    expect(page.locator("#interview-begin")).to_be_focused()
    page.reload()
    expect(page.locator("#interlude")).to_contain_text("round 2 of 4")
    expect(page.locator("#practice")).to_be_hidden()
    page.click("#interview-begin")
    expect(page.locator("#interview-round .clock")).to_have_text(re.compile(r"^(55:00|54:5\d)$"))


def test_two_tabs_on_one_interview_corrupt_nothing(page: Page, coach: FakeCoach, address: str) -> None:
    begin(page, "single-round")
    other = page.context.new_page()
    other.goto(address)
    expect(other.locator("#interview-question")).to_contain_text("Question 1 of 4")
    say(page, ANSWER)
    expect(page.locator("#interview-question")).to_contain_text("Follow-up 1")
    before = coach.interviews.list()[0]
    say(other, "Another answer to what was asked long ago, with more than eight words in it.")
    expect(other.locator("#interview-problem")).to_contain_text("gone on elsewhere")
    expect(other.locator(BOX)).to_have_value(re.compile("^Another answer"))
    other.click("#interview-skip")
    expect(other.locator("#interview-problem")).to_contain_text("gone on elsewhere")
    assert coach.interviews.list()[0] == before
    other.click("#interview-problem .reload")
    expect(other.locator("#interview-question")).to_contain_text("Follow-up 1")


def coding(page: Page, coach: FakeCoach) -> CodingQuestion:
    page.get_by_role("radio", name="Coding", exact=True).check()
    page.click("#interview-start")
    expect(page.locator("#coding-code .cm-content")).to_be_focused()
    task = task_of(coach)
    assert task
    return task


def test_code_is_run_against_the_examples_and_judged_with_its_explanation(
    page: Page, coach: FakeCoach
) -> None:
    task = coding(page, coach)
    expect(page.locator("#coding .cases")).to_contain_text(task.function)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#coding-results .sum")).to_have_text(f"0 of {len(task.examples)} cases passed.")
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
