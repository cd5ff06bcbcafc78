"""What a candidate does on the interview page, for the tests that drive it."""

from fake_coach import ANSWER, FakeCoach
from playwright.sync_api import Page, expect

from coach.interview.plans import load_plans
from coach.interview.questions import CodingQuestion, load_questions
from coach.settings import DATA

PLANS = load_plans()
BANK = load_questions(DATA / "corpus" / "questions")
BOX = "#interview-answer textarea"
EXPLAINED = (
    "I go over the items once and keep what I have seen in a hash map, so the time is linear. I would test the "
    "empty input first, then one item, then ties."
)
POSTING = """Senior Machine Learning Engineer, Search

What you'll do
- Own the ranking models of our shop from training to serving
- Mentor two junior engineers

Minimum requirements
- 6+ years of experience with Python
- Experience with learning to rank, embeddings and <b>vector databases</b>

Nice to have
- Reinforcement learning
"""


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


def coding(page: Page, coach: FakeCoach) -> CodingQuestion:
    page.get_by_role("radio", name="Coding", exact=True).check()
    page.click("#interview-start")
    expect(page.locator("#coding-code .cm-content")).to_be_focused()
    task = task_of(coach)
    assert task
    return task
