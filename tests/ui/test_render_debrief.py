"""A debrief on the page: nothing said becomes markup, and what it rests on is shown."""

from datetime import UTC, datetime

from fake_coach import ANSWER, feedback_of
from test_render import EVIL, Tags, state_of, turn_of

from coach.feedback.feedback import Asked
from coach.interview.debrief.making import debrief
from coach.interview.debrief.model import Debrief
from coach.interview.handed_in import HandedIn
from coach.interview.session import InterviewState
from coach.ui import render_debrief

NOW = datetime(2026, 3, 2, 19, 5, tzinfo=UTC)
TITLED = (
    "title",
    "why",
    "text",
    "quote",
    "name",
    "question",
    "words",
    "words_note",
    "interviewer",
    "subject",
)


def held() -> InterviewState:
    """One story, and one piece of code with an explanation."""
    asked = Asked(question="Tell me about a time.")
    story = turn_of(
        asked.question,
        question_id="behavioral-01",
        principle="Dive Deep",
        answer=ANSWER,
        answered_at=NOW,
        feedback=feedback_of(asked, ANSWER),
    )
    code = HandedIn(
        "def f(a):\n    return a", "It returns what it gets, in constant time. I would test it.", 4, 7
    )
    task = Asked(question="Write f.", kind="coding")
    written = turn_of(
        f"{task.question}\n\ndef f(a)",
        question_id="coding-01",
        kind="coding",
        topic="lists",
        principle=None,
        answer=code.text,
        answered_at=NOW,
        feedback=feedback_of(task, code.explanation),
    )
    return state_of(story, written)


def test_the_verdict_comes_with_its_evidence_and_its_exercise() -> None:
    shown = Tags(render_debrief.look_back(held(), None)).text
    made = debrief(held())
    assert made.work_on[0].title in shown
    assert made.work_on[0].exercise.text in shown
    assert "4 of 7 cases" in shown
    assert made.inclination.reasons[0] in shown


def test_a_quote_from_an_explanation_holds_no_code() -> None:
    quotes = [moment.quote for line in debrief(held()).kinds for moment in line.moments]
    assert quotes
    assert all("```" not in quote and "def f" not in quote for quote in quotes)


def test_words_of_a_model_stand_first_and_have_room_before_they_come() -> None:
    made = debrief(held())
    assert 'class="said-by"' not in render_debrief.whole(made, held())
    assert 'class="room"' in render_debrief.whole(made, held(), room=True)
    said = made.model_copy(update={"words": "Bring the number.", "model": "m"})
    shown = render_debrief.whole(said, held(), room=True)
    assert "Bring the number." in shown
    assert 'class="room"' not in shown
    assert "words by m" in render_debrief.small_print(said)


def test_nothing_answered_is_no_debrief() -> None:
    assert render_debrief.look_back(state_of(turn_of("Why?")), None) == ""


def test_nothing_in_it_becomes_markup() -> None:
    def spoilt(value: object, key: str = "") -> object:
        if isinstance(value, dict):
            return {name: spoilt(one, name) for name, one in value.items()}
        if isinstance(value, list | tuple):
            return [spoilt(one, key) for one in value]
        return EVIL if isinstance(value, str) and key in (*TITLED, "reasons", "notes", "point") else value

    made = debrief(held()).model_copy(update={"words": "x", "notes": ("x",)})
    evil = Debrief.model_validate(spoilt(made.model_dump()))
    read = Tags(render_debrief.whole(evil, held()))
    assert not read.seen & {"script", "img", "b2"}
    assert not any(name.startswith("on") for name in read.attributes)
    assert EVIL in read.text or "alert(1)" in read.text
