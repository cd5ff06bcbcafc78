import json

import pytest

from coach.feedback.feedback import (
    Asked,
    Citation,
    Feedback,
    Gap,
    KeyPoint,
    Rewrite,
    ShownPrinciple,
    Strength,
)
from coach.interview.events import Answered, AskedQuestion, Assessed, Closed, FollowedUp, Skipped, Started
from coach.interview.export import to_json, to_markdown
from coach.interview.session import InterviewState, fold

from .fakes import feedback_on

ANSWER = "We cut *latency*.\n\n# I am <b>not</b> a heading\n- [x](y) | 5_000 & more"


def asked(number: int, question: str = "Why?") -> AskedQuestion:
    return AskedQuestion(
        question_id=f"q-{number:02}",
        question=question,
        kind="behavioral",
        principle="Dive Deep",
        topic=None,
        key_points=("one",),
    )


def interview(feedback: Feedback, *, complete: bool = True) -> InterviewState:
    return fold(
        "20260301-abcd",
        [
            Started(kind=None, principle="Dive Deep", level="senior", seed=1),
            asked(1),
            Answered(answer=ANSWER),
            Assessed(turn=0, feedback=feedback, complete=complete),
            FollowedUp(question="By how much?", criterion="measured", sentences=(0,)),
            Skipped(),
            asked(2, "And?"),
            Answered(answer="Because."),
            asked(3, "What else?"),
            Closed(reason="enough"),
        ],
    )


@pytest.fixture
def full() -> Feedback:
    return feedback_on(Asked(question="Why?"), ANSWER).model_copy(
        update={
            "components": {"situation": 1.5, "action": 2.0},
            "ownership": 0.5,
            "measured": True,
            "hypothetical": False,
            "principles": (ShownPrinciple(name="Dive Deep", strength=1.5, sentences=(0, 1)),),
            "key_points": (KeyPoint(point="leakage", verdict="partial", sentences=(0,)),),
            "strengths": (Strength(text="Own steps.", sentences=(0,)),),
            "gaps": (Gap(criterion="key_point", text="No number.", sentences=()),),
            "rewrite": Rewrite(text="I cut latency [by how much?].", blanks=("by how much?",)),
            "citations": (Citation(source="corpus/guides/a.md", heading="A", quote="q"),),
            "notes": ("The model was silent.",),
        }
    )


def test_json_comes_back_as_it_was(full: Feedback) -> None:
    state = interview(full)
    assert InterviewState.model_validate_json(to_json(state)) == state
    assert json.loads(to_json(state))["turns"][0]["feedback"]["sentences"][0]["tag"] == "A"


def test_markdown_says_all_that_was_said_and_scored(full: Feedback) -> None:
    text = to_markdown(interview(full))
    headings = [line for line in text.splitlines() if line.startswith("#") and not line.startswith("###")]
    assert headings[0].startswith("# Interview of 20")
    assert headings[1:] == ["## 1. Why?", "## 2. Follow-up: By how much?", "## 3. And?", "## 4. What else?"]
    for line in (
        "About: Dive Deep, senior  ",
        "State: closed (enough)",
        "behavioral, Dive Deep, aims at measured",
        "- Overall: 3 of 5 (2.5 to 3.5)",
        "- Situation: 1.5 of 2",
        "- Ownership: 0.5 of 2",
        "- Measured: yes",
        "- Hypothetical: no",
        "- Dive Deep: 1.5 of 2 (sentences 1, 2)",
        "- partial: leakage (sentence 1)",
        "- Own steps. (sentence 1)",
        "- key point: No number.",
        "> I cut latency \\[by how much?\\].",
        "- by how much?",
        "- corpus/guides/a.md, A",
        "- The model was silent.",
        "Skipped.",
        "Not assessed yet.",
        "Not answered.",
    ):
        assert line in text.splitlines(), line
    assert "1. **Action** (0.90) We cut \\*latency\\*." in text
    assert "Reflection" not in text  # it was not rated
    assert "interrupted" not in text
    assert text.endswith(".\n")


def test_what_was_said_is_never_markup(full: Feedback) -> None:
    lines = to_markdown(interview(full)).splitlines()
    start = lines.index("### Answer") + 2
    assert lines[start : start + 4] == [
        "> We cut \\*latency\\*.",
        ">",
        "> \\# I am \\<b\\>not\\</b\\> a heading",
        "> - \\[x\\](y) \\| 5\\_000 \\& more",
    ]


def test_no_score_is_said_to_be_none() -> None:
    none = Feedback(question="Why?", kind="behavioral", graded=False, why_not="too short")
    text = to_markdown(interview(none))
    assert "Not graded: too short." in text
    assert "of 5" not in text


def test_feedback_that_was_broken_off_says_so(full: Feedback) -> None:
    assert "was interrupted" in to_markdown(interview(full, complete=False))
