import io
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from pypdf import PdfReader

from coach.feedback.feedback import Asked, Feedback, Gap, KeyPoint, Rewrite, Strength
from coach.interview.events import (
    Answered,
    AskedQuestion,
    Assessed,
    Closed,
    Event,
    FollowedUp,
    Skipped,
    Started,
)
from coach.interview.fold import fold
from coach.interview.pdf import to_pdf
from coach.interview.session import InterviewState

from .fakes import feedback_on

ANSWER = "I cut latency – größer, naïve, Łódź, ≥ 3 → 1. I <b>owned</b> it & more."
CODE = "def f(x):\n    if x < 3:  # <b>\n        return x"


def asked(number: int, question: str = "Why?", kind: str = "behavioral") -> AskedQuestion:
    behavioral = kind == "behavioral"
    return AskedQuestion.model_validate(
        {
            "question_id": f"q-{number:02}",
            "question": question,
            "kind": kind,
            "principle": "Dive Deep" if behavioral else None,
            "topic": None if behavioral else "arrays",
            "key_points": (),
        }
    )


def full(answer: str = ANSWER) -> Feedback:
    return feedback_on(Asked(question="Why?"), answer).model_copy(
        update={
            "components": {"situation": 1.5, "action": 2.0},
            "measured": True,
            "strengths": (Strength(text="Own steps.", sentences=(0,)),),
            "gaps": (Gap(criterion="measured", text="No number of users.", sentences=(0,)),),
            "key_points": (KeyPoint(point="leakage", verdict="partial", sentences=(0,)),),
            "rewrite": Rewrite(text="I cut it [by how much?].", blanks=("by how much?",)),
            "notes": ("The model was silent.",),
        }
    )


def interview(*events: Event) -> InterviewState:
    return fold("i", [Started(kind=None, principle="Dive Deep", level="senior", seed=1), *events])


def text_of(pdf: bytes) -> str:
    """All words, whatever the lines."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_it_says_all_that_matters() -> None:
    state = interview(
        asked(1),
        Answered(answer=ANSWER),
        Assessed(turn=0, feedback=full(), complete=True),
        FollowedUp(question="By how much?", criterion="measured", sentences=(0,)),
        Skipped(),
        asked(2, "Write it.\n\ndef f(x):\n    ...", "coding"),
        Answered(answer=CODE),
        asked(3, "And?"),
        Closed(reason="enough"),
    )
    said = text_of(to_pdf(state))
    for words in (
        "Mock interview",
        f"{state.started_at:%d %B %Y}",
        "Dive Deep, senior",
        "2 answers · 3.0 of 5 on average · enough",
        "1. Why?",
        ANSWER,
        "3.0 (2.5–3.5)",
        "Situation 1.5 of 2",
        "measured: yes",
        "partial: leakage",
        "Own steps.",
        "WHAT IS MISSING",
        "No number of users.",
        "I cut it [by how much?].",
        "The model was silent.",
        "2. By how much?",
        "follow-up · behavioral · Dive Deep · aims at measured",
        "Skipped.",
        "if x < 3: # <b>",
        "Not assessed yet.",
        "Not answered.",
    ):
        assert words in said, words


def test_the_pages_are_a4_and_numbered_with_a_title_and_an_outline() -> None:
    state = interview(asked(1), Answered(answer="A long sentence about it. " * 600), asked(2))
    reader = PdfReader(io.BytesIO(to_pdf(state)))
    assert len(reader.pages) > 2
    for number, page in enumerate(reader.pages, start=1):
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
        assert f"Page {number} of {len(reader.pages)}" in page.extract_text()
    assert reader.metadata is not None
    assert reader.metadata.title is not None
    assert reader.metadata.title.startswith("Mock interview")
    overview = reader.outline[0]
    assert overview["/Title"] == "Overview"  # type: ignore[index, call-overload]
    assert [one["/Title"] for one in reader.outline[1]] == ["1. Why?", "2. Why?"]  # type: ignore[index, union-attr]


def test_no_word_of_a_long_answer_is_lost() -> None:
    words = [f"w{number}" for number in range(1500)]
    pdf = to_pdf(interview(asked(1), Answered(answer=" ".join(words))))
    assert [word for word in text_of(pdf).split() if re.fullmatch(r"w\d+", word)] == words


def test_its_fonts_are_embedded() -> None:
    pdf = to_pdf(interview(asked(1), Answered(answer=ANSWER), asked(2, kind="coding"), Answered(answer=CODE)))
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            about = font.get_object()
            name = about["/BaseFont"]
            assert "/FontDescriptor" not in about or "/FontFile2" in about["/FontDescriptor"], name
            assert "FiraGO" in name or "Cascadia" in name or name == "/Helvetica", name


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ("Fine 👍🏽 it was", "[thumbs up sign]"),
        ("Привет Ωμέγα", "Привет Ωμέγα"),
        ("½ ﬁne a\u0301", "½"),
        ("zero\u200bwidth \x07bell", "zerowidth bell"),
        ("\U0001f9ff \ue000 \U00012000", "□"),
        ("日本語 中文 한국어", "Not assessed yet."),
        ("<para><b>", "<para><b>"),
        ("x" * 3000, "Not assessed yet."),
        ("\n\n\n", "Not assessed yet."),
        ("word\n" * 3000, "Not assessed yet."),
    ],
)
def test_whatever_was_said_can_be_printed(answer: str, shown: str) -> None:
    assert shown in text_of(to_pdf(interview(asked(1), Answered(answer=answer))))


def test_what_was_not_graded_says_why() -> None:
    none = Feedback(question="Why?", kind="behavioral", graded=False, why_not="too short")
    said = text_of(
        to_pdf(interview(asked(1), Answered(answer="No."), Assessed(turn=0, feedback=none, complete=False)))
    )
    assert "Not graded: too short." in said
    assert "not graded" in said
    assert "no graded answer yet" in said
    assert "was interrupted" in said


def test_an_interview_in_which_nothing_was_asked() -> None:
    assert "Nothing was asked" in text_of(to_pdf(interview()))


def test_the_same_interview_is_the_same_file_from_several_threads_at_once() -> None:
    state = interview(asked(1), Answered(answer=ANSWER), Assessed(turn=0, feedback=full(), complete=True))
    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(to_pdf, [state] * 4))) == 1
