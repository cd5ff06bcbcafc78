"""The choice of a job posting without a browser: what is listed, what is shown of one, and what it leads to."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_coach import FakeCoach
from keeping import shown
from test_guides_material import POSTING
from test_render import EVIL, Tags

from coach.interview.questions import load_questions
from coach.library.material import Given, Material
from coach.settings import DATA
from coach.ui import render_round
from coach.ui.markup import Switch
from coach.ui.posting_choice import PostingChoice


@pytest.fixture
def coach(tmp_path: Path) -> Iterator[FakeCoach]:
    made = FakeCoach(tmp_path, load_questions(DATA / "corpus" / "questions"))
    yield made
    made.library.close()


@pytest.fixture
def choice(coach: FakeCoach) -> PostingChoice:
    return PostingChoice(coach, "pick", "shown", "hint", Switch("some", "some"))  # type: ignore[arg-type]


def add(coach: FakeCoach, name: str = "role.md", *, posting: bool = True) -> str:
    (source,) = Material(coach.library).add([Given(name, POSTING.encode())], posting=posting).sources
    return source


def test_without_a_posting_it_says_where_to_add_one(coach: FakeCoach, choice: PostingChoice) -> None:
    add(coach, posting=False)  # a guide is no posting, whatever is in it
    now = choice.listed()
    assert not shown(now, "some")
    assert "Guides page" in now["hint"]
    assert choice.sought("") is None


def test_a_posting_that_was_added_can_be_chosen(coach: FakeCoach, choice: PostingChoice) -> None:
    source = add(coach)
    now = choice.listed()
    assert shown(now, "some")
    assert now["hint"] == ""
    assert [value for _, value in now["pick"]["choices"]] == ["", source]
    assert "value" not in choice.listed(source)["pick"]
    Material(coach.library).remove(source)
    now = choice.listed(source)
    assert now["pick"]["value"] == ""
    assert now["shown"] == ""


def test_what_it_asks_for_is_shown_with_its_sentences(coach: FakeCoach, choice: PostingChoice) -> None:
    source = add(coach)
    first, last = (step["shown"] for step in choice.read(source))
    assert "Reading the posting" in first
    found = Tags(last)
    assert "Python" in found.text
    assert f"6+ years of experience with Python {EVIL}" in found.text
    assert not found.seen & {"script", "img"}
    assert [step["shown"] for step in choice.read("")] == [""]
    *_, gone = choice.read("gone.md")
    assert "may have been removed" in gone["shown"]


def test_it_decides_what_is_asked_and_the_question_tells_why(coach: FakeCoach, choice: PostingChoice) -> None:
    led_to = choice.sought(add(coach))
    assert led_to is not None
    state = coach.interviews.start(posting=led_to, seed=1)
    turn = state.turns[0]
    assert turn.question_id in led_to.questions
    text = Tags(render_round.question(state, None, coach.bank)).text
    assert "The posting asks for" in text
