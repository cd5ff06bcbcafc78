import json
from datetime import UTC, datetime, timedelta

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
from coach.interview.events import (
    Answered,
    Asided,
    AskedQuestion,
    Assessed,
    Closed,
    FollowedUp,
    RoundBegan,
    RoundEnded,
    Skipped,
    Started,
)
from coach.interview.export import to_json, to_markdown
from coach.interview.fold import fold
from coach.interview.plans import load_plans
from coach.interview.session import InterviewState

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
    assert headings[1] == "## Debrief"
    assert headings[2:] == ["## 1. Why?", "## 2. Follow-up: By how much?", "## 3. And?", "## 4. What else?"]
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


def test_rounds_are_shown_with_their_end_and_what_was_said_beside_the_answers(full: Feedback) -> None:
    plan = load_plans()["full-loop"]
    began = datetime(2026, 3, 1, 10, tzinfo=UTC)
    at = [began + timedelta(minutes=minute) for minute in range(20)]
    design = asked(2, "Design it?").model_copy(
        update={"kind": "system_design", "topic": "labels", "at": at[6]}
    )
    state = fold(
        "20260301-abcd",
        [
            Started(kind=None, principle=None, level=None, seed=1, plan=plan, at=at[0]),
            RoundBegan(round=0, at=at[0]),
            asked(1).model_copy(update={"at": at[0]}),
            Asided(what="silence", said="", reply="Take *your* time.", at=at[1]),
            Asided(what="unknown", said="No idea.", reply="Then we go on.", at=at[2]),
            Skipped(passed=True, at=at[3]),
            RoundEnded(round=0, why="left early", at=at[4]),
            RoundBegan(round=1, at=at[5]),
            design,
            Answered(answer="A queue, a model and a table.", at=at[10]),
            Assessed(turn=1, feedback=full, complete=True, at=at[10]),
            FollowedUp(question="Who?", criterion="key_point", sentences=(), stage="requirements", at=at[11]),
        ],
    )
    lines = to_markdown(state).splitlines()
    for line in (
        "Plan: Full loop  ",
        "Covered: Dive Deep  ",
        "State: open",
        "## Round 1 of 4: Coding and data structures",
        "With: machine learning engineer  ",
        "Time: left early, 3:00 of 55:00 used",
        "### 1. Why?",
        "- You: (nothing)",
        "- Interviewer: Take \\*your\\* time.",
        "- You: No idea.",
        "Nothing to say, which counts as not shown.",
        "## Round 2 of 4: Machine learning system design",
        "Time: still going on, 4:00 of 55:00 used",
        "### 2. Design it?",
        "#### Answer",
        "Never raised: requirements, estimates, trade-offs, failure",
        "#### Feedback",
        "##### Sentences",
        "system design, Dive Deep, aims at requirements",
    ):
        assert line in lines, line
    assert next(line for line in lines if line.startswith("Still open: ")).count(";") >= 14
    assert InterviewState.model_validate_json(to_json(state)) == state
